/*
 * conflict.h - what a reviewer undertakes and declares, and what stands against assigning one.
 *
 * For each cycle a reviewer undertakes secrecy (Article 29) and declares, organisation by
 * organisation, whether there is a conflict of interest (Article 12). Two officers may record one
 * that was found. Both block; they are kept apart, and neither is ever taken back.
 */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

MUST_CHECK struct result conflict_has_undertaken(struct record *record, struct bytes cycle,
                                                 struct bytes person, bool *out);
MUST_CHECK struct result conflict_has_declared(struct record *record, struct bytes cycle,
                                               struct bytes person, bool *out);
/* A conflict is declared or found, or the person represents the organisation. */
MUST_CHECK struct result conflict_stands(struct record *record, struct bytes cycle,
                                         struct bytes person, struct bytes organisation, bool *out);
