#include "record/minutes.h"

#include "protocol/statement.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/runoff.h"

static const char SELECT_ELECTIONS[] =
    "SELECT manifest, cancelled IS NOT NULL, result IS NOT NULL, round FROM election"
    " WHERE meeting = :meeting ORDER BY position";

/* A first round whose tie runoffs have settled must have stated its result again. */
static struct result check_settled(const struct fold *fold, const struct hash32 *manifest)
{
    uint64_t grade;

    TRY(runoff_tied_grade(fold->record, manifest, &grade));
    REQUIRE(grade == 0, CONFLICT, "minutes.tie");
    return OK;
}

static struct result check_election(const struct fold *fold, struct query *query, size_t place)
{
    struct hash32 manifest;
    struct hash32 stated;

    TRY(query_fixed(query, 0, manifest.bytes, sizeof manifest.bytes));
    REQUIRE(place < statement_count(fold->statement, "清单"), INVALID, "minutes.elections");
    TRY(statement_fixed(fold->statement, "清单", place, stated.bytes, sizeof stated.bytes));
    REQUIRE(hash32_equal(&stated, &manifest), INVALID, "minutes.elections");
    if (query_number(query, 1)) { /* cancelled */
        return OK;
    }
    REQUIRE(query_number(query, 2), CONFLICT, "minutes.undecided");
    return query_number(query, 3) == 1 ? check_settled(fold, &manifest) : OK;
}

struct result minutes_check(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_ELECTIONS);
    struct meeting meeting;
    size_t place = 0;
    bool row;

    TRY(meeting_require_open(fold, &meeting));
    query_bind_text(&query, ":meeting", bytes_of_string(meeting.id));
    TRY(query_step(&query, &row));
    for (; row; place++) {
        TRY(check_election(fold, &query, place));
        TRY(query_step(&query, &row));
    }
    REQUIRE(place == statement_count(fold->statement, "清单"), INVALID, "minutes.elections");
    return OK;
}

static const char UPDATE_MINUTES[] = "UPDATE meeting SET minutes = :position WHERE id = :id";

struct result minutes_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_MINUTES);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":id", bytes_of_string(fold->prepared->subject.meeting));
    return query_run(&query);
}
