#include "log/merkle.h"

#include <string.h>

struct hash32 merkle_leaf(struct bytes entry)
{
    static const uint8_t prefix[1] = {0x00};
    const struct bytes parts[] = {BYTES(prefix), entry};

    return sha256_of_parts(parts, 2);
}

struct hash32 merkle_node(const struct hash32 *left, const struct hash32 *right)
{
    static const uint8_t prefix[1] = {0x01};
    const struct bytes parts[] = {BYTES(prefix), BYTES(left->bytes), BYTES(right->bytes)};

    return sha256_of_parts(parts, 3);
}

struct hash32 merkle_empty_root(void)
{
    return sha256_of(EMPTY_BYTES);
}

/* The size of the largest complete subtree on the left of `size` >= 2 leaves. */
static uint64_t split(uint64_t size)
{
    uint64_t left = 1;

    while (left < size - left) {
        left <<= 1;
    }
    return left;
}

unsigned merkle_append(struct merkle_edge *edge, const struct hash32 *leaf,
                       struct hash32 completed[MERKLE_HEIGHTS])
{
    struct hash32 hash = *leaf;
    unsigned height = 0;

    for (;; height++) {
        if (completed != NULL) {
            completed[height] = hash;
        }
        if (((edge->size >> height) & 1) == 0) {
            break;
        }
        hash = merkle_node(&edge->peaks[height], &hash);
    }
    edge->peaks[height] = hash;
    edge->size++;
    return height + 1;
}

struct hash32 merkle_root(const struct merkle_edge *edge)
{
    struct hash32 root = merkle_empty_root();
    bool begun = false;

    for (unsigned height = 0; height < MERKLE_HEIGHTS; height++) {
        if (((edge->size >> height) & 1) == 0) {
            continue;
        }
        root = begun ? merkle_node(&edge->peaks[height], &root) : edge->peaks[height];
        begun = true;
    }
    return root;
}

struct result merkle_read(const struct merkle_source *source, unsigned height, uint64_t index,
                          struct hash32 *out)
{
    return source->read(source->context, height, index, out);
}

/* Leaves of one subtree on the way down from the root. */
struct range {
    uint64_t start; /* a multiple of the smallest power of two that is not below size */
    uint64_t size;
};

static struct result range_edge(const struct merkle_source *source, struct range range,
                                struct merkle_edge *out)
{
    uint64_t end = range.start + range.size;

    memset(out, 0, sizeof *out);
    out->size = range.size;
    for (unsigned height = 0; height < MERKLE_HEIGHTS; height++) {
        if (((range.size >> height) & 1) == 0) {
            continue;
        }
        end -= UINT64_C(1) << height;
        TRY(merkle_read(source, height, end >> height, &out->peaks[height]));
    }
    return OK;
}

static struct result range_hash(const struct merkle_source *source, struct range range,
                                struct hash32 *out)
{
    struct merkle_edge edge;

    TRY(range_edge(source, range, &edge));
    *out = merkle_root(&edge);
    return OK;
}

struct result merkle_edge_at(const struct merkle_source *source, uint64_t size,
                             struct merkle_edge *out)
{
    return range_edge(source, (struct range){0, size}, out);
}

struct result merkle_root_at(const struct merkle_source *source, uint64_t size, struct hash32 *out)
{
    return range_hash(source, (struct range){0, size}, out);
}

/* Goes down into one half; the hash of the other is part of the proof. */
static struct result enter_half(const struct merkle_source *source, bool right, struct range *range,
                                struct merkle_proof *proof)
{
    const uint64_t left_size = split(range->size);
    const struct range left = {range->start, left_size};
    const struct range rest = {range->start + left_size, range->size - left_size};

    TRY(range_hash(source, right ? left : rest, &proof->hashes[proof->count++]));
    *range = right ? rest : left;
    return OK;
}

/* Proofs are collected from the root down and read from the leaf up. */
static void reverse(struct merkle_proof *proof)
{
    for (size_t low = 0, high = proof->count; low + 1 < high; low++) {
        struct hash32 hash;

        high--;
        hash = proof->hashes[low];
        proof->hashes[low] = proof->hashes[high];
        proof->hashes[high] = hash;
    }
}

