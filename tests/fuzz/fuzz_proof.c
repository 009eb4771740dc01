#include "fuzz.h"
#include "primitive/proof.h"
#include "support/vectors.h"

enum { PROOFS_MAX = 64 };

/* The claim of the first vector, and all proofs of the vectors: no other bytes are accepted. */
struct known {
    struct claim claim;
    struct buffer meeting;
    struct buffer person;
    struct buffer proofs[PROOFS_MAX];
    size_t count;
};

static const struct known *known(void)
{
    static struct known one;
    static bool read = false;

    if (!read) {
        struct point base;
        struct point image;
        json_t *vectors = vectors_open("proof.json");
        json_t *accept = vector_get(vectors, "accept");
        json_t *first = json_array_get(accept, 0);
        json_t *statement = vector_get(first, "statement");
        json_t *branch = json_array_get(vector_get(statement, "branches"), 0);
        json_t *equation = json_array_get(vector_get(branch, "equations"), 0);
        vector_fixed(equation, "B", base.bytes, sizeof base.bytes);
        vector_fixed(equation, "X", image.bytes, sizeof image.bytes);
        one.count = json_array_size(accept);
        DEMAND(one.count <= PROOFS_MAX);
        for (size_t i = 0; i < one.count; i++) {
            (void)vector_bytes(json_array_get(accept, i), "proof", &one.proofs[i]);
        }
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
    bool expected = false;

    if (is_ok(proof_verify(&one->claim, input))) {
        DEMAND_OK(proof_check_bytes(&one->claim, input));
        for (size_t i = 0; i < one->count; i++) {
            expected |= bytes_equal(input, buffer_view(&one->proofs[i]));
        }
        DEMAND(expected);
    }
    return 0;
}
