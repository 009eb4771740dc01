/*
 * What waits for a person in notices and cases (view_notice.h): one query for each kind of
 * statement. Their columns: the object, whether it can be done yet (0 or 1), since when, the term
 * or NULL, and the case or NULL. What is done is not listed: a case's own page tells that.
 */
#include "record/case_state.h"
#include "record/people.h"
#include "record/query.h"
#include "record/view_notice.h"

/* Asked of whom, as of when. */
#define ME             "WITH me (person, now) AS (VALUES (:person, :now)) SELECT "
#define TIME_OF(place) ", (SELECT entry.time FROM entry WHERE entry.position = " #place ")"
#define HOLDS(role_name)                                                               \
    "EXISTS (SELECT 1 FROM role JOIN person ON person.id = role.person"                \
    " WHERE role.person = me.person AND role.role = '" role_name "' AND ended IS NULL" \
    " AND revoked IS NULL)"

/* --- cases --- */

#define SERIAL "objection.notice || format('-%04d', objection.number)"
#define DUE                                                                           \
    "(SELECT case_term.due FROM case_term WHERE case_term.objection = objection.hash" \
    " AND met IS NULL)"
#define CASES(can, since) ME SERIAL ", " can TIME_OF(since) ", " DUE ", objection.hash"
#define BY_CASE           " ORDER BY objection.position"

#define DECLARED(who)                                                                   \
    "(SELECT 1 FROM case_declaration WHERE case_declaration.objection = objection.hash" \
    " AND case_declaration.person = " #who
#define OF_HANDLER                                                      \
    " FROM me JOIN notice_handler ON notice_handler.person = me.person" \
    " JOIN objection ON objection.notice = notice_handler.notice WHERE " HOLDS(ROLE_OFFICER)
#define FREE " AND closed IS NULL AND EXISTS " DECLARED(me.person) " AND conflict = 0)"
/* Once a case is assigned, it waits for that person alone. */
#define MINE OF_HANDLER FREE " AND COALESCE(assigned, me.person) = me.person"

/* A supplement is the objector's to give until its term is over; a follower waits for its case. */
#define CAN_ANSWER                                                   \
    "CASE WHEN state = '" CASE_SUPPLEMENT "' THEN " DUE " < me.now"  \
    " WHEN state IN ('" CASE_RECEIVED "', '" CASE_FOUND "') THEN 1"  \
    " ELSE (SELECT main.reported IS NOT NULL FROM objection AS main" \
    "  WHERE main.hash = objection.joined) END"
/* While the organisation is being heard. */
#define CAN_REPORT                                                       \
    "NOT EXISTS (SELECT 1 FROM case_hearing"                             \
    " WHERE case_hearing.objection = objection.hash AND replied IS NULL" \
    " AND case_hearing.due >= me.now)"
/* No case is accepted before a handler has verified the name; a late one never is. */
#define CAN_OPEN                                                          \
    "EXISTS (SELECT 1 FROM case_declaration JOIN notice_handler"          \
    " ON notice_handler.person = case_declaration.person"                 \
    " WHERE case_declaration.objection = objection.hash AND conflict = 0" \
    " AND notice_handler.notice = objection.notice)"
#define OF_KEEPER                                                     \
    " FROM me JOIN notice_keeper ON notice_keeper.person = me.person" \
    " JOIN objection ON objection.notice = notice_keeper.notice WHERE " HOLDS(ROLE_KEEPER)
#define KEPT_UNTIL                                                          \
    "closed_time + 86400 * (SELECT keep_days FROM notice_rules JOIN notice" \
    " ON notice.cycle = notice_rules.cycle WHERE notice.id = objection.notice)"

/* --- notices --- */

#define DAY_OF(moment) "((" moment " + 28800) / 86400 * 86400 - 28800)"
#define FIRST_DAY      DAY_OF("opens")
#define LAST_DAY       DAY_OF("closes - 1")
#define UNSETTLED      " FROM me JOIN notice ON settled IS NULL WHERE "
#define BY_NOTICE      " ORDER BY notice.position"
/* A day on which the notice has still to be seen in public. */
#define SEEN(day)                                                       \
    "(SELECT 1 FROM notice_proof WHERE notice_proof.notice = notice.id" \
    " AND seen >= " day " AND seen < " day " + 86400)"
