#include "record/view_report.h"

#include <string.h>

#include "log/entry.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/query.h"
#include "record/sign_off.h"

static uint64_t index_of(struct query *query, int column)
{
    return query_is_null(query, column) ? VIEW_NONE : query_number(query, column);
}

/* --- versions --- */

#define REPORT_COLUMNS                                                                             \
    "SELECT report.id, version, newest, kind, team, cycle, title, file, size, format, deadline,"   \
    " report_version.position, filed.time, filed.text_hash, state, since, reached.time,"           \
    " void_how, (SELECT COUNT(*) FROM must_sign AS line" LINE_OF_VERSION                           \
    "), (SELECT COUNT(*) FROM must_sign AS line" LINE_OF_VERSION                                   \
    " AND (refused IS NOT NULL OR opinion IN ('" OPINION_FOR "', '" OPINION_RESERVED "'))),"       \
    " (SELECT COUNT(*) FROM must_sign AS line" LINE_OF_VERSION " AND opinion = '" OPINION_RESERVED \
    "')"                                                                                           \
    " FROM report_version JOIN report ON report.id = report_version.report"                        \
    " JOIN team ON team.id = report.team"                                                          \
    " JOIN entry AS filed ON filed.position = report_version.position"                             \
    " JOIN entry AS reached ON reached.position = since"
#define LINE_OF_VERSION " WHERE line.report = report.id AND line.version = report_version.version"

static const char *state_word(struct bytes word)
{
    static const char *const words[] = {"open", "complete", "blocked"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (bytes_is(word, words[i])) {
            return words[i];
        }
    }
    return "void";
}

static const char *void_word(struct bytes word)
{
    static const char *const words[] = {"superseded", "voided", "team"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (bytes_is(word, words[i])) {
            return words[i];
        }
    }
    return "";
}

static struct result read_report(struct query *query, struct view_report *out)
{
    *out = (struct view_report){
        .id = query_text(query, 0),
        .version = query_number(query, 1),
        .newest = query_number(query, 1) == query_number(query, 2),
        .kind = query_text(query, 3),
        .team = query_text(query, 4),
        .cycle = query_text(query, 5),
        .title = query_text(query, 6),
        .size = query_number(query, 8),
        .format = query_text(query, 9),
        .deadline = query_number(query, 10),
        .index = query_number(query, 11),
        .time = query_number(query, 12),
        .state = state_word(query_text(query, 14)),
        .since_index = query_number(query, 15),
        .since = query_number(query, 16),
        .void_index = query_is_null(query, 17) ? VIEW_NONE : query_number(query, 15),
        .void_how = void_word(query_text(query, 17)),
        .lines = query_number(query, 18),
        .done = query_number(query, 19),
        .reservations = query_number(query, 20),
    };
    TRY(query_fixed(query, 7, out->file.bytes, sizeof out->file.bytes));
    return query_fixed(query, 13, out->text.bytes, sizeof out->text.bytes);
}

static struct result visit_reports(struct query *query, view_report_visit *visit, void *context,
                                   size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        struct view_report row;

        TRY(read_report(query, &row));
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_REPORTS[] =
    REPORT_COLUMNS " WHERE version = newest ORDER BY report.position";

struct result view_reports(struct record *record, view_report_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_REPORTS);
    size_t count;

    return visit_reports(&query, visit, context, &count);
}

static const char SELECT_REPORT[] = REPORT_COLUMNS
    " WHERE report.id = :id AND version = CASE :version WHEN 0 THEN newest ELSE :version END";

struct result view_report(struct record *record, struct bytes id, uint64_t version,
                          view_report_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_REPORT);
    size_t count;

    query_bind_text(&query, ":id", id);
    query_bind_number(&query, ":version", version);
    TRY(visit_reports(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static const char SELECT_VERSIONS[] = REPORT_COLUMNS " WHERE report.id = :id ORDER BY version";

struct result view_report_versions(struct record *record, struct bytes id, view_report_visit *visit,
                                   void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_VERSIONS);
    size_t count;

    query_bind_text(&query, ":id", id);
    return visit_reports(&query, visit, context, &count);
}

static const char SELECT_ORGANISATIONS[] =
    "SELECT organisation FROM report_subject WHERE report = :id ORDER BY organisation";

struct result view_report_organisations(struct record *record, struct bytes id,
                                        view_word_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ORGANISATIONS);
    bool found;

    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &found));
    while (found) {
        TRY(visit(context, query_text(&query, 0)));
        TRY(query_step(&query, &found));
    }
    return OK;
}

/* --- who must sign, who has --- */

static const char SELECT_SIGNERS[] =
    "SELECT person, capacity, organisation, signed, opinion, reason, time, text_hash, refused"
    " FROM must_sign JOIN report ON report.id = must_sign.report"
    " LEFT JOIN entry ON entry.position = signed"
    " WHERE must_sign.report = :id"
    " AND version = CASE :version WHEN 0 THEN newest ELSE :version END ORDER BY place";

static const char SELECT_FORMER[] =
    "SELECT person, capacity, organisation, signed, opinion, reason, time, text_hash, NULL"
    " FROM former_signature JOIN report ON report.id = former_signature.report"
    " JOIN entry ON entry.position = signed"
    " WHERE former_signature.report = :id"
    " AND version = CASE :version WHEN 0 THEN newest ELSE :version END ORDER BY signed";

