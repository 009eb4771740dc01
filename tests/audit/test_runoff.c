/*
 * What ends otherwise: paper, rounds too small to open, silent trustees, ties and their runoffs.
 * covers: runoff, votes, result, minutes
 */
#include "check.h"
#include "protocol/statement.h"
#include "support/world.h"

static const struct election *ELECTION;

static struct world *until_open(void)
{
    struct world *world = world_make();

    world_ready(world);
    ELECTION = world_first_round(world);
    return world;
}

static struct result cancel(struct world *world)
{
    world_begin(world, "election.cancel");
    world_put_bytes(world, "清单", BYTES(ELECTION->manifest.bytes));
    world_put(world, "理由", "重来");
    return SEND(world, "qiao", "gu");
}

static void paper_text(struct world *world, const struct election *election, uint64_t ballots,
                       const char *votes)
{
    world_begin(world, "election.paper");
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    world_put_number(world, "票数", ballots);
    for (size_t i = 0; i < election->candidate_count; i++) {
        AUTO_BUFFER line = BUFFER_INIT;
        const char *value;

        check_ok(buffer_append(&line, election->candidates[i].id));
        check_ok(buffer_append_text(&line, i == 0 ? votes : " 0 0"));
        check_ok(buffer_terminate(&line, &value));
        world_put(world, "得票", value);
    }
}

/* --- paper --- */

static void burn(struct world *world, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_ok(world_burn(world, ELECTION, world_member(WORLD_MEMBERS - 1 - i)));
    }
}

static void paper_votes_are_added_to_electronic_ones(void **state)
{
    struct world *world = until_open();

    (void)state;
    check_ok(world_vote_alike(world, ELECTION, 12, "0000"));
    burn(world, 3);
    check_ok(world_close_election(world, ELECTION));
    check_fails(world_share(world, ELECTION, 1), CONFLICT, "share.paper");
    paper_text(world, ELECTION, 4, " 0 0");
    check_fails(SEND(world, "qiao", "shen", "tang"), INVALID, "paper.ballots");
    paper_text(world, ELECTION, 3, " 2 2");
    check_fails(SEND(world, "qiao", "shen", "tang"), INVALID, "votes.limit");
    paper_text(world, ELECTION, 3, " 1");
    check_fails(SEND(world, "qiao", "shen", "tang"), MALFORMED, "votes.line");
    paper_text(world, ELECTION, 3, " 1 2");
    check_ok(SEND(world, "qiao", "shen", "tang"));
    paper_text(world, ELECTION, 2, " 1 0");
    check_fails(SEND(world, "qiao", "shen", "tang"), CONFLICT, "paper.known");
    check_ok(world_share(world, ELECTION, 1));
    check_ok(world_share(world, ELECTION, 2));
    world_result_text(world, ELECTION);
    world_replace(world, "选票数", 0, "12");
    check_fails(SEND(world, "qiao", "shen", "tang"), INVALID, "result.lines");
    check_ok(world_result(world, ELECTION));
    world_free(world);
}

static void two_burned_tags_are_too_few_to_open(void **state)
{
    struct world *world = until_open();

    (void)state;
    check_ok(world_vote_alike(world, ELECTION, 13, "0000"));
    burn(world, 2);
    check_ok(world_close_election(world, ELECTION));
    check_fails(world_share(world, ELECTION, 1), CONFLICT, "share.small");
    check_ok(cancel(world));
    world_manifest(world, "election-2");
    check_ok(SEND(world, "qiao", "gu"));
    world_free(world);
}

static void two_ballots_are_too_few_to_open(void **state)
{
    struct world *world = until_open();

    (void)state;
    check_ok(world_vote_alike(world, ELECTION, 2, "0000"));
    world->time = (uint64_t)ELECTION->closes;
    check_ok(world_close_election(world, ELECTION));
    check_fails(world_share(world, ELECTION, 1), CONFLICT, "share.small");
    check_ok(cancel(world));
    check_fails(world_share(world, ELECTION, 2), CONFLICT, "election.cancelled");
    world_free(world);
}

static void silent_trustees_do_not_block_the_meeting(void **state)
{
    struct world *world = until_open();

    (void)state;
    check_ok(world_vote_alike(world, ELECTION, WORLD_MEMBERS, "0000"));
    check_ok(world_close_election(world, ELECTION));
    check_ok(world_share(world, ELECTION, 2));
    world->time += 72 * 3600;
    check_ok(cancel(world));
    world_free(world);
}

/* --- runoffs --- */

static void decide(struct world *world, const struct election *election)
{
    check_ok(world_close_election(world, election));
    check_ok(world_share(world, election, 1));
    check_ok(world_share(world, election, 2));
    check_ok(world_result(world, election));
}

/* Two seats of 提名奖, and the first three of the list with eight votes each. */
static void vote_for_a_tie(struct world *world, const struct election *election)
{
    static const char *const choices[] = {"1100", "0110", "1010"};
    struct vote votes[WORLD_MEMBERS];

    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        votes[i] = (struct vote){world_member(i), choices[i % 3]};
        if (i == 1) { /* m02 is recused from one of them, wherever it is drawn */
            votes[i].choices = "0000";
        }
    }
    votes[0].choices = "0000";
    votes[2].choices = "0000";
    check_ok(world_vote(world, election, votes, WORLD_MEMBERS));
}

