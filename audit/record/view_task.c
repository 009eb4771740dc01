/*
 * The tasks of a person (view.h): one query for each kind of statement that may wait for someone.
 * Its columns: the object, whether the person has done it, whether it can be done yet (0 or 1),
 * and the index of the entry that asks for it.
 */
#include "record/people.h"
#include "record/query.h"
#include "record/view.h"

static const char CONFIRM_PERSON[] =
    "SELECT enrolment.person, 0, 1, MAX(position) FROM enrolment"
    " JOIN person ON person.id = enrolment.person"
    " WHERE confirmed IS NULL AND revoked IS NULL AND EXISTS (SELECT 1 FROM role"
    "  JOIN person AS officer ON officer.id = role.person WHERE officer.id = :person"
    "  AND role.role = '" ROLE_OFFICER "' AND role.ended IS NULL AND officer.revoked IS NULL)"
    " GROUP BY enrolment.person ORDER BY enrolment.person";

static const char DEAL[] = "SELECT id, dealt IS NOT NULL, 1, position FROM trustee"
                           " JOIN ceremony ON ceremony.hash = trustee.ceremony"
                           " WHERE person = :person AND disputed IS NULL ORDER BY position";

static const char CONFIRM_KEY[] =
    "SELECT id, confirmed IS NOT NULL, election_key IS NOT NULL, dealt FROM trustee"
    " JOIN ceremony ON ceremony.hash = trustee.ceremony"
    " WHERE person = :person AND dealt IS NOT NULL AND disputed IS NULL ORDER BY position";

static const char REHEARSE[] =
    "SELECT id, rehearsed IS NOT NULL, NOT EXISTS (SELECT 1 FROM trustee AS other"
    "  WHERE other.ceremony = ceremony.hash AND other.confirmed IS NULL), confirmed FROM trustee"
    " JOIN ceremony ON ceremony.hash = trustee.ceremony"
    " WHERE person = :person AND confirmed IS NOT NULL AND disputed IS NULL ORDER BY position";

static const char SIGN_IN[] =
    "SELECT id, EXISTS (SELECT 1 FROM signin WHERE signin.meeting = meeting.id"
    "  AND signin.person = :person), 1, position FROM meeting"
    " JOIN appointed ON appointed.meeting = meeting.id"
    " WHERE appointed.person = :person AND frozen IS NULL AND minutes IS NULL ORDER BY position";

/* Whether a member has cast nobody can know: a ballot stays to be done until the close. */
static const char VOTE[] =
    "SELECT id, 0, 1, position FROM election JOIN roll ON roll.manifest = election.manifest"
    " WHERE roll.person = :person AND closed IS NULL AND cancelled IS NULL ORDER BY position";

static const char SHARE[] =
    "SELECT id, EXISTS (SELECT 1 FROM share WHERE share.manifest = election.manifest"
    "  AND share.trustee = trustee.place), 1, closed FROM election"
    " JOIN trustee ON trustee.ceremony = election.ceremony"
    " WHERE trustee.person = :person AND closed IS NOT NULL AND result IS NULL"
    " AND cancelled IS NULL ORDER BY position";

static const char STATE_RESULT[] =
    "SELECT election.id, 0, (SELECT COUNT(*) FROM share"
    "  WHERE share.manifest = election.manifest) >= threshold, closed FROM election"
    " JOIN meeting ON meeting.id = election.meeting"
    " WHERE :person IN (chair, first_scrutineer, second_scrutineer) AND closed IS NOT NULL"
    " AND result IS NULL AND cancelled IS NULL ORDER BY election.position";

static const char MINUTES[] =
    "SELECT id, minutes IS NOT NULL, NOT EXISTS (SELECT 1 FROM election"
    "  WHERE election.meeting = meeting.id AND result IS NULL AND cancelled IS NULL), frozen"
    " FROM meeting WHERE :person IN (chair, first_scrutineer, second_scrutineer)"
    " AND frozen IS NOT NULL ORDER BY position";

static const struct task_kind {
    const char *kind;
    const char *sql;
} KINDS[] = {
    {"person.confirm", CONFIRM_PERSON}, {"trustee.deal", DEAL},
    {"trustee.confirm", CONFIRM_KEY},   {"trustee.rehearsal", REHEARSE},
    {"meeting.signin", SIGN_IN},        {"ballot", VOTE},
    {"election.share", SHARE},          {"election.result", STATE_RESULT},
    {"meeting.minutes", MINUTES},
};

static const char SELECT_TIME[] = "SELECT time FROM entry WHERE position = :position";

static struct result time_of(struct record *record, uint64_t index, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TIME);
    bool found;

    query_bind_number(&query, ":position", index);
    TRY(query_step(&query, &found));
    *out = query_number(&query, 0);
    return OK;
}

static const char *task_state(struct query *query)
{
    if (query_number(query, 1)) {
        return "done";
    }
    return query_number(query, 2) ? "todo" : "waiting";
}

static struct result visit_kind(struct record *record, const struct task_kind *kind,
                                struct bytes person, view_task_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, kind->sql);
    bool found;

    query_bind_text(&query, ":person", person);
    TRY(query_step(&query, &found));
    while (found) {
        struct view_task row = {
            .kind = kind->kind, .object = query_text(&query, 0), .state = task_state(&query)};

        TRY(time_of(record, query_number(&query, 3), &row.since));
        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

struct result view_tasks(struct record *record, struct bytes person, view_task_visit *visit,
                         void *context)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        TRY(visit_kind(record, &KINDS[i], person, visit, context));
    }
    return OK;
}
