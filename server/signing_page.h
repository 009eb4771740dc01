/*
 * signing_page.h - the sheet that is kept with a report: who signed what, every statement's exact
 * text, and codes that carry the whole proof (experience, visual guide section 7).
 *
 * Everything on it follows from the evidence, as anybody would read it (verifier/sign_off.h);
 * names, organisations and reasons are words that the asker may read, and without them it prints
 * ids. A version that is not complete says so in the head of every page.
 */
#pragma once

#include "log/evidence.h"
#include "verifier/sign_off.h"

struct signing_page_word {
    struct bytes key; /* id of a person or organisation, or "#…" of a hidden reason */
    struct bytes text;
};

struct signing_page {
    const struct sign_off *sign_off; /* it is filed */
    const struct evidence *evidence;
    struct bytes origin;
    struct merkle_head head; /* of the checkpoint */
    uint64_t time;           /* of the last entry it covers: the file's dates */
    struct bytes parts;      /* one a line: log/parts.h */
    struct bytes address;    /* of the page on which a stranger checks */
    const struct signing_page_word *words;
    size_t word_count;
};

/* Appends the PDF; failures are those of sheet.h. */
MUST_CHECK struct result signing_page_make(const struct signing_page *page, struct buffer *out);