struct result merkle_prove_inclusion(const struct merkle_source *source, uint64_t index,
                                     uint64_t size, struct merkle_proof *out)
{
    struct range range = {0, size};

    REQUIRE(index < size && size <= MERKLE_SIZE_MAX, INTERNAL, "merkle.range");
    out->count = 0;
    while (range.size > 1) {
        const bool right = index - range.start >= split(range.size);

        TRY(enter_half(source, right, &range, out));
    }
    reverse(out);
    return OK;
}

struct result merkle_prove_consistency(const struct merkle_source *source, uint64_t from,
                                       uint64_t size, struct merkle_proof *out)
{
    struct range range = {0, size};

    REQUIRE(from > 0 && from <= size && size <= MERKLE_SIZE_MAX, INTERNAL, "merkle.range");
    out->count = 0;
    while (from - range.start != range.size) {
        const bool right = from - range.start > split(range.size);

        TRY(enter_half(source, right, &range, out));
    }
    /* While nothing was left behind, the verifier knows this subtree: it is the older root. */
    if (range.start != 0) {
        TRY(range_hash(source, range, &out->hashes[out->count++]));
    }
    reverse(out);
    return OK;
}

struct result merkle_verify_inclusion(const struct hash32 *leaf, uint64_t index, uint64_t size,
                                      const struct hash32 *root, const struct merkle_proof *proof)
{
    uint64_t node = index;
    uint64_t last = size - 1;
    struct hash32 hash = *leaf;

    REQUIRE(index < size && proof->count <= MERKLE_PROOF_MAX, INVALID, "merkle.inclusion");
    for (size_t i = 0; i < proof->count; i++) {
        REQUIRE(last != 0, INVALID, "merkle.inclusion");
        if ((node & 1) == 1 || node == last) {
            hash = merkle_node(&proof->hashes[i], &hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = merkle_node(&hash, &proof->hashes[i]);
        }
        node >>= 1;
        last >>= 1;
    }
    REQUIRE(last == 0 && hash32_equal(&hash, root), INVALID, "merkle.inclusion");
    return OK;
}

/* The loop of both roots at once; `node` and `last` are already shifted past the common part. */
static struct result climb(const struct merkle_head *older, const struct merkle_head *newer,
                           const struct hash32 *hashes, size_t count)
{
    uint64_t node = older->size - 1;
    uint64_t last = newer->size - 1;
    struct hash32 old_hash = hashes[0];
    struct hash32 new_hash = hashes[0];

    while ((node & 1) == 1) {
        node >>= 1;
        last >>= 1;
    }
    for (size_t i = 1; i < count; i++) {
        REQUIRE(last != 0, INVALID, "merkle.consistency");
        if ((node & 1) == 1 || node == last) {
            old_hash = merkle_node(&hashes[i], &old_hash);
            new_hash = merkle_node(&hashes[i], &new_hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = merkle_node(&new_hash, &hashes[i]);
        }
        node >>= 1;
        last >>= 1;
    }
    REQUIRE(last == 0 && hash32_equal(&old_hash, &older->root) &&
                hash32_equal(&new_hash, &newer->root),
            INVALID, "merkle.consistency");
    return OK;
}

struct result merkle_verify_consistency(const struct merkle_head *older,
                                        const struct merkle_head *newer,
                                        const struct merkle_proof *proof)
{
    struct hash32 hashes[MERKLE_PROOF_MAX + 1];
    size_t count = 0;

    REQUIRE(older->size != 0 && older->size <= newer->size && proof->count <= MERKLE_PROOF_MAX,
            INVALID, "merkle.consistency");
    if (older->size == newer->size) {
        REQUIRE(proof->count == 0 && hash32_equal(&older->root, &newer->root), INVALID,
                "merkle.consistency");
        return OK;
    }
    REQUIRE(proof->count > 0, INVALID, "merkle.consistency");
    /* A complete older tree is itself the first node of the path. */
    if ((older->size & (older->size - 1)) == 0) {
        hashes[count++] = older->root;
    }
    memcpy(hashes + count, proof->hashes, proof->count * sizeof *hashes);
    return climb(older, newer, hashes, count + proof->count);
}
