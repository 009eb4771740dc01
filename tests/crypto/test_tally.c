/*
 * covers: share, decoder
 */
#include "check.h"
#include "primitive/elgamal.h"
#include "protocol/decoder.h"
#include "protocol/share.h"
#include "protocol/tally.h"
#include "protocol/trustee.h"
#include "support/vectors.h"

static const uint8_t ZEROS[32];

/* The points of a list of hex strings. */
static size_t read_points(json_t *list, struct point points[])
{
    size_t i;
    json_t *item;

    json_array_foreach(list, i, item)
    {
        assert_int_equal(
            sodium_hex2bin(points[i].bytes, POINT_SIZE, json_string_value(item), 64, 0, 0, 0), 0);
    }
    return i;
}

/* The tally of a ceremony in the vectors. */
struct count {
    json_t *ceremony;
    struct hash32 manifest;
    struct tally tally;
    size_t grade_count;
    size_t threshold;
    struct point share_keys[TRUSTEES_MAX];
    struct scalar secrets[TRUSTEES_MAX];
    size_t trustee_count;
};

static void count_open(json_t *ceremony, struct count *count)
{
    size_t i;
    json_t *item;

    *count = (struct count){.ceremony = ceremony};
    vector_fixed(ceremony, "tally.M", count->manifest.bytes, 32);
    count->tally.ballots = vector_number(ceremony, "tally.ballots");
    count->tally.candidate_count =
        read_points(vector_get(ceremony, "tally.alphas"), count->tally.alphas);
    (void)read_points(vector_get(ceremony, "tally.betas"), count->tally.betas);
    count->grade_count = json_array_size(vector_get(ceremony, "tally.weights"));
    count->threshold = (size_t)vector_number(ceremony, "t");
    json_array_foreach(vector_get(ceremony, "trustees"), i, item)
    {
        vector_fixed(item, "X", count->share_keys[i].bytes, POINT_SIZE);
        vector_fixed(item, "x", count->secrets[i].bytes, SCALAR_SIZE);
    }
    count->trustee_count = i;
}

static void for_each_count(void (*check)(struct count *count))
{
    json_t *root = vectors_open("trustee.json");
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(root, "ceremonies"), i, item)
    {
        static struct count count;
        count_open(item, &count);
        check(&count);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void check_hex(json_t *object, const char *path, const void *bytes, size_t size)
{
    AUTO_BUFFER expected = BUFFER_INIT;

    (void)vector_bytes(object, path, &expected);
    check_bytes(buffer_view(&expected), ((struct bytes){bytes, size}));
}

static struct decryption_share view_of(uint64_t index, const struct opened_share *opened,
                                       size_t candidates)
{
    return (struct decryption_share){index, opened->points, candidates,
                                     buffer_view(&opened->proof)};
}

/* --- vectors --- */

static void check_shares(struct count *count)
{
    const struct share_subject subject = {&count->manifest, &count->tally};
    const size_t candidates = count->tally.candidate_count;
    static struct point expected[CANDIDATES_MAX];
    struct hash32 sums;
    size_t i;
    json_t *item;

    tally_sums_hash(&count->manifest, &count->tally, &sums);
    check_hex(count->ceremony, "tally.sums_hash", sums.bytes, 32);
    json_array_foreach(vector_get(count->ceremony, "tally.shares"), i, item)
    {
        static struct opened_share opened;
        check_ok(trustee_decrypt(&subject, i + 1, &count->secrets[i], ZEROS, &opened));
        (void)read_points(vector_get(item, "D"), expected);
        assert_memory_equal(opened.points, expected, candidates * POINT_SIZE);
        check_hex(item, "proof", opened.proof.data, opened.proof.size);
        const struct decryption_share share = view_of(i + 1, &opened, candidates);
        check_ok(share_verify(&subject, &count->share_keys[i], &share));
        buffer_free(&opened.proof);
    }
    assert_int_equal(i, count->trustee_count);
}

static void makes_and_verifies_the_shares(void **state)
{
    (void)state;
    for_each_count(check_shares);
}

static void check_false_shares(struct count *count)
{
    const struct share_subject subject = {&count->manifest, &count->tally};
    static struct point points[CANDIDATES_MAX];
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(count->ceremony, "bad_shares"), i, item)
    {
        AUTO_BUFFER proof = BUFFER_INIT;
        const uint64_t index = vector_number(item, "index");
        (void)vector_bytes(item, "proof", &proof);
        const struct decryption_share share = {
            index, points, read_points(vector_get(item, "D"), points), buffer_view(&proof)};
        const struct result verdict = share_verify(&subject, &count->share_keys[index - 1], &share);
        if (verdict.failure != INVALID) {
            fail_msg("%s", vector_text(item, "name"));
        }
    }
    assert_true(i > 0);
}

