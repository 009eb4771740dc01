/*
 * Devices without a browser play a whole meeting with a tie and its runoff; every note they make
 * takes the real way into the record. What they must not sign or open, they do not.
 * covers: device, acts, gather, draft, draft_runoff, trustee_acts, dispute_acts
 */
#include <stdlib.h>

#include "check.h"
#include "pen/acts.h"
#include "pen/draft.h"
#include "pen/gather.h"
#include "pen/trustee_acts.h"
#include "record/view.h"
#include "support/world.h"

#define ID LITERAL("election-1")

static void device_of(const char *person, struct device *out)
{
    struct key_code code;
    const struct hash32 hash = sha256_of(bytes_of_string(person));

    memcpy(code.bytes, hash.bytes, sizeof code.bytes);
    check_ok(device_make(&code, bytes_of_string(person), LITERAL(WORLD_ORIGIN), out));
}

/* Signs the text with these devices, in order (NULL at the end), and hands the note in. */
static struct result hand_in(struct world *world, const struct buffer *text,
                             const char *const persons[])
{
    struct device device;

    buffer_clear(&world->note);
    check_ok(statement_note(buffer_view(text), &world->note));
    for (size_t i = 0; persons[i]; i++) {
        device_of(persons[i], &device);
        check_ok(device_sign(&device, &world->note));
    }
    return world_submit(world);
}
#define HAND_IN(world, text, ...) hand_in((world), (text), (const char *const[]){__VA_ARGS__, 0})

typedef struct result trustee_act(const struct device *, struct record *, struct bytes,
                                  struct buffer *);

static struct result trustee_does(struct world *world, trustee_act *act, const char *person)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct device device;

    device_of(person, &device);
    TRY(act(&device, world->record, LITERAL("keys-2026"), &text));
    return HAND_IN(world, &text, person);
}

static void make_keys(struct world *world)
{
    static trustee_act *const acts[] = {act_deal, act_confirm, act_rehearse};
    static const char *const trustees[] = {"wen", "xu", "yan"};

    world_ceremony_text(world, "keys-2026");
    check_ok(SEND(world, "qiao", "gu"));
    check_fails(trustee_does(world, act_confirm, "wen"), CONFLICT, "trustee.early");
    check_fails(trustee_does(world, act_deal, "m01"), UNAUTHORIZED, "trustee.index");
    for (size_t act = 0; act < 3; act++) {
        for (size_t i = 0; i < 3; i++) {
            check_ok(trustee_does(world, acts[act], trustees[i]));
        }
    }
}

/* --- a dispute --- */

static struct result take_judged(void *context, const struct view_ceremony *row)
{
    *(uint64_t *)context = row->judged;
    return OK;
}

static void a_dealer_publishes_what_was_dealt_and_is_cleared(void **state)
{
    (void)state;
    struct world *world = world_make();
    AUTO_BUFFER complaint = BUFFER_INIT;
    AUTO_BUFFER answer = BUFFER_INIT;
    struct device dealer;
    struct device complainer;
    uint64_t judged = 0;

    world_people(world);
    world_ceremony_text(world, "keys-2026");
    check_ok(SEND(world, "qiao", "gu"));
    check_ok(trustee_does(world, act_deal, "wen"));
    check_ok(trustee_does(world, act_deal, "xu"));
    check_ok(trustee_does(world, act_deal, "yan"));
    device_of("wen", &dealer);
    device_of("xu", &complainer);
    check_ok(act_complain(&complainer, world->record, LITERAL("keys-2026"), 1, &complaint));
    check_ok(HAND_IN(world, &complaint, "xu"));
    check_ok(act_publish(&dealer, world->record, LITERAL("keys-2026"), 2, &answer));
    check_ok(HAND_IN(world, &answer, "wen"));
    check_ok(view_ceremony(world->record, LITERAL("keys-2026"), take_judged, &judged));
    assert_int_equal(judged, 2); /* who complained of a good share */
    world_free(world);
}

/* --- the meeting --- */

static void sign_in(struct world *world, struct scalar keys[])
{
    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        AUTO_BUFFER text = BUFFER_INIT;
        struct device device;

        device_of(world_member(i), &device);
        check_ok(act_signin(&device, world->record, LITERAL(WORLD_MEETING), &keys[i], &text));
        check_ok(HAND_IN(world, &text, world_member(i)));
    }
}

