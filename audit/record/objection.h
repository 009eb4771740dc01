/*
 * objection.h - what an objector files: hashes first, sealed parts after, and every act of the key.
 *
 * A case is named by SHA-256 of the text of its objection.file, and acted for by the key in that
 * text. Its number is its place among the filings of its notice. Whether it came in time is decided
 * by the time of its entry. Article 21; protocol section 8.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/box.h"
#include "primitive/hash.h"
#include "primitive/signature.h"
#include "record/record.h"
#include "record/types.h"

#define OBJECTION_TEXT_MAX   4096
#define OBJECTION_STATE_SIZE 32

/* A case as the log now has it; `state` is one of the words of case_state.h. */
struct objection {
    struct hash32 hash;
    char notice[RECORD_ID_SIZE];
    uint64_t number; /* from 1 */
    uint64_t time;   /* of its entry */
    bool late;
    struct public_key sign_key;
    struct box_public box_key;
    char state[OBJECTION_STATE_SIZE];
    char before[OBJECTION_STATE_SIZE]; /* the state that a request for a supplement found */
    bool received;                     /* all parts of the filing are there */
    bool verified;
    bool joined;
    struct hash32 main; /* the case it is joined to */
    bool opened;        /* the identity, at least once */
    bool asked;         /* for a supplement, which may be done once */
    uint64_t accepted;  /* time, or 0 */
    bool extended;
    bool reported;
    char finding[OBJECTION_STATE_SIZE]; /* of the investigation, or "" */
    bool closed;
    uint64_t closed_time;
    bool erased;
};

/* NOT_FOUND "case.unknown". */
MUST_CHECK struct result objection_load(struct record *record, const struct hash32 *hash,
                                        struct objection *out);
/* The case that the field 案件 names. */
MUST_CHECK struct result objection_load_named(const struct fold *fold, struct objection *out);
/* The same, which must not be closed: CONFLICT "case.closed". */
MUST_CHECK struct result objection_load_open(const struct fold *fold, struct objection *out);
