#include "protocol/tag.h"

#include "base/secret.h"
#include "primitive/claim.h"
#include "primitive/proof.h"

struct result tag_compute(const struct election *election, const struct scalar *vote_key,
                          struct point *out)
{
    TRY(point_multiply(vote_key, &election->tag_base, out));
    secret_publish(out, sizeof *out);
    return OK;
}

static void tag_claim(const struct election *election, size_t member, const struct point *tag,
                      struct claim *out)
{
    claim_begin(out, "tag");
    claim_context(out, BYTES(election->manifest.bytes));
    claim_context(out, election->roll[member].id);
    claim_branch(out, 1);
    claim_equation(out, 0, &GENERATOR, &election->roll[member].key);
    claim_equation(out, 0, &election->tag_base, tag);
}

struct result tag_prove(const struct election *election, size_t member,
                        const struct scalar *vote_key, const uint8_t fresh[static 32],
                        struct buffer *proof)
{
    AUTO_CLAIM claim = {0};
    struct point tag;

    TRY(tag_compute(election, vote_key, &tag));
    tag_claim(election, member, &tag, &claim);
    return proof_prove_plain(&claim, vote_key, fresh, proof);
}

struct result tag_verify(const struct election *election, size_t member, const struct point *tag,
                         struct bytes proof)
{
    AUTO_CLAIM claim = {0};

    tag_claim(election, member, tag, &claim);
    const struct result verdict = proof_verify(&claim, proof);
    REQUIRE(verdict.failure != INVALID, INVALID, "tag.proof");
    return verdict;
}

static void vote_key_claim(const struct signin_subject *subject, const struct point *key,
                           struct claim *out)
{
    claim_begin(out, "voter key");
    claim_context(out, subject->meeting);
    claim_context(out, subject->person);
    claim_branch(out, 1);
    claim_equation(out, 0, &GENERATOR, key);
}

struct result vote_key_prove(const struct signin_subject *subject, const struct scalar *vote_key,
                             const uint8_t fresh[static 32], struct point *out,
                             struct buffer *proof)
{
    AUTO_CLAIM claim = {0};

    TRY(point_base_multiply(vote_key, out));
    secret_publish(out, sizeof *out);
    vote_key_claim(subject, out, &claim);
    return proof_prove_plain(&claim, vote_key, fresh, proof);
}

struct result vote_key_verify(const struct signin_subject *subject, const struct point *key,
                              struct bytes proof)
{
    AUTO_CLAIM claim = {0};

    vote_key_claim(subject, key, &claim);
    const struct result verdict = proof_verify(&claim, proof);
    REQUIRE(verdict.failure != INVALID, INVALID, "signin.proof");
    return verdict;
}