static struct draft_plan plan_of(struct world *world, struct bytes id)
{
    return (struct draft_plan){.id = id,
                               .meeting = LITERAL(WORLD_MEETING),
                               .ceremony = LITERAL("keys-2026"),
                               .window = 60,
                               .opens = (int64_t)world->time,
                               .closes = (int64_t)world->time + 3600};
}

static void meet(struct world *world, struct scalar keys[])
{
    AUTO_BUFFER text = BUFFER_INIT;
    const struct draft_plan plan = plan_of(world, ID);

    world_meeting(world);
    world_commit(world);
    sign_in(world, keys);
    world_recuse_text(world, "m03", "gudang");
    check_ok(SEND(world, "m03"));
    check_ok(draft_freeze(world->record, LITERAL(WORLD_MEETING), &text));
    check_ok(HAND_IN(world, &text, "qiao", "gu"));
    check_fails(draft_manifest(world->record, &plan, &text), CONFLICT, "draft.draw");
    world_reveal(world);
}

/* --- votes --- */

struct paper {
    struct buffer note;
    struct point tag;
};

static int compare_tags(const void *a, const void *b)
{
    return memcmp(((const struct paper *)a)->tag.bytes, ((const struct paper *)b)->tag.bytes, 32);
}

/* A grade for each candidate, by the member's place and the candidate's id. */
typedef uint8_t choice(size_t member, struct bytes candidate);

static void make_paper(struct world *world, const struct election *election,
                       const struct scalar *key, size_t member, choice *choose, struct paper *out)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    uint8_t choices[WORLD_CANDIDATES];

    for (size_t i = 0; i < election->candidate_count; i++) {
        choices[i] = choose(member, election->candidates[i].id);
    }
    check_ok(
        act_ballot(election, key, (struct bytes){choices, election->candidate_count}, &out->note));
    check_ok(record_read(world->record, buffer_view(&out->note), world->time, &prepared));
    out->tag = prepared.tag;
}

static void vote(struct world *world, const struct election *election, const struct scalar keys[],
                 choice *choose)
{
    struct paper papers[WORLD_MEMBERS] = {0};
    const uint64_t time = world->time;

    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        make_paper(world, election, &keys[i], i, choose, &papers[i]);
    }
    qsort(papers, WORLD_MEMBERS, sizeof papers[0], compare_tags);
    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        buffer_clear(&world->note);
        check_ok(buffer_append(&world->note, buffer_view(&papers[i].note)));
        world->time = time;
        check_ok(world_submit(world));
        buffer_free(&papers[i].note);
    }
}

/* Ten assents each for three bodies, for two places: whoever is m01, m04, … leaves out gudang. */
static uint8_t tie(size_t member, struct bytes candidate)
{
    static const char *const bodies[] = {"longjing", "xixi", "gudang"};

    for (size_t i = 0; i < 3; i++) {
        if (bytes_is(candidate, bodies[i])) {
            return (member + i) % 3 == 1 ? 0 : 1;
        }
    }
    return 0;
}

static uint8_t all_but_gudang(size_t member, struct bytes candidate)
{
    (void)member;
    return bytes_is(candidate, "gudang") ? 0 : 1;
}

static struct result share_of(struct world *world, const char *person, struct bytes id,
                              const char *code)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct device device;

    device_of(person, &device);
    TRY(act_share(&device, world->record, id, bytes_of_string(code), &text));
    return HAND_IN(world, &text, person);
}

static const struct election *open_round(struct world *world, const struct buffer *text,
                                         struct bytes id)
{
    const struct election *election;
    struct hash32 manifest;

    check_ok(HAND_IN(world, text, "qiao", "gu"));
    check_ok(gather_manifest(world->record, id, &manifest));
    check_ok(record_election(world->record, &manifest, &election));
    return election;
}

static void close_and_decide(struct world *world, struct bytes id)
{
    AUTO_BUFFER text = BUFFER_INIT;

    check_fails(share_of(world, "wen", id, ""), CONFLICT, "election.still_open");
    check_ok(draft_close(world->record, id, &text));
    check_ok(HAND_IN(world, &text, "qiao", "gu"));
    check_fails(draft_result(world->record, id, &text), CONFLICT, "result.shares");
    check_fails(share_of(world, "wen", id, "00000000"), INVALID, "share.code");
    check_fails(share_of(world, "m01", id, ""), UNAUTHORIZED, "trustee.index");
    check_ok(share_of(world, "wen", id, ""));
    check_ok(share_of(world, "yan", id, ""));
    check_ok(draft_result(world->record, id, &text));
    check_ok(HAND_IN(world, &text, "qiao", "shen", "tang"));
}

