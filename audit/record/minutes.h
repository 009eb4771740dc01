/*
 * minutes.h - `meeting.minutes`: the end of a meeting, which names every election it held.
 */
#pragma once

#include "base/result.h"
#include "record/types.h"

/* INVALID "minutes.elections"; CONFLICT "minutes.undecided", "minutes.tie". */
MUST_CHECK struct result minutes_check(const struct fold *fold);
MUST_CHECK struct result minutes_apply(const struct fold *fold);
