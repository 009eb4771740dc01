#include "log/tree.h"

#include <string.h>

struct result tree_append(struct tree *tree, const struct hash32 *leaf)
{
    struct hash32 completed[MERKLE_HEIGHTS];
    const unsigned count = merkle_append(&tree->edge, leaf, completed);

    for (unsigned height = 0; height < count; height++) {
        TRY(buffer_append(&tree->levels[height], BYTES(completed[height].bytes)));
    }
    return OK;
}

struct hash32 tree_root(const struct tree *tree)
{
    return merkle_root(&tree->edge);
}

static struct result read_node(void *context, unsigned height, uint64_t index, struct hash32 *out)
{
    const struct tree *tree = context;

    REQUIRE(height < MERKLE_HEIGHTS && index < tree->levels[height].size / sizeof out->bytes,
            NOT_FOUND, "merkle.range");
    memcpy(out->bytes, tree->levels[height].data + index * sizeof out->bytes, sizeof out->bytes);
    return OK;
}

struct merkle_source tree_source(struct tree *tree)
{
    return (struct merkle_source){tree, read_node};
}

void tree_free(struct tree *tree)
{
    for (unsigned height = 0; height < MERKLE_HEIGHTS; height++) {
        buffer_free(&tree->levels[height]);
    }
}
