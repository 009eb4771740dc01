/*
 * claim.h - what a proof shows: an OR of branches, each an AND of equations X = w * B.
 *
 * A claim is built part by part and then proved or verified (proof.h). Labels, contexts and
 * branches of every use are the table of protocol section 5. Context parts are views that
 * must outlive the claim; equations are copied. If adding fails for want of memory, the claim
 * remembers it and proving and verifying fail, so that building needs no check after every line.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"

enum { CLAIM_CONTEXT_MAX = 208 }; /* meeting, person ...; total: M, I and up to 200 choices */

struct claim_equation {
    size_t witness; /* i(e): which witness of its branch */
    struct point base;
    struct point image;
};

struct claim_branch {
    size_t witnesses;      /* W_b, at least 1 */
    size_t first_witness;  /* how many witnesses stand in earlier branches */
    size_t first_equation; /* where its equations begin in the claim */
    size_t equations;
};

struct claim {
    const char *label; /* static: "grade" */
    struct bytes context[CLAIM_CONTEXT_MAX];
    uint8_t numbers[4][8]; /* home of be64 context parts */
    size_t context_count;
    size_t number_count;
    struct buffer branches;  /* of struct claim_branch */
    struct buffer equations; /* of struct claim_equation */
    struct result failed;
};

#define AUTO_CLAIM __attribute__((cleanup(claim_free))) struct claim

void claim_begin(struct claim *claim, const char *label);
void claim_context(struct claim *claim, struct bytes part);
void claim_context_number(struct claim *claim, uint64_t number); /* be64; at most 4 of them */
void claim_branch(struct claim *claim, size_t witnesses);
/* One more equation of the last branch: image = witness * base. */
void claim_equation(struct claim *claim, size_t witness, const struct point *base,
                    const struct point *image);
void claim_free(struct claim *claim);

size_t claim_branch_count(const struct claim *claim);
const struct claim_branch *claim_branch_at(const struct claim *claim, size_t branch);
size_t claim_equation_count(const struct claim *claim);
const struct claim_equation *claim_equation_at(const struct claim *claim, size_t equation);
size_t claim_witness_count(const struct claim *claim); /* over all branches */
size_t claim_witness_max(const struct claim *claim);   /* of one branch */

/*
 * Fails if building failed (OUT_OF_MEMORY), if a branch is empty or names a witness it has not
 * (INTERNAL claim.shape), or if a base or image is the identity (INVALID proof.edge).
 */
MUST_CHECK struct result claim_check(const struct claim *claim);
/* Begins the state and feeds every part of the challenge before the commitments. */
void claim_hash(const struct claim *claim, struct hash_state *state);
/* H("xiling/v1 statement", those parts), from which nonces are made. */
void claim_digest(const struct claim *claim, struct hash64 *out);
