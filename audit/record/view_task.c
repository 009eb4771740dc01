/*
 * The tasks of a person (view.h): one query for each kind of statement that may wait for someone.
 * Its columns: the object, whether the person has done it, whether it can be done yet (0 or 1),
 * and the index of the entry that asks for it; where there is one, its deadline or NULL, and of a
 * report its file.
 */
#include "record/people.h"
#include "record/query.h"
#include "record/view_notice.h"

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
    "SELECT id, 0, 1, position, closes FROM election JOIN roll ON roll.manifest = election.manifest"
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

/* A reviewer prepares for the cycle that began last; what was done for earlier ones stays done. */
#define CYCLES_OF_REVIEWER                                               \
    " FROM cycle JOIN person ON person.id = :person AND revoked IS NULL" \
    " JOIN role ON role.person = :person AND role.role = '" ROLE_REVIEWER "' AND ended IS NULL"
#define OF_LAST_CYCLE " OR cycle.position = (SELECT MAX(position) FROM cycle)"

static const char UNDERTAKE[] =
    "SELECT cycle.id, undertaking.position IS NOT NULL, 1,"
    " MAX(cycle.position, granted)" CYCLES_OF_REVIEWER
    " LEFT JOIN undertaking ON undertaking.cycle = cycle.id AND undertaking.person = :person"
    " WHERE undertaking.position IS NOT NULL" OF_LAST_CYCLE " ORDER BY cycle.position";

static const char DECLARE[] =
    "SELECT cycle.id, declaration.position IS NOT NULL,"
    " EXISTS (SELECT 1 FROM qualified WHERE qualified.cycle = cycle.id),"
    " MAX(granted, COALESCE((SELECT MIN(position) FROM qualified"
    "  WHERE qualified.cycle = cycle.id), cycle.position))" CYCLES_OF_REVIEWER
    " LEFT JOIN declaration ON declaration.cycle = cycle.id AND declaration.person = :person"
    " WHERE declaration.position IS NOT NULL" OF_LAST_CYCLE " ORDER BY cycle.position";

static const char FILE_REPORT[] =
    "SELECT id, EXISTS (SELECT 1 FROM report WHERE report.team = team.id), 1, position FROM team"
    " WHERE leader = :person ORDER BY position";

#define NEWEST_VERSIONS                                                     \
    " FROM report JOIN report_version ON report_version.report = report.id" \
    " AND report_version.version = newest AND state <> 'void'"

static const char UPLOAD[] =
    "SELECT report.id, 0, 1, report_version.position, NULL, file" NEWEST_VERSIONS
    " JOIN team ON team.id = report.team WHERE leader = :person ORDER BY report_version.position";

static const char SIGN_REPORT[] =
    "SELECT report.id, signed IS NOT NULL OR refused IS NOT NULL, 1, report_version.position,"
    " deadline, file" NEWEST_VERSIONS
    " JOIN must_sign ON must_sign.report = report.id AND must_sign.version = newest"
    " WHERE person = :person ORDER BY report_version.position";

enum more { NO_MORE, DEADLINE, DEADLINE_AND_FILE };

static const struct task_kind {
    const char *kind;
    const char *sql;
    enum more more;
} KINDS[] = {
    {"person.confirm", CONFIRM_PERSON, NO_MORE},  {"trustee.deal", DEAL, NO_MORE},
    {"trustee.confirm", CONFIRM_KEY, NO_MORE},    {"trustee.rehearsal", REHEARSE, NO_MORE},
    {"meeting.signin", SIGN_IN, NO_MORE},         {"ballot", VOTE, DEADLINE},
    {"election.share", SHARE, NO_MORE},           {"election.result", STATE_RESULT, NO_MORE},
    {"meeting.minutes", MINUTES, NO_MORE},        {"secrecy.undertake", UNDERTAKE, NO_MORE},
    {"conflict.declare", DECLARE, NO_MORE},       {"report.file", FILE_REPORT, NO_MORE},
    {"report.upload", UPLOAD, DEADLINE_AND_FILE}, {"report.sign", SIGN_REPORT, DEADLINE_AND_FILE},
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

static struct result read_more(struct query *query, enum more more, struct view_task *row)
{
    if (more != NO_MORE && !query_is_null(query, 4)) {
        row->deadline = query_number(query, 4);
    }
    return more == DEADLINE_AND_FILE
               ? query_fixed(query, 5, row->file.bytes, sizeof row->file.bytes)
               : OK;
}

static struct result visit_kind(struct record *record, const struct task_kind *kind,
                                struct bytes person, view_task_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, kind->sql);
    bool found;

    query_bind_text(&query, ":person", person);
    TRY(query_step(&query, &found));
    while (found) {
        struct view_task row = {.kind = kind->kind,
                                .object = query_text(&query, 0),
                                .state = task_state(&query),
                                .deadline = VIEW_NONE};

        TRY(read_more(&query, kind->more, &row));
        TRY(time_of(record, query_number(&query, 3), &row.since));
        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

struct result view_tasks(const struct view_asker *asker, view_task_visit *visit, void *context)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        TRY(visit_kind(asker->record, &KINDS[i], asker->person, visit, context));
    }
    return view_notice_tasks(asker, visit, context);
}
