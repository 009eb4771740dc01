/*
 * ct_ballot.c - making a ballot tells nothing about member, key, seed or choices by its timing;
 * nor do dealing and opening sums about a trustee's secrets.
 *
 * ballot_assemble() and ballot_intent_faults() run with the whole intent undefined; what becomes
 * public on the way says so by secret_publish(), which is ours here.
 */
#include "ct.h"
#include "protocol/ballot.h"
#include "protocol/ballot_assemble.h"
#include "protocol/tag.h"
#include "protocol/trustee.h"
#include "support/polling.h"
#include "support/vectors.h"

void secret_publish(const void *data, size_t size)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(data, size);
}

/*
 * libsodium's box refuses a shared key of zero, which an honest run never sees and valgrind takes
 * for a branch on the key: see ct.h.
 */
int crypto_box_easy(unsigned char *c, const unsigned char *m, unsigned long long size,
                    const unsigned char *n, const unsigned char *pk, const unsigned char *sk)
{
    int (*function)(unsigned char *, const unsigned char *, unsigned long long,
                    const unsigned char *, const unsigned char *, const unsigned char *);
    unsigned char secret[32], public[32];
    void *const symbol = dlsym(RTLD_NEXT, "crypto_box_easy");

    memcpy(&function, &symbol, sizeof function);
    (void)ct_reveal(sk, secret);
    (void)ct_reveal(pk, public);
    return function(c, m, size, n, public, secret);
}

/* The choices of candidates stay undefined, and so do those beyond the last candidate. */
static void hide(struct ballot_intent *intent)
{
    SECRET(intent->member);
    SECRET(intent->vote_key);
    SECRET(intent->seed);
    SECRET(intent->choices);
}

static void check_ballot(polling_need *need)
{
    struct polling desk;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BALLOT made = BALLOT_INIT;
    uint64_t faults;

    polling_open(need, &desk);
    hide(&desk.intent);
    check_ok(ballot_intent_faults(&desk.election, &desk.intent, &faults));
    PUBLIC(faults);
    assert_int_equal(faults, 0);
    check_ok(ballot_assemble(&desk.election, &desk.intent, &note));
    PUBLISH(note);
    check_ok(ballot_parse(&desk.election, buffer_view(&note), &made));
    check_ok(ballot_verify(&desk.election, &made));
    polling_close(&desk);
}

static void a_ballot_does_not_branch_on_the_intent(void **context)
{
    (void)context;
    check_ballot(needs_limits);
    check_ballot(needs_plain_recusal);
}

static void a_fault_does_not_branch_on_the_intent(void **context)
{
    (void)context;
    struct polling desk;
    uint64_t faults;

    polling_open(needs_recusal, &desk);
    memset(desk.intent.choices, 0, sizeof desk.intent.choices);
    desk.intent.choices[desk.election.roll[desk.intent.member].recused[0]] = 1;
    hide(&desk.intent);
    check_ok(ballot_intent_faults(&desk.election, &desk.intent, &faults));
    PUBLIC(faults);
    assert_int_equal(faults, FAULT_CHOICES);
    polling_close(&desk);
}

static void a_disclosed_tag_does_not_branch_on_the_key(void **context)
{
    (void)context;
    struct polling desk;
    AUTO_BUFFER proof = BUFFER_INIT;
    struct point tag;
    uint8_t fresh[32];

    polling_open(needs_nothing, &desk);
    const size_t member = desk.intent.member;
    secret_random(fresh, sizeof fresh);
    SECRET(desk.intent.vote_key);
    SECRET(fresh);
    check_ok(tag_compute(&desk.election, &desk.intent.vote_key, &tag));
    check_ok(tag_prove(&desk.election, member, &desk.intent.vote_key, fresh, &proof));
    PUBLISH(proof);
    check_ok(tag_verify(&desk.election, member, &tag, buffer_view(&proof)));
    polling_close(&desk);
}

static void a_dealing_does_not_branch_on_the_secret(void **context)
{
    (void)context;
    json_t *root = vectors_open("trustee.json");
    json_t *item = json_array_get(vector_get(root, "ceremonies"), 0);
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct box_public readers[TRUSTEES_MAX];
    struct secret32 secret;
    struct dealing dealing;
    uint8_t fresh[32];

    check_ok(ceremony_parse(bytes_of_string(vector_text(item, "text")), &ceremony));
    for (size_t i = 0; i < ceremony.trustee_count; i++) {
        vector_fixed(json_array_get(vector_get(item, "trustees"), i), "box_public",
                     readers[i].bytes, 32);
    }
    secret_random(&secret, sizeof secret);
    secret_random(fresh, sizeof fresh);
    SECRET(secret);
    SECRET(fresh);
    const struct trustee trustee = {1, &secret, NULL};
    check_ok(trustee_deal(&ceremony, &trustee, readers, fresh, &dealing));
    PUBLIC(dealing);
    check_ok(dealing_verify(&ceremony, &dealing));
    vectors_close(root);
}

static void a_share_does_not_branch_on_the_secret(void **context)
{
    (void)context;
    static struct opened_share opened;
    static struct tally tally;
    const struct hash32 manifest = {{1}};
    const struct share_subject subject = {&manifest, &tally};
    struct scalar secret;
    uint8_t fresh[32];

    scalar_random(&secret);
    secret_random(fresh, sizeof fresh);
    tally_begin(2, &tally);
    tally.alphas[0] = tally.alphas[1] = GENERATOR;
    SECRET(secret);
    SECRET(fresh);
    check_ok(trustee_decrypt(&subject, 1, &secret, fresh, &opened));
    buffer_free(&opened.proof);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ballot_does_not_branch_on_the_intent),
        cmocka_unit_test(a_fault_does_not_branch_on_the_intent),
        cmocka_unit_test(a_disclosed_tag_does_not_branch_on_the_key),
        cmocka_unit_test(a_dealing_does_not_branch_on_the_secret),
        cmocka_unit_test(a_share_does_not_branch_on_the_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
