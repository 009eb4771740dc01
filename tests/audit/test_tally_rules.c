/*
 * From the close to the minutes: sums, shares, paper, results, runoffs.
 * covers: tally, sums, result, minutes
 */
#include "check.h"
#include "support/refusals.h"

#define OTHER_HASH "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

static const struct election *ELECTION;

static struct world *until_open(void)
{
    struct world *world = world_make();

    world_ready(world);
    ELECTION = world_first_round(world);
    return world;
}

static struct result close_as(struct world *world)
{
    return SEND(world, "qiao", "gu");
}

/* --- ten of fifteen have voted --- */

static struct result close_early(struct world *world)
{
    return world_close_election(world, ELECTION);
}

static struct result close_with_a_ballot_less(struct world *world)
{
    world->time = (uint64_t)ELECTION->closes;
    world_close_text(world, ELECTION);
    world_replace(world, "选票数", 0, "9");
    return close_as(world);
}

static struct result close_of_an_older_log(struct world *world)
{
    world->time = (uint64_t)ELECTION->closes;
    world_close_text(world, ELECTION);
    world_replace(world, "日志条数", 0, "0");
    world_replace(world, "日志根", 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    return close_as(world);
}

static struct result close_by_officers(struct world *world)
{
    world->time = (uint64_t)ELECTION->closes;
    world_close_text(world, ELECTION);
    return SEND(world, "he", "gu");
}

static void share_head(struct world *world)
{
    world_begin(world, "election.share");
    world_put_bytes(world, "清单", BYTES(ELECTION->manifest.bytes));
    world_put_number(world, "序号", 1);
    world_put(world, "合计", OTHER_HASH);
    for (size_t i = 0; i < ELECTION->candidate_count; i++) {
        world_put_bytes(world, "份额", BYTES(GENERATOR.bytes));
    }
    world_put_bytes(world, "证明", LITERAL("proof"));
}

static struct result share_before_the_close(struct world *world)
{
    share_head(world);
    return SEND(world, "wen");
}

static struct result minutes_while_open(struct world *world)
{
    return world_minutes(world);
}

static const struct refusal_case VOTING[] = {
    {"a_close_before_time", close_early, CONFLICT, "close.early"},
    {"a_close_that_drops_a_ballot", close_with_a_ballot_less, INVALID, "close.ballots"},
    {"a_close_over_an_older_log", close_of_an_older_log, INVALID, "close.later"},
    {"a_close_without_the_chair", close_by_officers, UNAUTHORIZED, "signers.person"},
    {"a_share_before_the_close", share_before_the_close, CONFLICT, "election.still_open"},
    {"minutes_while_votes_are_cast", minutes_while_open, CONFLICT, "minutes.undecided"},
};

/* --- closed, and wen has given a share --- */

static struct result cancel(struct world *world)
{
    world_begin(world, "election.cancel");
    world_put_bytes(world, "清单", BYTES(ELECTION->manifest.bytes));
    world_put(world, "理由", "重来");
    return SEND(world, "qiao", "gu");
}

static struct result cancel_without_patience(struct world *world)
{
    world->time += 72 * 3600 - 60;
    return cancel(world);
}

static struct result vote_after_the_close(struct world *world)
{
    world->time = (uint64_t)ELECTION->closes - 1;
    buffer_clear(&world->note);
    world_ballot(world, ELECTION, "m15", "0000", &world->note);
    return world_submit(world);
}

static struct result burn_after_the_close(struct world *world)
{
    return world_burn(world, ELECTION, "m15");
}

static struct result close_again(struct world *world)
{
    world_close_text(world, ELECTION);
    return SEND(world, "qiao", "he");
}

static struct result share_again(struct world *world)
{
    share_head(world);
    return SEND(world, "wen");
}

static struct result share_of_other_sums(struct world *world)
{
    world_share_text(world, ELECTION, 2);
    world_replace(world, "合计", 0, OTHER_HASH);
    return SEND(world, "xu");
}

static struct result share_with_a_point_changed(struct world *world)
{
    world_share_text(world, ELECTION, 2);
    world_swap(world, "份额", 0);
    return SEND(world, "xu");
}

static struct result share_of_another_trustee(struct world *world)
{
    world_share_text(world, ELECTION, 2);
    world_replace(world, "序号", 0, "3");
    return SEND(world, "yan");
}

static struct result share_a_candidate_short(struct world *world)
{
    world_share_text(world, ELECTION, 2);
    world_drop(world, "份额", 3);
    return SEND(world, "xu");
}

static struct result result_with_one_share(struct world *world)
{
    world_begin(world, "election.result");
    world_put_bytes(world, "清单", BYTES(ELECTION->manifest.bytes));
    world_put_number(world, "选票数", 10);
    return SEND(world, "qiao", "shen", "tang");
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

static struct result paper_without_burns(struct world *world)
{
    paper_text(world, ELECTION, 1, " 1 0");
    return SEND(world, "qiao", "shen", "tang");
}

static const struct refusal_case CLOSED[] = {
    {"a_cancellation_within_72_hours", cancel_without_patience, CONFLICT, "cancel.patience"},
    {"a_ballot_after_the_close", vote_after_the_close, CONFLICT, "election.closed"},
    {"a_burn_after_the_close", burn_after_the_close, CONFLICT, "election.closed"},
    {"a_second_close", close_again, CONFLICT, "election.closed"},
    {"a_second_share_of_a_trustee", share_again, CONFLICT, "share.known"},
    {"a_share_of_other_sums", share_of_other_sums, INVALID, "share.sums"},
    {"a_share_with_points_changed", share_with_a_point_changed, INVALID, "share.proof"},
    {"a_share_in_anothers_number", share_of_another_trustee, INVALID, "share.proof"},
    {"a_share_a_candidate_short", share_a_candidate_short, INVALID, "share.shape"},
    {"a_result_from_one_share", result_with_one_share, CONFLICT, "result.shares"},
    {"paper_where_nothing_is_burned", paper_without_burns, CONFLICT, "paper.burned"},
};

/* --- two shares --- */

static struct result cancel_what_can_be_opened(struct world *world)
{
    world->time += 73 * 3600;
    return cancel(world);
}

static struct result a_result_with_a_vote_more(struct world *world)
{
    world_result_text(world, ELECTION);
    world_replace(world, "选票数", 0, "11");
    return SEND(world, "qiao", "shen", "tang");
}

static struct result a_result_with_two_swapped(struct world *world)
{
    world_result_text(world, ELECTION);
    world_swap(world, "得票", 0);
    return SEND(world, "qiao", "shen", "tang");
}

static struct result a_result_without_its_winner(struct world *world)
{
    world_result_text(world, ELECTION);
    world_drop(world, "入选", 0);
    return SEND(world, "qiao", "shen", "tang");
}

static struct result a_result_by_the_office(struct world *world)
{
    world_result_text(world, ELECTION);
    return SEND(world, "qiao", "gu", "he");
}

static const struct refusal_case TALLIED[] = {
    {"a_cancellation_of_what_is_opened", cancel_what_can_be_opened, CONFLICT, "cancel.shares"},
    {"a_result_with_a_vote_more", a_result_with_a_vote_more, INVALID, "result.lines"},
    {"a_result_with_votes_swapped", a_result_with_two_swapped, INVALID, "result.lines"},
    {"a_result_without_its_winner", a_result_without_its_winner, INVALID, "result.lines"},
    {"a_result_by_the_office", a_result_by_the_office, UNAUTHORIZED, "signers.person"},
};

/* --- decided: the first of the list has the award, nothing is tied --- */

static struct result a_second_result(struct world *world)
{
    world_result_text(world, ELECTION);
    world_replace(world, "选票数", 0, "12");
    return SEND(world, "qiao", "shen", "tang");
}

static struct result a_second_first_round(struct world *world)
{
    world_manifest(world, "election-2");
    return SEND(world, "qiao", "gu");
}

static struct result a_runoff_without_a_tie(struct world *world)
{
    const struct tie tie = {"xixi yunqi", "质量奖", "2/3 实到 不少于", 1};

