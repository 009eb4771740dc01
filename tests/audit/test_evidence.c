/*
 * tests/vectors/evidence.json, which tests/web/evidence.test.mjs reads alike; and what C writes.
 * covers: evidence
 */
#include "base/text.h"
#include "check.h"
#include "log/evidence.h"
#include "support/small_log.h"
#include "support/vectors.h"

/* Too large for a stack. */
struct scene {
    struct evidence evidence;
    struct evidence again;
    struct policy policy;
    struct receipt_meaning meaning;
};

static struct result open_evidence(struct bytes text, struct scene *scene)
{
    TRY(evidence_parse(text, &scene->evidence));
    return evidence_verify(&scene->evidence, &scene->policy, &scene->meaning);
}

static void read_policy(const char *text, struct scene *out)
{
    struct vkey key;

    check_ok(vkey_parse(bytes_of_string(text), &key));
    policy_of_log(&key, &out->policy);
}

static void check_case(json_t *one, struct scene *scene)
{
    const struct result result = open_evidence(bytes_of_string(vector_text(one, "text")), scene);
    const char *rule = is_ok(result) ? "" : result.rule;

    if (strcmp(rule, vector_text(one, "rule")) != 0) {
        fail_msg("%s: %s", vector_text(one, "name"), rule);
    }
    if (json_object_get(one, "at") && result.at != vector_number(one, "at")) {
        fail_msg("%s: at %llu", vector_text(one, "name"), (unsigned long long)result.at);
    }
}

static void judges_as_the_vectors_say(void **state)
{
    json_t *root = vectors_open("evidence.json");
    struct scene *scene = test_malloc(sizeof *scene);
    json_t *one;
    size_t i;
    (void)state;

    read_policy(vector_text(root, "vkey"), scene);
    assert_true(json_array_size(vector_get(root, "evidence")) > 40);
    json_array_foreach(vector_get(root, "evidence"), i, one)
    {
        check_case(one, scene);
    }
    test_free(scene);
    vectors_close(root);
}

static void writes_what_it_reads(void **state)
{
    json_t *root = vectors_open("evidence.json");
    struct scene *scene = test_malloc(sizeof *scene);
    AUTO_BUFFER again = BUFFER_INIT;
    const struct bytes text = bytes_of_string(vector_text(root, "good"));
    (void)state;

    check_ok(evidence_parse(text, &scene->evidence));
    check_ok(evidence_write(&scene->evidence, &again));
    check_bytes(buffer_view(&again), text);
    test_free(scene);
    vectors_close(root);
}

/* The evidence of every second entry of a log. */
static void make_evidence(struct small_log *log, struct buffer *checkpoint, struct evidence *out)
{
    const struct merkle_source source = tree_source(&log->tree);
    struct merkle_proof path;

    *out = (struct evidence)EVIDENCE_INIT;
    small_log_checkpoint(log, log->size, 2, checkpoint);
    out->checkpoint = buffer_view(checkpoint);
    for (uint64_t i = 0; i < log->size; i += 2) {
        check_ok(merkle_prove_inclusion(&source, i, log->size, &path));
        check_ok(evidence_add(out, i, small_log_entry(log, i), &path));
    }
}

static void verifies_what_it_wrote_under_the_witnesses_too(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    AUTO_BUFFER policy = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    struct scene *scene = test_malloc(sizeof *scene);
    (void)state;

    small_log_make(100, &log);
    small_log_policy(&log, "group both all east west\nquorum both\n", &policy);
    check_ok(policy_parse(buffer_view(&policy), &scene->policy));
    make_evidence(&log, &checkpoint, &scene->again);
    check_ok(evidence_write(&scene->again, &text));
    check_ok(open_evidence(buffer_view(&text), scene));
    assert_int_equal(scene->evidence.count, 50);
    assert_int_equal(scene->meaning.finding.witnessed, 2);
    for (size_t i = 0; i < 50; i++) {
        assert_int_equal(scene->evidence.entries[i].index, 2 * i);
        check_bytes(scene->evidence.entries[i].entry, small_log_entry(&log, 2 * i));
    }
    test_free(scene);
}

