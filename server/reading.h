/*
 * reading.h - a document handed to somebody: only to those entitled, and written down first.
 *
 * Who may read is a function of the log (view_report.h, view_case.h, summaries.h). Who did read,
 * what and when, stands in a private table that is written before the first byte is sent.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/view_report.h"

struct app;
struct record;

/* Copied out of the log: what it says of a document. */
struct reading {
    struct hash32 hash;
    uint64_t size;
    char format[8]; /* "PDF", or "SEALED" */
    bool sealed;    /* a part of an objection, or a file of its case */
    bool proposed;  /* named by a proposal only (proposed_file.h) */
    int file;       /* the caller's */
};

/* What the newest entry, or else a proposal, that names a document says of it. NOT_FOUND
 * "document.unnamed". */
MUST_CHECK struct result reading_find(struct record *record, const struct hash32 *hash,
                                      struct reading *out);
/*
 * Opens a document for a person, and logs it. NOT_FOUND "document.unnamed", "document.missing";
 * UNAUTHORIZED "document.right".
 */
MUST_CHECK struct result reading_open(struct app *app, const char *person,
                                      const struct hash32 *hash, uint64_t now, struct reading *out);

struct reading_row {
    struct bytes person;
    uint64_t time;
};
typedef struct result reading_visit(void *context, const struct reading_row *row);
/* Every reading of a document, the first one first. */
MUST_CHECK struct result readings_of(struct record *record, const struct hash32 *hash,
                                     reading_visit *visit, void *context);
