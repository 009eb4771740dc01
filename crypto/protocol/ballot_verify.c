/* The verifying half of ballot.h: canonical bytes, ring, total, grades, in this order. */
#include "primitive/proof.h"
#include "protocol/ballot.h"
#include "protocol/ballot_claims.h"

/* What is verified, and where its equations go. */
struct verification {
    struct ballot_content content;
    const struct ballot *ballot;
    struct buffer *equations;
    bool is_checked_at_once; /* each proof's equations one by one, before the next proof */
};

static struct bytes grade_proof(const struct ballot_content *content, size_t candidate)
{
    return bytes_slice(content_selection(content, candidate), 2 * POINT_SIZE, SIZE_MAX);
}

/* Every refusal of a proof is one of the ballot's; what is our own fault stays as it is. */
static struct result as_rule(struct result result, const char *rule, size_t candidate)
{
    if (result.failure == INVALID || result.failure == MALFORMED) {
        return fail_field(INVALID, rule, NULL, candidate);
    }
    return result;
}

static struct result check_points(const struct verification *verification)
{
    const struct ballot_content *const content = &verification->content;
    struct point point;

    TRY(as_rule(point_decode(BYTES(content->tag->bytes), &point), "ballot.canonical", 0));
    for (size_t i = 0; i < content->election->candidate_count; i++) {
        const struct bytes selection = content_selection(content, i);
        TRY(as_rule(point_decode(bytes_slice(selection, 0, POINT_SIZE), &point), "ballot.canonical",
                    i + 1));
        TRY(as_rule(point_decode(bytes_slice(selection, POINT_SIZE, POINT_SIZE), &point),
                    "ballot.canonical", i + 1));
    }
    return OK;
}

static struct result check_grade_bytes(const struct verification *verification)
{
    const struct election *const election = verification->content.election;
    AUTO_CLAIM shape = {0};

    ballot_shape_claim(election->grade_count, &shape);
    for (size_t i = 0; i < election->candidate_count; i++) {
        TRY(as_rule(proof_check_bytes(&shape, grade_proof(&verification->content, i)),
                    "ballot.canonical", i + 1));
    }
    return OK;
}

static struct result check_total_bytes(const struct verification *verification)
{
    const struct election *const election = verification->content.election;
    AUTO_CLAIM shape = {0};

    if (election->total_count == 0) {
        return OK;
    }
    ballot_shape_claim(election->total_count, &shape);
    return as_rule(proof_check_bytes(&shape, ballot_total_proof(election, verification->ballot)),
                   "ballot.canonical", 0);
}

static struct result check_proof(const struct verification *verification, const struct claim *claim,
                                 struct bytes proof)
{
    TRY(proof_check_challenge(claim, proof));
    if (verification->is_checked_at_once) {
        buffer_clear(verification->equations);
    }
    TRY(proof_equations(claim, proof, verification->equations));
    return verification->is_checked_at_once ? equations_check(verification->equations) : OK;
}

/* The canonical bytes of all proofs come before any of them is verified. */
static struct result check_ring(const struct verification *verification)
{
    const struct bytes proof =
        ballot_ring_proof(verification->content.election, verification->ballot);
    AUTO_CLAIM claim = {0};

    ballot_ring_claim(&verification->content, verification->ballot->text, &claim);
    TRY(as_rule(proof_check_bytes(&claim, proof), "ballot.canonical", 0));
    return as_rule(check_proof(verification, &claim, proof), "ballot.ring", 0);
}

static struct result check_total(const struct verification *verification)
{
    const struct election *const election = verification->content.election;
    AUTO_CLAIM claim = {0};

    if (election->total_count == 0) {
        return OK;
    }
    TRY(ballot_total_claim(&verification->content, &claim));
    return as_rule(
        check_proof(verification, &claim, ballot_total_proof(election, verification->ballot)),
        "ballot.total", 0);
}

static struct result check_grade(const struct verification *verification, size_t candidate)
{
    AUTO_CLAIM claim = {0};

    TRY(ballot_grade_claim(&verification->content, candidate, &claim));
    return as_rule(
        check_proof(verification, &claim, grade_proof(&verification->content, candidate)),
        "ballot.grade", candidate + 1);
}

static struct result check_all(const struct verification *verification)
{
    TRY(check_points(verification));
    TRY(check_grade_bytes(verification));
    TRY(check_total_bytes(verification));
    TRY(check_ring(verification));
    TRY(check_total(verification));
    for (size_t i = 0; i < verification->content.election->candidate_count; i++) {
        TRY(check_grade(verification, i));
    }
    return OK;
}

struct result ballot_verify(const struct election *election, const struct ballot *ballot)
{
    AUTO_BUFFER equations = BUFFER_INIT;
    const struct verification verification = {
        {election, &ballot->tag, ballot_selections(election, ballot)}, ballot, &equations, true};

    return check_all(&verification);
}

struct result ballot_equations(const struct election *election, const struct ballot *ballot,
                               struct buffer *equations)
{
    const struct verification verification = {
        {election, &ballot->tag, ballot_selections(election, ballot)}, ballot, equations, false};

    return check_all(&verification);
}
