/* What witnesses saw bounds when entries can have been made: protocol section 9. */
#include "check.h"
#include "support/publish.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "verifier/verify.h"
#include "verifier/witnessed.h"

/* --- one entry --- */

static void an_entry_is_no_younger_than_the_checkpoint_that_covers_it(void **state)
{
    const struct witnessed seen = {10, 1000};
    (void)state;

    check_ok(witnessed_check(&seen, 9, 1));
    check_ok(witnessed_check(&seen, 9, 1000 + WITNESSED_SLACK));
    check_fails(witnessed_check(&seen, 9, 1001 + WITNESSED_SLACK), INVALID, "growth.time");
}

static void an_entry_is_no_older_than_the_checkpoint_before_it(void **state)
{
    const struct witnessed seen = {10, 1000};
    (void)state;

    check_ok(witnessed_check(&seen, 10, 100000));
    check_ok(witnessed_check(&seen, 10, 1000 - WITNESSED_SLACK));
    check_fails(witnessed_check(&seen, 10, 999 - WITNESSED_SLACK), INVALID, "growth.time");
}

static void a_checkpoint_that_nobody_cosigned_says_nothing(void **state)
{
    const struct witnessed nobody = {10, 0};
    (void)state;

    check_ok(witnessed_check(&nobody, 0, UINT64_MAX));
    check_ok(witnessed_check(&nobody, 10, 0));
}

/* --- a whole log --- */

struct trial {
    struct temporary folder;
    struct world *world;
    struct archive archive;
    struct pin pin;
    struct buffer policy_text;
    struct policy policy;
    struct buffer older;
    struct findings findings;
};

#define AUTO_TRIAL __attribute__((cleanup(trial_end))) struct trial

static void trial_end(struct trial *trial)
{
    findings_free(&trial->findings);
    buffer_free(&trial->older);
    buffer_free(&trial->policy_text);
    world_free(trial->world);
    temporary_remove(&trial->folder);
}

static void add_key(struct trial *trial, const char *head, const struct vkey *key)
{
    check_ok(buffer_append_text(&trial->policy_text, head));
    check_ok(vkey_write(key, &trial->policy_text));
    check_ok(buffer_append_text(&trial->policy_text, "\n"));
}

/* A genesis, some persons, and a policy with one witness. */
static void trial_begin(struct trial *trial)
{
    struct secret_key secret;
    struct vkey witness;

    *trial = (struct trial){.world = world_make()};
    world_genesis(trial->world);
    temporary_make(&trial->folder);
    publish_key(&trial->pin.log);
    small_log_key(7, "east", VKEY_COSIGNATURE, &secret, &witness);
    add_key(trial, "log ", &trial->pin.log);
    add_key(trial, "witness east ", &witness);
    check_ok(buffer_append_text(&trial->policy_text, "quorum east\n"));
    check_ok(policy_parse(buffer_view(&trial->policy_text), &trial->policy));
}

/* The log as it stands, whose checkpoint the witness saw so many seconds after its last entry. */
static void publish_seen(struct trial *trial, int64_t after)
{
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    struct signed_note parsed;
    struct secret_key secret;
    struct vkey witness;

    small_log_key(7, "east", VKEY_COSIGNATURE, &secret, &witness);
    publish(trial->world, publish_size(trial->world), NULL, trial->folder.path);
    check_ok(archive_at(trial->folder.path, &trial->archive));
    check_ok(archive_read(&trial->archive, "checkpoint", &note));
    check_ok(signed_note_parse(buffer_view(&note), &parsed));
    check_ok(buffer_append(&text, parsed.text)); /* appending may move what it views */
    check_ok(cosignature_append(&note, buffer_view(&text), &witness, &secret,
                                (uint64_t)((int64_t)trial->world->time - 1 + after)));
    check_ok(archive_write(&trial->archive, "checkpoint", buffer_view(&note)));
}

static void verify(struct trial *trial)
{
    const struct verification verification = {.archive = &trial->archive,
                                              .pin = &trial->pin,
                                              .policy = &trial->policy,
                                              .older_checkpoint = buffer_view(&trial->older)};

    check_ok(verify_archive(&verification, &trial->findings));
}

static void check_refused(struct trial *trial, uint64_t index)
{
    verify(trial);
    assert_int_equal(trial->findings.failed, STEP_GROWTH);
    assert_int_equal(trial->findings.failure.index, index);
    assert_string_equal(trial->findings.failure.result.rule, "growth.time");
}

static void accepts_entries_that_were_seen_in_time(void **state)
{
    AUTO_TRIAL trial;
    (void)state;

    trial_begin(&trial);
    publish_seen(&trial, -WITNESSED_SLACK);
    verify(&trial);
    assert_int_equal(trial.findings.failed, STEP_NONE);
    assert_int_equal(trial.findings.witnessed, 1);
}

static void refuses_an_entry_dated_after_it_was_seen(void **state)
{
    AUTO_TRIAL trial;
    (void)state;

    trial_begin(&trial);
    world_invite(trial.world, "m01");
    publish_seen(&trial, -WITNESSED_SLACK - 1);
    check_refused(&trial, 1);
}

/* The older checkpoint was seen an hour after the new entry says it was made. */
static void refuses_an_entry_dated_back(void **state)
{
    AUTO_TRIAL trial;
    (void)state;

    trial_begin(&trial);
    publish_seen(&trial, 3600);
    check_ok(archive_read(&trial.archive, "checkpoint", &trial.older));
    world_invite(trial.world, "m01");
    publish_seen(&trial, 7200);
    check_refused(&trial, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_no_younger_than_the_checkpoint_that_covers_it),
        cmocka_unit_test(an_entry_is_no_older_than_the_checkpoint_before_it),
        cmocka_unit_test(a_checkpoint_that_nobody_cosigned_says_nothing),
        cmocka_unit_test(accepts_entries_that_were_seen_in_time),
        cmocka_unit_test(refuses_an_entry_dated_after_it_was_seen),
        cmocka_unit_test(refuses_an_entry_dated_back),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
