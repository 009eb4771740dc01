#include "server/witness_client.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "record/journal.h"
#include "server/clock.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/trace.h"
#include "verifier/fetch.h"

#define RENEW_SECONDS 240
#define RETRY_SECONDS 15
#define ATTEMPTS      3
#define POLICY_SIZE   65536
#define URL_SIZE      512

struct witness_client {
    struct readers *readers;
    struct sequencer *sequencer;
    struct buffer text; /* of the policy */
    struct policy policy;
    struct witness_peer peers[POLICY_WITNESSES_MAX];
    pthread_mutex_t lock;
    pthread_cond_t stopped;
    bool stopping;
    bool running;
    pthread_t thread;
};

const struct policy *witness_client_policy(const struct witness_client *client)
{
    return client ? &client->policy : 0;
}

/* --- one exchange --- */

static struct result write_request(struct readers *readers, const struct merkle_head *head,
                                   struct bytes checkpoint, uint64_t old_size, struct buffer *out)
{
    struct witness_request request = {.old_size = old_size, .checkpoint = checkpoint};
    AUTO_READER reader = READER_INIT;
    struct merkle_source source;

    TRY(readers_lend(readers, &reader));
    source = journal_source(reader.record);
    if (old_size > 0) {
        TRY(merkle_prove_consistency(&source, old_size, head->size, &request.proof));
    }
    return witness_request_write(&request, out);
}

static struct result ask_once(const struct witness_carrier *carrier, struct witness_peer *peer,
                              struct bytes request, struct bytes text, struct buffer *lines,
                              struct witness_reaction *out)
{
    AUTO_BUFFER body = BUFFER_INIT;
    struct witness_answer answer;
    char url[URL_SIZE];

    snprintf(url, sizeof url, "%.*s/add-checkpoint", (int)peer->url.size,
             (const char *)peer->url.data);
    TRY(carrier->send(carrier->context, url, request, &answer.status, &body));
    answer.body = buffer_view(&body);
    return witness_react(&answer, &peer->key, text, lines, out);
}

static struct bytes three_lines(struct bytes checkpoint)
{
    return bytes_slice(checkpoint, 0, text_find(checkpoint, LITERAL("\n\n")) + 1);
}

static struct result publish(struct sequencer *sequencer, struct witness_peer *peer, uint64_t size,
                             const struct buffer *lines)
{
    peer->size = size;
    peer->renewed = clock_now();
    return sequencer_cosign(sequencer, size, buffer_view(lines));
}

struct result witness_ask(struct sequencer *sequencer, struct readers *readers,
                          const struct witness_carrier *carrier, struct witness_peer *peer,
                          enum witness_action *action)
{
    struct merkle_head head;
    AUTO_BLOB *checkpoint = sequencer_checkpoint(sequencer, &head);
    struct witness_reaction reaction = {.action = WITNESS_PROVE_AGAIN, .size = peer->size};

    for (int i = 0; i < ATTEMPTS && reaction.action == WITNESS_PROVE_AGAIN; i++) {
        AUTO_BUFFER request = BUFFER_INIT;
        AUTO_BUFFER lines = BUFFER_INIT;

        TRY(write_request(readers, &head, blob_view(checkpoint), reaction.size, &request));
        TRY(ask_once(carrier, peer, buffer_view(&request), three_lines(blob_view(checkpoint)),
                     &lines, &reaction));
        if (reaction.action == WITNESS_ADD) {
            TRY(publish(sequencer, peer, head.size, &lines));
        }
    }
    *action = reaction.action;
    return OK;
}

/* --- the thread --- */

static struct result send_by_http(void *context, const char *url, struct bytes request,
                                  unsigned *status, struct buffer *body)
{
    const struct fetch_request post = {.url = url, .body = request, .is_post = true};
    struct fetch_answer answer = {.status = 0};
    const struct result sent = fetch_send(context, &post, &answer);

    *status = (unsigned)answer.status;
    buffer_free(body);
    *body = answer.body; /* transferred */
    return sent;
}

static bool is_due(struct witness_client *client, const struct witness_peer *peer, uint64_t now)
{
    struct merkle_head head;

    sequencer_head(client->sequencer, &head);
    return head.size > 0 && now >= peer->retry &&
           (head.size != peer->size || now >= peer->renewed + RENEW_SECONDS);
}

