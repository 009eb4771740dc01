#include "server/subjects.h"

#include "record/list.h"
#include "record/query.h"
#include "server/disclosures.h"

static const char SELECT_ACCEPTED[] =
    "SELECT 1 FROM objection WHERE hash = :objection AND accepted IS NOT NULL";

struct result subjects_may_be_told(struct record *record, const struct disclosure *opening)
{
    AUTO_QUERY query = query_start(record, SELECT_ACCEPTED);
    bool accepted;

    if (!bytes_is(opening->label, "对象")) {
        return OK;
    }
    query_bind_blob(&query, ":objection", BYTES(opening->statement.bytes));
    TRY(query_step(&query, &accepted));
    REQUIRE(accepted, NOT_FOUND, "case.unaccepted");
    return OK;
}

static const char SELECT_SUBJECT[] =
    "SELECT value FROM private_opening WHERE statement = :objection"
    " AND type = 'objection.file' AND label = '对象'";

static struct result find_subject(void *context, const struct hash32 *objection,
                                  struct buffer *organisation)
{
    AUTO_QUERY query = query_start(context, SELECT_SUBJECT);
    bool row;

    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    TRY(query_step(&query, &row));
    return row ? buffer_append(organisation, query_text(&query, 0)) : OK;
}

struct result subjects_check(struct record *record, const struct prepared *prepared)
{
    return list_check_subjects(record, prepared, find_subject, record);
}
