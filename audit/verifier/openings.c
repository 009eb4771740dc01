#include "verifier/openings.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "log/entry.h"
#include "protocol/kind.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/list.h"

#define ID_MAX  (RECORD_ID_SIZE - 1)
#define FILING  "objection.file"
#define SUBJECT "对象"

struct line {
    struct hash32 objection;
    struct hidden_opening opening; /* its value: the organisation */
};

static struct result parse(struct bytes text, struct line *out)
{
    const struct bytes hash = text_cut(&text, ' ');
    const struct bytes salt = text_cut(&text, ' ');

    REQUIRE(is_ok(hex_decode(hash, out->objection.bytes, sizeof out->objection.bytes)) &&
                is_ok(base64_decode_fixed(salt, out->opening.salt, sizeof out->opening.salt)) &&
                text.size > 0 && text.size <= ID_MAX && text_find(text, LITERAL(" ")) == SIZE_MAX,
            INVALID, "openings.form");
    out->opening.value = text;
    return OK;
}

/* --- every line that says something --- */

typedef struct result visit_line(void *context, const struct line *line);

static bool says_nothing(struct bytes text)
{
    return text.size == 0 || text.data[0] == '#';
}

/* A failure names its line. */
static struct result each(struct bytes text, visit_line *visit, void *context)
{
    struct line line = {.opening = {.value = EMPTY_BYTES}};
    struct result taken = OK;
    uint64_t number = 0;

    while (is_ok(taken) && text.size > 0) {
        const struct bytes part = text_cut(&text, '\n');

        number++;
        if (says_nothing(part)) {
            continue;
        }
        taken = parse(part, &line);
        if (is_ok(taken)) {
            taken = visit(context, &line);
        }
    }
    taken.at = is_ok(taken) ? 0 : number;
    return taken;
}

static struct result accept_line(void *context, const struct line *line)
{
    (void)context;
    (void)line;
    return OK;
}

struct result openings_read(struct bytes text)
{
    return each(text, accept_line, NULL);
}

/* --- whether it opens the field of its case --- */

static struct result open_field(struct record *record, const struct line *line)
{
    AUTO_STATEMENT filing = STATEMENT_INIT;
    AUTO_BUFFER raw = BUFFER_INIT;
    struct entry entry;
    uint64_t index;

    TRY(journal_find_text(record, &line->objection, &index));
    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    TRY(statement_parse(entry.note, &filing));
    REQUIRE(bytes_is(filing.type, FILING), NOT_FOUND, "case.unknown");
    return hidden_open(filing.type, SUBJECT, statement_value(&filing, SUBJECT), &line->opening);
}

static struct result does_open(struct record *record, const struct line *line, bool *out)
{
    const struct result opened = open_field(record, line);

    *out = is_ok(opened);
    return opened.failure == INVALID || opened.failure == NOT_FOUND ? OK : opened;
}

struct counting {
    struct record *record;
    uint64_t count;
};

static struct result count_line(void *context, const struct line *line)
{
    struct counting *counting = context;
    bool opens;

    TRY(does_open(counting->record, line, &opens));
    REQUIRE(opens, INVALID, "openings.value");
    counting->count++;
    return OK;
}

struct result openings_check(struct record *record, struct bytes text, uint64_t *count)
{
    struct counting counting = {record, 0};

    TRY(each(text, count_line, &counting));
    *count = counting.count;
    return OK;
}

/* --- the exact rules --- */

struct looking {
    struct record *record;
    struct bytes text;
    const struct hash32 *objection;
    struct buffer *organisation; /* empty until a line tells it */
};

static struct result look_at_line(void *context, const struct line *line)
{
    const struct looking *looking = context;
    bool opens;

    if (looking->organisation->size > 0 || !hash32_equal(&line->objection, looking->objection)) {
        return OK;
    }
    TRY(does_open(looking->record, line, &opens));
    return opens ? buffer_append(looking->organisation, line->opening.value) : OK;
}

static struct result find_subject(void *context, const struct hash32 *objection,
                                  struct buffer *organisation)
{
    struct looking looking = *(const struct looking *)context;

    looking.objection = objection;
    looking.organisation = organisation;
    return each(looking.text, look_at_line, &looking);
}

struct result openings_hold(struct record *record, const struct prepared *prepared,
                            struct bytes text)
{
    struct looking looking = {.record = record, .text = text};
    struct result held;

    if (text.size == 0) {
        return OK;
    }
    held = list_check_subjects(record, prepared, find_subject, &looking);
    /* The service refuses what it cannot tell; whoever comes after it says only what can be told.
     */
    return held.rule != NULL && strcmp(held.rule, "list.subject") == 0 ? OK : held;
}