#define UNSEEN(day) \
    UNSETTLED HOLDS(ROLE_OFFICER) " AND " day " <= me.now AND NOT EXISTS " SEEN(day) BY_NOTICE

/* --- kinds --- */

static const struct kind {
    const char *kind;
    const char *sql;
} KINDS[] = {
    {"case.declare",
     CASES("1", received) OF_HANDLER " AND closed IS NULL AND received IS NOT NULL"
                                     " AND NOT EXISTS " DECLARED(me.person) ")" BY_CASE},
    {"identity.open", CASES(CAN_OPEN, received) OF_KEEPER
     " AND closed IS NULL AND received IS NOT NULL AND opened IS NULL AND late = 0" BY_CASE},
    {"case.verify", CASES("1", opened) OF_HANDLER FREE
     " AND verified IS NULL AND EXISTS (SELECT 1 FROM identity_opening"
     "  WHERE identity_opening.objection = objection.hash AND reader = me.person)" BY_CASE},
    {"objection.answer", CASES(CAN_ANSWER, since) MINE
     " AND (joined IS NOT NULL AND state <> '" CASE_AWAITED "' OR state IN"
     "  ('" CASE_RECEIVED "', '" CASE_SUPPLEMENT "', '" CASE_FOUND "'))" BY_CASE},
    /* Two sign the report; who is asked to co-sign sees a proposal besides. */
    {"case.report", CASES(CAN_REPORT, since) MINE " AND joined IS NULL AND reported IS NULL"
                                                  " AND state IN ('" CASE_ACCEPTED
                                                  "', '" CASE_INVESTIGATED "')" BY_CASE},
    {"identity.erase",
     ME SERIAL ", 1, " KEPT_UNTIL ", NULL, objection.hash" OF_HANDLER
               " AND closed IS NOT NULL AND erased IS NULL AND " KEPT_UNTIL " <= me.now" BY_CASE},
    {"notice.publish",
     ME "notice.id, 1" TIME_OF(notice.position) ", " FIRST_DAY " + 86400, NULL" UNSEEN(FIRST_DAY)},
    {"notice.publish",
     ME "notice.id, 1, " LAST_DAY ", " LAST_DAY " + 86400, NULL" UNSEEN(LAST_DAY)},
    {"list.settle", ME "notice.id, 1, closes, NULL, NULL" UNSETTLED "closes <= me.now AND (" HOLDS(
                        ROLE_OFFICER) " OR " HOLDS(ROLE_CHAIR) ")" BY_NOTICE},
};

static struct result visit_row(struct query *query, const char *kind, view_task_visit *visit,
                               void *context)
{
    struct view_task row = {
        .kind = kind,
        .object = query_text(query, 0),
        .state = query_number(query, 1) ? "todo" : "waiting",
        .since = query_number(query, 2),
        .deadline = query_is_null(query, 3) ? VIEW_NONE : query_number(query, 3),
    };

    if (!query_is_null(query, 4)) {
        TRY(query_fixed(query, 4, row.objection.bytes, sizeof row.objection.bytes));
    }
    return visit(context, &row);
}

static struct result visit_kind(const struct view_asker *asker, const struct kind *kind,
                                view_task_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(asker->record, kind->sql);
    bool found;

    query_bind_text(&query, ":person", asker->person);
    query_bind_number(&query, ":now", asker->now);
    TRY(query_step(&query, &found));
    while (found) {
        TRY(visit_row(&query, kind->kind, visit, context));
        TRY(query_step(&query, &found));
    }
    return OK;
}

struct result view_notice_tasks(const struct view_asker *asker, view_task_visit *visit,
                                void *context)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        TRY(visit_kind(asker, &KINDS[i], visit, context));
    }
    return OK;
}
