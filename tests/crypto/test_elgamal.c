#include "check.h"
#include "primitive/elgamal.h"

enum { MESSAGES = 3 };

/* A key pair and the messages 0, 1 and 1024 of a manifest with three grades. */
struct fixture {
    struct scalar secret;
    struct point key;
    struct point points[MESSAGES];
};

static void make_fixture(struct fixture *out)
{
    scalar_random(&out->secret);
    check_ok(point_base_multiply(&out->secret, &out->key));
    check_ok(elgamal_message(0, &out->points[0]));
    check_ok(elgamal_message(1, &out->points[1]));
    check_ok(elgamal_message(1024, &out->points[2]));
}

static void decrypt(const struct fixture *fixture, const struct ciphertext *ciphertext,
                    struct point *out)
{
    struct point blind;

    check_ok(point_multiply(&fixture->secret, &ciphertext->alpha, &blind));
    check_ok(point_sub(&ciphertext->beta, &blind, out));
}

static void every_grade_decrypts_to_its_message(void **context)
{
    (void)context;
    struct fixture fixture;

    make_fixture(&fixture);
    assert_true(point_is_identity(&fixture.points[0]));
    assert_true(point_equal(&fixture.points[1], &GENERATOR));
    for (size_t grade = 0; grade < MESSAGES; grade++) {
        const struct elgamal_messages messages = {fixture.points, MESSAGES};
        struct ciphertext ciphertext;
        struct scalar r;
        struct point plain;
        scalar_random(&r);
        check_ok(elgamal_encrypt(&fixture.key, &r, &messages, grade, &ciphertext));
        decrypt(&fixture, &ciphertext, &plain);
        assert_true(point_equal(&plain, &fixture.points[grade]));
    }
}

static void a_sum_decrypts_to_the_sum(void **context)
{
    (void)context;
    struct fixture fixture;
    struct ciphertext one, many;
    struct scalar r, s;
    struct point plain, expected;

    make_fixture(&fixture);
    const struct elgamal_messages messages = {fixture.points, MESSAGES};
    scalar_random(&r);
    scalar_random(&s);
    check_ok(elgamal_encrypt(&fixture.key, &r, &messages, 1, &one));
    check_ok(elgamal_encrypt(&fixture.key, &s, &messages, 2, &many));
    check_ok(ciphertext_add(&one, &many, &many));
    decrypt(&fixture, &many, &plain);
    check_ok(elgamal_message(1025, &expected));
    assert_true(point_equal(&plain, &expected));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_grade_decrypts_to_its_message),
        cmocka_unit_test(a_sum_decrypts_to_the_sum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
