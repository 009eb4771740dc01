/*
 * ct.h - constant time, seen by valgrind: secrets are undefined bytes, and every branch and
 * address that depends on one is reported.
 *
 * Included by each ct_*.c, once, before everything else. libsodium's ristretto255 answers with
 * "that was the identity" or "that was no point", which an honest run never sees, but which makes
 * valgrind report a branch. So these four functions are put between our code and libsodium: they
 * compute with defined copies, and the result is as secret as what went in. All else runs as is.
 */
#pragma once

#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <sodium.h>
#include <valgrind/memcheck.h>

#include "check.h"

#define SECRET(object)  ((void)VALGRIND_MAKE_MEM_UNDEFINED(&(object), sizeof(object)))
#define PUBLIC(object)  ((void)VALGRIND_MAKE_MEM_DEFINED(&(object), sizeof(object)))
#define PUBLISH(buffer) ((void)VALGRIND_MAKE_MEM_DEFINED((buffer).data, (buffer).size))

static inline bool ct_is_secret(const unsigned char *bytes)
{
    unsigned char bits[32] = {0};
    unsigned char any = 0;

    (void)VALGRIND_GET_VBITS(bytes, bits, sizeof bits);
    for (size_t i = 0; i < sizeof bits; i++) {
        any |= bits[i];
    }
    return any != 0;
}

/* Copies 32 bytes so that they count as public; says whether they were secret. */
static inline bool ct_reveal(const unsigned char *bytes, unsigned char out[static 32])
{
    memcpy(out, bytes, 32);
    (void)VALGRIND_MAKE_MEM_DEFINED(out, 32);
    return ct_is_secret(bytes);
}

static inline int ct_call(const char *name, unsigned char *out, const unsigned char *left,
                          const unsigned char *right)
{
    int (*function)(unsigned char *, const unsigned char *, const unsigned char *);
    unsigned char a[32], b[32];
    void *const symbol = dlsym(RTLD_NEXT, name);
    const bool left_is_secret = ct_reveal(left, a);
    const bool right_is_secret = ct_reveal(right, b);
    const bool is_secret = left_is_secret || right_is_secret;

    memcpy(&function, &symbol, sizeof function);
    const int status = function(out, a, b);
    if (is_secret) {
        (void)VALGRIND_MAKE_MEM_UNDEFINED(out, 32);
    }
    return status;
}

int crypto_core_ristretto255_add(unsigned char *r, const unsigned char *p, const unsigned char *q)
{
    return ct_call("crypto_core_ristretto255_add", r, p, q);
}

int crypto_core_ristretto255_sub(unsigned char *r, const unsigned char *p, const unsigned char *q)
{
    return ct_call("crypto_core_ristretto255_sub", r, p, q);
}

int crypto_scalarmult_ristretto255(unsigned char *q, const unsigned char *n, const unsigned char *p)
{
    return ct_call("crypto_scalarmult_ristretto255", q, n, p);
}

int crypto_scalarmult_ristretto255_base(unsigned char *q, const unsigned char *n)
{
    int (*function)(unsigned char *, const unsigned char *);
    unsigned char scalar[32];
    void *const symbol = dlsym(RTLD_NEXT, "crypto_scalarmult_ristretto255_base");
    const bool is_secret = ct_reveal(n, scalar);

    memcpy(&function, &symbol, sizeof function);
    const int status = function(q, scalar);
    if (is_secret) {
        (void)VALGRIND_MAKE_MEM_UNDEFINED(q, 32);
    }
    return status;
}
