#include "server/trace.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "server/clock.h"

static void print_now(char out[static TEXT_TIME_SIZE + 1])
{
    if (!is_ok(text_print_time((int64_t)clock_now(), out))) {
        out[0] = 0;
    }
}

void trace_exchange(const char *route, const struct request *request,
                    const struct response *response, uint64_t milliseconds, bool verbose)
{
    static const char *const WORDS[] = {
        [METHOD_GET] = "GET",
        [METHOD_POST] = "POST",
        [METHOD_PUT] = "PUT",
        [METHOD_DELETE] = "DELETE",
    };
    char time[TEXT_TIME_SIZE + 1];

    if (request->method == METHOD_GET && response->status < 500 && !verbose) {
        return;
    }
    print_now(time);
    fprintf(stderr, "%s %s %s %u %" PRIu64 "ms%s%s\n", time, WORDS[request->method], route,
            response->status, milliseconds, response->rule ? " " : "",
            response->rule ? response->rule : "");
}

void trace_event(const char *what, const struct result *result)
{
    char time[TEXT_TIME_SIZE + 1];

    print_now(time);
    if (is_ok(*result)) {
        fprintf(stderr, "%s %s\n", time, what);
        return;
    }
    fprintf(stderr, "%s %s: %s, %s %" PRIu64 "\n", time, what,
            result->rule ? result->rule : "no rule", result->field ? result->field : "at",
            result->at);
}
