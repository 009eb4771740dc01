#include "base/encoding.h"
#include "log/entry.h"
#include "record/journal.h"
#include "record/view.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/disclosures.h"
#include "server/proposals.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/subjects.h"

struct page_of_people {
    struct record *record;
    struct envelope *envelope;
    bool opened; /* the name of the person just written */
};

static struct result add_word(void *context, struct bytes word)
{
    envelope_text(context, 0, word);
    return OK;
}

static struct result add_name(void *context, const struct disclosure_row *row)
{
    struct page_of_people *const page = context;

    envelope_open_object(page->envelope, "opening");
    envelope_base64(page->envelope, "salt", row->salt);
    envelope_text(page->envelope, "value", row->value);
    envelope_close(page->envelope);
    page->opened = true;
    return OK;
}

static void write_enrolment(struct envelope *envelope, const struct view_person *row)
{
    if (row->enrol_index == VIEW_NONE) {
        envelope_null(envelope, "enrol");
        return;
    }
    envelope_open_object(envelope, "enrol");
    envelope_number(envelope, "index", row->enrol_index);
    envelope_hex(envelope, "text_sha256", BYTES(row->enrol_hash.bytes));
    envelope_close(envelope);
}

static struct result add_person(void *context, const struct view_person *row)
{
    struct page_of_people *const page = context;
    struct envelope *const envelope = page->envelope;

    page->opened = false;
    envelope_open_object(envelope, 0);
    envelope_text(envelope, "id", row->id);
    envelope_open_array(envelope, "roles");
    TRY(view_person_roles(page->record, row->id, add_word, envelope));
    envelope_close(envelope);
    envelope_string(envelope, "state", row->state);
    envelope_number(envelope, "invite", row->invite_index);
    write_enrolment(envelope, row);
    envelope_index(envelope, "confirm", row->confirm_index);
    envelope_text(envelope, "name_hidden", row->hidden_name);
    TRY(disclosure_of(page->record, row->hidden_name, add_name, page));
    if (!page->opened) {
        envelope_null(envelope, "opening");
    }
    envelope_close(envelope);
    return OK;
}

/* GET /api/people */
struct result handle_people(struct app *app, const struct request *request,
                            struct response *response)
{
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;
    struct page_of_people page = {.envelope = &envelope};

    (void)request;
    TRY(readers_lend(app->readers, &reader));
    page.record = reader.record;
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "people");
    TRY(view_people(reader.record, add_person, &page));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}

static struct result add_opening(void *context, const struct disclosure_row *row)
{
    envelope_open_object(context, 0);
    envelope_text(context, "hidden", row->hidden);
    envelope_text(context, "type", row->type);
    envelope_text(context, "label", row->label);
    envelope_base64(context, "salt", row->salt);
    envelope_text(context, "value", row->value);
    envelope_close(context);
    return OK;
}

/* GET /api/openings */
struct result handle_openings_get(struct app *app, const struct request *request,
                                  struct response *response)
{
    const struct bytes person = bytes_of_string(request->person);
    AUTO_READER reader = READER_INIT;
    AUTO_ENVELOPE envelope = ENVELOPE_INIT;

    TRY(readers_lend(app->readers, &reader));
    envelope_begin(&envelope);
    envelope_open_array(&envelope, "openings");
    TRY(disclosures_of(reader.record, person, add_opening, &envelope));
    envelope_close(&envelope);
    return answer_envelope(response, &envelope);
}

static struct result read_opening(const struct envelope_input *input, struct disclosure *out)
{
    struct bytes salt;
    struct bytes statement;

    TRY(envelope_get(input, "type", &out->type));
    TRY(envelope_get(input, "label", &out->label));
    TRY(envelope_get(input, "value", &out->value));
    TRY(envelope_get(input, "salt", &salt));
    TRY(envelope_get(input, "statement", &statement));
    TRY(base64_decode_fixed(salt, out->salt, sizeof out->salt));
    return hex_decode(statement, out->statement.bytes, sizeof out->statement.bytes);
}

/* The note of a statement that is logged, or proposed. */
static struct result load_note(struct record *record, const struct hash32 *text_hash,
                               struct buffer *out)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    struct entry entry;
    uint64_t index;

    if (!is_ok(journal_find_text(record, text_hash, &index))) {
        return proposal_load(record, text_hash, out);
    }
    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    return buffer_append(out, entry.note);
}

static struct result check_opening(struct app *app, const struct disclosure *opening,
                                   struct buffer *hidden)
{
    AUTO_READER reader = READER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(readers_lend(app->readers, &reader));
    TRY(load_note(reader.record, &opening->statement, &note));
    return disclosure_check(opening, buffer_view(&note), hidden);
}

struct storing {
    const struct disclosure *opening;
    struct bytes hidden;
};

static struct result store(struct record *record, void *context)
{
    const struct storing *const storing = context;

    TRY(subjects_may_be_told(record, storing->opening));
    return disclosure_store(record, storing->opening, storing->hidden);
}

/* POST /api/openings */
struct result handle_opening_post(struct app *app, const struct request *request,
                                  struct response *response)
{
    AUTO_INPUT input = {0};
    AUTO_BUFFER hidden = BUFFER_INIT;
    struct disclosure opening;
    struct storing storing = {.opening = &opening};

    TRY(envelope_read(request->body, &input));
    TRY(read_opening(&input, &opening));

    TRY(check_opening(app, &opening, &hidden));

    storing.hidden = buffer_view(&hidden);
    TRY(sequencer_run(app->sequencer, store, &storing));

    response->status = 204;
    return OK;
}
