#include "support/refusals.h"

#include <stdlib.h>

#include "check.h"
#include "record/journal.h"

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
    int failed = 1;

    if (tests && running) {
        for (size_t i = 0; i < count; i++) {
            running[i] = (struct running){world, &cases[i]};
            tests[i] = (struct CMUnitTest){
                .name = cases[i].name, .test_func = run_row, .initial_state = &running[i]};
        }
        failed = _cmocka_run_group_tests(group, tests, count, 0, 0);
    }
    free(tests);
    free(running);
    return failed;
}
