#include "record/must_sign.h"

#include <string.h>

#include "base/text.h"
#include "protocol/statement.h"
#include "record/cycle.h"
#include "record/organisation.h"
#include "record/query.h"
#include "record/state.h"

/* --- the list that a filing must name --- */

static struct result at_line(struct result result, size_t line)
{
    return is_ok(result) ? OK : fail_field(result.failure, result.rule, "须签", line + 1);
}

/* The line says exactly "<person> <capacity>". */
static struct result match_line(const struct fold *fold, size_t line, struct bytes person,
                                const char *capacity)
{
    struct bytes word = statement_value_at(fold->statement, "须签", line);
    const struct bytes named = text_cut(&word, ' ');

    return bytes_equal(named, person) && bytes_is(word, capacity)
               ? OK
               : at_line(fail(INVALID, "report.signers"), line);
}

struct walk {
    const struct fold *fold;
    const struct team *team;
    size_t line;
};

static struct result match_member(void *context, struct bytes person)
{
    struct walk *walk = context;

    return match_line(walk->fold, walk->line++, person,
                      bytes_is(person, walk->team->leader) ? CAPACITY_LEADER : CAPACITY_REVIEWER);
}

static bool is_site_report(const struct fold *fold)
{
    return bytes_is(statement_value(fold->statement, "种类"), REPORT_SITE);
}

struct result must_sign_check(const struct fold *fold, const struct team *team)
{
    struct walk walk = {fold, team, 0};
    char representative[RECORD_ID_SIZE];

    TRY(team_members(fold->record, bytes_of_string(team->id), match_member, &walk));
    if (is_site_report(fold)) {
        TRY(organisation_load(fold->record, statement_value(fold->statement, "受评组织"),
                              representative));
        TRY(match_line(fold, walk.line++, bytes_of_string(representative), CAPACITY_SUBJECT));
    }
    REQUIRE(walk.line == statement_count(fold->statement, "须签"), INVALID, "report.signers");
    return OK;
}

static const char INSERT_LINE[] =
    "INSERT INTO must_sign (report, version, place, person, capacity, organisation)"
    " VALUES (:report, :version, :place, :person, :capacity, NULLIF(:organisation, ''))";

static struct result insert_line(const struct fold *fold, uint64_t version, size_t line)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_LINE);
    struct bytes capacity = statement_value_at(fold->statement, "须签", line);
    const struct bytes person = text_cut(&capacity, ' ');

    query_bind_text(&query, ":report", statement_value(fold->statement, "报告"));
    query_bind_number(&query, ":version", version);
    query_bind_number(&query, ":place", line);
    query_bind_text(&query, ":person", person);
    query_bind_text(&query, ":capacity", capacity);
    query_bind_text(&query, ":organisation",
                    bytes_is(capacity, CAPACITY_SUBJECT)
                        ? statement_value(fold->statement, "受评组织")
                        : EMPTY_BYTES);
    return query_run(&query);
}

struct result must_sign_insert(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "须签");
    uint64_t version;

    TRY(statement_number(fold->statement, "版本", &version));
    for (size_t line = 0; line < count; line++) {
        TRY(insert_line(fold, version, line));
    }
    return OK;
}

/* --- a line as it stands --- */

static struct result read_line(struct query *query, struct must_sign *out)
{
    memset(out, 0, sizeof *out);
    TRY(query_step(query, &out->found));
    if (!out->found) {
        return OK;
    }
    state_copy_id(query_text(query, 0), out->capacity);
    state_copy_id(query_text(query, 1), out->organisation);
    out->is_signed = !query_is_null(query, 2);
    out->refused = !query_is_null(query, 3);
    return OK;
}

static const char SELECT_OF_PERSON[] =
    "SELECT capacity, COALESCE(organisation, ''), signed, refused FROM must_sign"
    " WHERE report = :report AND version = :version AND person = :person"
    " ORDER BY capacity = :capacity DESC, place";

struct result must_sign_of_person(const struct fold *fold, const struct report *report,
                                  struct bytes person, struct must_sign *out)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_OF_PERSON);

    query_bind_text(&query, ":report", bytes_of_string(report->id));
    query_bind_number(&query, ":version", report->version);
    query_bind_text(&query, ":person", person);
    query_bind_text(&query, ":capacity", statement_value(fold->statement, "身份"));
    return read_line(&query, out);
}

