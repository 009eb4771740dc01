/*
 * commands.h - what `xiling-audit` can do, a function a command.
 *
 * A command prints to standard output and returns the program's exit status: 0 if what it was asked
 * to verify holds, 1 if it does not. A failing result means that it could not be tried (status 2).
 */
#pragma once

#include "base/result.h"
#include "verifier/options.h"

MUST_CHECK struct result command_verify(const struct options *options, int *status);
MUST_CHECK struct result command_export(const struct options *options, int *status);
MUST_CHECK struct result command_receipt(const struct options *options, int *status);
MUST_CHECK struct result command_report(const struct options *options, int *status);
MUST_CHECK struct result command_ballot(const struct options *options, int *status);
MUST_CHECK struct result command_types(const struct options *options, int *status);
