/*
 * sign_off.h - what is done about a version of a report: signing it, refusing to, making it void.
 *
 * An opinion other than 同意 gives its reason, hidden in the log. The first signature of a line
 * stands. An organisation that refuses is witnessed by the team's leader and an officer (C32); it
 * cannot sign that version any more. Articles 18 and 19.
 */
#pragma once

#include "record/types.h"

#define OPINION_FOR      "同意"
#define OPINION_RESERVED "保留意见"
#define OPINION_AGAINST  "不同意"

fold_function sign_check, sign_apply;
fold_function refuse_check, refuse_apply;
fold_function void_check, void_apply;
