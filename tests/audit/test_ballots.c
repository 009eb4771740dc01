/*
 * Ballots in the log: one tag, one ballot, in batches that say nothing about who stood up when.
 * covers: ballot
 */
#include <stdlib.h>

#include "base/text.h"
#include "check.h"
#include "protocol/tag.h"
#include "record/view.h"
#include "support/refusals.h"

static const struct election *ELECTION;

static struct point tag_of(const char *person)
{
    struct scalar key;
    struct point tag;

    world_vote_key(WORLD_MEETING, person, 0, &key);
    check_ok(tag_compute(ELECTION, &key, &tag));
    return tag;
}

static int compare_tags(const void *a, const void *b)
{
    const struct point first = tag_of(*(const char *const *)a);
    const struct point second = tag_of(*(const char *const *)b);

    return memcmp(first.bytes, second.bytes, POINT_SIZE);
}

/* The members in the order of their tags. */
static const char *by_tag(size_t place)
{
    static const char *members[WORLD_MEMBERS];

    if (!members[0]) {
        for (size_t i = 0; i < WORLD_MEMBERS; i++) {
            members[i] = world_member(i);
        }
        qsort(members, WORLD_MEMBERS, sizeof members[0], compare_tags);
    }
    return members[place];
}

static struct result cast(struct world *world, const char *person)
{
    buffer_clear(&world->note);
    world_ballot(world, ELECTION, person, "0000", &world->note);
    return world_submit(world);
}

/* --- the first batch stands: the members at places 4, 5, 6 and 7 by tag --- */

static struct result a_ballot_twice(struct world *world)
{
    return cast(world, by_tag(5));
}

static struct result a_lower_tag_at_the_same_time(struct world *world)
{
    world->time--;
    return cast(world, by_tag(0));
}

static struct result a_ballot_before_the_opening(struct world *world)
{
    world->time = (uint64_t)ELECTION->opens - 1;
    return cast(world, by_tag(8));
}

static struct result a_ballot_at_the_closing_time(struct world *world)
{
    world->time = (uint64_t)ELECTION->closes;
    return cast(world, by_tag(8));
}

/* Another letter in the first challenge of the ring: still base64, no longer a proof. */
static struct result a_forged_ring(struct world *world)
{
    struct bytes note;
    uint8_t *character;

    buffer_clear(&world->note);
    world_ballot(world, ELECTION, by_tag(8), "0000", &world->note);
    note = buffer_view(&world->note);
    character = world->note.data + text_find(note, LITERAL("— ring ")) + sizeof "— ring " + 8;
    *character = *character == 'A' ? 'B' : 'A';
    return world_submit(world);
}

static struct result a_ballot_without_a_choice(struct world *world)
{
    buffer_clear(&world->note);
    world_ballot(world, ELECTION, by_tag(8), "0000", &world->note);
    buffer_clear(&world->text);
    check_ok(buffer_append(&world->text, buffer_view(&world->note)));
    world_drop(world, "选择", 2);
    buffer_clear(&world->note);
    check_ok(buffer_append(&world->note, buffer_view(&world->text)));
    return world_submit(world);
}

/* The text of a ballot for another manifest: every byte is there, the election is not. */
static struct result a_ballot_of_another_election(struct world *world)
{
    struct result refused;
    struct bytes note;

    buffer_clear(&world->note);
    world_ballot(world, ELECTION, by_tag(8), "0000", &world->note);
    buffer_clear(&world->text);
    note = buffer_view(&world->note);
    check_ok(buffer_append(&world->text, note));
    world_replace(world, "清单", 0, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    buffer_clear(&world->note);
    check_ok(buffer_append(&world->note, buffer_view(&world->text)));
    refused = world_submit(world);
    return refused;
}

static struct result a_ballot_signed_by_name(struct world *world)
{
    AUTO_BUFFER note = BUFFER_INIT;
    struct bytes text;

    world_ballot(world, ELECTION, by_tag(8), "0000", &note);
    text = buffer_view(&note);
    while (text.size > 2 &&
           !(text.data[text.size - 1] == '\n' && text.data[text.size - 2] == '\n')) {
        text.size--;
    }
    buffer_clear(&world->text);
    check_ok(buffer_append(&world->text, bytes_slice(text, 0, text.size - 1)));
    return SEND(world, by_tag(8));
}

static struct result a_burn_of_a_ballot_cast(struct world *world)
{
    return world_burn(world, ELECTION, by_tag(6));
}

static struct result a_burn_without_scrutineers(struct world *world)
{
    world_burn_text(world, ELECTION, by_tag(8));
    return SEND(world, by_tag(8));
}

static struct result a_burn_by_one_scrutineer_twice(struct world *world)
{
    world_burn_text(world, ELECTION, by_tag(8));
    return SEND(world, by_tag(8), "shen", "shen");
}

static struct result a_burn_of_anothers_tag(struct world *world)
{
    const struct point tag = tag_of(by_tag(9));

