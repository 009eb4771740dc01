/*
 * statement.h - the grammar of statements: the signed text is the text on the screen.
 *
 *     xiling/v1 <type>
 *     日志：<origin>
 *     <label>：<value>            one a field, in the order of the type's row
 *
 *     — <key name> <base64(key id, signature)>
 *
 * Reading: statement_parse() (grammar), statement_check() (origin and row), statement_verify()
 * (exactly the signatures expected). Refusals come in this order and are called statement.<word>:
 * length, utf8, character, blank, lines, line, value, signatures, keyname, base64; origin; type,
 * then fields in order (field, value, number, id, time, base64, length, point, hidden, word);
 * signers, signature. `field` is the label of the row, `at` the line from 1
 * (of the text, or of the signatures), for utf8 and character the byte from 0.
 * Writing: statement_begin(), statement_add_*(), then statement_note() and signature_line_sign()
 * (signer.h). Protocol section 3 and the appendix.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "primitive/signer.h"
#include "protocol/kind.h"

enum {
    STATEMENT_LINES_MAX = 1200,
    STATEMENT_SIGNATURES_MAX = 64,
    ENTRY_SIZE_MAX = 65535,
    ENTRY_HEAD_SIZE = 42, /* "xiling/entry/v1 " time LF */
    STATEMENT_SIZE_MAX = ENTRY_SIZE_MAX - ENTRY_HEAD_SIZE,
};

/* One row of the table of types; rows are static. 日志 is not listed: every type has it. */
struct statement_type {
    const char *name;
    const struct field_type *fields;
    size_t count;
};

struct statement_field {
    struct bytes label;
    struct bytes value;
};

/* A parsed statement: views into the note, which must outlive it. */
struct statement {
    struct bytes note;    /* empty if only a text was parsed */
    struct bytes text;    /* what is signed: up to and including its last LF */
    struct bytes type;    /* "election.open" */
    struct bytes origin;  /* value of 日志 */
    struct buffer fields; /* of struct statement_field: after 日志 */
    struct signature_line signatures[STATEMENT_SIGNATURES_MAX];
    size_t signature_count;
};

#define STATEMENT_INIT \
    {                  \
        0              \
    }
#define AUTO_STATEMENT __attribute__((cleanup(statement_free))) struct statement

void statement_free(struct statement *statement);
/* *out must be STATEMENT_INIT or parsed before; on failure it is empty. */
MUST_CHECK struct result statement_parse(struct bytes note, struct statement *out);
/* Parses a text that is not signed yet. */
MUST_CHECK struct result statement_parse_text(struct bytes text, struct statement *out);
/* Origin and row; an empty origin pins nothing. */
MUST_CHECK struct result statement_check(const struct statement *statement,
                                         const struct statement_type *type, struct bytes origin);
/* Exactly these signature lines in this order: UNAUTHORIZED statement.signers, .signature. */
MUST_CHECK struct result statement_verify(const struct statement *statement,
                                          const struct signer *signers, size_t count);
struct hash32 statement_digest(const struct statement *statement); /* SHA-256(text) */

/* --- values: by label, and for repeated fields by index from 0 --- */

size_t statement_count(const struct statement *statement, const char *label);
bool statement_has(const struct statement *statement, const char *label);
/* Empty if there is none. */
struct bytes statement_value(const struct statement *statement, const char *label);
struct bytes statement_value_at(const struct statement *statement, const char *label, size_t index);
/*
 * Typed values; MALFORMED statement.field if there is none, else as the kind refuses.
 * `label` stands in the result, so it must be static.
 */
MUST_CHECK struct result statement_number(const struct statement *statement, const char *label,
                                          uint64_t *out);
MUST_CHECK struct result statement_time(const struct statement *statement, const char *label,
                                        int64_t *out);
/* base64 of exactly `size` bytes: hashes, keys, proofs of a known size. */
MUST_CHECK struct result statement_fixed(const struct statement *statement, const char *label,
                                         size_t index, uint8_t *out, size_t size);
MUST_CHECK struct result statement_hash(const struct statement *statement, const char *label,
                                        struct hash32 *out);
MUST_CHECK struct result statement_point(const struct statement *statement, const char *label,
                                         size_t index, struct point *out);
/* Appends decoded base64. */
MUST_CHECK struct result statement_bytes(const struct statement *statement, const char *label,
                                         size_t index, struct buffer *out);

/* --- writing --- */

/* Appends the first two lines to an empty buffer. */
MUST_CHECK struct result statement_begin(struct buffer *text, const char *type,
                                         struct bytes origin);
/* Appends "label：value" LF; the value is checked as text a person gives (text_check_value). */
MUST_CHECK struct result statement_add(struct buffer *text, const char *label, struct bytes value);
MUST_CHECK struct result statement_add_text(struct buffer *text, const char *label,
                                            const char *value);
MUST_CHECK struct result statement_add_number(struct buffer *text, const char *label,
                                              uint64_t number);
MUST_CHECK struct result statement_add_time(struct buffer *text, const char *label,
                                            int64_t seconds);
/* base64 of any length. */
MUST_CHECK struct result statement_add_bytes(struct buffer *text, const char *label,
                                             struct bytes bytes);
MUST_CHECK struct result statement_add_hidden(struct buffer *text, const char *label,
                                              const struct hash32 *hidden);
/* Appends text and the empty line: what signature lines are appended to. */
MUST_CHECK struct result statement_note(struct bytes text, struct buffer *note);