static const char SELECT_OF_ORGANISATION[] =
    "SELECT capacity, organisation, signed, refused FROM must_sign"
    " WHERE report = :report AND version = :version AND organisation = :organisation";

struct result must_sign_of_organisation(const struct fold *fold, const struct report *report,
                                        struct bytes organisation, struct must_sign *out)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_OF_ORGANISATION);

    query_bind_text(&query, ":report", bytes_of_string(report->id));
    query_bind_number(&query, ":version", report->version);
    query_bind_text(&query, ":organisation", organisation);
    return read_line(&query, out);
}

/* --- somebody is replaced --- */

static const char SELECT_TOUCHED[] =
    "SELECT report.id, report.newest, team.cycle, team.leader FROM must_sign"
    " JOIN report ON report.id = must_sign.report AND report.newest = must_sign.version"
    " JOIN report_version ON report_version.report = report.id"
    "  AND report_version.version = report.newest"
    " JOIN team ON team.id = report.team"
    " WHERE must_sign.person = :out AND COALESCE(organisation, '') = :organisation"
    " AND (:team = '' OR team.id = :team) AND state IN ('open', 'blocked')"
    " ORDER BY report.position";

static const char INSERT_FORMER[] =
    "INSERT INTO former_signature"
    " (signed, report, version, person, capacity, organisation, opinion, reason)"
    " SELECT signed, report, version, person, capacity, organisation, opinion, reason"
    " FROM must_sign WHERE report = :report AND version = :version AND person = :out"
    " AND COALESCE(organisation, '') = :organisation AND signed IS NOT NULL";

static const char UPDATE_LINE[] =
    "UPDATE must_sign SET person = :in, signed = NULL, opinion = NULL, reason = NULL"
    " WHERE report = :report AND version = :version AND person = :out"
    " AND COALESCE(organisation, '') = :organisation";

/* What nobody has signed says what its person is now. */
static const char UPDATE_CAPACITIES[] =
    "UPDATE must_sign SET capacity = CASE person WHEN :leader THEN '" CAPACITY_LEADER
    "' ELSE '" CAPACITY_REVIEWER "' END"
    " WHERE report = :report AND version = :version AND organisation IS NULL AND signed IS NULL";

struct touched {
    struct bytes report;
    uint64_t version;
    struct bytes leader;
};

static void bind_change(struct query *query, const struct touched *touched,
                        const struct change *change)
{
    query_bind_text(query, ":report", touched->report);
    query_bind_number(query, ":version", touched->version);
    query_bind_text(query, ":out", change->out);
    query_bind_text(query, ":organisation", change->organisation);
}

static struct result keep_former(const struct fold *fold, const struct touched *touched,
                                 const struct change *change)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_FORMER);

    bind_change(&query, touched, change);
    return query_run(&query);
}

static struct result update_line(const struct fold *fold, const struct touched *touched,
                                 const struct change *change)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_LINE);

    bind_change(&query, touched, change);
    query_bind_text(&query, ":in", change->in);
    return query_run(&query);
}

static struct result update_capacities(const struct fold *fold, const struct touched *touched)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_CAPACITIES);

    query_bind_text(&query, ":leader", touched->leader);
    query_bind_text(&query, ":report", touched->report);
    query_bind_number(&query, ":version", touched->version);
    return query_run(&query);
}

static struct result take_over(const struct fold *fold, const struct touched *touched,
                               const struct change *change)
{
    TRY(keep_former(fold, touched, change));
    TRY(update_line(fold, touched, change));
    TRY(update_capacities(fold, touched));
    return report_settle(fold, touched->report);
}

struct result must_sign_change(const struct fold *fold, const struct change *change)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_TOUCHED);
    bool row, again;

    query_bind_text(&query, ":out", change->out);
    query_bind_text(&query, ":organisation", change->organisation);
    query_bind_text(&query, ":team", change->team);
    TRY(query_step(&query, &row));
    while (row) {
        const struct touched touched = {query_text(&query, 0), query_number(&query, 1),
                                        query_text(&query, 3)};

        TRY(cycle_signs_again(fold->record, query_text(&query, 2), &again));
        TRY(again ? report_make_void(fold, touched.report, "team")
                  : take_over(fold, &touched, change));
        TRY(query_step(&query, &row));
    }
    return OK;
}
