#include "record/sign_off.h"

#include "protocol/statement.h"
#include "record/meeting.h"
#include "record/must_sign.h"
#include "record/people.h"
#include "record/query.h"
#include "record/report.h"

/* --- report.sign --- */

static struct bytes signatory(const struct fold *fold)
{
    return statement_value(fold->statement, "签署人");
}

static bool signs_for_organisation(const struct must_sign *line)
{
    return line->organisation[0] != '\0';
}

/* Who signs is on the list, as what the list says. */
static struct result find_line(const struct fold *fold, const struct report *report,
                               struct must_sign *out)
{
    TRY(must_sign_of_person(fold, report, signatory(fold), out));
    REQUIRE(out->found, INVALID, "report.signer");
    REQUIRE(bytes_is(statement_value(fold->statement, "身份"), out->capacity), INVALID,
            "report.capacity");
    return OK;
}

/* And still may sign as that. */
static struct result check_standing(const struct fold *fold, const struct report *report,
                                    const struct must_sign *line)
{
    if (signs_for_organisation(line)) {
        return person_require_named(fold->record, signatory(fold), ROLE_DELEGATE,
                                    "organisation.representative");
    }
    TRY(person_require_named(fold->record, signatory(fold), ROLE_REVIEWER, "reviewer.role"));
    return report_check_conflict(fold, report, signatory(fold));
}

static struct result check_reason(const struct fold *fold)
{
    const bool agrees = bytes_is(statement_value(fold->statement, "意见"), OPINION_FOR);

    REQUIRE(agrees != statement_has(fold->statement, "理由"), INVALID, "report.reason");
    return OK;
}

struct result sign_check(const struct fold *fold)
{
    struct report report;
    struct must_sign line;
    uint64_t seen;

    TRY(report_require_standing(fold, &report));
    TRY(report_check_file(fold, &report));
    TRY(find_line(fold, &report, &line));
    TRY(check_reason(fold));
    TRY(meeting_check_seen(fold, &seen));
    REQUIRE(!line.is_signed, CONFLICT, "report.signed");
    REQUIRE(!line.refused, CONFLICT, "report.refused");
    return check_standing(fold, &report, &line);
}

static const char UPDATE_SIGNED[] =
    "UPDATE must_sign SET signed = :position, opinion = :opinion, reason = NULLIF(:reason, '')"
    " WHERE report = :report AND version = :version AND person = :person AND capacity = :capacity";

struct result sign_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_SIGNED);
    const struct bytes id = statement_value(fold->statement, "报告");
    uint64_t version;

    TRY(statement_number(fold->statement, "版本", &version));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":opinion", statement_value(fold->statement, "意见"));
    query_bind_text(&query, ":reason", statement_value(fold->statement, "理由"));
    query_bind_text(&query, ":report", id);
    query_bind_number(&query, ":version", version);
    query_bind_text(&query, ":person", signatory(fold));
    query_bind_text(&query, ":capacity", statement_value(fold->statement, "身份"));
    TRY(query_run(&query));
    return report_settle(fold, id);
}

/* --- report.refusal --- */

struct result refuse_check(const struct fold *fold)
{
    struct report report;
    struct must_sign line;

    TRY(report_require_standing(fold, &report));
    TRY(report_check_file(fold, &report));
    TRY(must_sign_of_organisation(fold, &report, statement_value(fold->statement, "组织"), &line));
    REQUIRE(line.found, INVALID, "report.refusal");
    REQUIRE(!line.is_signed, CONFLICT, "report.signed");
    REQUIRE(!line.refused, CONFLICT, "report.refused");
    return OK;
}

static const char UPDATE_REFUSED[] =
    "UPDATE must_sign SET refused = :position"
    " WHERE report = :report AND version = :version AND organisation = :organisation";

struct result refuse_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REFUSED);
    const struct bytes id = statement_value(fold->statement, "报告");
    uint64_t version;

    TRY(statement_number(fold->statement, "版本", &version));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":report", id);
    query_bind_number(&query, ":version", version);
    query_bind_text(&query, ":organisation", statement_value(fold->statement, "组织"));
    TRY(query_run(&query));
    return report_settle(fold, id);
}

/* --- report.void --- */

struct result void_check(const struct fold *fold)
{
    struct report report;

    return report_require_standing(fold, &report);
}

struct result void_apply(const struct fold *fold)
{
    return report_make_void(fold, statement_value(fold->statement, "报告"), "voided");
}
