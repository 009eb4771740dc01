/*
 * report_sums.h - the list of a bundle's files with their hashes, as `sha256sum -c` reads it.
 *
 *     <64 hex digits>  <name> LF            one a file but the list itself
 */
#pragma once

#include "verifier/report_bundle.h"
#include "verifier/report_findings.h"

MUST_CHECK struct result report_sums_append(struct buffer *sums, const char *name,
                                            const struct hash32 *hash);

/*
 * B1. Notes every file that is not as the list says: "report_bundle.hash"; not in it:
 * "report_bundle.unlisted"; in it and not there: "report_bundle.missing"; "report_bundle.sums" for
 * a line that is none. The place names the file and the list.
 */
MUST_CHECK struct result report_sums_check(const struct report_bundle *bundle,
                                           struct report_findings *findings);
