/*
 * exchange.h - one request and its response, as handlers see them: no sockets, no library.
 *
 * A handler parses, loads, decides, commits and answers. What has to pass the writer is not
 * waited for: the handler leaves a ticket in the response; whoever carries the exchange (http.c,
 * a test) submits it and calls `finish` once the ticket is done. A job is carried the same way.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "server/blob.h"
#include "server/job.h"
#include "server/rates.h"

struct app;
struct response;
struct stream;
struct ticket;

enum method {
    METHOD_GET, /* and HEAD */
    METHOD_POST,
    METHOD_PUT,
    METHOD_DELETE,
};

/* All views live as long as the exchange. */
struct request {
    enum method method;
    struct bytes path;     /* decoded, without the query */
    struct bytes tail;     /* what stands behind the route's path */
    struct bytes argument; /* the query's `text`, decoded */
    struct bytes version;  /* the query's `version`: see request_version */
    struct bytes language; /* the query's `lang` */
    struct bytes body;
    uint64_t announced;      /* size of the body as Content-Length says; 0 if it says nothing */
    struct bytes cookie;     /* value of the cookie `session`, or empty */
    struct bytes invitation; /* header X-Invitation */
    struct bytes accept_encoding;
    struct bytes if_none_match;
    struct bytes range;          /* header Content-Range */
    struct bytes upload;         /* header X-Upload */
    const struct stream *stream; /* that took the body, or NULL */
    struct bytes work;           /* header X-Work */
    struct address address;      /* who asks */
    enum cost cost;              /* what it was let in for */
    uint64_t ticks;              /* clock_ticks */
    uint64_t now;                /* seconds since 1970 */
    char person[RECORD_ID_SIZE]; /* whose session it is; "" if none */
};

enum caching {
    CACHE_NEVER,      /* no-store */
    CACHE_BRIEFLY,    /* a few seconds */
    CACHE_REVALIDATE, /* no-cache, with the ETag */
    CACHE_FOREVER,    /* immutable */
};

typedef struct result handler(struct app *app, const struct request *request,
                              struct response *response);

/* A piece of a field of a form. The pieces of a field come in order, and of one field at a time. */
struct form_piece {
    struct bytes name; /* of the field */
    bool is_file;
    struct bytes file; /* its name as the browser gives it, maybe empty */
    bool begins;       /* it is the field's first piece; there may be a second one if it is empty */
    struct bytes data;
};

/* Takes a body piece by piece, so that it never stands in memory. */
struct stream {
    struct result (*take)(void *context, struct bytes piece);
    /* Instead of take: the body is a form, multipart or urlencoded, and its fields are taken. */
    struct result (*field)(void *context, const struct form_piece *piece);
    void (*close)(void *context); /* also if the body never came to its end */
    void *context;
};
/* Runs on the headers alone; what it refuses is not received. */
typedef struct result stream_opener(struct app *app, const struct request *request,
                                    struct stream *out);

#define RESPONSE_NO_INDEX UINT64_MAX
#define RESPONSE_NO_FILE  (-1)

struct response {
    unsigned status;
    const char *content_type; /* static */
    const char *encoding;     /* static: "br", "gzip" or NULL */
    const char *disposition;  /* static: Content-Disposition, or NULL */
    const char *policy;       /* static: Content-Security-Policy, or NULL for that of pages */
    enum caching caching;
    bool secret; /* the body is wiped once it is sent */
    struct buffer body;
    struct blob *blob; /* instead of body */
    int file;          /* descriptor, instead of body, or RESPONSE_NO_FILE */
    uint64_t file_size;
    char etag[40];        /* with its quotes; "" if none */
    char cookie[160];     /* Set-Cookie; "" if none */
    char allow[32];       /* Allow, of an address that takes other methods; "" if none */
    uint64_t log_index;   /* X-Log-Index, or RESPONSE_NO_INDEX */
    unsigned retry_after; /* seconds; 0: no such header */
    const char *rule;     /* of a refusal, for the journal */
    struct ticket *ticket;
    struct job job; /* instead of a ticket, if it has work */
    handler *finish;
};

#define RESPONSE_INIT                                               \
    {                                                               \
        .status = 200, .content_type = "text/plain; charset=utf-8", \
        .log_index = RESPONSE_NO_INDEX, .file = RESPONSE_NO_FILE    \
    }
#define AUTO_RESPONSE __attribute__((cleanup(response_free))) struct response

/* The version that is asked for, from 1; 0 if none is. INVALID "service.version". */
MUST_CHECK struct result request_version(const struct request *request, uint64_t *out);

/* By the word of HTTP; false if the service knows no such method. */
bool method_read(const char *word, enum method *out);

void response_free(struct response *response);
/* 304 and no body, if the client has this one already. */
void response_drop_known(struct response *response, struct bytes if_none_match);
/* Back to RESPONSE_INIT, keeping ticket and job. */
void response_reset(struct response *response);
/* Takes over the body. `content_type` is static. */
void response_take(struct response *response, const char *content_type, struct buffer *body);
