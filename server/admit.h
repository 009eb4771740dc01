/*
 * admit.h - whether a request is let in now, by the rate of its address and the room in the queue.
 *
 * For the route table, and for handlers that answer in their own way. Protocol section 8.
 */
#pragma once

#include <stdbool.h>

#include "server/exchange.h"
#include "server/rates.h"

/*
 * False: nothing has been charged, and `demand` says when it may come back, or by what work now.
 * The work is for `request->body`. True sets `request->cost`.
 */
bool admit_request(struct app *app, struct request *request, enum cost cost,
                   struct rates_demand *demand);
/* What became of a request that was let in: a refusal may cost more. */
void admit_settle(struct app *app, const struct request *request, struct result result);