static void refuses_false_shares(void **state)
{
    (void)state;
    for_each_count(check_false_shares);
}

/* Fills shares[k] with the share of trustee picks[k], as the vectors give it. */
static void read_shares(const struct count *count, json_t *indices,
                        struct point points[][CANDIDATES_MAX], struct decryption_share shares[])
{
    for (size_t k = 0; k < json_array_size(indices); k++) {
        const uint64_t index = (uint64_t)json_integer_value(json_array_get(indices, k));
        json_t *item = json_array_get(vector_get(count->ceremony, "tally.shares"), index - 1);
        const size_t candidates = read_points(vector_get(item, "D"), points[k]);
        shares[k] = (struct decryption_share){index, points[k], candidates, EMPTY_BYTES};
    }
}

static void check_counts(const struct count *count, const struct tally_counts counts[])
{
    json_t *expected = vector_get(count->ceremony, "tally.counts");

    for (size_t i = 0; i < count->tally.candidate_count; i++) {
        uint64_t all = counts[i].votes[0];
        for (size_t grade = 1; grade < count->grade_count; grade++) {
            const json_t *votes = json_array_get(json_array_get(expected, i), grade - 1);
            assert_int_equal(json_integer_value(votes), counts[i].votes[grade]);
            all += counts[i].votes[grade];
        }
        assert_int_equal(all, count->tally.ballots);
    }
}

/* T_i·G, whoever opened it. */
static void check_totals(const struct count *count, const struct point totals[])
{
    static struct point expected[CANDIDATES_MAX];

    assert_int_equal(read_points(vector_get(count->ceremony, "tally.T"), expected),
                     count->tally.candidate_count);
    assert_memory_equal(expected, totals, count->tally.candidate_count * POINT_SIZE);
}

static void check_every_choice(struct count *count)
{
    static struct point points[TRUSTEES_MAX][CANDIDATES_MAX];
    static struct tally_counts counts[CANDIDATES_MAX];
    struct point totals[CANDIDATES_MAX];
    struct decryption_share shares[TRUSTEES_MAX];
    const size_t candidates = count->tally.candidate_count;
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(count->ceremony, "lagrange"), i, item)
    {
        read_shares(count, vector_get(item, "indices"), points, shares);
        check_ok(tally_combine(&count->tally, shares, count->threshold, totals));
        check_totals(count, totals);
        check_ok(
            tally_decode(count->grade_count, count->tally.ballots, totals, candidates, counts));
        check_counts(count, counts);
    }
    const uint64_t fewer = vector_number(count->ceremony, "tally.undecodable.ballots");
    check_fails(tally_decode(count->grade_count, fewer, totals, candidates, counts), INVALID,
                "tally.counts");
}

static void any_threshold_of_shares_opens_the_same_counts(void **state)
{
    (void)state;
    for_each_count(check_every_choice);
}

/* --- our own --- */

static void check_false_combinations(struct count *count)
{
    static struct point points[TRUSTEES_MAX][CANDIDATES_MAX];
    static struct tally_counts counts[CANDIDATES_MAX];
    struct point totals[CANDIDATES_MAX];
    struct decryption_share shares[TRUSTEES_MAX];
    json_t *indices = json_array();

    for (size_t k = 1; k <= count->threshold; k++) {
        (void)json_array_append_new(indices, json_integer((json_int_t)k));
    }
    read_shares(count, indices, points, shares);
    json_decref(indices);
    shares[1].index = shares[0].index;
    check_fails(tally_combine(&count->tally, shares, count->threshold, totals), INVALID,
                "tally.shares");
    shares[1].index = count->trustee_count; /* a share under another's number opens nothing */
    check_ok(tally_combine(&count->tally, shares, count->threshold, totals));
    check_fails(tally_decode(count->grade_count, count->tally.ballots, totals,
                             count->tally.candidate_count, counts),
                INVALID, "tally.counts");
    shares[1].point_count--;
    check_fails(tally_combine(&count->tally, shares, count->threshold, totals), INVALID,
                "tally.shares");
}

static void refuses_shares_that_do_not_belong_together(void **state)
{
    (void)state;
    for_each_count(check_false_combinations);
}

