#include "check.h"
#include "log/policy.h"
#include "support/small_log.h"

/* The finding for a checkpoint that the first `witnesses` witnesses have cosigned. */
static struct policy_finding find(const char *rest, size_t witnesses)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    struct policy_finding finding;
    struct checkpoint checkpoint;
    struct policy policy;

    small_log_make(3, &log);
    small_log_policy(&log, rest, &text);
    small_log_checkpoint(&log, 3, witnesses, &note);
    check_ok(policy_parse(buffer_view(&text), &policy));
    check_ok(policy_verify(&policy, buffer_view(&note), &checkpoint, &finding));
    assert_int_equal(finding.witnessed, witnesses);
    assert_int_equal(checkpoint.head.size, 3);
    return finding;
}

static void counts_known_witnesses(void **state)
{
    static const char ALL[] = "group both all east west\nquorum both\n";
    static const char ANY[] = "group one any east west\nquorum one\n";
    static const char NESTED[] = "group a any east\ngroup b any west\ngroup c 2 a b\nquorum c";
    (void)state;

    assert_true(find("quorum none\n", 0).fulfilled);
    assert_false(find("quorum east\n", 0).fulfilled);
    assert_true(find("quorum east\n", 1).fulfilled);
    assert_false(find("quorum west\n", 1).fulfilled);
    assert_true(find(ALL, 2).fulfilled);
    assert_false(find(ALL, 1).fulfilled);
    assert_true(find(ANY, 1).fulfilled);
    assert_false(find(ANY, 0).fulfilled);
    assert_true(find(NESTED, 2).fulfilled);
    assert_false(find(NESTED, 1).fulfilled);
    check_ok(policy_require(&(struct policy_finding){.fulfilled = true}));
    check_fails(policy_require(&(struct policy_finding){.fulfilled = false}), UNAUTHORIZED,
                "policy.quorum");
}

static void reports_the_times_of_cosignatures(void **state)
{
    struct policy_finding finding = find("quorum none\n", 2);
    (void)state;

    assert_int_equal(finding.earliest, SMALL_LOG_TIME + 1000);
    assert_int_equal(finding.latest, SMALL_LOG_TIME + 1001);
    finding = find("quorum none\n", 0);
    assert_int_equal(finding.earliest, 0);
}

/* One witness that signs twice is still one witness. */
static void counts_keys_and_not_lines(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    struct policy_finding finding;
    struct checkpoint checkpoint;
    struct signed_note parsed;
    struct policy policy;
    (void)state;

    small_log_make(3, &log);
    small_log_policy(&log, "group both 2 east west\nquorum both\n", &text);
    small_log_checkpoint(&log, 3, 1, &note);
    check_ok(signed_note_parse(buffer_view(&note), &parsed));
    check_ok(buffer_append(&body, parsed.text));
    check_ok(cosignature_append(&note, buffer_view(&body), &log.witnesses[0],
                                &log.witness_secrets[0], 77));
    check_ok(policy_parse(buffer_view(&text), &policy));
    check_ok(policy_verify(&policy, buffer_view(&note), &checkpoint, &finding));
    assert_int_equal(finding.witnessed, 1);
    assert_false(finding.fulfilled);
}

static void believes_no_other_log(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER note = BUFFER_INIT;
    struct policy_finding finding;
    struct checkpoint checkpoint;
    struct secret_key secret;
    struct policy policy;
    struct vkey other;
    (void)state;

    small_log_make(3, &log);
    small_log_checkpoint(&log, 3, 2, &note);
    small_log_key(1, "award.example/log/2027", VKEY_ED25519, &secret, &other);
    policy_of_log(&other, &policy);
    check_fails(policy_verify(&policy, buffer_view(&note), &checkpoint, &finding), INVALID,
                "checkpoint.origin");
    small_log_key(9, SMALL_LOG_ORIGIN, VKEY_ED25519, &secret, &other);
    policy_of_log(&other, &policy);
    check_fails(policy_verify(&policy, buffer_view(&note), &checkpoint, &finding), UNAUTHORIZED,
                "note.unsigned");
    policy_of_log(&log.key, &policy);
    check_ok(policy_verify(&policy, buffer_view(&note), &checkpoint, &finding));
}

/* Witnesses alone make no checkpoint: the log must have signed too. */
static void refuses_a_checkpoint_the_log_did_not_sign(void **state)
{
    static const char BODY[] =
        SMALL_LOG_ORIGIN "\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    AUTO_SMALL_LOG log;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    struct policy_finding finding;
    struct checkpoint checkpoint;
    struct policy policy;
    (void)state;

    small_log_make(1, &log);
    small_log_policy(&log, "quorum none\n", &text);
    check_ok(policy_parse(buffer_view(&text), &policy));
    check_ok(buffer_append_text(&note, BODY));
    check_ok(buffer_append_text(&note, "\n"));
    check_ok(cosignature_append(&note, bytes_of_string(BODY), &log.witnesses[0],
                                &log.witness_secrets[0], 77));
    check_fails(policy_verify(&policy, buffer_view(&note), &checkpoint, &finding), UNAUTHORIZED,
                "checkpoint.signature");
}

