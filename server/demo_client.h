/*
 * demo_client.h - a helper of the demonstration as a client: the same public interface as anybody.
 *
 * It follows the log, verifying every entry, and hands in notes. It knows nothing the service tells
 * only itself.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "pen/device.h"
#include "verifier/fetch.h"
#include "verifier/replay.h"

struct client {
    char url[256];
    struct fetch *fetch;
    struct replay *replay;
    struct buffer origin;
    uint8_t log_key[32];
    uint8_t service_key[32];
};

/* `url` without a slash at its end. Waits up to a minute for the service to answer. */
MUST_CHECK struct result client_open(const char *url, struct client *out);
void client_close(struct client *client);

/* Takes over what is new in the log. */
MUST_CHECK struct result client_sync(struct client *client);
struct record *client_record(struct client *client);

/* Hands in a note; `token` is of an invitation or NULL. A refusal is told on standard error. */
MUST_CHECK struct result client_post(struct client *client, struct bytes note, const char *token);

/* Signs in to read: *cookie receives the header line that says so. */
MUST_CHECK struct result client_sign_in(struct client *client, const struct device *device,
                                        char cookie[static 300]);

struct client_invitation {
    struct bytes note; /* person.invite */
    struct bytes name;
    const uint8_t *salt; /* 32 bytes */
};
/* POST /api/invitations: *token replaced by the invitation's token. */
MUST_CHECK struct result client_invite(struct client *client, const char *cookie,
                                       const struct client_invitation *invitation,
                                       struct buffer *token);

struct client_opening {
    const char *type;
    const char *label;
    struct bytes value;
    const uint8_t *salt;            /* 32 bytes */
    const struct hash32 *statement; /* SHA-256 of its text */
};
MUST_CHECK struct result client_open_hidden(struct client *client,
                                            const struct client_opening *opening);

/* A keeper's share of a sealed identity for its reader: POST /api/shares in the keeper's session.
 */
struct client_share {
    const struct hash32 *document;
    const char *reader;
    struct bytes sealed; /* to the reader's key */
};
MUST_CHECK struct result client_hand_share(struct client *client, const char *cookie,
                                           const struct client_share *share);

/* The document of a report, a part of an objection: PUT /api/documents/<hex>, and whether it lies
 * there whole. */
MUST_CHECK struct result client_put_document(struct client *client, struct bytes document);
MUST_CHECK struct result client_has_document(struct client *client, const struct hash32 *file,
                                             bool *out);