    world_burn_text(world, ELECTION, by_tag(8));
    world_replace_bytes(world, "标签", 0, BYTES(tag.bytes));
    return SEND(world, by_tag(8), "shen", "tang");
}

static struct result a_burn_off_the_roll(struct world *world)
{
    world_burn_text(world, ELECTION, by_tag(8));
    world_replace(world, "人员", 0, "extra");
    return SEND(world, "extra", "shen", "tang");
}

static const struct refusal_case CASES[] = {
    {"a_ballot_twice", a_ballot_twice, CONFLICT, "ballot.tag"},
    {"a_lower_tag_at_the_same_time", a_lower_tag_at_the_same_time, INVALID, "ballot.order"},
    {"a_ballot_before_the_opening", a_ballot_before_the_opening, CONFLICT, "ballot.early"},
    {"a_ballot_at_the_closing_time", a_ballot_at_the_closing_time, CONFLICT, "ballot.late"},
    {"a_forged_ring_proof", a_forged_ring, INVALID, "ballot.ring"},
    {"a_ballot_without_a_choice", a_ballot_without_a_choice, MALFORMED, "ballot.length"},
    {"a_ballot_of_another_election", a_ballot_of_another_election, NOT_FOUND, "election.unknown"},
    {"a_ballot_signed_by_name", a_ballot_signed_by_name, MALFORMED, "ballot.length"},
    {"a_burn_of_a_tag_with_a_ballot", a_burn_of_a_ballot_cast, CONFLICT, "burn.tag"},
    {"a_burn_without_scrutineers", a_burn_without_scrutineers, UNAUTHORIZED, "signers.count"},
    {"a_burn_by_one_scrutineer_twice", a_burn_by_one_scrutineer_twice, UNAUTHORIZED,
     "signers.person"},
    {"a_burn_of_anothers_tag", a_burn_of_anothers_tag, INVALID, "tag.proof"},
    {"a_burn_off_the_roll", a_burn_off_the_roll, INVALID, "burn.roll"},
};

/* --- batches --- */

static struct result ballots_of(struct world *world, size_t from, size_t count)
{
    struct vote votes[WORLD_MEMBERS];

    for (size_t i = 0; i < count; i++) {
        votes[i] = (struct vote){by_tag(from + i), "0000"};
    }
    return world_vote(world, ELECTION, votes, count);
}

static struct world *until_open(void)
{
    struct world *world = world_make();

    world_ready(world);
    ELECTION = world_first_round(world);
    return world;
}

static void a_batch_of_two_is_the_last(void **state)
{
    struct world *world = until_open();

    (void)state;
    check_ok(ballots_of(world, 0, 3));
    check_ok(ballots_of(world, 3, 2));
    check_fails(ballots_of(world, 5, 3), INVALID, "ballot.batch");
    world_free(world);
}

static void nothing_stands_between_the_ballots_of_a_batch(void **state)
{
    struct world *world = until_open();
    const uint64_t time = world->time;

    (void)state;
    check_ok(cast(world, by_tag(0)));
    world->time = time;
    world_invite(world, "someone");
    world->time = time;
    check_fails(cast(world, by_tag(1)), INVALID, "ballot.batch");
    world_free(world);
}

/* A reader checks a ballot at any time; only the writer knows which batch it will be in. */
static void a_ballot_is_checked_before_it_has_a_batch(void **state)
{
    struct world *world = until_open();
    AUTO_PREPARED prepared = PREPARED_INIT;

    (void)state;
    check_ok(ballots_of(world, 4, 3));
    world->time--;
    buffer_clear(&world->note);
    world_ballot(world, ELECTION, by_tag(0), "0000", &world->note);
    check_ok(record_check(world->record, buffer_view(&world->note), world->time, &prepared));
    check_fails(record_admit(world->record, &prepared, world->time), INVALID, "ballot.order");
    world_free(world);
}

static void a_burned_tag_has_no_ballot(void **state)
{
    struct world *world = until_open();

    (void)state;
    check_ok(world_burn(world, ELECTION, by_tag(3)));
    check_fails(cast(world, by_tag(3)), CONFLICT, "ballot.tag");
    world_burn_text(world, ELECTION, by_tag(3));
    check_fails(SEND(world, by_tag(3), "shen", "tang"), CONFLICT, "burn.known");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_of_two_is_the_last),
        cmocka_unit_test(nothing_stands_between_the_ballots_of_a_batch),
        cmocka_unit_test(a_ballot_is_checked_before_it_has_a_batch),
        cmocka_unit_test(a_burned_tag_has_no_ballot),
    };
    struct world *world = until_open();
    int failed;

    world_person(world, "extra", "委员");
    check_ok(ballots_of(world, 4, 4));
    failed = REFUSALS_RUN("refusals of ballots", world, CASES);
    world_free(world);
    return failed + cmocka_run_group_tests(tests, 0, 0);
}
