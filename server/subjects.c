#include "server/subjects.h"

#include "log/entry.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/list.h"
#include "record/query.h"

#define SUBJECT "对象"

static const char SELECT_ACCEPTED[] =
    "SELECT 1 FROM objection WHERE hash = :objection AND accepted IS NOT NULL";

struct result subjects_may_be_told(struct record *record, const struct disclosure *opening)
{
    AUTO_QUERY query = query_start(record, SELECT_ACCEPTED);
    bool accepted;

    if (!bytes_is(opening->label, SUBJECT)) {
        return OK;
    }
    query_bind_blob(&query, ":objection", BYTES(opening->statement.bytes));
    TRY(query_step(&query, &accepted));
    REQUIRE(accepted, NOT_FOUND, "case.unaccepted");
    return OK;
}

struct result subject_of(struct record *record, const struct hash32 *objection,
                         disclosure_visit *visit, void *context)
{
    AUTO_STATEMENT filing = STATEMENT_INIT;
    AUTO_BUFFER raw = BUFFER_INIT;
    struct entry entry;
    uint64_t index;

    TRY(journal_find_text(record, objection, &index));
    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    TRY(statement_parse(entry.note, &filing));
    return disclosure_of(record, statement_value(&filing, SUBJECT), visit, context);
}

static struct result add_organisation(void *organisation, const struct disclosure_row *row)
{
    return buffer_append(organisation, row->value);
}

static struct result find_subject(void *record, const struct hash32 *objection,
                                  struct buffer *organisation)
{
    return subject_of(record, objection, add_organisation, organisation);
}

struct result subjects_check(struct record *record, const struct prepared *prepared)
{
    return list_check_subjects(record, prepared, find_subject, record);
}
