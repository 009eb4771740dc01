/*
 * disclosures.h - what opens hidden fields: names and reasons, kept outside the log.
 *
 * Who reads which: audience.h. An opening is stored only if it opens a field of a statement that
 * is logged or proposed. Protocol section 3.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"

struct record;

struct disclosure {
    struct bytes type;  /* of the statement: "person.invite" */
    struct bytes label; /* of the field: "姓名" */
    uint8_t salt[32];
    struct bytes value;
    struct hash32 statement; /* SHA-256 of its text */
};

/* Whether it opens a field of this text: appends "#…"; INVALID "hidden.opening". */
MUST_CHECK struct result disclosure_check(const struct disclosure *opening, struct bytes note,
                                          struct buffer *hidden);
/* On the writer; `hidden` is "#…". */
MUST_CHECK struct result disclosure_store(struct record *record, const struct disclosure *opening,
                                          struct bytes hidden);

struct disclosure_row {
    struct bytes hidden;
    struct bytes type;
    struct bytes label;
    struct bytes salt;
    struct bytes value;
};
typedef struct result disclosure_visit(void *context, const struct disclosure_row *row);
/* Those that a person with a session may read. */
MUST_CHECK struct result disclosures_of(struct record *record, struct bytes person,
                                        disclosure_visit *visit, void *context);
/* The opening of one field; at most one visit. */
MUST_CHECK struct result disclosure_of(struct record *record, struct bytes hidden,
                                       disclosure_visit *visit, void *context);