static char *tied_ids(const struct election *election, size_t count)
{
    static char ids[200];
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        const struct bytes id = election->candidates[i].id;

        memcpy(ids + at, id.data, id.size);
        at += id.size;
        ids[at++] = i + 1 < count ? ' ' : '\0';
    }
    return ids;
}

static void a_tie_is_broken_by_a_runoff_of_the_same_seats(void **state)
{
    struct world *world = until_open();
    const struct election *first = ELECTION;
    const struct election *second;
    struct tie tie = {tied_ids(first, 3), "提名奖", "1/2 实到 超过", 2};

    (void)state;
    vote_for_a_tie(world, first);
    check_ok(world_close_election(world, first));
    world_runoff(world, "runoff-1", first, &tie);
    check_fails(SEND(world, "qiao", "gu"), CONFLICT, "runoff.undecided");
    check_ok(world_share(world, first, 1));
    check_ok(world_share(world, first, 2));
    check_ok(world_result(world, first));
    check_fails(world_minutes(world), CONFLICT, "minutes.tie");
    tie.left = 1;
    world_runoff(world, "runoff-1", first, &tie);
    check_fails(SEND(world, "qiao", "gu"), INVALID, "runoff.rules");
    tie.left = 2;
    world_runoff(world, "runoff-1", first, &tie);
    world_replace(world, "轮次", 0, "3");
    check_fails(SEND(world, "qiao", "gu"), INVALID, "runoff.round");
    world_runoff(world, "runoff-1", first, &tie);
    check_ok(world_open(world, &second));
    check_ok(world_vote_alike(world, second, WORLD_MEMBERS, "000"));
    decide(world, second);
    world_runoff(world, "runoff-2", second, &tie);
    check_fails(SEND(world, "qiao", "gu"), CONFLICT, "runoff.no_tie");
    world_runoff(world, "runoff-2", first, &tie);
    check_fails(SEND(world, "qiao", "gu"), CONFLICT, "runoff.known");
    check_fails(world_minutes(world), CONFLICT, "minutes.tie");
    check_ok(world_result(world, first));
    check_fails(world_result(world, first), CONFLICT, "statement.logged");
    check_ok(world_minutes(world));
    world_free(world);
}

/* The second half of a result's text: what stands behind a label, line by line. */
static size_t count_lines(struct world *world, const char *label)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    check_ok(statement_parse_text(buffer_view(&world->text), &statement));
    return statement_count(&statement, label);
}

/*
 * A tie for 质量奖 keeps 提名奖 waiting; the runoff seats one of the two, and then 提名奖 is filled
 * from the votes of the first round, the other of the two included.
 */
static void a_runoff_seats_one_and_the_lower_grade_follows(void **state)
{
    struct world *world = until_open();
    const struct election *first = ELECTION;
    const struct election *second;
    const struct tie tie = {tied_ids(first, 2), "质量奖", "2/3 实到 不少于", 1};
    struct vote votes[WORLD_MEMBERS];

    (void)state;
    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        votes[i] = (struct vote){world_member(i), i == 1 ? "0000" : "2200"};
    }
    check_ok(world_vote(world, first, votes, WORLD_MEMBERS));
    decide(world, first);
    assert_int_equal(count_lines(world, "并列"), 2);
    assert_int_equal(count_lines(world, "入选"), 0);
    world_runoff(world, "runoff-1", first, &tie);
    check_ok(world_open(world, &second));
    check_ok(world_vote_alike(world, second, WORLD_MEMBERS, "10"));
    decide(world, second);
    assert_int_equal(count_lines(world, "入选"), 1);
    check_ok(world_result(world, first));
    assert_int_equal(count_lines(world, "并列"), 0);
    assert_int_equal(count_lines(world, "入选"), 2);
    check_ok(world_minutes(world));
    world_free(world);
}

/* Every round ends in the same tie: after the second runoff the seats stay vacant. */
static void a_tie_that_two_runoffs_do_not_break_stays_vacant(void **state)
{
    struct world *world = until_open();
    const struct election *rounds[3] = {ELECTION};
    const struct tie tie = {tied_ids(ELECTION, 3), "提名奖", "1/2 实到 超过", 2};
    static const char *const ids[] = {"", "runoff-1", "runoff-2"};

    (void)state;
    for (size_t round = 0; round < 3; round++) {
        if (round > 0) {
            world_runoff(world, ids[round], rounds[round - 1], &tie);
            check_ok(world_open(world, &rounds[round]));
        }
        vote_for_a_tie(world, rounds[round]);
        decide(world, rounds[round]);
    }
    world_runoff(world, "runoff-3", rounds[2], &tie);
    check_fails(SEND(world, "qiao", "gu"), INVALID, "runoff.limit");
    check_ok(world_result(world, rounds[0]));
    assert_int_equal(count_lines(world, "并列"), 0);
    assert_int_equal(count_lines(world, "入选"), 0);
    check_ok(world_minutes(world));
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paper_votes_are_added_to_electronic_ones),
        cmocka_unit_test(two_burned_tags_are_too_few_to_open),
        cmocka_unit_test(two_ballots_are_too_few_to_open),
        cmocka_unit_test(silent_trustees_do_not_block_the_meeting),
        cmocka_unit_test(a_tie_is_broken_by_a_runoff_of_the_same_seats),
        cmocka_unit_test(a_runoff_seats_one_and_the_lower_grade_follows),
        cmocka_unit_test(a_tie_that_two_runoffs_do_not_break_stays_vacant),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
