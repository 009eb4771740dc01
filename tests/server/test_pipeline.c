/* What a service that is full says to a ballot, and that nobody else waits for it. */
#include "scene.h"

static struct ticket *reserve(struct scene *scene, const char *note)
{
    struct ticket *ticket;

    check_ok(ticket_make(bytes_of_string(note), &ticket));
    check_ok(pipeline_reserve(scene->app->pipeline, ticket));
    return ticket;
}

static void beyond_its_places_a_ballot_is_told_when_to_come_back(void **state)
{
    static struct ticket *tickets[PIPELINE_BALLOTS_MAX];
    static const char BALLOT[] = "xiling/v1 ballot\nx\n\n— ring AAAA\n";
    AUTO_SCENE scene;
    AUTO_RESPONSE full = RESPONSE_INIT;
    AUTO_RESPONSE again = RESPONSE_INIT;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    for (size_t i = 0; i < PIPELINE_BALLOTS_MAX; i++) {
        tickets[i] = reserve(&scene, BALLOT);
    }
    scene_post(&scene, "/api/entries", bytes_of_string(BALLOT), &full);
    assert_int_equal(full.status, 503);
    assert_string_equal(full.rule, "service.busy");
    assert_true(full.retry_after > 0);
    ticket_free(reserve(&scene, "xiling/v1 election.close\nx\n\n"));
    ticket_free(reserve(&scene, "xiling/v1 objection.file\nx\n\n"));

    ticket_free(tickets[0]);
    scene_post(&scene, "/api/entries", bytes_of_string(BALLOT), &again);
    assert_int_not_equal(again.status, 503);
    for (size_t i = 1; i < PIPELINE_BALLOTS_MAX; i++) {
        ticket_free(tickets[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beyond_its_places_a_ballot_is_told_when_to_come_back),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
