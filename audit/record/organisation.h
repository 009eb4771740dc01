/*
 * organisation.h - the organisations under review, who represents each, and which are qualified.
 *
 * Two officers register an organisation with its 统一社会信用代码 (GB 32100) and one person who
 * represents it; a person represents one organisation at a time. The qualification list of a
 * cycle (Article 17) stands once. Rules R13, R17.
 */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

/* Who represents it now. NOT_FOUND "organisation.unknown". */
MUST_CHECK struct result organisation_load(struct record *record, struct bytes id,
                                           char representative[static RECORD_ID_SIZE]);
/* GB 32100: 18 characters of its set, the last one the check. INVALID "organisation.code". */
MUST_CHECK struct result organisation_check_code(struct bytes code);
/* The cycle has a qualification list: INVALID "qualification.missing". */
MUST_CHECK struct result organisation_require_list(struct record *record, struct bytes cycle);
MUST_CHECK struct result organisation_is_qualified(struct record *record, struct bytes cycle,
                                                   struct bytes id, bool *out);
/* The values of a repeated field ascend, each once: INVALID with `rule`, `at` the line from 1. */
MUST_CHECK struct result organisation_check_order(const struct fold *fold, const char *label,
                                                  const char *rule);
