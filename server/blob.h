/*
 * blob.h - bytes that never change, shared by many threads and freed by the last of them.
 *
 * Files, tiles and the checkpoint are blobs: one copy in memory, sent to any number of readers.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

struct blob;

#define AUTO_BLOB __attribute__((cleanup(blob_release_scope))) struct blob

/* Takes over the contents; `contents` is empty afterwards. */
MUST_CHECK struct result blob_make(struct buffer *contents, struct blob **out);
struct bytes blob_view(const struct blob *blob);
/* One more holder; returns its argument. NULL stays NULL. */
struct blob *blob_share(struct blob *blob);
/* NULL is allowed. */
void blob_release(struct blob *blob);
void blob_release_scope(struct blob **blob);
