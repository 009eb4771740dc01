#include "server/witness.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "log/policy.h"
#include "log/signed_note.h"
#include "primitive/hash.h"
#include "server/key_file.h"
#include "verifier/file.h"

#define PATH_SIZE 512
#define HEX_SIZE  65 /* of a SHA-256, with its end */

/* A log that is watched. */
struct watched {
    struct vkey key;
    char name[HEX_SIZE];     /* SHA-256 of the origin: the file's name, and what monitors ask for */
    struct merkle_head head; /* last cosigned; size 0 if none */
    struct buffer note;      /* that checkpoint with our line, as it stands on disk */
};

struct witness {
    char folder[PATH_SIZE];
    struct vkey key;
    struct secret_key secret;
    pthread_mutex_t lock; /* over every head and note: decide, store and sign are one step */
    struct watched logs[POLICY_LOGS_MAX];
    size_t log_count;
};

static struct result print_path(const char *folder, const char *name, const char *ending,
                                char out[static PATH_SIZE])
{
    const int size = snprintf(out, PATH_SIZE, "%s/%s%s", folder, name, ending);

    REQUIRE(size > 0 && size < PATH_SIZE, MALFORMED, "config.data");
    return OK;
}

struct result witness_create(const char *folder, struct bytes name, struct buffer *vkey)
{
    SECRET_KEY secret;
    struct vkey key;
    char path[PATH_SIZE];

    TRY(print_path(folder, "witness", ".key", path));
    TRY(file_make_folders(path));
    TRY(key_file_create(path, name, VKEY_COSIGNATURE));
    TRY(key_file_load(path, VKEY_COSIGNATURE, &key, &secret));
    return vkey_write(&key, vkey);
}

/* --- opening --- */

static struct result load_watched(const struct witness *witness, struct watched *log)
{
    char path[PATH_SIZE];
    struct checkpoint checkpoint;
    struct result found;

    TRY(print_path(witness->folder, log->name, ".checkpoint", path));
    found = file_read(path, &log->note);
    if (found.failure == NOT_FOUND) {
        return OK;
    }
    TRY(found);
    REQUIRE(is_ok(checkpoint_open(buffer_view(&log->note), &log->key, &checkpoint)), INVALID,
            "witness.kept");
    log->head = checkpoint.head;
    return OK;
}

static struct result watch(struct witness *witness, const struct vkey *key)
{
    struct watched *const log = &witness->logs[witness->log_count++];
    const struct hash32 origin = sha256_of(vkey_name(key));
    AUTO_BUFFER hex = BUFFER_INIT;

    log->key = *key;
    log->head.root = merkle_empty_root();
    TRY(hex_append(&hex, BYTES(origin.bytes)));
    memcpy(log->name, hex.data, hex.size);
    return load_watched(witness, log);
}

static struct result watch_all(struct witness *witness, struct bytes logs)
{
    struct policy policy;

    TRY(policy_parse(logs, &policy));
    for (size_t i = 0; i < policy.log_count; i++) {
        TRY(watch(witness, &policy.logs[i].key));
    }
    return OK;
}

struct result witness_open(const char *folder, struct bytes logs, struct witness **out)
{
    AUTO_WITNESS *witness = calloc(1, sizeof *witness);
    char path[PATH_SIZE];

    REQUIRE(witness != NULL, OUT_OF_MEMORY, "memory");
    pthread_mutex_init(&witness->lock, NULL);
    TRY(print_path(folder, "", "", witness->folder));
    TRY(print_path(folder, "witness", ".key", path));
    TRY(key_file_load(path, VKEY_COSIGNATURE, &witness->key, &witness->secret));
    TRY(watch_all(witness, logs));
    *out = witness;
    witness = NULL; /* transferred */
    return OK;
}

void witness_close(struct witness *witness)
{
    if (witness == NULL) {
        return;
    }
    secret_key_wipe(&witness->secret);
    for (size_t i = 0; i < witness->log_count; i++) {
        buffer_free(&witness->logs[i].note);
    }
    pthread_mutex_destroy(&witness->lock);
    free(witness);
}

void witness_close_scope(struct witness **witness)
{
    witness_close(*witness);
}

const struct vkey *witness_key(const struct witness *witness)
{
    return &witness->key;
}

/* --- cosigning --- */

/* The log that the checkpoint's first line names; NULL if it is none of ours. */
static struct watched *find_by_origin(struct witness *witness, struct bytes checkpoint)
{
    const struct bytes origin = text_cut(&checkpoint, '\n');

