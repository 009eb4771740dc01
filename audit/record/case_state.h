/*
 * case_state.h - the states of a case, and the terms that were promised in each.
 *
 * A state follows from the acts alone. Each open state has a term; a term that was not met is
 * missed, by whoever had to act, and stays listed. Rules C13, C20, C21.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "record/objection.h"
#include "record/types.h"

#define CASE_AWAITED       "待材料"
#define CASE_RECEIVED      "待受理"
#define CASE_SUPPLEMENT    "补正"
#define CASE_ACCEPTED      "受理"
#define CASE_INVESTIGATED  "调查中"
#define CASE_FOUND         "已查清"
#define CASE_REFUSED       "不予受理"
#define CASE_UPHELD        "成立"
#define CASE_PARTLY_UPHELD "部分成立"
#define CASE_NOT_UPHELD    "不成立"
#define CASE_WITHDRAWN     "撤回"
#define CASE_LAPSED        "未交材料"

/* The case passes into a state with the entry of `fold`; the term before is met, another begins
 * unless `due` is 0. */
MUST_CHECK struct result case_enter(const struct fold *fold, const struct hash32 *objection,
                                    const char *state, uint64_t due);
/* The same, and it is closed. */
MUST_CHECK struct result case_close(const struct fold *fold, const struct hash32 *objection,
                                    const char *state);
/* An act that leaves the state as it is. */
MUST_CHECK struct result case_note(const struct fold *fold, const struct hash32 *objection);
/* The term that runs ends later. */
MUST_CHECK struct result case_extend(const struct fold *fold, const struct hash32 *objection,
                                     uint64_t due);
