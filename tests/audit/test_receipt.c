#include "check.h"
#include "log/receipt.h"
#include "support/small_log.h"

/* covers: receipt, lines */

#define BOTH "group both all east west\nquorum both\n"

/* A log of ten, its policy, and the receipt of entry 4. */
struct scene {
    struct small_log log;
    struct policy policy;
    struct buffer policy_text;
    struct buffer text;
};

static void scene_free(struct scene *scene)
{
    small_log_free(&scene->log);
    buffer_free(&scene->policy_text);
    buffer_free(&scene->text);
}

#define AUTO_SCENE __attribute__((cleanup(scene_free))) struct scene

static void scene_make(const char *rest, size_t witnesses, struct scene *out)
{
    memset(out, 0, sizeof *out);
    small_log_make(10, &out->log);
    small_log_policy(&out->log, rest, &out->policy_text);
    check_ok(policy_parse(buffer_view(&out->policy_text), &out->policy));
    small_log_receipt(&out->log, 4, witnesses, &out->text);
}

/* As whoever holds a receipt does it: the entry comes from `extra`. */
static struct result open_receipt(const struct scene *scene, struct bytes text)
{
    AUTO_BUFFER extra = BUFFER_INIT;
    struct receipt_meaning meaning;
    struct receipt receipt;

    TRY(receipt_parse(text, &extra, &receipt));
    return receipt_verify(&receipt, receipt.extra, &scene->policy, &meaning);
}

static void verifies_without_asking_anybody(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER extra = BUFFER_INIT;
    struct receipt receipt;
    struct receipt_meaning meaning;
    (void)state;

    scene_make(BOTH, 2, &scene);
    check_ok(receipt_parse(buffer_view(&scene.text), &extra, &receipt));
    assert_int_equal(receipt.index, 4);
    assert_int_equal(receipt.path.count, 4);
    check_bytes(receipt.extra, small_log_entry(&scene.log, 4));
    check_ok(receipt_verify(&receipt, receipt.extra, &scene.policy, &meaning));
    assert_int_equal(meaning.checkpoint.head.size, 10);
    assert_int_equal(meaning.finding.witnessed, 2);
}

static void writes_what_it_reads(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER extra = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;
    struct receipt receipt;
    (void)state;

    scene_make(BOTH, 2, &scene);
    check_ok(receipt_parse(buffer_view(&scene.text), &extra, &receipt));
    check_ok(receipt_write(&receipt, &again));
    check_bytes(buffer_view(&again), buffer_view(&scene.text));
}

static void refuses_a_receipt_with_any_bit_changed(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    scene_make(BOTH, 2, &scene);
    check_ok(open_receipt(&scene, buffer_view(&scene.text)));
    for (size_t i = 0; i < scene.text.size; i++) {
        for (unsigned bit = 0; bit < 8; bit += (unsigned)(1 + i % 3)) {
            scene.text.data[i] ^= (uint8_t)(1u << bit);
            if (is_ok(open_receipt(&scene, buffer_view(&scene.text)))) {
                fail_msg("byte %zu, bit %u", i, bit);
            }
            scene.text.data[i] ^= (uint8_t)(1u << bit);
        }
    }
}

static void refuses_a_cut_receipt(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    scene_make(BOTH, 2, &scene);
    for (size_t size = 0; size < scene.text.size; size++) {
        assert_false(is_ok(open_receipt(&scene, (struct bytes){scene.text.data, size})));
    }
}

static void refuses_another_entry(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER extra = BUFFER_INIT;
    struct receipt receipt;
    struct receipt_meaning meaning;
    (void)state;

    scene_make(BOTH, 2, &scene);
    check_ok(receipt_parse(buffer_view(&scene.text), &extra, &receipt));
    for (uint64_t i = 0; i < 10; i++) {
        if (i != 4) {
            check_fails(
                receipt_verify(&receipt, small_log_entry(&scene.log, i), &scene.policy, &meaning),
                INVALID, "merkle.inclusion");
        }
    }
}

