/* covers: replay crew findings verify */
#include "base/text.h"
#include "check.h"
#include "record/refusal.h"
#include "support/publish.h"
#include "support/temporary.h"
#include "verifier/file.h"
#include "verifier/verify.h"

/* One meeting from genesis to minutes, made once: 15 members, 15 ballots, 2 shares. */
static struct world *world;

/* m02 is recused from one candidate and votes for none. */
static struct result vote(const struct election *election)
{
    struct vote votes[WORLD_MEMBERS];

    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        votes[i] = (struct vote){world_member(i), i == 1 ? "0000" : "2100"};
    }
    return world_vote(world, election, votes, WORLD_MEMBERS);
}

static int make_world(void **state)
{
    (void)state;
    world = world_make();
    world_ready(world);
    const struct election *election = world_first_round(world);

    check_ok(vote(election));
    world->time += 3600;
    check_ok(world_close_election(world, election));
    check_ok(world_share(world, election, 1));
    check_ok(world_share(world, election, 3));
    check_ok(world_result(world, election));
    check_ok(world_minutes(world));
    return 0;
}

static int free_world(void **state)
{
    (void)state;
    world_free(world);
    return 0;
}

struct trial {
    struct temporary folder;
    struct archive archive;
    struct pin pin;
    struct verification verification;
    struct findings findings;
};

#define AUTO_TRIAL __attribute__((cleanup(trial_end))) struct trial

static void trial_end(struct trial *trial)
{
    findings_free(&trial->findings);
    temporary_remove(&trial->folder);
}

static void trial_begin(struct trial *trial, uint64_t size, publish_forger *forger)
{
    *trial = (struct trial){.verification = {.threads = 2}};
    temporary_make(&trial->folder);
    publish(world, size, forger, trial->folder.path);
    check_ok(archive_at(trial->folder.path, &trial->archive));
    publish_key(&trial->pin.log);
    trial->verification.archive = &trial->archive;
    trial->verification.pin = &trial->pin;
}

static void check_broken(struct trial *trial, enum step step, uint64_t index)
{
    check_ok(verify_archive(&trial->verification, &trial->findings));
    assert_int_equal(trial->findings.failed, step);
    assert_int_equal(trial->findings.failure.index, index);
    assert_non_null(trial->findings.failure.result.rule);
    /* A finding without words would leave its reader alone. */
    assert_string_equal(refusal_find(trial->findings.failure.result.rule)->rule,
                        trial->findings.failure.result.rule);
}

static void accepts_a_whole_meeting(void **state)
{
    (void)state;
    AUTO_TRIAL trial;
    AUTO_BUFFER report = BUFFER_INIT;

    trial_begin(&trial, publish_size(world), NULL);
    check_ok(verify_archive(&trial.verification, &trial.findings));
    assert_int_equal(trial.findings.failed, STEP_NONE);
    assert_int_equal(trial.findings.ballots, WORLD_MEMBERS);
    assert_int_equal(trial.findings.steps[STEP_BURNED], FINDING_OPEN);
    assert_int_equal(trial.findings.steps[STEP_REVIEWS], FINDING_OPEN);
    for (int step = STEP_CHECKPOINT; step < STEP_COUNT; step++) {
        assert_true(step == STEP_BURNED || step >= STEP_REVIEWS ||
                    trial.findings.steps[step] == FINDING_HOLDS);
    }
    check_ok(findings_print(&trial.findings, &report));
}

static void the_verdict_does_not_depend_on_threads(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    trial_begin(&trial, publish_size(world), NULL);
    trial.verification.threads = 0;
    check_ok(verify_archive(&trial.verification, &trial.findings));
    assert_int_equal(trial.findings.failed, STEP_NONE);
}

static void says_what_the_log_still_waits_for(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    trial_begin(&trial, publish_size(world) - 2, NULL); /* without result and minutes */
    check_ok(verify_archive(&trial.verification, &trial.findings));
    assert_int_equal(trial.findings.failed, STEP_NONE);
    assert_int_equal(trial.findings.steps[STEP_COMPLETE], FINDING_OPEN);
    assert_true(text_find(buffer_view(&trial.findings.pending), LITERAL("no result yet")) !=
                SIZE_MAX);
    assert_true(text_find(buffer_view(&trial.findings.pending), LITERAL("no minutes yet")) !=
                SIZE_MAX);
}