    world_runoff(world, "runoff-1", ELECTION, &tie);
    return SEND(world, "qiao", "gu");
}

static struct result minutes_that_hide_an_election(struct world *world)
{
    world_minutes_text(world);
    world_drop(world, "清单", 0);
    return SEND(world, "qiao", "shen", "tang");
}

static const struct refusal_case DECIDED[] = {
    {"a_second_result", a_second_result, CONFLICT, "result.known"},
    {"a_second_first_round", a_second_first_round, CONFLICT, "election.first"},
    {"a_runoff_without_a_tie", a_runoff_without_a_tie, CONFLICT, "runoff.no_tie"},
    {"minutes_that_hide_an_election", minutes_that_hide_an_election, INVALID, "minutes.elections"},
};

static struct result anything_after_the_minutes(struct world *world)
{
    world_manifest(world, "election-3");
    return SEND(world, "qiao", "gu");
}

static const struct refusal_case ENDED[] = {
    {"an_election_after_the_minutes", anything_after_the_minutes, CONFLICT, "meeting.ended"},
};

static int run_story(void)
{
    struct world *world = until_open();
    int failed;

    check_ok(world_vote_alike(world, ELECTION, 10, "2100"));
    failed = REFUSALS_RUN("refusals while votes are cast", world, VOTING);
    world->time = (uint64_t)ELECTION->closes;
    check_ok(world_close_election(world, ELECTION));
    check_ok(world_share(world, ELECTION, 1));
    failed += REFUSALS_RUN("refusals after the close", world, CLOSED);
    check_ok(world_share(world, ELECTION, 3));
    failed += REFUSALS_RUN("refusals of results", world, TALLIED);
    check_ok(world_result(world, ELECTION));
    failed += REFUSALS_RUN("refusals after the result", world, DECIDED);
    check_ok(world_minutes(world));
    failed += REFUSALS_RUN("refusals after the minutes", world, ENDED);
    world_free(world);
    return failed;
}

int main(void)
{
    return run_story();
}