static void two_shares_have_no_nonce_in_common(void **state)
{
    json_t *root = vectors_open("trustee.json");
    static struct count count;
    static struct opened_share first, second;
    uint8_t fresh[32];

    (void)state;
    count_open(json_array_get(vector_get(root, "ceremonies"), 0), &count);
    const struct share_subject subject = {&count.manifest, &count.tally};
    memset(fresh, 1, sizeof fresh);
    check_ok(trustee_decrypt(&subject, 1, &count.secrets[0], ZEROS, &first));
    check_ok(trustee_decrypt(&subject, 1, &count.secrets[0], fresh, &second));
    assert_memory_not_equal(first.proof.data + 48, second.proof.data + 48, POINT_SIZE);
    /* The same fresh bytes for other sums (a broken generator) still give another nonce. */
    count.tally.ballots++;
    check_ok(trustee_decrypt(&subject, 1, &count.secrets[0], ZEROS, &second));
    assert_memory_not_equal(first.proof.data + 48, second.proof.data + 48, POINT_SIZE);
    buffer_free(&first.proof);
    buffer_free(&second.proof);
    vectors_close(root);
}

static void opens_no_sum_that_is_the_identity(void **state)
{
    static struct tally tally;
    static struct opened_share opened;
    const struct hash32 manifest = {{1}};
    const struct share_subject subject = {&manifest, &tally};
    const struct scalar secret = {{7}};

    (void)state;
    tally_begin(2, &tally);
    check_fails(trustee_decrypt(&subject, 1, &secret, ZEROS, &opened), INVALID, "tally.sums");
}

/* weights[g]·G summed up as often as the counts say. */
static void total_of(const uint64_t counts[GRADES_MAX], struct point *out)
{
    uint64_t weight = 1, total = 0;

    for (size_t grade = 1; grade < GRADES_MAX; grade++) {
        total += weight * counts[grade];
        weight *= 1024;
    }
    check_ok(elgamal_message(total, out));
}

static void check_decoded(size_t grade_count, uint64_t ballots, const uint64_t counts[GRADES_MAX])
{
    struct point total;
    struct tally_counts found;
    uint64_t all = 0;

    total_of(counts, &total);
    check_ok(tally_decode(grade_count, ballots, &total, 1, &found));
    for (size_t grade = 1; grade < GRADES_MAX; grade++) {
        assert_int_equal(found.votes[grade], counts[grade]);
        all += counts[grade];
    }
    assert_int_equal(found.votes[0], ballots - all);
}

static void decodes_two_three_and_four_grades(void **state)
{
    (void)state;
    check_decoded(2, 31, (const uint64_t[]){0, 31, 0, 0});
    check_decoded(2, 600, (const uint64_t[]){0, 599, 0, 0});
    check_decoded(3, 600, (const uint64_t[]){0, 1, 599, 0});
    check_decoded(3, 600, (const uint64_t[]){0, 0, 0, 0});
    check_decoded(4, 40, (const uint64_t[]){0, 13, 14, 13});
    check_decoded(4, 40, (const uint64_t[]){0, 0, 0, 40});
    check_decoded(4, 3, (const uint64_t[]){0, 1, 1, 1});
}

static void finds_no_counts_that_ballots_cannot_give(void **state)
{
    struct point total;
    struct tally_counts found;

    (void)state;
    total_of((const uint64_t[]){0, 32, 0, 0}, &total);
    check_fails(tally_decode(2, 31, &total, 1, &found), INVALID, "tally.counts");
    total_of((const uint64_t[]){0, 16, 16, 0}, &total);
    check_fails(tally_decode(3, 31, &total, 1, &found), INVALID, "tally.counts");
    total_of((const uint64_t[]){0, 0, 1, 0}, &total);
    check_fails(tally_decode(2, 31, &total, 1, &found), INVALID, "tally.counts");
    check_fails(tally_decode(4, 1023, &total, 1, &found), INVALID, "tally.counts");
    check_fails(tally_decode(3, 1024, &total, 1, &found), INVALID, "tally.counts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_and_verifies_the_shares),
        cmocka_unit_test(refuses_false_shares),
        cmocka_unit_test(any_threshold_of_shares_opens_the_same_counts),
        cmocka_unit_test(refuses_shares_that_do_not_belong_together),
        cmocka_unit_test(two_shares_have_no_nonce_in_common),
        cmocka_unit_test(opens_no_sum_that_is_the_identity),
        cmocka_unit_test(decodes_two_three_and_four_grades),
        cmocka_unit_test(finds_no_counts_that_ballots_cannot_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
