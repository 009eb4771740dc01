/*
 * app.h - the running service: what main composes and every handler is given.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/config.h"
#include "server/deposit.h"

struct documents;
struct mail;
struct reminder;
struct jobs;
struct http;
struct pages;
struct pipeline;
struct press;
struct rates;
struct readers;
struct sequencer;
struct tiles;
struct witness;
struct witness_client;
struct nonces;
struct identity;
struct intake;
struct forms;

struct app {
    const struct config *config;
    const struct identity *identity; /* origin and keys of log and service */
    struct readers *readers;         /* read-only connections */
    struct sequencer *sequencer;     /* the only writer */
    struct pipeline *pipeline;       /* checks before it */
    struct pages *pages;             /* files of web/ */
    struct tiles *tiles;             /* files of the log */
    struct nonces *nonces;           /* challenges not yet answered */
    struct rates *rates;             /* how much each address has asked for */
    struct documents *documents;     /* files that statements name */
    struct jobs *jobs;               /* what takes long */
    struct press *press;             /* sheets as PDF */
    struct http *http;
    struct witness_client *witnesses;
    struct mail *mail; /* NULL unless there is a mail server */
    struct reminder *reminder;
    struct intake *intake;
    struct forms *forms; /* without scripts, as they come in */
    struct deposit_place deposits;
    struct witness
        *witness; /* not NULL: this is a witness and no service; only `http` is there too */
};

#define APP_PATH_SIZE 512
/* The path of a file in the data folder; MALFORMED "config.data". */
MUST_CHECK struct result app_path(const struct config *config, const char *name,
                                  char out[static APP_PATH_SIZE]);

/*
 * Everything but the listening: for tests, which run handlers themselves.
 */
MUST_CHECK struct result app_open(const struct config *config, struct app **out);
/*
 * Opens the data folder (made by app_create), checks the log, starts the writer and listens.
 * Says in the journal what is wrong if it fails.
 */
MUST_CHECK struct result app_start(const struct config *config, struct app **out);
/* Stops listening, finishes what was begun, closes. NULL is allowed. */
void app_stop(struct app *app);

/*
 * Makes the folder, the log key and service key files and an empty database. CONFLICT
 * "config.exists" if there is a key already. Appends the log's vkey and the service key.
 */
MUST_CHECK struct result app_create(const struct config *config, struct buffer *vkey,
                                    struct buffer *service_key);
/* app_start, waits for SIGTERM or SIGINT, app_stop. */
MUST_CHECK struct result app_run(const struct config *config);
/* The same for a witness of the logs that `config->logs` names. NOT_FOUND "config.logs". */
MUST_CHECK struct result app_run_witness(const struct config *config);
MUST_CHECK struct result app_open_witness(const struct config *config, struct app **out);
