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
/* 429 "service.rate": when to come back, where else to go, and what work passes at once. */
void answer_demand(struct response *response, const struct rates_demand *demand);
/* A finished JSON body. */
MUST_CHECK struct result answer_envelope(struct response *response, struct envelope *envelope);
