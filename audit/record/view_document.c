/*
 * The views of documents (view_report.h): which version names a file, and who may read it.
 */
#include "record/people.h"
#include "record/query.h"
#include "record/view_report.h"

static const char SELECT_NAMING[] =
    "SELECT report, version, position, size, format FROM report_version WHERE file = :file"
    " ORDER BY position DESC";

struct result view_document(struct record *record, const struct hash32 *file,
                            view_document_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_NAMING);
    bool found;

    query_bind_blob(&query, ":file", BYTES(file->bytes));
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_document row = {query_text(&query, 0), query_number(&query, 1),
                                          query_number(&query, 2), query_number(&query, 3),
                                          query_text(&query, 4)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

#define STANDS                                         \
    " EXISTS (SELECT 1 FROM person WHERE id = :person" \
    "  AND confirmed IS NOT NULL AND revoked IS NULL)"
#define NAMING                                                              \
    " FROM report_version JOIN report ON report.id = report_version.report" \
    " WHERE report_version.file = :file"

static const char SELECT_READER[] =
    "SELECT" STANDS " AND EXISTS (SELECT 1" NAMING " AND ("
    " EXISTS (SELECT 1 FROM role WHERE role.person = :person AND ended IS NULL"
    "  AND role.role IN ('" ROLE_OFFICER "', '" ROLE_MEMBER "', '" ROLE_CHAIR "'))"
    " OR EXISTS (SELECT 1 FROM team_member"
    "  WHERE team_member.team = report.team AND team_member.person = :person)"
    " OR EXISTS (SELECT 1 FROM must_sign WHERE must_sign.report = report.id"
    "  AND must_sign.version = report_version.version AND must_sign.person = :person)))";

static const char SELECT_LEADER[] =
    "SELECT" STANDS " AND EXISTS (SELECT 1" NAMING " AND EXISTS (SELECT 1 FROM team"
    " WHERE team.id = report.team AND team.leader = :person))";

static struct result ask(struct record *record, const char *sql, struct bytes person,
                         const struct hash32 *file, bool *out)
{
    AUTO_QUERY query = query_start(record, sql);
    bool found;

    query_bind_text(&query, ":person", person);
    query_bind_blob(&query, ":file", BYTES(file->bytes));
    TRY(query_step(&query, &found));
    *out = found && query_number(&query, 0) != 0;
    return OK;
}

struct result view_may_read_document(struct record *record, struct bytes person,
                                     const struct hash32 *file, bool *out)
{
    return ask(record, SELECT_READER, person, file, out);
}

struct result view_leads_document(struct record *record, struct bytes person,
                                  const struct hash32 *file, bool *out)
{
    return ask(record, SELECT_LEADER, person, file, out);
}
