/*
 * demo_document.h - the documents of the demonstration: reports of several pages about bodies that
 * do not exist, as PDF.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/demo_cast.h"

struct document_plan {
    struct bytes title;
    const struct cast_body *bodies; /* what it is about */
    size_t body_count;
    bool is_site;  /* a site report is about one, by chapter; a paper report about each in turn */
    uint64_t time; /* seconds since 1970: the file's dates */
};

/* Appends the PDF. Fails as sheet_make. */
MUST_CHECK struct result document_make(const struct document_plan *plan, struct buffer *out);
