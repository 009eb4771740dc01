#include "server/disclosures.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "protocol/kind.h"
#include "record/query.h"

static const char NAME_LABEL[] = "姓名";
static const char FOUNDER_LABEL[] = "工作人员"; /* of log.genesis: its officers' names */

/* The labels of hidden fields, because a hash is of a label of ours and not of any text. */
static const char *const LABELS[] = {NAME_LABEL, FOUNDER_LABEL, "理由"};

static const char *find_label(struct bytes label)
{
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++) {
        if (bytes_is(label, LABELS[i])) {
            return LABELS[i];
        }
    }
    return 0;
}

struct result disclosure_check(const struct disclosure *opening, struct bytes note,
                               struct buffer *hidden)
{
    const char *const label = find_label(opening->label);
    struct hidden_opening parts = {.value = opening->value};
    AUTO_BUFFER first = BUFFER_INIT;
    struct hash32 hash;

    REQUIRE(label, INVALID, "hidden.opening");
    TRY(buffer_append_text(&first, "xiling/v1 "));
    TRY(buffer_append(&first, opening->type));
    TRY(buffer_append_text(&first, "\n"));
    memcpy(parts.salt, opening->salt, sizeof parts.salt);
    hidden_of(opening->type, label, &parts, &hash);
    TRY(buffer_append_text(hidden, "#"));
    TRY(base64_append(hidden, BYTES(hash.bytes)));
    REQUIRE(bytes_starts_with(note, buffer_view(&first)) &&
                text_find(note, buffer_view(hidden)) != SIZE_MAX,
            INVALID, "hidden.opening");
    return OK;
}

static const char INSERT_OPENING[] =
    "INSERT INTO private_opening (hidden, type, label, salt, value, statement)"
    " VALUES (:hidden, :type, :label, :salt, :value, :statement) ON CONFLICT DO NOTHING";

struct result disclosure_store(struct record *record, const struct disclosure *opening,
                               struct bytes hidden)
{
    AUTO_QUERY query = query_start(record, INSERT_OPENING);

    query_bind_text(&query, ":hidden", hidden);
    query_bind_text(&query, ":type", opening->type);
    query_bind_text(&query, ":label", opening->label);
    query_bind_blob(&query, ":salt", BYTES(opening->salt));
    query_bind_text(&query, ":value", opening->value);
    query_bind_blob(&query, ":statement", BYTES(opening->statement.bytes));
    return query_run(&query);
}

static struct disclosure_row read_row(struct query *query)
{
    return (struct disclosure_row){query_text(query, 0), query_text(query, 1), query_text(query, 2),
                                   query_blob(query, 3), query_text(query, 4)};
}

/* Columns 5 and 6: the entry and the proposal of the statement, where there is one. */
static struct result is_signer(struct query *query, struct bytes person, bool *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_text(&line, "\n— "));
    TRY(buffer_append(&line, person));
    TRY(buffer_append_text(&line, " "));
    *out = text_find(query_blob(query, 5), buffer_view(&line)) != SIZE_MAX ||
           text_find(query_blob(query, 6), buffer_view(&line)) != SIZE_MAX;
    return OK;
}

static const char SELECT_OPENINGS[] =
    "SELECT hidden, private_opening.type, label, salt, value, entry.bytes, private_proposal.note"
    " FROM private_opening"
    " LEFT JOIN entry ON entry.text_hash = statement"
    " LEFT JOIN private_proposal ON private_proposal.text_hash = statement"
    " ORDER BY hidden";

struct result disclosures_of(struct record *record, struct bytes person, bool officer,
                             disclosure_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_OPENINGS);
    bool row;

    TRY(query_step(&query, &row));
    while (row) {
        const struct disclosure_row opening = read_row(&query);
        bool signer;

        TRY(is_signer(&query, person, &signer));
        if (officer || signer || bytes_is(opening.label, NAME_LABEL) ||
            bytes_is(opening.label, FOUNDER_LABEL)) {
            TRY(visit(context, &opening));
        }
        TRY(query_step(&query, &row));
    }
    return OK;
}

static const char SELECT_OPENING[] = "SELECT hidden, type, label, salt, value"
                                     " FROM private_opening WHERE hidden = :hidden";

struct result disclosure_of(struct record *record, struct bytes hidden, disclosure_visit *visit,
                            void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_OPENING);
    struct disclosure_row opening;
    bool row;

    query_bind_text(&query, ":hidden", hidden);
    TRY(query_step(&query, &row));
    if (!row) {
        return OK;
    }
    opening = read_row(&query);
    return visit(context, &opening);
}
