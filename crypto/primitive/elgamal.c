#include "primitive/elgamal.h"

#include "base/secret.h"

struct result elgamal_message(uint64_t weight, struct point *out)
{
    struct scalar scalar;

    if (weight == 0) {
        *out = IDENTITY;
        return OK;
    }
    scalar_from_number(weight, &scalar);
    return point_base_multiply(&scalar, out);
}

struct result elgamal_encrypt(const struct point *key, const struct scalar *r,
                              const struct elgamal_messages *messages, size_t chosen,
                              struct ciphertext *out)
{
    SECRET_POINT message = {{0}};
    SECRET_POINT blind;

    for (size_t i = 0; i < messages->count; i++) {
        point_select(mask_equal(i, chosen), &messages->points[i], &message, &message);
    }
    TRY(point_base_multiply(r, &out->alpha));
    TRY(point_multiply(r, key, &blind));
    return point_add(&blind, &message, &out->beta);
}

struct result ciphertext_add(const struct ciphertext *a, const struct ciphertext *b,
                             struct ciphertext *out)
{
    TRY(point_add(&a->alpha, &b->alpha, &out->alpha));
    return point_add(&a->beta, &b->beta, &out->beta);
}
