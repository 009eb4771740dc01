/*
 * small_log.h - a log of made-up entries with its key and two witnesses, for tests.
 *
 * Keys are derived from fixed seeds, so that every run makes the same bytes. Any slip fails the
 * test.
 */
#pragma once

#include "log/policy.h"
#include "log/receipt.h"
#include "log/tile.h"
#include "log/tree.h"

#define SMALL_LOG_ORIGIN    "award.example/log/2026"
#define SMALL_LOG_WITNESSES 2
#define SMALL_LOG_TIME      1795334400 /* of the first entry; each next one second later */

struct small_log {
    uint64_t size;
    struct buffer bundle;   /* all entries, framed one after the other */
    struct buffer *entries; /* the same, one by one */
    struct tree tree;
    struct secret_key secret;
    struct vkey key;
    struct secret_key witness_secrets[SMALL_LOG_WITNESSES];
    struct vkey witnesses[SMALL_LOG_WITNESSES];
};

#define AUTO_SMALL_LOG __attribute__((cleanup(small_log_free))) struct small_log

/* A key pair from a seed of 32 times `seed`. */
void small_log_key(uint8_t seed, const char *name, enum vkey_type type, struct secret_key *secret,
                   struct vkey *out);
void small_log_make(uint64_t size, struct small_log *out);
void small_log_free(struct small_log *log);

struct bytes small_log_entry(const struct small_log *log, uint64_t index);
/* The head the log had at `size`. */
struct merkle_head small_log_head(struct small_log *log, uint64_t size);
/* Appends the checkpoint of `size`, cosigned by the first `witnesses` witnesses. */
void small_log_checkpoint(struct small_log *log, uint64_t size, size_t witnesses,
                          struct buffer *out);
/* Appends the receipt of entry `index` under the checkpoint of the whole log. */
void small_log_receipt(struct small_log *log, uint64_t index, size_t witnesses, struct buffer *out);
/* Appends a policy of this log, its witnesses and this quorum line's words. */
void small_log_policy(const struct small_log *log, const char *rest, struct buffer *out);

/* Writes a whole file, making its folders. */
void small_log_write_file(const char *folder, const char *path, struct bytes contents);
/* Exports the log as it is served: checkpoint, vkey, tiles, bundles. */
void small_log_export(struct small_log *log, const char *folder);
