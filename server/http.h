/*
 * http.h - the door: connections, headers, limits, and the journal line of each request.
 *
 * The only file, with http_reply.c, that knows libmicrohttpd. A request's body is counted as it
 * arrives and never kept beyond its route's limit. A request that waits for the writer holds no
 * thread.
 */
#pragma once

#include "base/result.h"

struct app;
struct http;

/* Listens on the configured address; STORAGE_FAILED "service.listen" if it cannot. */
MUST_CHECK struct result http_start(struct app *app, struct http **out);
/* Turns away new requests and waits until what was begun is answered, at most some seconds. */
void http_quiesce(struct http *http);
void http_stop(struct http *http);
