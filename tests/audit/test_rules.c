/*
 * A whole award year, told as it should go; and the pipe every statement of it takes.
 * covers: record, types, types_print, subject, sums, votes, result, minutes, query
 */
#include <jansson.h>

#include "base/text.h"
#include "check.h"
#include "record/types.h"
#include "record/view.h"
#include "support/world.h"

static struct result expect_state(void *context, const struct view_election *row)
{
    assert_string_equal(row->state, context);
    return OK;
}

static void check_state(struct world *world, const struct election *election, const char *state)
{
    check_ok(view_election(world->record, election->id, expect_state, (void *)(uintptr_t)state));
}

static void a_year_goes_from_genesis_to_minutes(void **state)
{
    struct world *world = world_make();
    const struct election *election;

    (void)state;
    world_ready(world);
    election = world_first_round(world);
    check_state(world, election, "open");
    check_ok(world_vote_alike(world, election, WORLD_MEMBERS, "0000"));
    check_ok(world_close_election(world, election));
    check_state(world, election, "closed");
    check_ok(world_share(world, election, 3));
    check_ok(world_share(world, election, 1));
    check_state(world, election, "tallied");
    check_ok(world_result(world, election));
    check_state(world, election, "decided");
    check_ok(world_minutes(world));
    world_free(world);
}

static void read_file(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "rb");
    uint8_t block[4096];
    size_t size;

    assert_non_null(file);
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        check_ok(buffer_append(out, (struct bytes){block, size}));
    }
    fclose(file);
}

static void docs_say_what_the_table_says(void **state)
{
    AUTO_BUFFER docs = BUFFER_INIT;
    AUTO_BUFFER table = BUFFER_INIT;

    (void)state;
    read_file("docs/statements.md", &docs);
    check_ok(types_print_markdown(&table));
    assert_true(text_find(buffer_view(&docs), buffer_view(&table)) != SIZE_MAX);
}

static void the_table_as_json_parses_and_is_whole(void **state)
{
    AUTO_BUFFER text = BUFFER_INIT;
    size_t rows = 0;
    json_t *table;

    (void)state;
    check_ok(types_print_json(&text));
    table = json_loadb((const char *)text.data, text.size, JSON_REJECT_DUPLICATES, 0);
    assert_non_null(table);
    for (size_t i = 0; i < type_list_count(); i++) {
        rows += type_list_at(i)->count;
    }
    assert_int_equal(json_array_size(table), rows);
    json_decref(table);
}

/* No two rows have one name, every logged row can be applied, every row names its signers. */
static void every_row_is_complete(void **state)
{
    (void)state;
    for (size_t list = 0; list < type_list_count(); list++) {
        for (size_t i = 0; i < type_list_at(list)->count; i++) {
            const struct type *type = &type_list_at(list)->rows[i];

            assert_ptr_equal(type_find(bytes_of_string(type->row->name)), type);
            assert_true(type->never_logged == (type->apply == 0));
            assert_non_null(type->check);
            assert_int_not_equal(type->signers[0].lines[0], SIGNER_NONE);
            assert_true(type->article[0] == '\0' || strncmp(type->article, "第", 3) == 0);
        }
    }
    assert_null(type_find(LITERAL("election")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_goes_from_genesis_to_minutes),
        cmocka_unit_test(docs_say_what_the_table_says),
        cmocka_unit_test(the_table_as_json_parses_and_is_whole),
        cmocka_unit_test(every_row_is_complete),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
