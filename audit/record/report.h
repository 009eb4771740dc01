/*
 * report.h - a report and its versions: filed, signed, complete, blocked or void.
 *
 * Articles 18 and 19. A version freezes one file by its hash and names who must sign. Its state
 * follows from the log and is never stated:
 *
 *     open      somebody on the list has not signed
 *     complete  everybody signed 同意 or 保留意见, or the organisation's refusal was witnessed
 *     blocked   somebody signed 不同意; others may still sign
 *     void      superseded by a next version, voided, or by a change of the team under 重签
 *
 * Every entry that touches a version is noted as an act of it, for the evidence.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/record.h"
#include "record/types.h"

#define REPORT_SIZE_MAX   52428800u       /* bytes of a document */
#define REPORT_TERM_MAX   (366u * 86400u) /* seconds from now to a deadline */
#define REPORT_PAPER      "资料评审报告"
#define REPORT_SITE       "现场评审报告"
#define CAPACITY_LEADER   "组长"
#define CAPACITY_REVIEWER "评审员"
#define CAPACITY_SUBJECT  "受评组织"

/* The newest version of a report. */
struct report {
    char id[RECORD_ID_SIZE];
    char team[RECORD_ID_SIZE];
    bool is_site;
    uint64_t version;
    struct hash32 file;
    bool is_void;
};

/* NOT_FOUND "report.unknown". */
MUST_CHECK struct result report_load(struct record *record, struct bytes id, struct report *out);
/*
 * The report the statement acts on; its field 版本 names the newest version ("report.superseded"),
 * which is not void ("report.voided"): CONFLICT.
 */
MUST_CHECK struct result report_require_standing(const struct fold *fold, struct report *out);
/* Its field 文件 is that version's file: INVALID "report.hash". */
MUST_CHECK struct result report_check_file(const struct fold *fold, const struct report *report);
/* CONFLICT "report.conflict" if the person has got a conflict with what the report is about. */
MUST_CHECK struct result report_check_conflict(const struct fold *fold, const struct report *report,
                                               struct bytes person);

/* Notes the entry of `fold` as an act of the newest version, and computes its state anew. */
MUST_CHECK struct result report_settle(const struct fold *fold, struct bytes id);
/* Makes the newest version void by the entry of `fold`; the first reason stands. */
MUST_CHECK struct result report_make_void(const struct fold *fold, struct bytes id,
                                          const char *how);
