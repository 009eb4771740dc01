#include "check.h"
#include "log/witness.h"
#include "support/small_log.h"

/* A request of `log` for its checkpoint of `size`, with the proof from `old`. */
struct ask {
    struct witness_request request;
    struct buffer note;
};

static void ask_free(struct ask *ask)
{
    buffer_free(&ask->note);
}

#define AUTO_ASK __attribute__((cleanup(ask_free))) struct ask

static void ask_make(struct small_log *log, uint64_t old, uint64_t size, struct ask *out)
{
    const struct merkle_source source = tree_source(&log->tree);

    memset(out, 0, sizeof *out);
    out->request.old_size = old;
    if (old > 0 && old <= size) {
        check_ok(merkle_prove_consistency(&source, old, size, &out->request.proof));
    }
    small_log_checkpoint(log, size, 0, &out->note);
    out->request.checkpoint = buffer_view(&out->note);
}

static enum witness_status decide(struct small_log *log, const struct ask *ask, uint64_t stored)
{
    const struct merkle_head head = small_log_head(log, stored);
    struct checkpoint checkpoint;

    return witness_decide(&ask->request, &log->key, &head, &checkpoint);
}

static void reads_what_it_writes(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_ASK ask;
    AUTO_BUFFER body = BUFFER_INIT;
    struct witness_request read;
    (void)state;

    small_log_make(9, &log);
    ask_make(&log, 5, 9, &ask);
    check_ok(witness_request_write(&ask.request, &body));
    check_ok(witness_request_parse(buffer_view(&body), &read));
    assert_int_equal(read.old_size, 5);
    assert_int_equal(read.proof.count, ask.request.proof.count);
    check_bytes(read.checkpoint, ask.request.checkpoint);
    check_fails(witness_request_parse(LITERAL("old 05\n\n"), &read), MALFORMED, "witness.form");
    check_fails(witness_request_parse(LITERAL("5\n\n"), &read), MALFORMED, "witness.form");
    check_fails(witness_request_parse(LITERAL("old 5\nAAAA\n\n"), &read), MALFORMED,
                "witness.form");
    check_fails(witness_request_parse(LITERAL("old 5\n"), &read), MALFORMED, "witness.form");
}

static void cosigns_growth(void **state)
{
    AUTO_SMALL_LOG log;
    (void)state;

    small_log_make(9, &log);
    for (uint64_t old = 0; old <= 9; old++) {
        AUTO_ASK ask;

        ask_make(&log, old, 9, &ask);
        assert_int_equal(decide(&log, &ask, old), WITNESS_OK);
    }
}

static void cosigns_an_empty_log(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_ASK ask;
    AUTO_BUFFER false_note = BUFFER_INIT;
    const struct merkle_head false_head = {0, {{7}}};
    (void)state;

    small_log_make(0, &log);
    ask_make(&log, 0, 0, &ask);
    assert_int_equal(decide(&log, &ask, 0), WITNESS_OK);
    check_ok(checkpoint_sign(&false_head, &log.key, &log.secret, &false_note));
    ask.request.checkpoint = buffer_view(&false_note);
    assert_int_equal(decide(&log, &ask, 0), WITNESS_UNPROVEN);
}

static void refuses_a_rollback(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_ASK ask;
    (void)state;

    small_log_make(9, &log);
    ask_make(&log, 5, 7, &ask);
    assert_int_equal(decide(&log, &ask, 9), WITNESS_CONFLICT); /* it has seen more */
    assert_int_equal(decide(&log, &ask, 4), WITNESS_CONFLICT); /* it has seen less */
    ask_free(&ask);
    ask_make(&log, 9, 7, &ask);
    assert_int_equal(decide(&log, &ask, 9), WITNESS_BAD_REQUEST);
}

static void refuses_a_fork(void **state)
{
    AUTO_SMALL_LOG log;
    struct merkle_head other;
    struct checkpoint checkpoint;
    AUTO_ASK ask;
    (void)state;

    small_log_make(9, &log);
    other = small_log_head(&log, 5);
    other.root.bytes[0] ^= 1;
    ask_make(&log, 5, 9, &ask);
    assert_int_equal(witness_decide(&ask.request, &log.key, &other, &checkpoint), WITNESS_UNPROVEN);
    /* The same size with another root. */
    ask_free(&ask);
    ask_make(&log, 5, 5, &ask);
    assert_int_equal(witness_decide(&ask.request, &log.key, &other, &checkpoint), WITNESS_UNPROVEN);
    /* A first checkpoint brings no proof. */
    ask_free(&ask);
    ask_make(&log, 0, 9, &ask);
    ask.request.proof.count = 1;
    assert_int_equal(decide(&log, &ask, 0), WITNESS_UNPROVEN);
}