#define LOG       "log PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"
#define NO_QUORUM "quorum none\n"

static void check_refused(const char *text, const char *rule, uint64_t line)
{
    struct policy policy;
    const struct result parsed = policy_parse(bytes_of_string(text), &policy);

    if (parsed.failure != MALFORMED || strcmp(parsed.rule, rule) != 0 || parsed.at != line) {
        fail_msg("%s (%llu) for %s", parsed.rule ? parsed.rule : "accepted",
                 (unsigned long long)parsed.at, text);
    }
}

static void refuses_policies_that_could_be_misread(void **state)
{
    struct policy policy;
    (void)state;

    check_ok(policy_parse(LITERAL("# words\n\n \t\n" LOG NO_QUORUM), &policy));
    check_refused("", "policy.form", 0);
    check_refused(LOG, "policy.form", 0);
    check_refused(NO_QUORUM, "policy.form", 0);
    check_refused(LOG NO_QUORUM NO_QUORUM, "policy.form", 3);
    check_refused(LOG "quorum none none\n", "policy.form", 2);
    check_refused(LOG "quorum\n", "policy.name", 2);
    check_refused(LOG "quorum nobody\n", "policy.name", 2);
    check_refused(LOG LOG NO_QUORUM, "policy.key", 2);
    check_refused(LOG "logs x\n" NO_QUORUM, "policy.form", 2);
    check_refused(LOG "witness east\n" NO_QUORUM, "vkey.form", 2);
    check_refused("log PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
                  "vkey.id", 1);
    check_refused("log \x01\n", "policy.form", 0);
    check_refused(LOG "\r\n" NO_QUORUM, "policy.form", 0);
    /* A log's key is no witness's key: its signatures mean something else. */
    check_refused("witness w PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
                  "policy.key", 1);
}

static void refuses_groups_that_could_be_misread(void **state)
{
    AUTO_SMALL_LOG log;
    static const struct {
        const char *rest;
        const char *rule;
    } BAD[] = {
        {"group g 3 east west\nquorum g\n", "policy.threshold"},
        {"group g 0 east west\nquorum g\n", "policy.threshold"},
        {"group g most east west\nquorum g\n", "policy.threshold"},
        {"group g 01 east west\nquorum g\n", "policy.threshold"},
        {"group g any\nquorum g\n", "policy.threshold"},
        {"group g\nquorum g\n", "policy.threshold"},
        {"group g any east nobody\nquorum g\n", "policy.name"},
        {"group g any east east\nquorum g\n", "policy.name"},
        {"group g any g\nquorum g\n", "policy.name"},
        {"group none any east\nquorum g\n", "policy.name"},
        {"group east any west\nquorum east\n", "policy.name"},
        {"group a any east\ngroup b any east\nquorum a\n", "policy.name"},
        {"quorum g\ngroup g any east\n", "policy.name"},
    };
    (void)state;

    small_log_make(0, &log);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        AUTO_BUFFER text = BUFFER_INIT;
        struct result parsed;
        struct policy policy;

        small_log_policy(&log, BAD[i].rest, &text);
        parsed = policy_parse(buffer_view(&text), &policy);
        if (parsed.failure != MALFORMED || strcmp(parsed.rule, BAD[i].rule) != 0) {
            fail_msg("%s for %s", parsed.rule ? parsed.rule : "accepted", BAD[i].rest);
        }
    }
}

static void keeps_a_witness_to_one_key(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER text = BUFFER_INIT;
    struct policy policy;
    (void)state;

    small_log_make(0, &log);
    small_log_policy(&log, "witness again ", &text);
    check_ok(vkey_write(&log.witnesses[0], &text));
    check_ok(buffer_append_text(&text, "\nquorum none\n"));
    check_fails(policy_parse(buffer_view(&text), &policy), MALFORMED, "policy.key");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_known_witnesses),
        cmocka_unit_test(reports_the_times_of_cosignatures),
        cmocka_unit_test(counts_keys_and_not_lines),
        cmocka_unit_test(believes_no_other_log),
        cmocka_unit_test(refuses_a_checkpoint_the_log_did_not_sign),
        cmocka_unit_test(refuses_policies_that_could_be_misread),
        cmocka_unit_test(refuses_groups_that_could_be_misread),
        cmocka_unit_test(keeps_a_witness_to_one_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
