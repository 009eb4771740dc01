#include "protocol/ballot_claims.h"

#include <string.h>

struct bytes content_selection(const struct ballot_content *content, size_t candidate)
{
    const size_t size = content->election->sizes.selection;

    return bytes_slice(content->selections, candidate * size, size);
}

struct ciphertext content_ciphertext(const struct ballot_content *content, size_t candidate)
{
    const struct bytes selection = content_selection(content, candidate);
    struct ciphertext out;

    memcpy(out.alpha.bytes, selection.data, POINT_SIZE);
    memcpy(out.beta.bytes, selection.data + POINT_SIZE, POINT_SIZE);
    return out;
}

static void begin(const struct ballot_content *content, const char *label, struct claim *out)
{
    claim_begin(out, label);
    claim_context(out, BYTES(content->election->manifest.bytes));
    if (strcmp(label, "ring") != 0) {
        claim_context(out, BYTES(content->tag->bytes));
    }
}

/* alpha = w·G and beta − message = w·K: the ciphertext holds this message. */
static struct result add_branch(const struct ballot_content *content,
                                const struct ciphertext *ciphertext, const struct point *message,
                                struct claim *out)
{
    struct point rest = ciphertext->beta;

    if (!point_is_identity(message)) {
        TRY(point_sub(&ciphertext->beta, message, &rest));
    }
    claim_branch(out, 1);
    claim_equation(out, 0, &GENERATOR, &ciphertext->alpha);
    claim_equation(out, 0, &content->election->key, &rest);
    return OK;
}

struct result ballot_grade_claim(const struct ballot_content *content, size_t candidate,
                                 struct claim *out)
{
    const struct election *const election = content->election;
    const struct ciphertext ciphertext = content_ciphertext(content, candidate);

    begin(content, "grade", out);
    claim_context_number(out, candidate + 1);
    for (size_t grade = 0; grade < election->grade_count; grade++) {
        TRY(add_branch(content, &ciphertext, &election->weight_points[grade], out));
    }
    return OK;
}

struct result ballot_total_claim(const struct ballot_content *content, struct claim *out)
{
    const struct election *const election = content->election;
    struct ciphertext sum = content_ciphertext(content, 0);

    begin(content, "total", out);
    for (size_t i = 0; i < election->candidate_count; i++) {
        claim_context(out, content_selection(content, i));
        if (i > 0) {
            const struct ciphertext next = content_ciphertext(content, i);
            TRY(ciphertext_add(&sum, &next, &sum));
        }
    }
    for (size_t i = 0; i < election->total_count; i++) {
        TRY(add_branch(content, &sum, &election->total_points[i], out));
    }
    return OK;
}

void ballot_ring_claim(const struct ballot_content *content, struct bytes text, struct claim *out)
{
    const struct election *const election = content->election;

    begin(content, "ring", out);
    claim_context(out, text);
    for (size_t m = 0; m < election->roll_count; m++) {
        const struct election_member *const member = &election->roll[m];

        claim_branch(out, 1 + member->recused_count);
        claim_equation(out, 0, &GENERATOR, &member->key);
        claim_equation(out, 0, &election->tag_base, content->tag);
        for (size_t k = 0; k < member->recused_count; k++) {
            const struct ciphertext abstained = content_ciphertext(content, member->recused[k]);
            claim_equation(out, 1 + k, &GENERATOR, &abstained.alpha);
            claim_equation(out, 1 + k, &election->key, &abstained.beta);
        }
    }
}

void ballot_shape_claim(size_t branches, struct claim *out)
{
    claim_begin(out, "shape");
    for (size_t branch = 0; branch < branches; branch++) {
        claim_branch(out, 1);
        claim_equation(out, 0, &GENERATOR, &GENERATOR);
        claim_equation(out, 0, &GENERATOR, &GENERATOR);
    }
}
