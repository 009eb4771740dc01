#include "server/admit.h"

#include "server/app.h"
#include "server/pipeline.h"

/* Ballots cost nothing: each is proved, and a queue of their own bounds them. */
static const enum cost OF_KIND[TICKET_KINDS] = {
    [TICKET_OFFICE] = COST_WRITE,
    [TICKET_BALLOT] = COST_NONE,
    [TICKET_FILING] = COST_FILING,
};

bool admit_request(struct app *app, struct request *request, enum cost cost,
                   struct rates_demand *demand)
{
    struct rates_ask ask = {
        .address = request->address,
        .cost = cost == COST_ENTRY ? OF_KIND[ticket_kind_of(request->body)] : cost,
        .body = request->body,
        .work = request->work,
        .ticks = request->ticks,
    };

    request->cost = ask.cost;
    if (ask.cost == COST_NONE) {
        return true;
    }
    ask.crowded = ask.cost == COST_FILING && pipeline_is_crowded(app->pipeline);
    return rates_take(app->rates, &ask, demand);
}

/* What we failed at ourselves is nobody's attempt. */
static bool is_theirs(struct result result)
{
    return result.failure == MALFORMED || result.failure == INVALID ||
           result.failure == UNAUTHORIZED || result.failure == NOT_FOUND;
}

void admit_settle(struct app *app, const struct request *request, struct result result)
{
    if (request->cost != COST_NONE && is_theirs(result)) {
        rates_refused(app->rates, &request->address, request->cost, request->ticks);
    }
}
