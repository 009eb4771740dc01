#include "server/demo_client.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "base/text.h"
#include "log/checkpoint.h"
#include "log/entry.h"
#include "log/tile.h"
#include "pen/acts.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "server/envelope.h"

#define URL_SIZE      1024
#define WAIT_ROUNDS   300
#define WAIT_NANO     200000000L
#define HTTP_OK       200
#define HTTP_CREATED  201
#define HTTP_ACCEPTED 202
#define HTTP_NOTHING  204

static struct result get(struct client *client, const char *path, struct buffer *out)
{
    char url[URL_SIZE];

    (void)snprintf(url, sizeof url, "%s%s", client->url, path);
    return fetch_get(client->fetch, url, out);
}

static struct result read_key(const struct envelope_input *input, const char *key,
                              uint8_t out[static 32])
{
    struct bytes text;

    TRY(envelope_get(input, key, &text));
    return base64_decode_fixed(text, out, 32);
}

static struct result read_pin(struct client *client, struct bytes json)
{
    AUTO_INPUT input = {0};
    struct bytes text;
    struct vkey vkey;

    TRY(envelope_read(json, &input));
    TRY(envelope_get(&input, "origin", &text));
    TRY(buffer_append(&client->origin, text));
    TRY(envelope_get(&input, "vkey", &text));
    TRY(vkey_parse(text, &vkey));
    memcpy(client->log_key, vkey.key.bytes, sizeof client->log_key);
    return read_key(&input, "service_key", client->service_key);
}

static struct result wait_for_service(struct client *client, struct buffer *pin)
{
    const struct timespec pause = {0, WAIT_NANO};

    for (int round = 0; round < WAIT_ROUNDS; round++) {
        if (is_ok(get(client, "/api/pin", pin))) {
            return OK;
        }
        (void)nanosleep(&pause, NULL);
    }
    return fail(NOT_FOUND, "fetch.failed");
}

struct result client_open(const char *url, struct client *out)
{
    AUTO_BUFFER pin = BUFFER_INIT;

    *out = (struct client){.origin = BUFFER_INIT};
    (void)snprintf(out->url, sizeof out->url, "%s", url);
    TRY(fetch_open(&out->fetch));
    TRY(replay_open(0, &out->replay));
    TRY(wait_for_service(out, &pin));
    return read_pin(out, buffer_view(&pin));
}

void client_close(struct client *client)
{
    fetch_close(client->fetch);
    replay_close(client->replay);
    buffer_free(&client->origin);
}

struct record *client_record(struct client *client)
{
    return replay_record(client->replay);
}

/* The size of the log, from its checkpoint; 0 before there is one. */
static struct result read_size(struct client *client, uint64_t *size)
{
    AUTO_BUFFER note = BUFFER_INIT;
    struct signed_note parsed;
    struct checkpoint checkpoint;

    *size = 0;
    if (!is_ok(get(client, "/log/checkpoint", &note))) {
        return OK;
    }
    TRY(signed_note_parse(buffer_view(&note), &parsed));
    TRY(checkpoint_parse(parsed.text, &checkpoint));
    *size = checkpoint.head.size;
    return OK;
}

static struct result take_bundle(struct client *client, struct bytes bundle, uint64_t skip)
{
    struct bytes entry;

    for (uint64_t i = 0; bundle.size > 0; i++) {
        TRY(bundle_next(&bundle, &entry));
        if (i >= skip) {
            TRY(replay_entry(client->replay, entry));
        }
    }
    return OK;
}

struct result client_sync(struct client *client)
{
    AUTO_BUFFER path = BUFFER_INIT;
    AUTO_BUFFER bundle = BUFFER_INIT;
    struct merkle_head head;
    uint64_t size;

    TRY(read_size(client, &size));
    TRY(journal_load_head(client_record(client), &head));
    while (head.size < size) {
        struct tile tile = {.kind = TILE_ENTRIES, .index = head.size / TILE_WIDTH};
        const char *text;

        tile.width = tile_width(size, 0, tile.index);
        buffer_clear(&path);
        TRY(buffer_append_text(&path, "/log/"));
        TRY(tile_path_write(&tile, &path));
        TRY(buffer_terminate(&path, &text));
        TRY(get(client, text, &bundle));
        TRY(take_bundle(client, buffer_view(&bundle), head.size % TILE_WIDTH));
        TRY(journal_load_head(client_record(client), &head));
    }
    return OK;
}

/* Sends and takes the answer; any status but those of success is told and is a failure. */
static struct result send(struct client *client, const char *path, struct fetch_request request,
                          struct fetch_answer *answer)
{
    char url[URL_SIZE];

    (void)snprintf(url, sizeof url, "%s%s", client->url, path);
    request.url = url;
    TRY(fetch_send(client->fetch, &request, answer));
    if (answer->status == HTTP_OK || answer->status == HTTP_CREATED ||
        answer->status == HTTP_ACCEPTED || answer->status == HTTP_NOTHING) {
        return OK;
    }
    (void)fprintf(stderr, "demo: %s: %ld %.*s\n", path, answer->status, (int)answer->body.size,
                  (const char *)answer->body.data);
    return fail(INVALID, "demo.refused");
}

