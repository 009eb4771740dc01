#include "record/view.h"

#include <string.h>

#include "record/people.h"
#include "record/query.h"

/* An index column that may be empty. */
static uint64_t index_of(struct query *query, int column)
{
    return query_is_null(query, column) ? VIEW_NONE : query_number(query, column);
}

static const char SELECT_GENESIS[] = "SELECT origin, text_hash, log_key, service_key FROM genesis";

struct result view_genesis(struct record *record, view_genesis_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_GENESIS);
    struct view_genesis row;
    bool found;

    TRY(query_step(&query, &found));
    REQUIRE(found, NOT_FOUND, "view.unknown");
    row.origin = query_text(&query, 0);
    TRY(query_fixed(&query, 1, row.text_hash.bytes, sizeof row.text_hash.bytes));
    TRY(query_fixed(&query, 2, row.log_key, sizeof row.log_key));
    TRY(query_fixed(&query, 3, row.service_key, sizeof row.service_key));
    return visit(context, &row);
}

static const char SELECT_CYCLES[] = "SELECT id, year, position FROM cycle ORDER BY position";

struct result view_cycles(struct record *record, view_cycle_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CYCLES);
    bool found;

    TRY(query_step(&query, &found));
    while (found) {
        const struct view_cycle row = {query_text(&query, 0), query_number(&query, 1),
                                       query_number(&query, 2)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

/* --- meetings --- */

#define MEETING_COLUMNS                                                               \
    "SELECT id, cycle, place, time, chair, quorum, position, commitment IS NOT NULL," \
    " revealed IS NOT NULL, recorded IS NOT NULL, frozen, present, minutes FROM meeting"

static const char *meeting_state(const struct view_meeting *row)
{
    if (row->minutes_index != VIEW_NONE) {
        return "closed";
    }
    return row->freeze_index != VIEW_NONE ? "frozen" : "open";
}

static const char *draw_state(struct query *query)
{
    if (query_number(query, 8)) {
        return "revealed";
    }
    if (query_number(query, 9)) {
        return "recorded";
    }
    return query_number(query, 7) ? "committed" : "none";
}

static struct result visit_meetings(struct query *query, view_meeting_visit *visit, void *context,
                                    size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        struct view_meeting row = {
            .id = query_text(query, 0),
            .cycle = query_text(query, 1),
            .place = query_text(query, 2),
            .time = query_number(query, 3),
            .chair = query_text(query, 4),
            .quorum = query_number(query, 5),
            .index = query_number(query, 6),
            .draw = draw_state(query),
            .freeze_index = index_of(query, 10),
            .present = query_number(query, 11),
            .minutes_index = index_of(query, 12),
        };

        row.state = meeting_state(&row);
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_MEETINGS[] = MEETING_COLUMNS " ORDER BY position";

struct result view_meetings(struct record *record, view_meeting_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_MEETINGS);
    size_t count;

    return visit_meetings(&query, visit, context, &count);
}

static const char SELECT_MEETING[] = MEETING_COLUMNS " WHERE id = :id";

struct result view_meeting(struct record *record, struct bytes id, view_meeting_visit *visit,
                           void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_MEETING);
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(visit_meetings(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static struct result visit_words(struct query *query, view_word_visit *visit, void *context)
{
    bool found;

    TRY(query_step(query, &found));
    while (found) {
        TRY(visit(context, query_text(query, 0)));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_SCRUTINEERS[] =
    "SELECT first_scrutineer AS person, 1 AS place FROM meeting WHERE id = :id"
    " UNION ALL SELECT second_scrutineer, 2 FROM meeting WHERE id = :id ORDER BY place";

struct result view_meeting_scrutineers(struct record *record, struct bytes meeting,
                                       view_word_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_SCRUTINEERS);

    query_bind_text(&query, ":id", meeting);
    return visit_words(&query, visit, context);
}

static const char SELECT_APPOINTED[] =
    "SELECT person FROM appointed WHERE meeting = :id ORDER BY place";

struct result view_meeting_appointed(struct record *record, struct bytes meeting,
                                     view_word_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_APPOINTED);

    query_bind_text(&query, ":id", meeting);
    return visit_words(&query, visit, context);
}

static const char SELECT_ORDER[] =
    "SELECT id FROM candidate WHERE meeting = :id AND drawn IS NOT NULL ORDER BY drawn";

struct result view_meeting_order(struct record *record, struct bytes meeting,
                                 view_word_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ORDER);

    query_bind_text(&query, ":id", meeting);
    return visit_words(&query, visit, context);
}

static const char SELECT_CANDIDATES[] =
    "SELECT id, name FROM candidate WHERE meeting = :id ORDER BY place";

struct result view_meeting_candidates(struct record *record, struct bytes meeting,
                                      view_candidate_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CANDIDATES);
    bool found;

    query_bind_text(&query, ":id", meeting);
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_candidate row = {query_text(&query, 0), query_text(&query, 1)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static const char SELECT_SIGNINS[] =
    "SELECT person, position, vote_key FROM signin WHERE meeting = :id"
    " AND position = (SELECT MAX(position) FROM signin AS later"
    "  WHERE later.meeting = signin.meeting AND later.person = signin.person)"
    " ORDER BY person";

struct result view_meeting_signins(struct record *record, struct bytes meeting,
                                   view_signin_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_SIGNINS);
    bool found;

    query_bind_text(&query, ":id", meeting);
    TRY(query_step(&query, &found));
    while (found) {
        struct view_signin row = {.person = query_text(&query, 0),
                                  .index = query_number(&query, 1)};

        TRY(query_fixed(&query, 2, row.vote_key.bytes, sizeof row.vote_key.bytes));
        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static const char SELECT_RECUSALS[] =
    "SELECT person, candidate, position FROM recusal WHERE meeting = :id ORDER BY position";

struct result view_meeting_recusals(struct record *record, struct bytes meeting,
                                    view_recusal_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_RECUSALS);
    bool found;

    query_bind_text(&query, ":id", meeting);
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_recusal row = {query_text(&query, 0), query_text(&query, 1),
                                         query_number(&query, 2)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

/* --- people --- */

#define PERSON_COLUMNS                                                                 \
    "SELECT id, hidden_name, invited, confirmed, revoked, sign_key, enrol_hash,"       \
    " (SELECT position FROM enrolment WHERE enrolment.text_hash = person.enrol_hash)," \
    " (SELECT MAX(position) FROM enrolment WHERE enrolment.person = person.id),"       \
    " (SELECT text_hash FROM enrolment WHERE enrolment.person = person.id"             \
    "  ORDER BY position DESC LIMIT 1) FROM person"

static const char *person_state(struct query *query)
{
    if (!query_is_null(query, 4)) {
        return "revoked";
    }
    if (!query_is_null(query, 3)) {
        return "confirmed";
    }
    return query_is_null(query, 8) ? "invited" : "enrolled";
}

/* The enrolment that was confirmed, else the last one. */
static struct result read_enrolment(struct query *query, struct view_person *row)
{
    const bool confirmed = !query_is_null(query, 6);

    row->enrol_index = index_of(query, confirmed ? 7 : 8);
    if (row->enrol_index == VIEW_NONE) {
        return OK;
    }
    return query_fixed(query, confirmed ? 6 : 9, row->enrol_hash.bytes,
                       sizeof row->enrol_hash.bytes);
}

static struct result visit_people(struct query *query, view_person_visit *visit, void *context,
                                  size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        struct view_person row = {
            .id = query_text(query, 0),
            .hidden_name = query_text(query, 1),
            .invite_index = query_number(query, 2),
            .confirm_index = index_of(query, 3),
            .state = person_state(query),
        };

        if (row.confirm_index != VIEW_NONE) {
            TRY(query_fixed(query, 5, row.sign_key, sizeof row.sign_key));
        }
        TRY(read_enrolment(query, &row));
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_PEOPLE[] = PERSON_COLUMNS " ORDER BY id";

struct result view_people(struct record *record, view_person_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_PEOPLE);
    size_t count;

    return visit_people(&query, visit, context, &count);
}

static const char SELECT_PERSON[] = PERSON_COLUMNS " WHERE id = :id";

struct result view_person(struct record *record, struct bytes id, view_person_visit *visit,
                          void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_PERSON);
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(visit_people(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static const char SELECT_ROLES[] =
    "SELECT role FROM role JOIN person ON person.id = role.person"
    " WHERE role.person = :id AND role.ended IS NULL AND person.revoked IS NULL"
    " ORDER BY role.granted, role.role";

struct result view_person_roles(struct record *record, struct bytes person, view_word_visit *visit,
                                void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ROLES);

    query_bind_text(&query, ":id", person);
    return visit_words(&query, visit, context);
}

struct result view_has_role(struct record *record, struct bytes person, const char *role, bool *out)
{
    struct person held;
    const struct result required = person_require(record, person, role, &held);

    *out = is_ok(required);
    return required.failure == UNAUTHORIZED ? OK : required;
}
