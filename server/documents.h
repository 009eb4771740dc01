/*
 * documents.h - the files that statements name by their hash: kept whole or not at all.
 *
 * A file stands at <folder>/<hex of its SHA-256> once it was flushed, hashed and looked at; until
 * then its parts lie in <folder>/partial. It is never opened, parsed or unzipped: its format is
 * told by its first bytes alone.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

#define DOCUMENT_MAX       52428800 /* bytes: protocol section 3, report.file */
#define DOCUMENT_PATH_SIZE 768
#define DOCUMENT_SEALED    "SEALED" /* protocol section 8: told by suite and number of readers */

struct documents;
struct partials;

/* `folder` is a view that lives as long. Makes the folders if need be. "config.data" if it cannot.
 */
MUST_CHECK struct result documents_open(const char *folder, uint64_t now, struct documents **out);
/* NULL is allowed. */
void documents_close(struct documents *documents);
struct partials *documents_partials(struct documents *documents);

enum document_state {
    DOCUMENT_MISSING,
    DOCUMENT_PARTIAL, /* somebody has sent a part */
    DOCUMENT_STORED,
};
enum document_state documents_state(struct documents *documents, const struct hash32 *hash);
/* "missing", "partial", "stored" */
const char *document_state_word(enum document_state state);

/* Whether a task of the record is one that the service knows to be done: sending a file that is
 * here. */
struct view_task;
bool documents_have_done(struct documents *documents, const struct view_task *task);

/* Where it lies, or will lie. */
void documents_path(const struct documents *documents, const struct hash32 *hash,
                    char out[static DOCUMENT_PATH_SIZE]);
/* A descriptor to read from, which is the caller's. NOT_FOUND "document.missing". */
MUST_CHECK struct result documents_read(struct documents *documents, const struct hash32 *hash,
                                        int *file, uint64_t *size);

/*
 * Whether the file has this hash and begins as its format does ("PDF", "JPEG", "PNG"; "TXT" is
 * UTF-8 without a zero byte). INVALID "document.hash", "document.format"; STORAGE_FAILED
 * "service.storage".
 */
MUST_CHECK struct result document_check(int file, const struct hash32 *hash, struct bytes format);
/* Destroys a file: nothing is left of it once this returns. OK if it is not there; STORAGE_FAILED
 * "service.storage". */
MUST_CHECK struct result documents_destroy(struct documents *documents, const struct hash32 *hash);
/* Moves a whole, checked partial to its place. STORAGE_FAILED "document.space". */
struct claim;
MUST_CHECK struct result documents_keep(struct documents *documents, const struct hash32 *hash,
                                        struct claim *claim);
