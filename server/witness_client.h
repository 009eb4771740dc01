/*
 * witness_client.h - asks witnesses to cosign the checkpoint, on a thread of its own.
 *
 * A file in tlog-policy form names them (`log <our vkey>`, then lines
 * `witness <name> <vkey> <url>`). Each is asked when the log
 * has grown and every few minutes; its line is added to the published checkpoint. A witness that
 * holds another history than ours stops all writing. tlog-witness, log-formats 3.9.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "log/policy.h"
#include "log/witness.h"

struct readers;
struct sequencer;
struct witness_client;

/* How a request gets to a witness: HTTP, or a test. Replaces *body by the answer's body. */
struct witness_carrier {
    void *context;
    struct result (*send)(void *context, const char *url, struct bytes request, unsigned *status,
                          struct buffer *body);
};

/* The witness as the log knows it. */
struct witness_peer {
    struct bytes url;
    struct vkey key;
    uint64_t size;    /* of what it cosigned last, as far as we know */
    uint64_t renewed; /* when we added its line */
    uint64_t retry;   /* not before */
};

/*
 * One exchange, with the witness's size asked for again where it differs. `*action` is what came
 * of it at last; on WITNESS_ADD the line has been published.
 */
MUST_CHECK struct result witness_ask(struct sequencer *sequencer, struct readers *readers,
                                     const struct witness_carrier *carrier,
                                     struct witness_peer *peer, enum witness_action *action);

/* NOT_FOUND "config.witnesses" if there is no such file, else as policy_parse. */
MUST_CHECK struct result witness_client_start(const char *policy_file, struct readers *readers,
                                              struct sequencer *sequencer,
                                              struct witness_client **out);
void witness_client_stop(struct witness_client *client); /* NULL is allowed */
/* The witnesses that are asked; NULL if `client` is. */
const struct policy *witness_client_policy(const struct witness_client *client);