/* A log that shows different people different things gets no second witness to sign both. */
static void refuses_a_receipt_that_too_few_witnesses_saw(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    scene_make(BOTH, 1, &scene);
    check_fails(open_receipt(&scene, buffer_view(&scene.text)), UNAUTHORIZED, "policy.quorum");
}

static void needs_no_witness_where_none_is_configured(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    scene_make("quorum none\n", 0, &scene);
    check_ok(open_receipt(&scene, buffer_view(&scene.text)));
}

/* The optional line says nothing that is trusted: without it the holder brings the entry. */
static void proves_an_entry_the_holder_brings(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER extra = BUFFER_INIT;
    AUTO_BUFFER bare = BUFFER_INIT;
    struct receipt receipt;
    struct receipt_meaning meaning;
    (void)state;

    scene_make(BOTH, 2, &scene);
    check_ok(receipt_parse(buffer_view(&scene.text), &extra, &receipt));
    receipt.extra = EMPTY_BYTES;
    check_ok(receipt_write(&receipt, &bare));
    check_ok(receipt_parse(buffer_view(&bare), &extra, &receipt));
    assert_int_equal(receipt.extra.size, 0);
    check_ok(receipt_verify(&receipt, small_log_entry(&scene.log, 4), &scene.policy, &meaning));
}

static void proves_the_only_entry_with_an_empty_path(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER extra = BUFFER_INIT;
    struct receipt receipt;
    struct receipt_meaning meaning;
    struct policy policy;
    (void)state;

    small_log_make(1, &log);
    policy_of_log(&log.key, &policy);
    small_log_receipt(&log, 0, 0, &text);
    check_ok(receipt_parse(buffer_view(&text), &extra, &receipt));
    assert_int_equal(receipt.path.count, 0);
    check_ok(receipt_verify(&receipt, receipt.extra, &policy, &meaning));
}

#define HEAD "c2sp.org/tlog-proof@v1\n"
#define HASH "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n"

static void refuses_what_is_no_receipt(void **state)
{
    static const char *const BAD[] = {
        "",
        "c2sp.org/tlog-proof@v2\nindex 0\n\n",
        HEAD,
        HEAD "index 0\n",
        HEAD "index 0\n" HASH,
        HEAD "index 00\n\n",
        HEAD "index -1\n\n",
        HEAD "index \n\n",
        HEAD "Index 0\n\n",
        HEAD "extra \nindex 0\n\n",
        HEAD "extra AA\nindex 0\n\n",
        HEAD "extra AAAA\nextra AAAA\nindex 0\n\n",
        HEAD "index 0\nextra AAAA\n\n",
        HEAD "index 0\nindex 0\n\n",
        HEAD "index 0\nAAAA\n\n",
    };
    AUTO_BUFFER extra = BUFFER_INIT;
    AUTO_BUFFER many = BUFFER_INIT;
    struct receipt receipt;
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        check_fails(receipt_parse(bytes_of_string(BAD[i]), &extra, &receipt), MALFORMED,
                    "receipt.form");
    }
    check_ok(buffer_append_text(&many, HEAD "index 0\n"));
    for (size_t i = 0; i <= MERKLE_PROOF_MAX; i++) {
        check_ok(buffer_append_text(&many, HASH));
    }
    check_ok(buffer_append_text(&many, "\n"));
    check_fails(receipt_parse(buffer_view(&many), &extra, &receipt), MALFORMED, "receipt.form");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verifies_without_asking_anybody),
        cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(refuses_a_receipt_with_any_bit_changed),
        cmocka_unit_test(refuses_a_cut_receipt),
        cmocka_unit_test(refuses_another_entry),
        cmocka_unit_test(refuses_a_receipt_that_too_few_witnesses_saw),
        cmocka_unit_test(needs_no_witness_where_none_is_configured),
        cmocka_unit_test(proves_an_entry_the_holder_brings),
        cmocka_unit_test(proves_the_only_entry_with_an_empty_path),
        cmocka_unit_test(refuses_what_is_no_receipt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
