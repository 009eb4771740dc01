#include "server/blob.h"

#include <stdatomic.h>
#include <stdlib.h>

struct blob {
    atomic_uint holders;
    struct buffer contents;
};

struct result blob_make(struct buffer *contents, struct blob **out)
{
    struct blob *blob = calloc(1, sizeof *blob);

    REQUIRE(blob, OUT_OF_MEMORY, "service.memory");
    atomic_init(&blob->holders, 1);
    blob->contents = *contents;
    *contents = (struct buffer)BUFFER_INIT; /* transferred */
    *out = blob;
    return OK;
}

struct bytes blob_view(const struct blob *blob)
{
    return buffer_view(&blob->contents);
}

struct blob *blob_share(struct blob *blob)
{
    if (blob) {
        atomic_fetch_add(&blob->holders, 1);
    }
    return blob;
}

void blob_release(struct blob *blob)
{
    if (blob && atomic_fetch_sub(&blob->holders, 1) == 1) {
        buffer_free(&blob->contents);
        free(blob);
    }
}

void blob_release_scope(struct blob **blob)
{
    blob_release(*blob);
}
