/*
 * filing.h - an objection that the service seals for somebody whose browser cannot.
 *
 * The same texts and the same statement as web/lib makes of the same input (seal_objection.js,
 * draft_objection.js, pages/object/seal.js). Nothing is stored here: each sealed part is handed
 * over as soon as it is made. Protocol section 8.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/keys.h"
#include "server/circle.h"
#include "server/objection_text.h"

enum {
    FILING_FILES_MAX = 10,
    FILING_SEALS_MAX = 2,
    FILING_PARTS_MAX =
        1 + CIRCLE_PAIRS_MAX + FILING_FILES_MAX + FILING_SEALS_MAX * CIRCLE_PAIRS_MAX,
    FILING_LINES_MAX = 10,
};
#define FILING_SEALED_MAX ((uint64_t)128 << 20) /* all parts of a text together */

struct filing_file {
    struct bytes name;
    struct bytes bytes;
    const char *format; /* "PDF" */
};

/* What was filled in: views. */
struct filing {
    struct bytes notice;
    struct bytes subject; /* an organisation's id */
    struct bytes subject_name;
    struct bytes kind; /* 个人, 单位 */
    struct bytes ground;
    struct bytes facts;
    struct bytes request;
    struct bytes disclosure;
    struct objection_line identity[FILING_LINES_MAX]; /* without the files */
    size_t identity_count;
    struct filing_file files[FILING_FILES_MAX];
    size_t file_count;
    struct filing_file seals[FILING_SEALS_MAX]; /* of a unit */
    size_t seal_count;
};

/* The format by its first bytes, "TXT" if it is UTF-8 without a zero byte; NULL for all else. */
const char *filing_format(struct bytes file);
/* A name as a line of a text can hold it: spaces for controls, the last 80 characters, never empty.
 * Appends. */
MUST_CHECK struct result filing_tidy_name(struct bytes name, struct buffer *out);
/* The bytes of all parts once they are sealed. */
uint64_t filing_sealed_size(const struct filing *filing, const struct circle *circle);

struct filing_part {
    const char *kind; /* 正文, 身份, 附件, 身份附件 */
    struct hash32 hash;
    uint64_t size;
};
/* What the statement says of a filing that is sealed. */
struct filing_sealed {
    struct keys keys; /* of the receipt code */
    uint8_t salt[32];
    struct filing_part parts[FILING_PARTS_MAX];
    size_t part_count;
};
#define SECRET_SEALED __attribute__((cleanup(filing_sealed_wipe))) struct filing_sealed
void filing_sealed_wipe(struct filing_sealed *sealed);

/* The two texts; append. */
MUST_CHECK struct result filing_write_content(const struct filing *filing,
                                              const uint8_t salt[static 32], struct buffer *out);
MUST_CHECK struct result filing_write_identity(const struct filing *filing, struct buffer *out);

/* Takes a sealed part, which lives during the call only. */
typedef struct result filing_store(void *context, const struct filing_part *part,
                                   struct bytes document);
/* Seals all of it; `sealed` has its salt and its keys. */
MUST_CHECK struct result filing_seal(const struct filing *filing, const struct circle *circle,
                                     struct filing_sealed *sealed, filing_store *store,
                                     void *context);

/* The same of more material: files alone. */
MUST_CHECK struct result filing_seal_files(const struct filing *filing, const struct circle *circle,
                                           struct filing_sealed *sealed, filing_store *store,
                                           void *context);

/* Appends the text of objection.file. */
MUST_CHECK struct result filing_write_text(struct bytes origin, const struct filing *filing,
                                           const struct filing_sealed *sealed, uint64_t time,
                                           struct buffer *out);
/* Appends the text of objection.supplement. */
MUST_CHECK struct result filing_write_supplement(struct bytes origin,
                                                 const struct hash32 *objection,
                                                 const struct filing_sealed *sealed, uint64_t time,
                                                 struct buffer *out);
/* Appends the text of objection.withdraw. */
MUST_CHECK struct result filing_write_withdrawal(struct bytes origin,
                                                 const struct hash32 *objection, uint64_t time,
                                                 struct buffer *out);
/* Appends the note: the text, signed as `objector`. */
MUST_CHECK struct result filing_sign(struct bytes text, const struct keys *keys,
                                     struct buffer *note);
