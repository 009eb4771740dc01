#include "fuzz.h"
#include "primitive/proof.h"
#include "support/vectors.h"

/* The claim and the proof of the first vector: no other bytes prove it. */
struct known {
    struct claim claim;
    struct buffer meeting;
    struct buffer person;
    struct buffer proof;
};

static const struct known *known(void)
{
    static struct known one;
    static bool read = false;

    if (!read) {
        struct point base;
        struct point image;
        json_t *vectors = vectors_open("proof.json");
        json_t *first = json_array_get(vector_get(vectors, "accept"), 0);
        json_t *statement = vector_get(first, "statement");
        json_t *branch = json_array_get(vector_get(statement, "branches"), 0);
        json_t *equation = json_array_get(vector_get(branch, "equations"), 0);
        vector_fixed(equation, "B", base.bytes, sizeof base.bytes);
        vector_fixed(equation, "X", image.bytes, sizeof image.bytes);
        (void)vector_bytes(first, "proof", &one.proof);
        DEMAND_OK(buffer_append_text(&one.meeting, "meeting-1"));
        DEMAND_OK(buffer_append_text(&one.person, "zhang-san"));
        claim_begin(&one.claim, "voter key");
        claim_context(&one.claim, buffer_view(&one.meeting));
        claim_context(&one.claim, buffer_view(&one.person));
        claim_branch(&one.claim, 1);
        claim_equation(&one.claim, 0, &base, &image);
        vectors_close(vectors);
        read = true;
    }
    return &one;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    const struct known *one = known();

    const bool accepted = is_ok(proof_verify(&one->claim, input));
    DEMAND(accepted == bytes_equal(input, buffer_view(&one->proof)));
    DEMAND(!accepted || is_ok(proof_check_bytes(&one->claim, input)));
    return 0;
}
