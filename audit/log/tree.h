/*
 * tree.h - a whole tree in memory: the hashes of all complete subtrees, about 64 bytes a leaf.
 *
 * For programs that hold a log in memory anyway: the verifier, and a service that recomputes the
 * tree when it starts. It answers as a merkle_source for any size it has had.
 */
#pragma once

#include "log/merkle.h"

struct tree {
    struct merkle_edge edge;
    struct buffer levels[MERKLE_HEIGHTS]; /* raw hashes, 32 bytes each, by height */
};

#define AUTO_TREE __attribute__((cleanup(tree_free))) struct tree

/* A tree starts as {0}. On OUT_OF_MEMORY the tree must not be used further. */
MUST_CHECK struct result tree_append(struct tree *tree, const struct hash32 *leaf);
struct hash32 tree_root(const struct tree *tree);
/* The source borrows the tree. Reading what is not complete is NOT_FOUND "merkle.range". */
struct merkle_source tree_source(struct tree *tree);
void tree_free(struct tree *tree);
