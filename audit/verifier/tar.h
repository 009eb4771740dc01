/*
 * tar.h - tar files in and out. The only file that knows libarchive.
 *
 * Reading keeps to plain files of bounded size and never writes to disk. Writing is deterministic:
 * the same files make the same bytes, owned by nobody, with one time.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct tar_limits {
    size_t files;
    uint64_t bytes; /* of all files together */
};

/* A plain file, whole; its name as the archive gives it. */
typedef struct result tar_visit(void *context, struct bytes name, struct bytes contents);

/*
 * Visits the files in the archive's order, without its folders. Stops at the first failure of
 * `visit`, which it returns. NOT_FOUND "file.open"; MALFORMED "tar.form"; INVALID "tar.link" (what
 * is neither a plain file nor a folder), "tar.size" (beyond the limits).
 */
MUST_CHECK struct result tar_read(const char *path, const struct tar_limits *limits,
                                  tar_visit *visit, void *context);

struct tar_writer;

/* Closes without finishing what was not closed. */
#define AUTO_TAR_WRITER __attribute__((cleanup(tar_writer_drop))) struct tar_writer
void tar_writer_drop(struct tar_writer **writer);

/*
 * Writes to an open file, which stays the caller's. `time` is of every file, seconds since 1970.
 * All functions of writing: STORAGE_FAILED "tar.write".
 */
MUST_CHECK struct result tar_writer_open(int file, uint64_t time, struct tar_writer **out);
/* The next file, of exactly `size` bytes; then its bytes, in pieces. */
MUST_CHECK struct result tar_writer_begin(struct tar_writer *writer, const char *name,
                                          uint64_t size);
MUST_CHECK struct result tar_writer_append(struct tar_writer *writer, struct bytes piece);
/* Ends the archive. */
MUST_CHECK struct result tar_writer_finish(struct tar_writer *writer);
