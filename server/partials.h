/*
 * partials.h - documents of which only a part has arrived: files that grow at their end.
 *
 * Each belongs to a document and to the token of whoever sends it, so that a stranger's bytes never
 * mix with one's own. Their number is bounded, for each document and in all: a new one takes the
 * place of the one that has been idle longest, or of one that hardly moves. Whoever claims a
 * partial that another connection still holds takes it over: that connection is dead or will be.
 * What was written and not flushed may be gone after a power cut; then less was received.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

#define PARTIAL_TOKEN_MAX     64
#define PARTIALS_MAX          64
#define PARTIALS_OF_ONE       8
#define PARTIAL_STALE_SECONDS (24 * 3600)

struct partials;

struct partial_key {
    struct hash32 hash;                /* of the whole document */
    char token[PARTIAL_TOKEN_MAX + 1]; /* [A-Za-z0-9_-]; "" if the sender has none */
};

/* The right to write to one partial, until it is taken over. */
struct claim {
    struct partials *home;
    size_t place;
    uint64_t number;
};

/* Knows again what lies in the folder, which is made if need be; removes what is stale. */
MUST_CHECK struct result partials_open(const char *folder, uint64_t now, struct partials **out);
/* Nobody holds a claim any more. NULL is allowed. */
void partials_close(struct partials *partials);

/* How much is there; 0 if nothing is. */
uint64_t partials_received(struct partials *partials, const struct partial_key *key);
/* Whether anybody has sent a part of this document. */
bool partials_has(struct partials *partials, const struct hash32 *hash);
/* Removes all parts of a document that nobody is sending. */
void partials_forget(struct partials *partials, const struct hash32 *hash);

struct partial_start {
    const struct partial_key *key;
    bool anew;     /* what is there is thrown away */
    uint64_t from; /* else: where the sender goes on */
    bool idle;     /* nothing is taken over from another connection */
    uint64_t now;
};
/*
 * CONFLICT "document.offset" with `at` what is there, if that is not `from`; BUSY "document.busy":
 * no place, it is being finished, or held by somebody though `idle`. Ends with partial_release,
 * partial_drop or partial_keep.
 */
MUST_CHECK struct result partials_claim(struct partials *partials,
                                        const struct partial_start *start, struct claim *out);
/* Appends. CONFLICT "document.displaced"; STORAGE_FAILED "document.space". */
MUST_CHECK struct result partial_write(const struct claim *claim, struct bytes piece);
/* From here on nobody takes it over. CONFLICT "document.displaced". */
MUST_CHECK struct result partial_finish(const struct claim *claim);

/* --- once it is being finished --- */

/*
 * Flushes it, and tells its size. STORAGE_FAILED "document.space": only what was flushed before is
 * left of it.
 */
MUST_CHECK struct result partial_flush(const struct claim *claim, uint64_t *received);
/* The open file, for reading; the claim's. */
int partial_file(const struct claim *claim);
/* Moves it to `path`, durably, where it replaces what is there; the claim ends. */
MUST_CHECK struct result partial_keep(struct claim *claim, const char *folder, const char *path);

/* Throws it away; the claim ends. Does nothing if it was taken over. */
void partial_drop(struct claim *claim);
/* The claim ends, and what has arrived stays. */
void partial_release(struct claim *claim, uint64_t now);
