/*
 * sealed_parts.h - the sealed documents that a filing or a supplement names before they are sent.
 *
 * Each line is "<kind> <base64 SHA-256> <size>", kinds in the order 正文, 身份, 附件, 身份附件.
 * Content is sealed to as many keys as the notice has handlers, whoever of them may read; an
 * identity once for each pair of keepers. So every size follows from the padded size alone.
 * Protocol section 8.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "primitive/hash.h"
#include "record/notice.h"
#include "record/types.h"

#define PART_CONTENT       "正文"
#define PART_IDENTITY      "身份"
#define PART_FILE          "附件"
#define PART_IDENTITY_FILE "身份附件"

/*
 * INVALID "objection.parts" (kinds, order, number), "objection.repeated", "objection.size". A
 * supplement holds files alone, and at least one.
 */
MUST_CHECK struct result sealed_parts_check(const struct fold *fold, const struct notice *notice,
                                            bool supplement);
/* A document sealed to one key or several is of such a size: INVALID "objection.size". */
MUST_CHECK struct result sealed_parts_check_size(uint64_t size, uint64_t readers);
/* Enters the text of the fold with its parts, which are due at `due`. */
MUST_CHECK struct result sealed_parts_insert(const struct fold *fold,
                                             const struct hash32 *objection, uint64_t due);
