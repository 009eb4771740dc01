/*
 * config.h - what the service is told when it starts: where its data is, where it listens.
 */
#pragma once

#include <stdbool.h>

#include "base/result.h"

struct config {
    const char *data;      /* the folder with database, keys and last checkpoint */
    const char *web;       /* the folder of the pages */
    const char *host;      /* address to listen on */
    const char *origin;    /* of the log; "": what the log key file says */
    const char *url;       /* public base address, without a slash at its end */
    const char *witnesses; /* file with one witness a line, or "" */
    const char *logs;      /* of a witness: policy file whose logs it watches */
    const char *output;    /* of backup */
    const char *smtp;      /* smtp://HOST:PORT for reminders, or "" */
    const char *mail_from; /* the address they come from, or "" */
    const char *proxy;     /* address of the one that forwards requests to us, or "" */
    unsigned port;
    unsigned threads; /* that speak HTTP: 2 or more */
    bool verbose;     /* a journal line for every request, not only for writes and failures */
    char own_url[80]; /* home of `url` if none was given */
};

/* Defaults, and the address for pages if --url is not given. */
void config_default(struct config *out);
/*
 * Reads --data, --web, --host, --port, --origin, --url, --threads, --witnesses, --logs, --output,
 * --smtp, --mail-from, --proxy and --verbose; values are views into argv. MALFORMED
 * "config.option", `at` the argument's place; MALFORMED "config.mail", "config.proxy".
 */
MUST_CHECK struct result config_parse(int argc, char **argv, struct config *out);