/* What each answer but a good one is called in the journal. */
static const char *const ALARMS[] = {
    [WITNESS_PROVE_AGAIN] = "a witness changes its mind about the size it holds",
    [WITNESS_STOP_ROLLBACK] = "a witness holds more than we do: nothing is written any more",
    [WITNESS_STOP_FORK] = "a witness holds another history: nothing is written any more",
    [WITNESS_ALARM_KEY] = "a witness does not know our key",
    [WITNESS_ALARM_ORIGIN] = "a witness does not know our log",
    [WITNESS_ALARM_BUG] = "a witness does not understand us",
    [WITNESS_ALARM_ANSWER] = "a witness answers without its signature",
    [WITNESS_TRY_LATER] = "a witness does not answer",
};

static void ask_peer(struct witness_client *client, const struct witness_carrier *carrier,
                     struct witness_peer *peer)
{
    enum witness_action action = WITNESS_TRY_LATER;
    const struct result asked =
        witness_ask(client->sequencer, client->readers, carrier, peer, &action);

    if (is_ok(asked) && action == WITNESS_ADD) {
        return;
    }
    trace_event(ALARMS[action], &asked);
    peer->retry = clock_now() + RETRY_SECONDS;
    if (action == WITNESS_STOP_ROLLBACK || action == WITNESS_STOP_FORK) {
        sequencer_halt(client->sequencer);
    }
}

static bool wait_a_second(struct witness_client *client)
{
    struct timespec until;
    bool going;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_mutex_lock(&client->lock);
    if (!client->stopping) {
        pthread_cond_timedwait(&client->stopped, &client->lock, &until);
    }
    going = !client->stopping;
    pthread_mutex_unlock(&client->lock);
    return going;
}

static void *ask_witnesses(void *context)
{
    struct witness_client *const client = context;
    AUTO_FETCH *fetch = 0;
    struct witness_carrier carrier = {.send = send_by_http};
    const struct result opened = fetch_open(&fetch);

    if (!is_ok(opened)) {
        trace_event("witnesses are not asked", &opened);
        return 0;
    }
    carrier.context = fetch;
    while (wait_a_second(client)) {
        for (size_t i = 0; i < client->policy.witness_count; i++) {
            if (is_due(client, &client->peers[i], clock_now())) {
                ask_peer(client, &carrier, &client->peers[i]);
            }
        }
    }
    return 0;
}

static struct result read_policy(const char *path, struct buffer *out)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got;

    REQUIRE(file >= 0, NOT_FOUND, "config.witnesses");
    got = is_ok(buffer_reserve(out, POLICY_SIZE)) ? read(file, out->data, POLICY_SIZE) : -1;
    close(file);
    REQUIRE(got >= 0, NOT_FOUND, "config.witnesses");
    out->size = (size_t)got;
    return OK;
}

static struct result open_client(struct witness_client *client, const char *policy_file)
{
    TRY(read_policy(policy_file, &client->text));
    TRY(policy_parse(buffer_view(&client->text), &client->policy));
    for (size_t i = 0; i < client->policy.witness_count; i++) {
        const struct policy_witness *const witness = &client->policy.witnesses[i];

        client->peers[i] = (struct witness_peer){.url = witness->url, .key = witness->key};
    }
    client->running = pthread_create(&client->thread, 0, ask_witnesses, client) == 0;
    REQUIRE(client->running, OUT_OF_MEMORY, "service.memory");
    return OK;
}

struct result witness_client_start(const char *policy_file, struct readers *readers,
                                   struct sequencer *sequencer, struct witness_client **out)
{
    struct witness_client *const client = calloc(1, sizeof *client);
    struct result opened;

    REQUIRE(client, OUT_OF_MEMORY, "service.memory");
    client->readers = readers;
    client->sequencer = sequencer;
    pthread_mutex_init(&client->lock, 0);
    pthread_cond_init(&client->stopped, 0);
    opened = open_client(client, policy_file);
    if (!is_ok(opened)) {
        witness_client_stop(client);
        return opened;
    }
    *out = client;
    return OK;
}

void witness_client_stop(struct witness_client *client)
{
    if (!client) {
        return;
    }
    if (client->running) {
        pthread_mutex_lock(&client->lock);
        client->stopping = true;
        pthread_cond_signal(&client->stopped);
        pthread_mutex_unlock(&client->lock);
        pthread_join(client->thread, 0);
    }
    pthread_cond_destroy(&client->stopped);
    pthread_mutex_destroy(&client->lock);
    buffer_free(&client->text);
    free(client);
}
