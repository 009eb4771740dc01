#include "support/refusals.h"

#include <jansson.h>
#include <stdlib.h>

#include "check.h"
#include "log/entry.h"
#include "record/journal.h"

/*
 * With XILING_REFUSED=FILE in the environment the rows that were refused as they should are kept in
 * FILE with the log they follow: vectors for every other reader of a log (make-refused).
 */
static json_t *kept;

static json_t *text_of(const struct buffer *buffer)
{
    json_t *text = json_stringn((const char *)buffer->data, buffer->size);

    assert_non_null(text); /* entries are UTF-8 */
    return text;
}

static void keep_row(struct world *world, const struct refusal_case *row)
{
    AUTO_BUFFER entry = BUFFER_INIT;
    struct merkle_head head;

    check_ok(journal_load_head(world->record, &head));
    const struct entry refused = {world->time, buffer_view(&world->note)};
    check_ok(entry_write(&refused, &entry));
    assert_int_equal(
        0, json_array_append_new(kept, json_pack("{s:s, s:I, s:o, s:s}", "name", row->name, "after",
                                                 (json_int_t)head.size, "entry", text_of(&entry),
                                                 "rule", row->rule)));
}

/* Written anew after each table, with the log as far as it has come. */
static void write_kept(struct world *world, const char *path)
{
    json_t *log = json_array();
    json_t *root = json_pack("{s:o, s:O}", "log", log, "cases", kept);
    struct merkle_head head;

    check_ok(journal_load_head(world->record, &head));
    for (uint64_t index = 0; index < head.size; index++) {
        AUTO_BUFFER entry = BUFFER_INIT;

        check_ok(journal_load_entry(world->record, index, &entry));
        assert_int_equal(0, json_array_append_new(log, text_of(&entry)));
    }
    assert_int_equal(0, json_dump_file(root, path, JSON_INDENT(1)));
    json_decref(root);
}

struct running {
    struct world *world;
    const struct refusal_case *row;
};

static void run_row(void **state)
{
    const struct running *running = *state;
    const uint64_t time = running->world->time;
    struct merkle_head before, after;
    struct result refused;

    check_ok(journal_load_head(running->world->record, &before));
    refused = running->row->act(running->world);
    if (kept && !is_ok(refused)) {
        keep_row(running->world, running->row);
    }
    running->world->time = time;
    check_ok(journal_load_head(running->world->record, &after));
    if (is_ok(refused)) {
        fail_msg("accepted");
    }
    assert_non_null(refused.rule);
    assert_string_equal(refused.rule, running->row->rule);
    assert_int_equal(refused.failure, running->row->failure);
    assert_int_equal(before.size, after.size);
}

int refusals_run(const char *group, struct world *world, const struct refusal_case cases[],
                 size_t count)
{
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    struct running *running = calloc(count, sizeof *running);
    const char *const path = getenv("XILING_REFUSED");
    int failed = 1;

    kept = path && !kept ? json_array() : kept;
    if (tests && running) {
        for (size_t i = 0; i < count; i++) {
            running[i] = (struct running){world, &cases[i]};
            tests[i] = (struct CMUnitTest){
                .name = cases[i].name, .test_func = run_row, .initial_state = &running[i]};
        }
        failed = _cmocka_run_group_tests(group, tests, count, 0, 0);
    }
    if (kept) {
        write_kept(world, path);
    }
    free(tests);
    free(running);
    return failed;
}
