/*
 * subject_list.h - `xiling openings`: whom accepted cases are about, for an auditor who may know
 * it.
 *
 * One line a case, in the order of the log: `<hex of the case> <base64 salt> <organisation>`, as
 * `xiling-audit verify --openings` reads it. It says what the log hides: the office decides who is
 * given it. Protocol section 8.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "server/config.h"

struct record;

/* Appends the lines, under a comment that says what they are. */
MUST_CHECK struct result subject_list_write(struct record *record, struct buffer *out);
/* The command: the same of the data folder, while the service runs or not, to standard output. */
MUST_CHECK struct result subject_list_print(const struct config *config);
