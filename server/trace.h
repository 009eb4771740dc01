/*
 * trace.h - the journal: one line on standard error for what happened.
 *
 * No line holds a secret, an address of a client, or an address that names a ballot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "server/exchange.h"

/* `route` is the path of the table's row. Good reads are told only if `verbose`. */
void trace_exchange(const char *route, const struct request *request,
                    const struct response *response, uint64_t milliseconds, bool verbose);
/* Something the operator should know. `what` is static. */
void trace_event(const char *what, const struct result *result);
