/*
 * case.h - who may act on a case: its handlers, once they have declared that they have no conflict.
 *
 * Handlers are named by the notice. Each declares for each case 无 or 有; 有 excludes for good, and
 * nobody acts before declaring. Rules C34; attack E7 (an insider with a tie).
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "record/objection.h"
#include "record/types.h"

/* INVALID "case.handler", "case.undeclared", CONFLICT "case.conflict". */
MUST_CHECK struct result case_check_handler(struct record *record,
                                            const struct objection *objection, struct bytes person);
/* The same of everybody who signed; `at` is the line. */
MUST_CHECK struct result case_check_signers(const struct fold *fold,
                                            const struct objection *objection);