static struct result read_signer(struct query *query, struct view_report_signer *out)
{
    *out = (struct view_report_signer){
        .person = query_text(query, 0),
        .capacity = query_text(query, 1),
        .organisation = query_text(query, 2),
        .index = index_of(query, 3),
        .opinion = query_text(query, 4),
        .reason = query_text(query, 5),
        .time = query_number(query, 6),
        .refusal = index_of(query, 8),
    };
    return out->index == VIEW_NONE ? OK
                                   : query_fixed(query, 7, out->text.bytes, sizeof out->text.bytes);
}

static struct result visit_signers(struct query *query, struct bytes id, uint64_t version,
                                   view_report_signer_visit *visit, void *context)
{
    bool found;

    query_bind_text(query, ":id", id);
    query_bind_number(query, ":version", version);
    TRY(query_step(query, &found));
    while (found) {
        struct view_report_signer row;

        TRY(read_signer(query, &row));
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

struct result view_report_signers(struct record *record, struct bytes id, uint64_t version,
                                  view_report_signer_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_SIGNERS);

    return visit_signers(&query, id, version, visit, context);
}

struct result view_report_former(struct record *record, struct bytes id, uint64_t version,
                                 view_report_signer_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_FORMER);

    return visit_signers(&query, id, version, visit, context);
}

/* --- evidence --- */

/* Indexes, gathered in any order and as often as they come. */
struct indexes {
    struct buffer list; /* of uint64_t */
};

static size_t index_count(const struct indexes *indexes)
{
    return indexes->list.size / sizeof(uint64_t);
}

static uint64_t index_at(const struct indexes *indexes, size_t place)
{
    uint64_t index;

    memcpy(&index, indexes->list.data + place * sizeof index, sizeof index);
    return index;
}

static struct result add_index(struct indexes *indexes, uint64_t index)
{
    return buffer_append(&indexes->list, (struct bytes){(const uint8_t *)&index, sizeof index});
}

/* The smallest one that is at least `from`; VIEW_NONE if there is none. */
static uint64_t next_index(const struct indexes *indexes, uint64_t from)
{
    uint64_t next = VIEW_NONE;

    for (size_t i = 0; i < index_count(indexes); i++) {
        const uint64_t index = index_at(indexes, i);

        next = index >= from && index < next ? index : next;
    }
    return next;
}

static const char SELECT_KEYS[] =
    "SELECT COALESCE((SELECT position FROM enrolment WHERE text_hash = enrol_hash), 0)"
    " FROM person WHERE id = :id";

static struct result add_keys_of(struct record *record, struct bytes person, struct indexes *out)
{
    AUTO_QUERY query = query_start(record, SELECT_KEYS);
    bool found;

    query_bind_text(&query, ":id", person);
    TRY(query_step(&query, &found));
    return found ? add_index(out, query_number(&query, 0)) : OK;
}

static struct result add_signers_of(struct record *record, uint64_t index, struct indexes *out)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct entry entry;

    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    TRY(statement_parse(entry.note, &statement));
    for (size_t i = 0; i < statement.signature_count; i++) {
        TRY(add_keys_of(record, statement.signatures[i].name, out));
    }
    return OK;
}

/*
 * Where a change of the team voided it, the rule of the cycle too; where the leader voided it, who
 * led by then.
 */
static const char SELECT_ACTS[] =
    "WITH chosen AS (SELECT report, version, report_version.position, since, void_how, team, cycle,"
    "  team.position AS formed"
    "  FROM report_version JOIN report ON report.id = report JOIN team ON team.id = team"
    "  WHERE report = :id AND version = CASE :version WHEN 0 THEN newest ELSE :version END)"
    " SELECT report_act.position FROM chosen JOIN report_act USING (report, version)"
    " UNION SELECT formed FROM chosen WHERE void_how = 'team'"
    " UNION SELECT cycle.position FROM chosen JOIN cycle ON cycle.id = chosen.cycle"
    "  WHERE void_how = 'team'"
    " UNION SELECT team_change.position FROM chosen JOIN team_change USING (team)"
    "  WHERE void_how = 'voided' AND team_change.position BETWEEN chosen.position AND since"
    " ORDER BY 1";

static struct result add_acts(struct record *record, struct bytes id, uint64_t version,
                              struct indexes *out)
{
    AUTO_QUERY query = query_start(record, SELECT_ACTS);
    bool found;

    query_bind_text(&query, ":id", id);
    query_bind_number(&query, ":version", version);
    TRY(query_step(&query, &found));
    REQUIRE(found, NOT_FOUND, "view.unknown");
    while (found) {
        TRY(add_index(out, query_number(&query, 0)));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static struct result visit_evidence(struct record *record, struct indexes *indexes,
                                    view_index_visit *visit, void *context)
{
    const size_t acts = index_count(indexes);

    for (size_t i = 0; i < acts; i++) {
        TRY(add_signers_of(record, index_at(indexes, i), indexes));
    }
    for (uint64_t index = next_index(indexes, 0); index != VIEW_NONE;
         index = next_index(indexes, index + 1)) {
        TRY(visit(context, index));
    }
    return OK;
}

struct result view_report_evidence(struct record *record, struct bytes id, uint64_t version,
                                   view_index_visit *visit, void *context)
{
    struct indexes indexes = {BUFFER_INIT};
    struct result result = add_acts(record, id, version, &indexes);

    if (is_ok(result)) {
        result = visit_evidence(record, &indexes, visit, context);
    }
    buffer_free(&indexes.list);
    return result;
}
