/*
 * Must-fail cases of our own, tests/vectors/refused-*.json: a log that holds, and entries that may
 * not follow it at a place; and what the reports in it come to. The JavaScript twin runs the same
 * files (tests/web/refused.test.mjs).
 */
#include <glob.h>

#include "check.h"
#include "log/entry.h"
#include "record/view_report.h"
#include "support/vectors.h"
#include "support/world.h"

/* As verifier and service do: read, admit, prove; only then append. */
static struct result take(struct world *world, const char *text)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct entry entry;
    uint64_t index;

    TRY(entry_parse(bytes_of_string(text), &entry));
    TRY(record_read(world->record, entry.note, entry.time, &prepared));
    TRY(record_admit(world->record, &prepared, entry.time));
    TRY(record_prove(world->record, &prepared));
    return record_append(world->record, &prepared, entry.time, &index);
}

static size_t wrong; /* cases with another verdict: all are named before the test fails */

static void run_case(struct world *world, const char *file, json_t *row)
{
    const char *const rule = vector_text(row, "rule");
    const struct result refused = take(world, vector_text(row, "entry"));

    if (refused.rule == NULL || strcmp(refused.rule, rule) != 0) {
        print_error("%s: %s: %s instead of %s\n", file, vector_text(row, "name"),
                    refused.rule == NULL ? "taken" : refused.rule, rule);
        wrong++;
    }
}

/* The cases that stand before entry `size`; the number of them. */
static size_t run_cases(struct world *world, const char *file, json_t *cases, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(cases); i++) {
        json_t *const row = json_array_get(cases, i);

        if (vector_number(row, "after") == size) {
            run_case(world, file, row);
            count++;
        }
    }
    return count;
}

static struct result same_state(void *context, const struct view_report *row)
{
    assert_string_equal(vector_text(context, "state"), row->state);
    assert_string_equal(vector_text(context, "how"), row->void_how);
    return OK;
}

/* Where a file says so: what every version of a report has come to when the log ends. */
static void check_reports(struct world *world, json_t *reports)
{
    for (size_t i = 0; i < json_array_size(reports); i++) {
        json_t *const row = json_array_get(reports, i);

        check_ok(view_report(world->record, bytes_of_string(vector_text(row, "report")),
                             vector_number(row, "version"), same_state, row));
    }
}

static size_t run_file(const char *file)
{
    struct world *world = world_make();
    json_t *root = vectors_open(file);
    json_t *log = vector_get(root, "log");
    json_t *cases = vector_get(root, "cases");
    const size_t size = json_array_size(log);
    size_t count = 0;

    for (size_t i = 0; i < size; i++) {
        count += run_cases(world, file, cases, i);
        check_ok(take(world, json_string_value(json_array_get(log, i))));
    }
    count += run_cases(world, file, cases, size);
    assert_int_equal(json_array_size(cases), count);
    check_reports(world, json_object_get(root, "reports"));
    vectors_close(root);
    world_free(world);
    return count;
}

static void every_entry_that_may_not_follow_is_refused_by_its_rule(void **state)
{
    size_t count = 0;
    glob_t found;

    (void)state;
    assert_int_equal(0, glob("tests/vectors/refused-*.json", 0, NULL, &found));
    for (size_t i = 0; i < found.gl_pathc; i++) {
        count += run_file(strrchr(found.gl_pathv[i], '/') + 1);
    }
    globfree(&found);
    assert_int_equal(0, wrong);
    assert_true(count > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entry_that_may_not_follow_is_refused_by_its_rule),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
