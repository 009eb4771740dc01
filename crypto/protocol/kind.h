/*
 * kind.h - the kinds of values a field may hold, and the hidden value.
 *
 * A kind is a row of a table: its word in docs and the function that checks a value. What is
 * inside a `line` is its domain's own business. Protocol section 2 and 3, docs/statements.md.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

enum value_kind {
    KIND_TEXT,
    KIND_ID,
    KIND_NUMBER,
    KIND_TIME,
    KIND_WORD,    /* one of field_type.words */
    KIND_HASH,    /* base64 of 32 bytes */
    KIND_BYTES16, /* base64 of 16 bytes */
    KIND_BYTES32,
    KIND_KEY,    /* base64 of a 32-byte public key, which its domain accepts or not */
    KIND_POINT,  /* base64 of a canonical point, not the identity */
    KIND_PROOF,  /* base64 of field_type.size bytes, of any size if that is 0; may be long */
    KIND_HIDDEN, /* # and base64 of 32 bytes */
    KIND_LINE,   /* words separated by single spaces, the last may hold spaces */
    KIND_COUNT,
};

/* One field of a statement's row. */
struct field_type {
    const char *label;
    enum value_kind kind;
    size_t min;
    size_t max;               /* FIELD_MANY: as many as fit */
    const char *const *words; /* KIND_WORD: NULL at the end */
    size_t size;              /* KIND_PROOF */
};

#define FIELD_MANY SIZE_MAX
#define FIELD_ONE(label, kind)  \
    {                           \
        label, kind, 1, 1, 0, 0 \
    }
#define FIELD_OPTIONAL(label, kind) \
    {                               \
        label, kind, 0, 1, 0, 0     \
    }
#define FIELD_ANY(label, kind)           \
    {                                    \
        label, kind, 0, FIELD_MANY, 0, 0 \
    }
#define FIELD_SOME(label, kind)          \
    {                                    \
        label, kind, 1, FIELD_MANY, 0, 0 \
    }

const char *kind_name(enum value_kind kind); /* "id", as docs/statements.md says it */
/* MALFORMED statement.<word> with the field's label; see statement.h for the words. */
MUST_CHECK struct result kind_check(const struct field_type *field, struct bytes value);

/* --- hidden values: H32("xiling/v1 hidden", type, label, salt, value) --- */

struct hidden_opening {
    uint8_t salt[32];
    struct bytes value;
};

void hidden_of(struct bytes type, const char *label, const struct hidden_opening *opening,
               struct hash32 *out);
/* `field` is the value in the statement, "#..."; INVALID hidden.opening. */
MUST_CHECK struct result hidden_open(struct bytes type, const char *label, struct bytes field,
                                     const struct hidden_opening *opening);
