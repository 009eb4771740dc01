#include "server/answer.h"

#include <string.h>

#include "server/words.h"

#define RETRY_SECONDS 5

/* Rules whose status is not that of their kind of failure. */
static const struct {
    const char *rule;
    unsigned status;
} EXCEPTIONS[] = {
    {"session.none", 401}, {"service.size", 413},   {"statement.length", 413},
    {"service.rate", 429}, {"service.method", 405}, {"document.size", 413},
    {"form.size", 413},
};

unsigned answer_status(const struct result *result)
{
    for (size_t i = 0; result->rule && i < sizeof EXCEPTIONS / sizeof EXCEPTIONS[0]; i++) {
        if (strcmp(result->rule, EXCEPTIONS[i].rule) == 0) {
            return EXCEPTIONS[i].status;
        }
    }
    switch (result->failure) {
    case NONE:
        return 200;
    case MALFORMED:
        return 400;
    case INVALID:
        return 422;
    case UNAUTHORIZED:
        return 403;
    case NOT_FOUND:
        return 404;
    case CONFLICT:
        return 409;
    case BUSY:
    case OUT_OF_MEMORY:
        return 503;
    case STORAGE_FAILED:
        return 507;
    case INTERNAL:
        return 500;
    }
    return 500;
}

static void write_words(struct envelope *envelope, const char *key,
                        const struct refusal_words *words)
{
    envelope_open_object(envelope, key);
    envelope_string(envelope, "zh", words->zh);
    envelope_string(envelope, "en", words->en);
    envelope_close(envelope);
}

static void write_problem(struct envelope *envelope, const struct result *result, unsigned status)
{
    const struct refusal *const refusal = words_find(result->rule);

    envelope_string(envelope, "type", "about:blank");
    envelope_number(envelope, "status", status);
    envelope_string(envelope, "title", refusal->what.zh);
    envelope_string(envelope, "rule", result->rule ? result->rule : "internal");
    if (result->field) {
        envelope_string(envelope, "field", result->field);
    }
    if (result->at) {
        envelope_number(envelope, "at", result->at);
    }
    /* Where to go on is what a client needs to know, be it 0. */
    if (result->rule && strcmp(result->rule, "document.offset") == 0) {
        envelope_number(envelope, "received", result->at);
    }
    envelope_string(envelope, "article", refusal->article);
    write_words(envelope, "what", &refusal->what);
    write_words(envelope, "basis", &refusal->basis);
    write_words(envelope, "do", &refusal->advice);
}

static void write_demand(struct envelope *envelope, const struct rates_demand *demand)
{
    envelope_number(envelope, "retry_after", demand->wait);
    envelope_open_object(envelope, "work");
    envelope_hex(envelope, "token", BYTES(demand->token.bytes));
    envelope_number(envelope, "bits", demand->bits);
    envelope_close(envelope);
}

void answer_demand(struct response *response, const struct rates_demand *demand)
{
    const struct result result = fail(BUSY, "service.rate");
    const unsigned status = answer_status(&result);
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER body = BUFFER_INIT;

    response_reset(response);
    response->status = status;
    response->rule = result.rule;
    response->retry_after = demand->wait;
    envelope_begin(&envelope);
    write_problem(&envelope, &result, status);
    write_demand(&envelope, demand);
    if (is_ok(envelope_write(&envelope, &body))) {
        response_take(response, "application/problem+json", &body);
    }
}

void answer_problem(struct response *response, const struct result *result)
{
    const unsigned status = answer_status(result);
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_BUFFER body = BUFFER_INIT;

    response_reset(response);
    response->status = status;
    response->rule = result->rule;
    response->retry_after = status == 503 || status == 429 ? RETRY_SECONDS : 0;
    envelope_begin(&envelope);
    write_problem(&envelope, result, status);
    if (response->retry_after) {
        envelope_number(&envelope, "retry_after", response->retry_after);
    }
    if (is_ok(envelope_write(&envelope, &body))) {
        response_take(response, "application/problem+json", &body);
    }
}

struct result answer_envelope(struct response *response, struct envelope *envelope)
{
    AUTO_BUFFER body = BUFFER_INIT;

    TRY(envelope_write(envelope, &body));
    response_take(response, "application/json", &body);
    return OK;
}
