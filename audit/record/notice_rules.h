/*
 * notice_rules.h - what the governing document leaves open about notices and objections: the terms.
 *
 * They stand in notice.rules, once a cycle, with the number of the document that decides them and
 * the table of holidays. Rules C13, C20, C21.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

/* The terms of a cycle; in working days but where said. */
struct notice_rules {
    uint64_t notice_days; /* calendar days */
    uint64_t accept;
    uint64_t investigate;
    uint64_t answer;
    uint64_t supplement;
    uint64_t material_hours;
    uint64_t keep_days; /* calendar days that an identity is kept after the case is closed */
};
/* INVALID "notice.rules" if the cycle has none. */
MUST_CHECK struct result notice_load_rules(struct record *record, struct bytes cycle,
                                           struct notice_rules *out);
