#include "server/headers.h"

#include <inttypes.h>
#include <stdio.h>

static const char PAGE_POLICY[] =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    /* data: is a picture that a page itself has drawn, such as an objection's receipt code: unlike
       blob: it can be saved from browsers that are built into other apps. */
    "img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types xiling-worker";

static const struct {
    const char *name;
    const char *value;
} ALWAYS[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"},
};

static const char *const CACHING[] = {
    [CACHE_NEVER] = "no-store",
    [CACHE_BRIEFLY] = "public, max-age=2",
    [CACHE_REVALIDATE] = "no-cache",
    [CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

/* What only some answers have. */
static void visit_given(const struct response *response, headers_visit *visit, void *context)
{
    const struct {
        const char *name;
        const char *value; /* "" or NULL: not given */
    } rows[] = {
        {"Vary", response->caching == CACHE_REVALIDATE ? "Accept-Encoding" : 0},
        {"Content-Encoding", response->encoding},
        {"Content-Disposition", response->disposition},
        {"ETag", response->etag},
        {"Set-Cookie", response->cookie},
        {"Allow", response->allow},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].value && rows[i].value[0]) {
            visit(context, rows[i].name, rows[i].value);
        }
    }
}

static void visit_numbers(const struct response *response, headers_visit *visit, void *context)
{
    char number[24];

    if (response->retry_after) {
        snprintf(number, sizeof number, "%u", response->retry_after);
        visit(context, "Retry-After", number);
    }
    if (response->log_index != RESPONSE_NO_INDEX) {
        snprintf(number, sizeof number, "%" PRIu64, response->log_index);
        visit(context, "X-Log-Index", number);
    }
}

void headers_of(const struct response *response, bool open, headers_visit *visit, void *context)
{
    visit(context, "Content-Security-Policy", response->policy ? response->policy : PAGE_POLICY);
    for (size_t i = 0; i < sizeof ALWAYS / sizeof ALWAYS[0]; i++) {
        visit(context, ALWAYS[i].name, ALWAYS[i].value);
    }
    visit(context, "Cross-Origin-Resource-Policy", open ? "cross-origin" : "same-origin");
    if (open) {
        visit(context, "Access-Control-Allow-Origin", "*");
        visit(context, "Access-Control-Expose-Headers", "X-Log-Index");
    }
    visit(context, "Content-Type", response->content_type);
    visit(context, "Cache-Control", CACHING[response->caching]);
    visit_given(response, visit, context);
    visit_numbers(response, visit, context);
}
