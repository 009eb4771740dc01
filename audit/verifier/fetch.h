/*
 * fetch.h - HTTP as a client: the only file that calls libcurl.
 *
 * One `struct fetch` keeps a connection and belongs to one thread. Sends no cookie but one the
 * caller gives, follows no redirect, believes no answer longer than its limit.
 */
#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"

struct fetch;

#define FETCH_BODY_MAX ((size_t)64 << 20)

/* Seconds after which a request is given up. */
#define FETCH_TIMEOUT 30

MUST_CHECK struct result fetch_open(struct fetch **out);
void fetch_close(struct fetch *fetch); /* accepts NULL */
void fetch_close_scope(struct fetch **fetch);
#define AUTO_FETCH __attribute__((cleanup(fetch_close_scope))) struct fetch

struct fetch_request {
    const char *url;
    struct bytes body; /* POST if `is_post`, PUT if `is_put`, else GET */
    bool is_post;
    bool is_put;
    const char *content_type; /* of the body; NULL: text/plain */
    const char *header;       /* one more header line, or NULL */
};

struct fetch_answer {
    long status;        /* HTTP status */
    struct buffer body; /* owned by the caller, replaced by each answer */
    char cookie[256];   /* "name=value" of the last Set-Cookie, or "" */
};

/* Any HTTP answer is success; "fetch.failed" (NOT_FOUND) if there is none, "fetch.size" if too
 * long. */
MUST_CHECK struct result fetch_send(struct fetch *fetch, const struct fetch_request *request,
                                    struct fetch_answer *answer);

/* GET with status 200, replacing *out; NOT_FOUND "fetch.status" for any other. */
MUST_CHECK struct result fetch_get(struct fetch *fetch, const char *url, struct buffer *out);
