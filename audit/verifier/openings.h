/*
 * openings.h - what an authorised auditor was given beside the log: whom cases are about.
 *
 * A text of one line a case, `<hex of the case> <base64 salt> <organisation>`; empty lines and
 * lines that begin with # say nothing. With it V21 holds lists to the exact rules (record/list.h).
 * A case of which nothing true is said is held to what anybody can check. Protocol section 8.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"

/* Whether every line is one: INVALID "openings.form", `at` the line. */
MUST_CHECK struct result openings_read(struct bytes text);

/*
 * Of the next entry of a log: INVALID "list.suspended", "list.unremoved" or "list.upheld" where the
 * lines tell so. OK where they do not tell, and for any other statement.
 */
MUST_CHECK struct result openings_hold(struct record *record, const struct prepared *prepared,
                                       struct bytes text);

/*
 * After the last entry: how many lines open the field of their case. INVALID "openings.value", `at`
 * the line that does not.
 */
MUST_CHECK struct result openings_check(struct record *record, struct bytes text, uint64_t *count);
