#include "server/plain_answer.h"

#include <unistd.h>

#include "base/text.h"
#include "log/entry.h"
#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/view_case.h"
#include "server/disclosures.h"
#include "server/documents.h"
#include "server/html_time.h"
#include "server/objection_text.h"

#define ANSWER_MAX ((uint64_t)8 << 20) /* of a sealed document that is opened here */
#define BAD        "status.answer.bad"

/* --- answers --- */

static struct result read_all(int file, uint64_t size, struct buffer *out)
{
    TRY(buffer_reserve(out, (size_t)size));
    while (out->size < size) {
        const ssize_t got = read(file, out->data + out->size, (size_t)size - out->size);

        REQUIRE(got > 0, STORAGE_FAILED, "service.storage");
        out->size += (size_t)got;
    }
    return OK;
}

/* An answer that another program sealed may be a bare text. */
static struct result take_words(struct bytes text, struct buffer *words)
{
    if (is_ok(objection_text_read(text, OBJECTION_ANSWER, "正文", words))) {
        return OK;
    }
    buffer_clear(words);
    return buffer_append(words, text);
}

static struct result open_sealed(struct bytes document, const struct box_pair *reader,
                                 struct buffer *words)
{
    SECRET_BUFFER text = BUFFER_INIT;
    struct sealed_document parsed;

    TRY(sealed_parse(document, &parsed));
    TRY(sealed_open(&parsed, reader, 1, &text));
    REQUIRE(text_is_utf8(buffer_view(&text)), MALFORMED, "text.utf8");
    return take_words(buffer_view(&text), words);
}

struct result plain_answer_open(struct documents *documents, const struct hash32 *hash,
                                const struct box_pair *reader, struct buffer *words,
                                const char **instead)
{
    AUTO_BUFFER document = BUFFER_INIT;
    uint64_t size;
    int file;
    struct result got;

    *instead = 0;
    if (!is_ok(documents_read(documents, hash, &file, &size))) {
        *instead = "status.answer.wait";
        return OK;
    }
    if (size > ANSWER_MAX) {
        close(file);
        *instead = "plain.status.answer.large";
        return OK;
    }
    got = read_all(file, size, &document);
    close(file);
    TRY(got);
    if (!is_ok(open_sealed(buffer_view(&document), reader, words))) {
        buffer_clear(words);
        *instead = BAD;
    }
    return OK;
}

/* --- openings --- */

struct writing {
    struct html *html;
    struct record *record;
    bool begun;
    bool erased;
    struct buffer reason;
};

static struct result take_reason(void *context, const struct disclosure_row *row)
{
    struct writing *const writing = context;

    return buffer_append(&writing->reason, row->value);
}

/* It stands in the statement, hidden; its opening is the service's. Tells the time of the entry. */
static struct result find_reason(struct writing *writing, uint64_t index, uint64_t *time)
{
    AUTO_BUFFER entry = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct entry parsed;

    buffer_clear(&writing->reason);
    TRY(journal_load_entry(writing->record, index, &entry));
    TRY(entry_parse(buffer_view(&entry), &parsed));
    *time = (uint64_t)parsed.time;
    TRY(statement_parse(parsed.note, &statement));
    return disclosure_of(writing->record, statement_value(&statement, "理由"), take_reason,
                         writing);
}

static struct result add_opening(void *context, const struct view_identity_opening *row)
{
    struct writing *const writing = context;
    struct html *const html = writing->html;
    AUTO_BUFFER keepers = BUFFER_INIT;
    AUTO_BUFFER number = BUFFER_INIT;
    char moment[HTML_TIME_SIZE];
    uint64_t time;

    TRY(find_reason(writing, row->index, &time));
    if (writing->reason.size == 0) {
        TRY(buffer_append_text(&writing->reason,
                               html->english ? "(none on file)" : "（没有写明）"));
    }
    TRY(buffer_append(&keepers, row->keepers[0]));
    TRY(buffer_append_text(&keepers, "、"));
    TRY(buffer_append(&keepers, row->keepers[1]));
    TRY(buffer_append_decimal(&number, row->index));
    html_moment(html->english, time, moment);
    html_raw(html, writing->begun ? "<dt>" : "<dl class=\"facts stacked\"><dt>");
    writing->begun = true;
    html_string(html, moment);
    html_raw(html, " · ");
    HTML_FILL(html, "status.entry", {"n", buffer_view(&number)});
    html_raw(html, "</dt><dd>");
    HTML_FILL(html, "status.opening", {"reader", row->reader}, {"keepers", buffer_view(&keepers)},
              {"reason", buffer_view(&writing->reason)});
    html_raw(html, "</dd>");
    return OK;
}

static struct result take_erased(void *context, const struct view_case *row)
{
    ((struct writing *)context)->erased = row->erased;
    return OK;
}

static struct result write_openings(struct writing *writing, const struct hash32 *objection)
{
    struct html *const html = writing->html;

    TRY(view_case(writing->record, objection, take_erased, writing));
    html_raw(html, "<section class=\"card\"><h2>");
    html_word(html, "status.openings");
    html_raw(html, "</h2>");
    TRY(view_case_openings(writing->record, objection, add_opening, writing));
    if (writing->begun) {
        html_raw(html, "</dl>");
    } else {
        html_raw(html, "<p>");
        html_word(html, "status.openings.none");
        html_raw(html, "</p>");
    }
    html_raw(html, "<p class=\"small\">");
    html_word(html, writing->erased ? "status.erased" : "status.openings.body");
    html_raw(html, "</p></section>\n");
    return OK;
}

struct result plain_openings_write(struct html *html, struct record *record,
                                   const struct hash32 *objection)
{
    struct writing writing = {.html = html, .record = record, .reason = BUFFER_INIT};
    const struct result written = write_openings(&writing, objection);

    buffer_wipe(&writing.reason);
    return written;
}
