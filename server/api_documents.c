#include <inttypes.h>
#include <stdio.h>

#include "base/encoding.h"
#include "record/people.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/documents.h"
#include "server/intake.h"
#include "server/readers.h"
#include "server/reading.h"
#include "server/upload.h"

/* How each format is handed out: to be saved, never to be shown by the browser itself. */
static const struct {
    const char *format;
    const char *type;
    const char *disposition;
} FORMATS[] = {
    {"PDF", "application/pdf", "attachment; filename=\"document.pdf\""},
    {"JPEG", "image/jpeg", "attachment; filename=\"document.jpg\""},
    {"PNG", "image/png", "attachment; filename=\"document.png\""},
    {"TXT", "text/plain; charset=utf-8", "attachment; filename=\"document.txt\""},
    {DOCUMENT_SEALED, "application/octet-stream", "attachment; filename=\"document.sealed\""},
};

static struct result read_hash(struct bytes tail, struct hash32 *out)
{
    REQUIRE(is_ok(hex_decode(tail, out->bytes, sizeof out->bytes)), NOT_FOUND, "document.unnamed");
    return OK;
}

/* What the log says of the document, and whose part of it this is. */
static struct result read_order(struct app *app, const struct request *request,
                                struct reading *reading, struct upload_order *out)
{
    AUTO_READER reader = READER_INIT;

    *out = (struct upload_order){
        .announced = request->announced, .range = request->range, .now = request->now};
    TRY(read_hash(request->tail, &out->key.hash));
    TRY(upload_read_token(request->upload, &out->key));
    TRY(readers_lend(app->readers, &reader));
    TRY(reading_find(reader.record, &out->key.hash, reading));
    out->size = reading->size;
    out->format = bytes_of_string(reading->format);
    return OK;
}

static struct result take(void *context, struct bytes piece)
{
    return upload_take(context, piece);
}

static void close_upload(void *context)
{
    upload_close(context);
}

/* PUT /api/documents/<sha256>, as soon as its headers are there */
struct result open_document(struct app *app, const struct request *request, struct stream *out)
{
    struct upload_order order;
    struct reading reading;
    struct upload *upload;

    TRY(read_order(app, request, &reading, &order));
    TRY(upload_begin(app->documents, &order, &upload));
    *out = (struct stream){.take = take, .close = close_upload, .context = upload};
    return OK;
}

static struct result finish_upload(void *context)
{
    return upload_finish(context);
}

static void write_progress(struct envelope *envelope, uint64_t size, uint64_t received,
                           bool complete)
{
    envelope_begin(envelope);
    envelope_number(envelope, "size", size);
    envelope_number(envelope, "received", received);
    envelope_flag(envelope, "complete", complete);
}

static struct result answer_put(struct app *app, const struct request *request,
                                struct response *response)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct upload_progress progress;

    upload_progress(request->stream->context, &progress);
    write_progress(&envelope, progress.size, progress.received, progress.complete);
    TRY(answer_envelope(response, &envelope));
    response->status = progress.known ? 200 : progress.complete ? 201 : 202;
    if (progress.complete) {
        intake_wake(app->intake);
    }
    return OK;
}

/* PUT /api/documents/<sha256>, once its body has ended: the disk is waited for elsewhere */
struct result handle_document_put(struct app *app, const struct request *request,
                                  struct response *response)
{
    (void)app;
    response->job = (struct job){.work = finish_upload, .context = request->stream->context};
    response->finish = answer_put;
    return OK;
}

static struct result answer_state(struct app *app, const struct request *request,
                                  struct response *response)
{
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct upload_order order;
    struct reading reading;
    bool stored;

    TRY(read_order(app, request, &reading, &order));
    stored = documents_state(app->documents, &order.key.hash) == DOCUMENT_STORED;

    write_progress(&envelope, order.size,
                   stored ? order.size
                          : partials_received(documents_partials(app->documents), &order.key),
                   stored);
    return answer_envelope(response, &envelope);
}

/* Whatever becomes of it is what the state says afterwards. */
static struct result finish_quietly(void *context)
{
    const struct result finished = upload_finish(context);

    (void)finished;
    return OK;
}

/* All of it was received, and the plug pulled before it was looked at: that is done now. */
static void finish_what_was_left(struct app *app, struct upload_order *order,
                                 struct response *response)
{
    char range[48];
    struct upload *upload;

    snprintf(range, sizeof range, "bytes */%" PRIu64, order->size);
    order->range = bytes_of_string(range);
    order->idle = true;
    if (is_ok(upload_begin(app->documents, order, &upload))) {
        response->job =
            (struct job){.work = finish_quietly, .context = upload, .free_context = close_upload};
        response->finish = answer_state;
    }
}

/* GET /api/documents/<sha256>/state */
struct result handle_document_state(struct app *app, const struct request *request,
                                    struct response *response)
{
    struct upload_order order;
    struct reading reading;

    TRY(read_order(app, request, &reading, &order));
    if (documents_state(app->documents, &order.key.hash) == DOCUMENT_PARTIAL &&
        partials_received(documents_partials(app->documents), &order.key) == order.size) {
        finish_what_was_left(app, &order, response);
    }
    return response->job.work ? OK : answer_state(app, request, response);
}

static void dress(struct response *response, const struct reading *reading)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++) {
        if (bytes_is(bytes_of_string(reading->format), FORMATS[i].format)) {
            response->content_type = FORMATS[i].type;
            response->disposition = FORMATS[i].disposition;
        }
    }
    response->policy = "sandbox; default-src 'none'";
    response->file = reading->file;
    response->file_size = reading->size;
}

/* GET /api/documents/<sha256> */
struct result handle_document_get(struct app *app, const struct request *request,
                                  struct response *response)
{
    struct hash32 hash;
    struct reading reading;

    TRY(read_hash(request->tail, &hash));

    TRY(reading_open(app, request->person, &hash, request->now, &reading));

    dress(response, &reading);
    return OK;
}

static struct result require_overseer(struct record *record, struct bytes person,
                                      const struct hash32 *hash)
{
    bool officer;
    bool leader;

    TRY(person_has_role(record, person, LITERAL(ROLE_OFFICER), &officer));
    TRY(view_leads_document(record, person, hash, &leader));
    REQUIRE(officer || leader, UNAUTHORIZED, "document.reads");
    return OK;
}

static struct result add_reading(void *context, const struct reading_row *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "person", row->person);
    envelope_time(context, "time", row->time);
    envelope_close(context);
    return OK;
}

/* GET /api/documents/<sha256>/reads */
struct result handle_document_reads(struct app *app, const struct request *request,
                                    struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct reading reading;
    struct hash32 hash;

    TRY(read_hash(request->tail, &hash));
    TRY(readers_lend(app->readers, &reader));
    TRY(reading_find(reader.record, &hash, &reading));
    TRY(require_overseer(reader.record, bytes_of_string(request->person), &hash));

    envelope_begin(&envelope);
    envelope_open_array(&envelope, "reads");
    TRY(readings_of(reader.record, &hash, add_reading, &envelope));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}
