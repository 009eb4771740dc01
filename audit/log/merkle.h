/*
 * merkle.h - the hashes of an append-only tree, its proofs, and how they are verified.
 *
 * Hashing is RFC 6962's: leaf = SHA-256(00 entry), node = SHA-256(01 left right). A tree of n
 * leaves is split at the largest power of two below n. Log-formats 3.4 and 3.5.
 *
 * Nothing here knows where hashes are stored: a growing tree is its right edge (struct
 * merkle_edge), and proofs are made from a source that answers with the hash of any complete
 * subtree.
 */
#pragma once

#include "base/bytes.h"
#include "primitive/hash.h"

#define MERKLE_HEIGHTS   64
#define MERKLE_PROOF_MAX 63
#define MERKLE_SIZE_MAX  (UINT64_C(1) << 62) /* the proofs of such a tree fit MERKLE_PROOF_MAX */

struct merkle_proof {
    size_t count;
    struct hash32 hashes[MERKLE_PROOF_MAX]; /* inclusion: the leaf's sibling first */
};

struct hash32 merkle_leaf(struct bytes entry);
struct hash32 merkle_node(const struct hash32 *left, const struct hash32 *right);
struct hash32 merkle_empty_root(void);

/* The largest complete subtrees of the first `size` leaves: one for each bit of `size`. */
struct merkle_edge {
    uint64_t size;
    struct hash32 peaks[MERKLE_HEIGHTS]; /* by height; those of a zero bit are meaningless */
};

/*
 * Adds a leaf. Returns how many subtrees became complete: hashes completed[h], of height
 * h = 0 .. count-1 and index (new size >> h) - 1. `completed` may be NULL.
 */
unsigned merkle_append(struct merkle_edge *edge, const struct hash32 *leaf,
                       struct hash32 completed[MERKLE_HEIGHTS]);
struct hash32 merkle_root(const struct merkle_edge *edge);

/*
 * Where hashes come from: the hash of the complete subtree over the leaves
 * [index << height, (index + 1) << height).
 */
struct merkle_source {
    void *context;
    struct result (*read)(void *context, unsigned height, uint64_t index, struct hash32 *out);
};

MUST_CHECK struct result merkle_read(const struct merkle_source *source, unsigned height,
                                     uint64_t index, struct hash32 *out);

/* The root of the first `size` leaves, and the edge from which the tree can grow. */
MUST_CHECK struct result merkle_root_at(const struct merkle_source *source, uint64_t size,
                                        struct hash32 *out);
MUST_CHECK struct result merkle_edge_at(const struct merkle_source *source, uint64_t size,
                                        struct merkle_edge *out);

/* index < size; 0 < from <= size. Otherwise INTERNAL "merkle.range". */
MUST_CHECK struct result merkle_prove_inclusion(const struct merkle_source *source, uint64_t index,
                                                uint64_t size, struct merkle_proof *out);
MUST_CHECK struct result merkle_prove_consistency(const struct merkle_source *source, uint64_t from,
                                                  uint64_t size, struct merkle_proof *out);

/* INVALID "merkle.inclusion". */
MUST_CHECK struct result merkle_verify_inclusion(const struct hash32 *leaf, uint64_t index,
                                                 uint64_t size, const struct hash32 *root,
                                                 const struct merkle_proof *proof);

/* A tree as two numbers say it: what a checkpoint signs. */
struct merkle_head {
    uint64_t size;
    struct hash32 root;
};

/* INVALID "merkle.consistency". A proof from size 0 does not exist and is refused. */
MUST_CHECK struct result merkle_verify_consistency(const struct merkle_head *older,
                                                   const struct merkle_head *newer,
                                                   const struct merkle_proof *proof);
