/*
 * file.h - small files in and out, whole.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#define FILE_SIZE_MAX ((size_t)64 << 20)

/* Replaces *out by the file's bytes; "-" is standard input. NOT_FOUND "file.open", "file.size". */
MUST_CHECK struct result file_read(const char *path, struct buffer *out);

/* Whole or not at all: a temporary name, flushed to disk, renamed. STORAGE_FAILED "file.write". */
MUST_CHECK struct result file_write(const char *path, struct bytes contents);

/* The same, readable by its owner alone. */
MUST_CHECK struct result file_write_secret(const char *path, struct bytes contents);

/* Makes the folders above `path`. STORAGE_FAILED "file.folder". */
MUST_CHECK struct result file_make_folders(const char *path);
