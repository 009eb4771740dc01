/*
 * report_print.h - the signing page of a report, for whoever asks: the evidence of the moment, and
 * the names and reasons that this person may read (none for a stranger).
 */
#pragma once

#include "server/report_evidence.h"

struct app;

/* Appends the PDF. `person` is empty for a stranger. INTERNAL "sheet.font"; else as its parts. */
MUST_CHECK struct result report_print(struct app *app, const struct report_evidence *evidence,
                                      struct bytes person, struct buffer *out);

/* Appends the parts of the evidence, each with an LF: log/parts.h. */
MUST_CHECK struct result report_print_parts(const struct report_evidence *evidence,
                                            struct buffer *out);
