#include "server/audience.h"

#include "base/text.h"
#include "record/people.h"
#include "record/query.h"

/* Names: everybody who works together knows them. The second is of the officers of log.genesis. */
static const char *const NAMES[] = {"姓名", "工作人员"};

static const char REFUSAL[] = "report.refusal";
/* What is said about a report in reasons. */
static const char *const REPORTS[] = {"report.sign", "report.void", REFUSAL};

/* Whom an objection is about: the service checks lists with it, and tells nobody. */
static const char SUBJECT[] = "对象";

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

struct result audience_open(struct record *record, struct bytes person, struct audience *out)
{
    bool member;
    bool chair;

    *out = (struct audience){.record = record, .person = person};
    TRY(person_has_role(record, person, LITERAL(ROLE_OFFICER), &out->officer));
    TRY(person_has_role(record, person, LITERAL(ROLE_MEMBER), &member));
    TRY(person_has_role(record, person, LITERAL(ROLE_CHAIR), &chair));
    out->committee = member || chair;
    return OK;
}

static bool is_one_of(struct bytes word, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static struct result has_signed(const struct audience *audience, const struct audience_field *field,
                                bool *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_text(&line, "\n— "));
    TRY(buffer_append(&line, audience->person));
    TRY(buffer_append_text(&line, " "));
    *out = text_find(field->entry, buffer_view(&line)) != SIZE_MAX ||
           text_find(field->proposal, buffer_view(&line)) != SIZE_MAX;
    return OK;
}

static const char SELECT_PLACE[] =
    "SELECT EXISTS (SELECT 1 FROM team_member"
    "  WHERE team_member.team = report.team AND person = :person),"
    " EXISTS (SELECT 1 FROM report_subject"
    "  JOIN organisation ON organisation.id = report_subject.organisation"
    "  WHERE report_subject.report = report.id AND representative = :person)"
    " FROM report_act JOIN report ON report.id = report_act.report"
    " WHERE report_act.position = :position";

/* Whether the person is of the team, or represents the organisation, that the entry is about. */
static struct result is_concerned(const struct audience *audience,
                                  const struct audience_field *field, bool *out)
{
    AUTO_QUERY query = query_start(audience->record, SELECT_PLACE);
    bool found;

    query_bind_number(&query, ":position", field->index);
    query_bind_text(&query, ":person", audience->person);
    TRY(query_step(&query, &found));
    *out = found &&
           (query_number(&query, 0) || (bytes_is(field->type, REFUSAL) && query_number(&query, 1)));
    return OK;
}

struct result audience_may_read(const struct audience *audience, const struct audience_field *field,
                                bool *out)
{
    const bool of_report = is_one_of(field->type, REPORTS, COUNT(REPORTS)) && field->entry.size > 0;

    *out = false;
    if (bytes_is(field->label, SUBJECT)) {
        return OK;
    }
    *out = audience->officer || is_one_of(field->label, NAMES, COUNT(NAMES)) ||
           (of_report && audience->committee);
    if (!*out) {
        TRY(has_signed(audience, field, out));
    }
    if (!*out && of_report) {
        TRY(is_concerned(audience, field, out));
    }
    return OK;
}
