/*
 * routes.h - every address of the service: who may, how much it may send, and who answers.
 */
#pragma once

#include <stddef.h>

#include "server/exchange.h"

enum right {
    RIGHT_PUBLIC,  /* anybody; no cookie is read */
    RIGHT_GUEST,   /* anybody; who has a session is known by it */
    RIGHT_SESSION, /* whoever has a session */
    RIGHT_OFFICER, /* whoever has a session and holds the role 工作人员 */
};

struct route {
    enum method method;
    /* Ends in '/' if a tail follows. A '*' takes one step, which is the tail: such rows stand
       before the row of their folder. */
    const char *path;
    enum right right;
    size_t body_max;
    handler *handle;
};

/* The row for an address; NULL if there is none. The rest behind the path is `tail`. */
const struct route *route_find(enum method method, struct bytes path, struct bytes *tail);
/* The same in a table of one's own. */
const struct route *route_find_in(const struct route *rows, size_t count, enum method method,
                                  struct bytes path, struct bytes *tail);
/* Why there is none: NOT_FOUND "service.address", or INVALID "service.method". */
struct result route_refuse(struct bytes path);
/* What header Allow says of an address: "GET, HEAD, POST"; "" if there is nothing. */
#define ROUTE_ALLOW_SIZE 32
void route_allow(struct bytes path, char out[static ROUTE_ALLOW_SIZE]);

/* Opens the stream of a route that has one; else `out` stays empty and the body is kept. */
MUST_CHECK struct result route_open(const struct route *route, struct app *app,
                                    const struct request *request, struct stream *out);

/*
 * Checks rate and right and runs the handler; a failure becomes a problem in the response. If the
 * response has a ticket or a job, the carrier submits it and then calls route_finish.
 */
void route_run(const struct route *route, struct app *app, struct request *request,
               struct response *response);
/* A refusal, told as those who use this address read it. */
void route_problem(const struct request *request, const struct result *result,
                   struct response *response);
void route_finish(struct app *app, const struct request *request, struct response *response);

size_t route_count(void);
const struct route *route_at(size_t index);