static void says_that_the_minutes_are_missing(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    trial_begin(&trial, publish_size(world) - 1, NULL);
    check_ok(verify_archive(&trial.verification, &trial.findings));
    assert_int_equal(trial.findings.failed, STEP_NONE);
    assert_int_equal(trial.findings.steps[STEP_COMPLETE], FINDING_OPEN);
    check_bytes(buffer_view(&trial.findings.pending),
                LITERAL("○ 尚无纪要 / no minutes yet: " WORLD_MEETING "\n"));
}

static void refuses_a_checkpoint_of_another_key(void **state)
{
    (void)state;
    AUTO_TRIAL trial;
    SECRET_KEYS keys;

    trial_begin(&trial, publish_size(world), NULL);
    world_keys("m01", &keys);
    check_ok(vkey_make(LITERAL(WORLD_ORIGIN), VKEY_ED25519, &keys.sign_public, &trial.pin.log));
    check_broken(&trial, STEP_CHECKPOINT, 0);
}

static void refuses_another_genesis_than_the_pinned_one(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    trial_begin(&trial, publish_size(world), NULL);
    trial.pin.has_genesis = true;
    check_broken(&trial, STEP_GENESIS, 0);
}

/* The forger has no log key here: the bundle on disk changes, the checkpoint stays. */
static void refuses_entries_that_do_not_hash_to_the_root(void **state)
{
    (void)state;
    AUTO_TRIAL trial;
    AUTO_BUFFER bundle = BUFFER_INIT;
    const uint64_t size = publish_size(world);
    const struct tile tile = {.kind = TILE_ENTRIES, .width = tile_width(size, 0, 0)};
    AUTO_BUFFER name = BUFFER_INIT;
    const char *path;

    trial_begin(&trial, size, NULL);
    check_ok(archive_read_tile(&trial.archive, &tile, &bundle));
    bundle.data[bundle.size / 2] ^= 1;
    check_ok(tile_path_write(&tile, &name));
    check_ok(buffer_terminate(&name, &path));
    check_ok(archive_write(&trial.archive, path, buffer_view(&bundle)));
    check_ok(verify_archive(&trial.verification, &trial.findings));
    assert_int_equal(trial.findings.failed, STEP_TREE);
}

static void refuses_a_hash_tile_that_lies(void **state)
{
    (void)state;
    AUTO_TRIAL trial;
    AUTO_BUFFER hashes = BUFFER_INIT;
    AUTO_BUFFER name = BUFFER_INIT;
    const uint64_t size = publish_size(world);
    const struct tile tile = {.kind = TILE_HASHES, .width = tile_width(size, 0, 0)};
    const char *path;

    trial_begin(&trial, size, NULL);
    check_ok(archive_read_tile(&trial.archive, &tile, &hashes));
    hashes.data[0] ^= 1;
    check_ok(tile_path_write(&tile, &name));
    check_ok(buffer_terminate(&name, &path));
    check_ok(archive_write(&trial.archive, path, buffer_view(&hashes)));
    check_broken(&trial, STEP_TREE, 0);
}

static uint64_t target; /* the entry that a forger changes */

static bool is_of(const struct buffer *entry, const char *type)
{
    char line[64];

    (void)snprintf(line, sizeof line, "\nxiling/v1 %s\n", type);
    const size_t length = strlen(line);
    for (size_t at = 0; at + length <= entry->size && at < 64; at++) {
        if (memcmp(entry->data + at, line, length) == 0) {
            return true;
        }
    }
    return false;
}

/* --- a forger who holds the log key --- */

static void forge_signin(uint64_t index, struct buffer *entry)
{
    if (target == 0 && is_of(entry, "meeting.signin")) {
        target = index;
        publish_replace(entry, "签到人：m01", "签到人：m02");
    }
}

static void refuses_a_sign_in_under_another_name(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    target = 0;
    trial_begin(&trial, publish_size(world), forge_signin);
    check_broken(&trial, STEP_SIGNATURES, target);
}

static void forge_ballot(uint64_t index, struct buffer *entry)
{
    if (target == 0 && is_of(entry, "ballot")) {
        target = index;
        /* the last but one byte of the ring proof, still base64 */
        uint8_t *byte = &entry->data[entry->size - 12];
        *byte = *byte == 'A' ? 'B' : 'A';
    }
}