static void answer_free(struct fetch_answer *answer)
{
    buffer_free(&answer->body);
}

#define AUTO_ANSWER __attribute__((cleanup(answer_free))) struct fetch_answer

struct result client_post(struct client *client, struct bytes note, const char *token)
{
    AUTO_ANSWER answer = {.status = 0};
    char header[256];

    (void)snprintf(header, sizeof header, "X-Invitation: %s", token == NULL ? "" : token);
    return send(client, "/api/entries",
                (struct fetch_request){
                    .body = note, .is_post = true, .header = token == NULL ? NULL : header},
                &answer);
}

static struct result read_challenge(struct bytes json, uint8_t nonce[static 16], int64_t *now)
{
    AUTO_INPUT input = {0};
    struct bytes text;

    TRY(envelope_read(json, &input));
    TRY(envelope_get(&input, "nonce", &text));
    TRY(base64_decode_fixed(text, nonce, 16));
    TRY(envelope_get(&input, "time", &text));
    return text_parse_time(text, now);
}

struct result client_sign_in(struct client *client, const struct device *device,
                             char cookie[static 300])
{
    AUTO_BUFFER challenge = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_ANSWER answer = {.status = 0};
    uint8_t nonce[16];
    int64_t now;

    TRY(get(client, "/api/challenge", &challenge));
    TRY(read_challenge(buffer_view(&challenge), nonce, &now));
    TRY(act_session(device, nonce, now, &text));
    TRY(device_note(device, buffer_view(&text), &note));
    TRY(send(client, "/api/sessions",
             (struct fetch_request){.body = buffer_view(&note), .is_post = true}, &answer));
    (void)snprintf(cookie, 300, "Cookie: %s", answer.cookie);
    return OK;
}

static struct result send_json(struct client *client, const char *path, const char *header,
                               struct envelope *envelope, struct fetch_answer *answer)
{
    AUTO_BUFFER json = BUFFER_INIT;

    TRY(envelope_write(envelope, &json));
    return send(client, path,
                (struct fetch_request){.body = buffer_view(&json),
                                       .is_post = true,
                                       .content_type = "application/json",
                                       .header = header},
                answer);
}

struct result client_invite(struct client *client, const char *cookie,
                            const struct client_invitation *invitation, struct buffer *token)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_ANSWER answer = {.status = 0};
    AUTO_INPUT input = {0};
    struct bytes text;

    envelope_begin(&envelope);
    envelope_text(&envelope, "note", invitation->note);
    envelope_text(&envelope, "name", invitation->name);
    envelope_base64(&envelope, "salt", (struct bytes){invitation->salt, 32});
    TRY(send_json(client, "/api/invitations", cookie, &envelope, &answer));
    TRY(envelope_read(buffer_view(&answer.body), &input));
    TRY(envelope_get(&input, "token", &text));
    buffer_clear(token);
    return buffer_append(token, text);
}

struct result client_open_hidden(struct client *client, const struct client_opening *opening)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_ANSWER answer = {.status = 0};

    envelope_begin(&envelope);
    envelope_string(&envelope, "type", opening->type);
    envelope_string(&envelope, "label", opening->label);
    envelope_base64(&envelope, "salt", (struct bytes){opening->salt, 32});
    envelope_text(&envelope, "value", opening->value);
    envelope_hex(&envelope, "statement", BYTES(opening->statement->bytes));
    return send_json(client, "/api/openings", NULL, &envelope, &answer);
}

struct result client_hand_share(struct client *client, const char *cookie,
                                const struct client_share *share)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    AUTO_ANSWER answer = {.status = 0};

    envelope_begin(&envelope);
    envelope_hex(&envelope, "document", BYTES(share->document->bytes));
    envelope_string(&envelope, "reader", share->reader);
    envelope_base64(&envelope, "sealed", share->sealed);
    return send_json(client, "/api/shares", cookie, &envelope, &answer);
}

static struct result document_path(const struct hash32 *file, const char *tail, struct buffer *out,
                                   const char **path)
{
    TRY(buffer_append_text(out, "/api/documents/"));
    TRY(hex_append(out, BYTES(file->bytes)));
    TRY(buffer_append_text(out, tail));
    return buffer_terminate(out, path);
}

struct result client_put_document(struct client *client, struct bytes document)
{
    const struct hash32 file = sha256_of(document);
    AUTO_BUFFER path = BUFFER_INIT;
    AUTO_ANSWER answer = {.status = 0};
    const char *text;

    TRY(document_path(&file, "", &path, &text));
    return send(client, text, (struct fetch_request){.body = document, .is_put = true}, &answer);
}

struct result client_has_document(struct client *client, const struct hash32 *file, bool *out)
{
    AUTO_BUFFER path = BUFFER_INIT;
    AUTO_BUFFER json = BUFFER_INIT;
    const char *text;

    TRY(document_path(file, "/state", &path, &text));
    TRY(get(client, text, &json));
    *out = text_find(buffer_view(&json), LITERAL("\"complete\":true")) != SIZE_MAX;
    return OK;
}