    for (size_t i = 0; i < witness->log_count; i++) {
        if (bytes_equal(vkey_name(&witness->logs[i].key), origin)) {
            return &witness->logs[i];
        }
    }
    return NULL;
}

/* What is stored is what was given: the log's own line may have strangers' lines beside it. */
static struct result print_note(const struct signed_note *note, struct bytes line,
                                struct buffer *out)
{
    TRY(buffer_append(out, note->text));
    TRY(buffer_append_text(out, "\n"));
    TRY(buffer_append(out, note->lines));
    return buffer_append(out, line);
}

/* On disk first, then in memory, then out of the house. */
static struct result keep(struct witness *witness, struct watched *log,
                          const struct merkle_head *head, struct buffer *note)
{
    char path[PATH_SIZE];

    TRY(print_path(witness->folder, log->name, ".checkpoint", path));
    TRY(file_write(path, buffer_view(note)));
    buffer_free(&log->note);
    log->note = *note;
    log->head = *head;
    *note = (struct buffer)BUFFER_INIT; /* transferred */
    return OK;
}

static struct result cosign(struct witness *witness, struct watched *log,
                            const struct witness_request *request, const struct merkle_head *head,
                            uint64_t now, struct buffer *answer)
{
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER kept = BUFFER_INIT;
    struct signed_note note;

    TRY(signed_note_parse(request->checkpoint, &note));
    TRY(cosignature_append(&line, note.text, &witness->key, &witness->secret, now));
    TRY(print_note(&note, buffer_view(&line), &kept));
    TRY(keep(witness, log, head, &kept));
    return buffer_append(answer, buffer_view(&line));
}

static const char *word_of(enum witness_status status)
{
    switch (status) {
    case WITNESS_FORBIDDEN:
        return "not signed by the log's key\n";
    case WITNESS_UNKNOWN_ORIGIN:
        return "not a log of ours\n";
    case WITNESS_UNPROVEN:
        return "does not continue what was cosigned\n";
    case WITNESS_OK:
    case WITNESS_CONFLICT:
    case WITNESS_BAD_REQUEST:
        break;
    }
    return "not a request of tlog-witness\n";
}

static struct result refuse(const struct watched *log, enum witness_status status,
                            struct buffer *answer)
{
    if (status != WITNESS_CONFLICT) {
        return buffer_append_text(answer, word_of(status));
    }
    TRY(buffer_append_decimal(answer, log->head.size));
    return buffer_append_text(answer, "\n");
}

/* The lock is held. */
static struct result decide(struct witness *witness, struct watched *log,
                            const struct witness_request *request, uint64_t now,
                            enum witness_status *out_status, struct buffer *answer)
{
    struct checkpoint checkpoint;

    *out_status = witness_decide(request, &log->key, &log->head, &checkpoint);
    if (*out_status != WITNESS_OK) {
        return refuse(log, *out_status, answer);
    }
    return cosign(witness, log, request, &checkpoint.head, now, answer);
}

struct result witness_add_checkpoint(struct witness *witness, struct bytes body, uint64_t now,
                                     enum witness_status *out_status, struct buffer *answer)
{
    struct witness_request request;
    struct watched *log;
    struct result result;

    *out_status = WITNESS_BAD_REQUEST;
    if (!is_ok(witness_request_parse(body, &request))) {
        return buffer_append_text(answer, word_of(*out_status));
    }
    log = find_by_origin(witness, request.checkpoint);
    if (log == NULL) {
        *out_status = WITNESS_UNKNOWN_ORIGIN;
        return buffer_append_text(answer, word_of(*out_status));
    }
    pthread_mutex_lock(&witness->lock);
    result = decide(witness, log, &request, now, out_status, answer);
    pthread_mutex_unlock(&witness->lock);
    return result;
}

struct result witness_checkpoint(struct witness *witness, struct bytes origin_hex,
                                 struct buffer *out)
{
    struct result result = fail(NOT_FOUND, "witness.unknown");

    pthread_mutex_lock(&witness->lock);
    for (size_t i = 0; i < witness->log_count; i++) {
        if (bytes_is(origin_hex, witness->logs[i].name) && witness->logs[i].note.size > 0) {
            result = buffer_append(out, buffer_view(&witness->logs[i].note));
        }
    }
    pthread_mutex_unlock(&witness->lock);
    return result;
}