static void refuses_a_ballot_whose_ring_proof_was_touched(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    target = 0;
    trial_begin(&trial, publish_size(world), forge_ballot);
    check_broken(&trial, STEP_BALLOTS, target);
}

static void forge_result(uint64_t index, struct buffer *entry)
{
    if (is_of(entry, "election.result")) {
        target = index;
        publish_replace(entry, "选票数：15", "选票数：14");
    }
}

static void refuses_a_result_that_was_rewritten(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    target = 0;
    trial_begin(&trial, publish_size(world), forge_result);
    check_broken(&trial, STEP_SIGNATURES, target);
}

static void forge_time(uint64_t index, struct buffer *entry)
{
    if (index == 5) {
        target = index;
        publish_replace(entry, "xiling/entry/v1 2026", "xiling/entry/v1 2025");
    }
}

static void refuses_time_that_goes_back(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    target = 0;
    trial_begin(&trial, publish_size(world), forge_time);
    check_ok(verify_archive(&trial.verification, &trial.findings));
    assert_int_not_equal(trial.findings.failed, STEP_NONE);
    assert_int_equal(trial.findings.failure.index, target);
}

/* --- growth --- */

static void read_checkpoint(const struct trial *trial, struct buffer *out)
{
    check_ok(archive_read(&trial->archive, "checkpoint", out));
}

static void accepts_a_log_that_has_grown(void **state)
{
    (void)state;
    AUTO_TRIAL before;
    AUTO_TRIAL after;
    AUTO_BUFFER older = BUFFER_INIT;

    trial_begin(&before, 20, NULL);
    trial_begin(&after, publish_size(world), NULL);
    read_checkpoint(&before, &older);
    after.verification.older_checkpoint = buffer_view(&older);
    check_ok(verify_archive(&after.verification, &after.findings));
    assert_int_equal(after.findings.failed, STEP_NONE);
}

static void refuses_a_log_that_was_cut(void **state)
{
    (void)state;
    AUTO_TRIAL before;
    AUTO_TRIAL after;
    AUTO_BUFFER older = BUFFER_INIT;

    trial_begin(&before, publish_size(world), NULL);
    trial_begin(&after, 20, NULL);
    read_checkpoint(&before, &older);
    after.verification.older_checkpoint = buffer_view(&older);
    check_broken(&after, STEP_GROWTH, 0);
}

static void refuses_a_log_with_another_past(void **state)
{
    (void)state;
    AUTO_TRIAL before;
    AUTO_TRIAL after;
    AUTO_BUFFER older = BUFFER_INIT;

    target = 0;
    trial_begin(&before, 30, forge_time);
    trial_begin(&after, publish_size(world), NULL);
    read_checkpoint(&before, &older);
    after.verification.older_checkpoint = buffer_view(&older);
    check_broken(&after, STEP_GROWTH, 0);
}

static void an_archive_that_is_not_there_is_no_verdict(void **state)
{
    (void)state;
    AUTO_TRIAL trial;

    trial_begin(&trial, 3, NULL);
    check_ok(archive_at("no/such/folder", &trial.archive));
    assert_false(is_ok(verify_archive(&trial.verification, &trial.findings)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_a_whole_meeting),
        cmocka_unit_test(the_verdict_does_not_depend_on_threads),
        cmocka_unit_test(says_what_the_log_still_waits_for),
        cmocka_unit_test(says_that_the_minutes_are_missing),
        cmocka_unit_test(refuses_a_checkpoint_of_another_key),
        cmocka_unit_test(refuses_another_genesis_than_the_pinned_one),
        cmocka_unit_test(refuses_entries_that_do_not_hash_to_the_root),
        cmocka_unit_test(refuses_a_hash_tile_that_lies),
        cmocka_unit_test(refuses_a_sign_in_under_another_name),
        cmocka_unit_test(refuses_a_ballot_whose_ring_proof_was_touched),
        cmocka_unit_test(refuses_a_result_that_was_rewritten),
        cmocka_unit_test(refuses_time_that_goes_back),
        cmocka_unit_test(accepts_a_log_that_has_grown),
        cmocka_unit_test(refuses_a_log_that_was_cut),
        cmocka_unit_test(refuses_a_log_with_another_past),
        cmocka_unit_test(an_archive_that_is_not_there_is_no_verdict),
    };

    return cmocka_run_group_tests(tests, make_world, free_world);
}
