/*
 * case_file.h - the sealed files of a case that its statements name: answers, reports, summaries,
 * replies. The objector's own parts stand in sealed_parts.h.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/types.h"

#define FILE_ANSWER  "答复"
#define FILE_REPORT  "报告"
#define FILE_SUMMARY "摘要"
#define FILE_REPLY   "陈述"

struct case_file {
    const char *kind;       /* one of the above */
    const char *hash_label; /* the field that holds its SHA-256; its size stands in 大小 */
    struct bytes state;     /* that an answer states, or a finding; may be empty */
    struct bytes basis;     /* of an answer, or "-" */
};

MUST_CHECK struct result case_file_insert(const struct fold *fold, const struct hash32 *objection,
                                          const struct case_file *file);
/* 大小 is that of a document sealed to so many: INVALID "objection.size". */
MUST_CHECK struct result case_file_check_size(const struct fold *fold, uint64_t readers);