static void a_whole_meeting_with_a_runoff_is_played_by_devices_alone(void **state)
{
    struct world *world = world_make();
    struct scalar keys[WORLD_MEMBERS];
    AUTO_BUFFER text = BUFFER_INIT;

    (void)state;
    world_people(world);
    world_cycle(world);
    make_keys(world);
    meet(world, keys);
    struct draft_plan plan = plan_of(world, ID);
    check_ok(draft_manifest(world->record, &plan, &text));
    vote(world, open_round(world, &text, ID), keys, tie);
    close_and_decide(world, ID);
    plan = plan_of(world, LITERAL("election-2"));
    check_ok(draft_runoff(world->record, ID, &plan, &text));
    const struct election *runoff = open_round(world, &text, plan.id);
    assert_int_equal(3, runoff->candidate_count);
    assert_int_equal(1, runoff->recusal_count);
    assert_int_equal(2, runoff->limits[0].max);
    vote(world, runoff, keys, all_but_gudang);
    close_and_decide(world, plan.id);
    check_fails(draft_runoff(world->record, plan.id, &plan, &text), CONFLICT, "runoff.no_tie");
    check_ok(draft_result(world->record, ID, &text));
    check_ok(HAND_IN(world, &text, "qiao", "shen", "tang"));
    check_ok(draft_minutes(world->record, LITERAL(WORLD_MEETING), LITERAL("结果当场宣布"), &text));
    check_ok(HAND_IN(world, &text, "qiao", "shen", "tang"));
    world_free(world);
}

static void a_burned_tag_is_proved_by_its_owner(void **state)
{
    struct world *world = world_make();
    struct device device;
    struct scalar key;
    AUTO_BUFFER text = BUFFER_INIT;

    (void)state;
    world_ready(world);
    const struct election *election = world_first_round(world);
    device_of("m05", &device);
    world_vote_key(WORLD_MEETING, "m05", 0, &key);
    check_ok(act_burn(&device, election, &key, &text));
    check_ok(HAND_IN(world, &text, "m05", "shen", "tang"));
    world_vote_key("another-meeting", "m05", 0, &key);
    check_fails(act_burn(&device, election, &key, &text), NOT_FOUND, "ballot.member");
    world_free(world);
}

/* --- the device --- */

static void a_device_signs_for_its_own_log_only(void **state)
{
    struct device device;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;

    (void)state;
    device_of("gu", &device);
    check_ok(statement_begin(&text, "draw.commit", LITERAL("another.example/log/2026")));
    check_ok(statement_add_text(&text, "会议", "m"));
    check_fails(device_note(&device, buffer_view(&text), &note), INVALID, "statement.origin");
    buffer_clear(&note);
    check_ok(buffer_append_text(&note, "not a note"));
    check_fails(device_sign(&device, &note), MALFORMED, "statement.blank");
}

static void a_device_is_somebodys_and_pinned(void **state)
{
    const struct key_code code = {{1}};
    struct device device;
    char longest[300];

    (void)state;
    memset(longest, 'a', sizeof longest);
    const struct bytes too_long = {(const uint8_t *)longest, sizeof longest};
    check_fails(device_make(&code, EMPTY_BYTES, LITERAL("o"), &device), INVALID, "device.person");
    check_fails(device_make(&code, too_long, LITERAL("o"), &device), INVALID, "device.person");
    check_fails(device_make(&code, LITERAL("p"), EMPTY_BYTES, &device), INVALID, "device.origin");
    check_fails(device_make(&code, LITERAL("p"), too_long, &device), INVALID, "device.origin");
    check_ok(device_make(&code, LITERAL("p"), LITERAL("o"), &device));
    device_wipe(&device);
    assert_int_equal(0, device.keys.sign_secret.bytes[0] | device.person[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_meeting_with_a_runoff_is_played_by_devices_alone),
        cmocka_unit_test(a_dealer_publishes_what_was_dealt_and_is_cleared),
        cmocka_unit_test(a_burned_tag_is_proved_by_its_owner),
        cmocka_unit_test(a_device_signs_for_its_own_log_only),
        cmocka_unit_test(a_device_is_somebodys_and_pinned),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
