#include "server/reading.h"

#include <stdio.h>
#include <unistd.h>

#include "record/query.h"
#include "record/view_case.h"
#include "server/app.h"
#include "server/documents.h"
#include "server/proposed_file.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/summaries.h"

static struct result take_first(void *context, const struct view_document *row)
{
    struct reading *const out = context;

    if (out->format[0] == 0) {
        out->size = row->size;
        snprintf(out->format, sizeof out->format, "%.*s", (int)row->format.size,
                 (const char *)row->format.data);
    }
    return OK;
}

static struct result take_sealed(void *context, const struct view_case_file *row)
{
    struct reading *const out = context;

    out->size = row->size;
    out->sealed = true;
    snprintf(out->format, sizeof out->format, "%s", DOCUMENT_SEALED);
    return OK;
}

static struct result find_proposed(struct record *record, const struct hash32 *hash,
                                   struct reading *out)
{
    struct proposed_file proposed;

    TRY(proposed_file_find(record, hash, &proposed));
    out->size = proposed.size;
    out->sealed = true;
    out->proposed = true;
    snprintf(out->format, sizeof out->format, "%s", DOCUMENT_SEALED);
    return OK;
}

struct result reading_find(struct record *record, const struct hash32 *hash, struct reading *out)
{
    *out = (struct reading){.hash = *hash, .file = -1};
    TRY(view_document(record, hash, take_first, out));
    if (!out->format[0]) {
        TRY(view_sealed_file(record, hash, take_sealed, out));
    }
    return out->format[0] ? OK : find_proposed(record, hash, out);
}

/* One row of the private table, on its way there. */
struct writing {
    const struct hash32 *hash;
    struct bytes person;
    uint64_t now;
};

static const char INSERT_READING[] = "INSERT INTO private_reading (document, person, time)"
                                     " VALUES (:document, :person, :time)";

static struct result write_down(struct record *record, void *context)
{
    const struct writing *const writing = context;
    AUTO_QUERY query = query_start(record, INSERT_READING);

    query_bind_blob(&query, ":document", BYTES(writing->hash->bytes));
    query_bind_text(&query, ":person", writing->person);
    query_bind_number(&query, ":time", writing->now);
    return query_run(&query);
}

/* Who may open it by the log; of a summary also whom it is sealed to; of a proposed one handlers.
 */
static struct result may_read(struct app *app, struct record *record, struct bytes person,
                              const struct reading *reading, bool *out)
{
    if (!reading->sealed) {
        return view_may_read_document(record, person, &reading->hash, out);
    }
    if (reading->proposed) {
        return proposed_file_may_read(record, person, &reading->hash, out);
    }
    TRY(view_may_read_sealed(record, person, &reading->hash, out));
    return *out ? OK : summary_may_read(record, app->documents, person, &reading->hash, out);
}

static struct result require_right(struct app *app, struct bytes person, struct reading *out)
{
    AUTO_READER reader = READER_INIT;
    const struct hash32 hash = out->hash;
    bool may;

    TRY(readers_lend(app->readers, &reader));
    TRY(reading_find(reader.record, &hash, out));
    TRY(may_read(app, reader.record, person, out, &may));
    REQUIRE(may, UNAUTHORIZED, "document.right");
    return OK;
}

struct result reading_open(struct app *app, const char *person, const struct hash32 *hash,
                           uint64_t now, struct reading *out)
{
    struct writing writing = {hash, bytes_of_string(person), now};
    struct result written;

    *out = (struct reading){.hash = *hash, .file = -1};
    TRY(require_right(app, writing.person, out));
    TRY(documents_read(app->documents, hash, &out->file, &out->size));
    written = sequencer_run(app->sequencer, write_down, &writing);
    if (!is_ok(written)) {
        close(out->file);
        out->file = -1;
    }
    return written;
}

static const char SELECT_READINGS[] = "SELECT person, time FROM private_reading"
                                      " WHERE document = :document ORDER BY time, rowid";

struct result readings_of(struct record *record, const struct hash32 *hash, reading_visit *visit,
                          void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_READINGS);
    bool row;

    query_bind_blob(&query, ":document", BYTES(hash->bytes));
    TRY(query_step(&query, &row));
    while (row) {
        const struct reading_row reading = {query_text(&query, 0), query_number(&query, 1)};

        TRY(visit(context, &reading));
        TRY(query_step(&query, &row));
    }
    return OK;
}
