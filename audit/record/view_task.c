/*
 * The tasks of a person (view.h): one query for each kind of statement that may wait for someone.
 * Each row gives the object, whether the person has done it (0 or 1), whether it can be done yet,
 * and the time of the entry that asks for it.
 */
#include "record/query.h"
#include "record/view.h"

#define ENTRY_TIME(position) "(SELECT time FROM entry WHERE entry.position = " position ")"

struct task_kind {
    const char *kind;
    const char *sql;
};

/* The role is the person's now. */
#define HOLDS(word)                                                     \
    "EXISTS (SELECT 1 FROM role JOIN person ON person.id = role.person" \
    " WHERE role.person = :person AND role.role = '" word               \
    "' AND role.ended IS NULL AND person.revoked IS NULL)"

static const struct task_kind KINDS[] = {
    {"person.confirm",
     "SELECT enrolment.person, 0, 1, MAX(" ENTRY_TIME(
         "enrolment.position") ")"
                               " FROM enrolment JOIN person ON person.id = enrolment.person"
                               " WHERE person.confirmed IS NULL AND person.revoked IS NULL AND "
                               "enrolment.person <> :person"
                               " AND " HOLDS("工作人员") " GROUP BY enrolment.person ORDER BY "
                                                         "enrolment.person"              },
    {"trustee.deal",
     "SELECT ceremony.id, trustee.dealt IS NOT NULL, 1, " ENTRY_TIME(
         "ceremony.position") " FROM trustee JOIN ceremony ON ceremony.hash = trustee.ceremony"
                              " WHERE trustee.person = :person AND ceremony.disputed IS NULL ORDER "
                              "BY ceremony.position"                                     },
    {"trustee.confirm",
     "SELECT ceremony.id, trustee.confirmed IS NOT NULL, ceremony.election_key IS NOT "
     "NULL, " ENTRY_TIME(
         "trustee.dealt") " FROM trustee JOIN ceremony ON ceremony.hash = trustee.ceremony"
                          " WHERE trustee.person = :person AND trustee.dealt IS NOT NULL"
                          " AND ceremony.disputed IS NULL ORDER BY ceremony.position"    },
    {"trustee.rehearsal",
     "SELECT ceremony.id, trustee.rehearsed IS NOT NULL,"
     " NOT EXISTS (SELECT 1 FROM trustee AS other WHERE other.ceremony = ceremony.hash"
     "  AND other.confirmed IS NULL), " ENTRY_TIME(
         "trustee.confirmed") " FROM trustee JOIN ceremony ON ceremony.hash = trustee.ceremony"
                              " WHERE trustee.person = :person AND trustee.confirmed IS NOT NULL"
                              " AND ceremony.disputed IS NULL ORDER BY ceremony.position"},
    {"meeting.signin",
     "SELECT meeting.id, EXISTS (SELECT 1 FROM signin WHERE signin.meeting = meeting.id"
     "  AND signin.person = :person), 1, " ENTRY_TIME(
         "meeting.position") " FROM meeting JOIN appointed ON appointed.meeting = meeting.id"
                             " WHERE appointed.person = :person AND meeting.frozen IS NULL AND "
                             "meeting.minutes IS NULL"
                             " ORDER BY meeting.position"                                },
 /* Whether a member has cast nobody can know: a ballot stays to be done until the close. */
    {"ballot",
     "SELECT election.id, 0, 1, " ENTRY_TIME(
         "election.position") " FROM election JOIN roll ON roll.manifest = election.manifest"
                              " WHERE roll.person = :person AND election.closed IS NULL AND "
                              "election.cancelled IS NULL"
                              " ORDER BY election.position"                              },
    {"election.share",
     "SELECT election.id, EXISTS (SELECT 1 FROM share WHERE share.manifest = election.manifest"
     "  AND share.trustee = trustee.place), 1, " ENTRY_TIME(
         "election.closed") " FROM election JOIN trustee ON trustee.ceremony = election.ceremony"
                            " WHERE trustee.person = :person AND election.closed IS NOT NULL"
                            " AND election.result IS NULL AND election.cancelled IS NULL ORDER BY "
                            "election.position"                                          },
    {"election.result",
     "SELECT election.id, 0, (SELECT COUNT(*) FROM share"
     "  WHERE share.manifest = election.manifest) >= election.threshold, " ENTRY_TIME(
         "election.closed") " FROM election JOIN meeting ON meeting.id = election.meeting"
                            " WHERE :person IN (meeting.chair, meeting.first_scrutineer, "
                            "meeting.second_scrutineer)"
                            " AND election.closed IS NOT NULL AND election.result IS NULL"
                            " AND election.cancelled IS NULL ORDER BY election.position" },
    {"meeting.minutes",
     "SELECT meeting.id, meeting.minutes IS NOT NULL, NOT EXISTS (SELECT 1 FROM election"
     "  WHERE election.meeting = meeting.id AND election.result IS NULL"
     "  AND election.cancelled IS NULL), " ENTRY_TIME(
         "meeting.frozen") " FROM meeting"
                           " WHERE :person IN (meeting.chair, meeting.first_scrutineer, "
                           "meeting.second_scrutineer)"
                           " AND meeting.frozen IS NOT NULL ORDER BY meeting.position"   },
};

static struct result visit_kind(struct record *record, const struct task_kind *kind,
                                struct bytes person, view_task_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, kind->sql);
    bool found;

    query_bind_text(&query, ":person", person);
    TRY(query_step(&query, &found));
    while (found) {
        const bool done = query_number(&query, 1) != 0;
        const bool ready = query_number(&query, 2) != 0;
        const struct view_task row = {kind->kind, query_text(&query, 0),
                                      done    ? "done"
                                      : ready ? "todo"
                                              : "waiting",
                                      query_number(&query, 3)};

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