static void refuses_strangers(void **state)
{
    AUTO_SMALL_LOG log;
    struct vkey other;
    struct secret_key secret;
    struct checkpoint checkpoint;
    const struct merkle_head empty = {0, {{0}}};
    AUTO_ASK ask;
    (void)state;

    small_log_make(3, &log);
    ask_make(&log, 0, 3, &ask);
    small_log_key(9, SMALL_LOG_ORIGIN, VKEY_ED25519, &secret, &other);
    assert_int_equal(witness_decide(&ask.request, &other, &empty, &checkpoint), WITNESS_FORBIDDEN);
    small_log_key(1, "award.example/log/2027", VKEY_ED25519, &secret, &other);
    assert_int_equal(witness_decide(&ask.request, &other, &empty, &checkpoint),
                     WITNESS_UNKNOWN_ORIGIN);
    ask.request.checkpoint = LITERAL("nothing");
    assert_int_equal(witness_decide(&ask.request, &log.key, &empty, &checkpoint),
                     WITNESS_BAD_REQUEST);
}

#define TEXT SMALL_LOG_ORIGIN "\n9\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n"

static struct witness_reaction react(unsigned status, struct bytes body, struct buffer *lines)
{
    const struct witness_answer answer = {status, body};
    struct witness_reaction reaction;
    struct secret_key secret;
    struct vkey witness;

    small_log_key(2, "witness.example/east", VKEY_COSIGNATURE, &secret, &witness);
    check_ok(witness_react(&answer, &witness, LITERAL(TEXT), lines, &reaction));
    return reaction;
}

static void follows_the_table(void **state)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    (void)state;

    assert_int_equal(react(400, EMPTY_BYTES, &lines).action, WITNESS_ALARM_BUG);
    assert_int_equal(react(403, EMPTY_BYTES, &lines).action, WITNESS_ALARM_KEY);
    assert_int_equal(react(404, EMPTY_BYTES, &lines).action, WITNESS_ALARM_ORIGIN);
    assert_int_equal(react(422, EMPTY_BYTES, &lines).action, WITNESS_STOP_FORK);
    assert_int_equal(react(503, EMPTY_BYTES, &lines).action, WITNESS_TRY_LATER);
    assert_int_equal(react(0, EMPTY_BYTES, &lines).action, WITNESS_TRY_LATER);
    assert_int_equal(react(409, LITERAL("7\n"), &lines).action, WITNESS_PROVE_AGAIN);
    assert_int_equal(react(409, LITERAL("7\n"), &lines).size, 7);
    assert_int_equal(react(409, LITERAL("9\n"), &lines).action, WITNESS_PROVE_AGAIN);
    assert_int_equal(react(409, LITERAL("10\n"), &lines).action, WITNESS_STOP_ROLLBACK);
    assert_int_equal(react(409, LITERAL("ten\n"), &lines).action, WITNESS_ALARM_ANSWER);
    assert_int_equal(react(409, EMPTY_BYTES, &lines).action, WITNESS_ALARM_ANSWER);
    assert_int_equal(lines.size, 0);
}

static void adds_only_the_line_of_the_witness_it_asked(void **state)
{
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_BUFFER own = BUFFER_INIT;
    AUTO_BUFFER lines = BUFFER_INIT;
    struct secret_key secret;
    struct vkey witness;
    struct witness_reaction reaction;
    (void)state;

    small_log_key(3, "witness.example/west", VKEY_COSIGNATURE, &secret, &witness);
    check_ok(cosignature_append(&body, LITERAL(TEXT), &witness, &secret, 77));
    assert_int_equal(react(200, buffer_view(&body), &lines).action, WITNESS_ALARM_ANSWER);

    small_log_key(2, "witness.example/east", VKEY_COSIGNATURE, &secret, &witness);
    check_ok(cosignature_append(&own, LITERAL(TEXT), &witness, &secret, 78));
    check_ok(buffer_append(&body, buffer_view(&own)));
    reaction = react(200, buffer_view(&body), &lines);
    assert_int_equal(reaction.action, WITNESS_ADD);
    assert_int_equal(reaction.time, 78);
    check_bytes(buffer_view(&lines), buffer_view(&own));
}

static void refuses_a_cosignature_of_another_checkpoint(void **state)
{
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_BUFFER lines = BUFFER_INIT;
    struct secret_key secret;
    struct vkey witness;
    (void)state;

    small_log_key(2, "witness.example/east", VKEY_COSIGNATURE, &secret, &witness);
    check_ok(cosignature_append(&body, LITERAL("x\n" TEXT), &witness, &secret, 78));
    assert_int_equal(react(200, buffer_view(&body), &lines).action, WITNESS_ALARM_ANSWER);
    assert_int_equal(lines.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(cosigns_growth),
        cmocka_unit_test(cosigns_an_empty_log),
        cmocka_unit_test(refuses_a_rollback),
        cmocka_unit_test(refuses_a_fork),
        cmocka_unit_test(refuses_strangers),
        cmocka_unit_test(follows_the_table),
        cmocka_unit_test(adds_only_the_line_of_the_witness_it_asked),
        cmocka_unit_test(refuses_a_cosignature_of_another_checkpoint),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
