#include "support/claims.h"

#include "support/items.h"
#include "support/vectors.h"

static void read_branch(json_t *branch, struct claim *claim)
{
    size_t e;
    json_t *equation;

    claim_branch(claim, vector_number(branch, "W"));
    json_array_foreach(vector_get(branch, "equations"), e, equation)
    {
        struct point base;
        struct point image;
        vector_fixed(equation, "B", base.bytes, sizeof base.bytes);
        vector_fixed(equation, "X", image.bytes, sizeof image.bytes);
        claim_equation(claim, vector_number(equation, "i"), &base, &image);
    }
}

void claim_vector_read(json_t *statement, struct claim_vector *out)
{
    size_t i;
    json_t *item;

    *out = (struct claim_vector){.context = {BUFFER_INIT}};
    claim_begin(&out->claim, vector_text(statement, "label"));
    json_array_foreach(vector_get(statement, "context"), i, item)
    {
        (void)item_bytes(item, &out->context[i]);
        claim_context(&out->claim, buffer_view(&out->context[i]));
    }
    json_array_foreach(vector_get(statement, "branches"), i, item)
    {
        read_branch(item, &out->claim);
    }
}

void claim_vector_free(struct claim_vector *vector)
{
    for (size_t i = 0; i < CLAIM_CONTEXT_MAX; i++) {
        buffer_free(&vector->context[i]);
    }
    claim_free(&vector->claim);
}
