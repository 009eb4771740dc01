/*
 * answer.h - what a result becomes in HTTP: a status and a problem (RFC 9457) with the words of
 * its rule.
 */
#pragma once

#include "base/result.h"
#include "server/envelope.h"
#include "server/exchange.h"

unsigned answer_status(const struct result *result);
/* Replaces whatever the response holds. Never fails: at worst the status stands alone. */
void answer_problem(struct response *response, const struct result *result);
/* A finished JSON body. */
MUST_CHECK struct result answer_envelope(struct response *response, struct envelope *envelope);