static void refuses_a_checkpoint_that_too_few_witnesses_saw(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    AUTO_BUFFER alone = BUFFER_INIT;
    AUTO_BUFFER policy = BUFFER_INIT;
    struct scene *scene = test_malloc(sizeof *scene);
    (void)state;

    small_log_make(10, &log);
    small_log_policy(&log, "group both all east west\nquorum both\n", &policy);
    check_ok(policy_parse(buffer_view(&policy), &scene->policy));
    make_evidence(&log, &checkpoint, &scene->evidence);
    check_ok(evidence_verify(&scene->evidence, &scene->policy, &scene->meaning));
    small_log_checkpoint(&log, 10, 1, &alone);
    scene->evidence.checkpoint = buffer_view(&alone);
    check_fails(evidence_verify(&scene->evidence, &scene->policy, &scene->meaning), UNAUTHORIZED,
                "policy.quorum");
    test_free(scene);
}

static void shares_the_hashes_that_paths_have_in_common(void **state)
{
    AUTO_SMALL_LOG log;
    AUTO_BUFFER checkpoint = BUFFER_INIT;
    struct scene *scene = test_malloc(sizeof *scene);
    (void)state;

    small_log_make(64, &log);
    make_evidence(&log, &checkpoint, &scene->evidence);
    /* 32 paths of 6: a sibling leaf each, and the inner nodes but the root once. */
    assert_int_equal(scene->evidence.hash_count, 32 + 62);
    test_free(scene);
}

static void refuses_to_add_an_entry_twice_or_too_many(void **state)
{
    static const struct merkle_proof NO_PATH = {.count = 0};
    struct scene *scene = test_malloc(sizeof *scene);
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER large = BUFFER_INIT;
    (void)state;

    scene->evidence = (struct evidence)EVIDENCE_INIT;
    check_ok(evidence_add(&scene->evidence, 5, LITERAL("five"), &NO_PATH));
    check_fails(evidence_add(&scene->evidence, 5, LITERAL("five"), &NO_PATH), INVALID,
                "evidence.order");
    check_fails(evidence_add(&scene->evidence, 4, LITERAL("four"), &NO_PATH), INVALID,
                "evidence.order");
    check_ok(buffer_reserve(&large, EVIDENCE_SIZE_MAX));
    memset(large.data, 'x', EVIDENCE_SIZE_MAX);
    large.size = EVIDENCE_SIZE_MAX;
    check_ok(evidence_add(&scene->evidence, 6, buffer_view(&large), &NO_PATH));
    check_fails(evidence_write(&scene->evidence, &text), INVALID, "evidence.size");
    while (scene->evidence.count < EVIDENCE_ENTRIES_MAX) {
        check_ok(
            evidence_add(&scene->evidence, 10 + scene->evidence.count, LITERAL("more"), &NO_PATH));
    }
    check_fails(evidence_add(&scene->evidence, 9999, LITERAL("more"), &NO_PATH), INVALID,
                "evidence.size");
    test_free(scene);
}

static void refuses_a_text_that_is_too_long(void **state)
{
    struct scene *scene = test_malloc(sizeof *scene);
    AUTO_BUFFER large = BUFFER_INIT;
    (void)state;

    check_ok(buffer_reserve(&large, EVIDENCE_SIZE_MAX + 1));
    memset(large.data, '\n', EVIDENCE_SIZE_MAX + 1);
    large.size = EVIDENCE_SIZE_MAX + 1;
    check_fails(evidence_parse(buffer_view(&large), &scene->evidence), MALFORMED, "evidence.size");
    test_free(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_as_the_vectors_say),
        cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(verifies_what_it_wrote_under_the_witnesses_too),
        cmocka_unit_test(refuses_a_checkpoint_that_too_few_witnesses_saw),
        cmocka_unit_test(shares_the_hashes_that_paths_have_in_common),
        cmocka_unit_test(refuses_to_add_an_entry_twice_or_too_many),
        cmocka_unit_test(refuses_a_text_that_is_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
