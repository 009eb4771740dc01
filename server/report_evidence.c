#include "server/report_evidence.h"

#include <stdlib.h>

#include "log/entry.h"
#include "record/journal.h"
#include "record/view_report.h"
#include "server/app.h"
#include "server/readers.h"
#include "server/sequencer.h"

/* Where an entry lies in the buffer, which moves while it grows. */
struct place {
    uint64_t index;
    size_t from;
    size_t size;
};

struct gathering {
    struct record *record;
    struct report_evidence *out;
    struct place places[EVIDENCE_ENTRIES_MAX];
    size_t count;
    bool filed;
    uint64_t filing;
};

void report_evidence_free(struct report_evidence **evidence)
{
    if (*evidence) {
        blob_release((*evidence)->checkpoint);
        buffer_free(&(*evidence)->entries);
        free(*evidence);
    }
}

/* What came after the checkpoint is not proved by it. */
static struct result gather_entry(void *context, uint64_t index)
{
    struct gathering *const gathering = context;
    struct buffer *const entries = &gathering->out->entries;
    AUTO_BUFFER entry = BUFFER_INIT;

    if (index >= gathering->out->head.size) {
        return OK;
    }
    REQUIRE(gathering->count < EVIDENCE_ENTRIES_MAX, INVALID, "evidence.size");
    TRY(journal_load_entry(gathering->record, index, &entry));
    gathering->places[gathering->count++] =
        (struct place){.index = index, .from = entries->size, .size = entry.size};
    gathering->filed = gathering->filed || index == gathering->filing;
    return buffer_append(entries, buffer_view(&entry));
}

static struct result add_entries(const struct gathering *gathering)
{
    struct report_evidence *const out = gathering->out;
    const struct merkle_source source = journal_source(gathering->record);

    for (size_t i = 0; i < gathering->count; i++) {
        const struct place *const place = &gathering->places[i];
        struct merkle_proof path;

        TRY(merkle_prove_inclusion(&source, place->index, out->head.size, &path));
        TRY(evidence_add(&out->evidence, place->index,
                         bytes_slice(buffer_view(&out->entries), place->from, place->size), &path));
    }
    return OK;
}

static struct result note_filing(void *context, const struct view_report *row)
{
    struct gathering *const gathering = context;

    gathering->filing = row->index;
    gathering->out->version = row->version;
    return OK;
}

static struct result read_time(struct record *record, struct report_evidence *out)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    struct entry last;

    TRY(journal_load_entry(record, out->head.size - 1, &raw));
    TRY(entry_parse(buffer_view(&raw), &last));
    out->time = last.time;
    return OK;
}

static struct result gather(struct app *app, struct bytes report, uint64_t version,
                            struct report_evidence *out)
{
    AUTO_READER reader = READER_INIT;
    struct gathering gathering = {.out = out};

    /* The checkpoint first: a reader lent later has all that it covers. */
    out->checkpoint = sequencer_checkpoint(app->sequencer, &out->head);
    out->evidence.checkpoint = blob_view(out->checkpoint);
    TRY(readers_lend(app->readers, &reader));
    gathering.record = reader.record;
    TRY(view_report(reader.record, report, version, note_filing, &gathering));
    TRY(view_report_evidence(reader.record, report, out->version, gather_entry, &gathering));
    REQUIRE(gathering.filed, BUSY, "service.busy");
    TRY(read_time(reader.record, out));
    return add_entries(&gathering);
}

struct result report_evidence_make(struct app *app, struct bytes report, uint64_t version,
                                   struct report_evidence **out)
{
    AUTO_REPORT_EVIDENCE *made = calloc(1, sizeof *made);

    REQUIRE(made, OUT_OF_MEMORY, "service.memory");
    TRY(gather(app, report, version, made));
    *out = made;
    made = 0; /* handed over */
    return OK;
}
