#include "server/disclosures.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "protocol/kind.h"
#include "record/query.h"
#include "server/audience.h"

/* The labels of hidden fields, because a hash is of a label of ours and not of any text. The
 * second is of the officers' names in log.genesis. */
static const char *const LABELS[] = {"姓名",     "工作人员", "理由", "说明",
                                     "组织说明", "内容",     "对象"};

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

static const char SELECT_OPENINGS[] =
    "SELECT hidden, private_opening.type, label, salt, value, entry.bytes, private_proposal.note,"
    " entry.position"
    " FROM private_opening"
    " LEFT JOIN entry ON entry.text_hash = statement"
    " LEFT JOIN private_proposal ON private_proposal.text_hash = statement"
    " ORDER BY hidden";

static struct audience_field read_field(struct query *query)
{
    return (struct audience_field){.type = query_text(query, 1),
                                   .label = query_text(query, 2),
                                   .entry = query_blob(query, 5),
                                   .proposal = query_blob(query, 6),
                                   .index = query_number(query, 7)};
}

struct result disclosures_of(struct record *record, struct bytes person, disclosure_visit *visit,
                             void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_OPENINGS);
    struct audience audience;
    bool row;

    TRY(audience_open(record, person, &audience));
    TRY(query_step(&query, &row));
    while (row) {
        const struct disclosure_row opening = read_row(&query);
        const struct audience_field field = read_field(&query);
        bool readable;

        TRY(audience_may_read(&audience, &field, &readable));
        if (readable) {
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
