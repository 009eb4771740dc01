/*
 * disk.h - what POSIX leaves to be looped over, flushed and spelt.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

#define DISK_HEX_SIZE 64

/* Writes at `offset`; how much was written: less than given on a full or broken disk. */
size_t disk_write(int file, struct bytes bytes, uint64_t offset);
/* The names in a folder survive a power cut. STORAGE_FAILED "service.storage". */
MUST_CHECK struct result disk_flush_folder(const char *folder);
/* A hash as a file's name: 64 hex digits and a zero byte. */
void disk_print_hash(const struct hash32 *hash, char out[static DISK_HEX_SIZE + 1]);
