/*
 * bundle_readme.h - README.txt of an evidence bundle: what is in it and how to check it.
 */
#pragma once

#include "server/report_evidence.h"
#include "verifier/sign_off.h"

/* Appends the text, Chinese and then English; lines end in LF. */
MUST_CHECK struct result bundle_readme_write(const struct sign_off *sign_off,
                                             const struct report_evidence *evidence,
                                             struct buffer *out);
