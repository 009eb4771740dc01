/*
 * The views of organisations, of a cycle's review and of teams (view_report.h).
 */
#include "record/cycle.h"
#include "record/people.h"
#include "record/query.h"
#include "record/view_report.h"

static uint64_t index_of(struct query *query, int column)
{
    return query_is_null(query, column) ? VIEW_NONE : query_number(query, column);
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

/* The words of one thing, whose name is bound as :id. */
static struct result visit_words_of(struct record *record, const char *sql, struct bytes id,
                                    view_word_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, sql);

    query_bind_text(&query, ":id", id);
    return visit_words(&query, visit, context);
}

/* --- organisations --- */

#define ORGANISATION_COLUMNS "SELECT id, name, code, representative, position FROM organisation"

static struct result visit_organisations(struct query *query, view_organisation_visit *visit,
                                         void *context, size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        const struct view_organisation row = {
            .id = query_text(query, 0),
            .name = query_text(query, 1),
            .code = query_text(query, 2),
            .representative = query_text(query, 3),
            .index = query_number(query, 4),
        };

        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_ORGANISATIONS[] = ORGANISATION_COLUMNS " ORDER BY position";

struct result view_organisations(struct record *record, view_organisation_visit *visit,
                                 void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ORGANISATIONS);
    size_t count;

    return visit_organisations(&query, visit, context, &count);
}

static const char SELECT_ORGANISATION[] = ORGANISATION_COLUMNS " WHERE id = :id";

struct result view_organisation(struct record *record, struct bytes id,
                                view_organisation_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ORGANISATION);
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(visit_organisations(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

/* --- the review of a cycle --- */

static const char SELECT_REVIEW[] =
    "SELECT id, (SELECT MIN(position) FROM qualified WHERE cycle = id),"
    " (SELECT rule FROM after_change WHERE cycle = id) IS '" AFTER_CHANGE_AGAIN "'"
    " FROM cycle WHERE id = :id";

struct result view_review(struct record *record, struct bytes cycle, view_review_visit *visit,
                          void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_REVIEW);
    bool found;

    query_bind_text(&query, ":id", cycle);
    TRY(query_step(&query, &found));
    REQUIRE(found, NOT_FOUND, "view.unknown");
    const struct view_review row = {
        .cycle = query_text(&query, 0),
        .qualified_index = index_of(&query, 1),
        .after_change = query_number(&query, 2) ? AFTER_CHANGE_AGAIN : AFTER_CHANGE_STANDS,
    };

    return visit(context, &row);
}

static const char SELECT_QUALIFIED[] =
    "SELECT organisation FROM qualified WHERE cycle = :id ORDER BY organisation";

struct result view_review_qualified(struct record *record, struct bytes cycle,
                                    view_word_visit *visit, void *context)
{
    return visit_words_of(record, SELECT_QUALIFIED, cycle, visit, context);
}

static const char SELECT_REVIEW_TEAMS[] = "SELECT id FROM team WHERE cycle = :id ORDER BY position";

struct result view_review_teams(struct record *record, struct bytes cycle, view_word_visit *visit,
                                void *context)
{
    return visit_words_of(record, SELECT_REVIEW_TEAMS, cycle, visit, context);
}

static const char SELECT_REVIEWERS[] =
    "SELECT id, undertaking.position, declaration.position FROM person"
    " LEFT JOIN undertaking ON undertaking.person = id AND undertaking.cycle = :cycle"
    " LEFT JOIN declaration ON declaration.person = id AND declaration.cycle = :cycle"
    " WHERE undertaking.position IS NOT NULL OR declaration.position IS NOT NULL"
    " OR (revoked IS NULL AND EXISTS (SELECT 1 FROM role WHERE role.person = id"
    "  AND role.role = '" ROLE_REVIEWER "' AND ended IS NULL)) ORDER BY id";

struct result view_review_reviewers(struct record *record, struct bytes cycle,
                                    view_reviewer_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_REVIEWERS);
    bool found;

    query_bind_text(&query, ":cycle", cycle);
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_reviewer row = {query_text(&query, 0), index_of(&query, 1),
                                          index_of(&query, 2)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static const char SELECT_CONFLICTS[] =
    "SELECT person, organisation, 0, declared AS position FROM conflict"
    " WHERE cycle = :cycle AND declared IS NOT NULL AND :person IN ('', person)"
    " UNION ALL SELECT person, organisation, 1, found FROM conflict"
    " WHERE cycle = :cycle AND found IS NOT NULL AND :person IN ('', person)"
    " ORDER BY person, position, organisation";

struct result view_review_conflicts(struct record *record, struct bytes cycle, struct bytes person,
                                    view_conflict_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CONFLICTS);
    bool found;

    query_bind_text(&query, ":cycle", cycle);
    query_bind_text(&query, ":person", person);
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_conflict row = {query_text(&query, 0), query_text(&query, 1),
                                          query_number(&query, 2) ? "found" : "declared",
                                          query_number(&query, 3)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

/* --- teams --- */

#define TEAM_COLUMNS "SELECT id, cycle, leader, position FROM team"

static struct result visit_teams(struct query *query, view_team_visit *visit, void *context,
                                 size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        const struct view_team row = {query_text(query, 0), query_text(query, 1),
                                      query_text(query, 2), query_number(query, 3)};

        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_TEAMS[] = TEAM_COLUMNS " ORDER BY position";

struct result view_teams(struct record *record, view_team_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_TEAMS);
    size_t count;

    return visit_teams(&query, visit, context, &count);
}

static const char SELECT_TEAM[] = TEAM_COLUMNS " WHERE id = :id";

struct result view_team(struct record *record, struct bytes id, view_team_visit *visit,
                        void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_TEAM);
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(visit_teams(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static const char SELECT_TEAM_REVIEWERS[] =
    "SELECT person FROM team_member WHERE team = :id ORDER BY person";

struct result view_team_reviewers(struct record *record, struct bytes team, view_word_visit *visit,
                                  void *context)
{
    return visit_words_of(record, SELECT_TEAM_REVIEWERS, team, visit, context);
}

static const char SELECT_TEAM_ORGANISATIONS[] =
    "SELECT organisation FROM team_subject WHERE team = :id ORDER BY organisation";

struct result view_team_organisations(struct record *record, struct bytes team,
                                      view_word_visit *visit, void *context)
{
    return visit_words_of(record, SELECT_TEAM_ORGANISATIONS, team, visit, context);
}

static const char SELECT_TEAM_REPORTS[] =
    "SELECT id FROM report WHERE team = :id ORDER BY position";

struct result view_team_reports(struct record *record, struct bytes team, view_word_visit *visit,
                                void *context)
{
    return visit_words_of(record, SELECT_TEAM_REPORTS, team, visit, context);
}

static const char SELECT_CHANGES[] =
    "SELECT position, leaver, successor FROM team_change WHERE team = :team ORDER BY position";

struct result view_team_changes(struct record *record, struct bytes team,
                                view_team_change_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CHANGES);
    bool found;

    query_bind_text(&query, ":team", team);
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_team_change row = {query_number(&query, 0), query_text(&query, 1),
                                             query_text(&query, 2)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}
