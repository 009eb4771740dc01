#include "record/journal.h"

#include "record/query.h"

static const char SELECT_HEAD[] = "SELECT position + 1, root FROM entry"
                                  " ORDER BY position DESC LIMIT 1";

struct result journal_load_head(struct record *record, struct merkle_head *out)
{
    AUTO_QUERY query = query_start(record, SELECT_HEAD);
    bool row;

    TRY(query_step(&query, &row));
    if (!row) {
        *out = (struct merkle_head){0, merkle_empty_root()};
        return OK;
    }
    out->size = query_number(&query, 0);
    return query_fixed(&query, 1, out->root.bytes, sizeof out->root.bytes);
}

static const char SELECT_ROOT[] = "SELECT root FROM entry WHERE position = :position";

struct result journal_root_at(struct record *record, uint64_t size, struct hash32 *out)
{
    AUTO_QUERY query = query_start(record, SELECT_ROOT);
    bool row;

    if (size == 0) {
        *out = merkle_empty_root();
        return OK;
    }
    query_bind_number(&query, ":position", size - 1);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "log.size");
    return query_fixed(&query, 0, out->bytes, sizeof out->bytes);
}

static const char SELECT_ENTRY[] = "SELECT bytes FROM entry WHERE position = :position";

struct result journal_load_entry(struct record *record, uint64_t index, struct buffer *out)
{
    AUTO_QUERY query = query_start(record, SELECT_ENTRY);
    bool row;

    REQUIRE(index <= INT64_MAX, NOT_FOUND, "log.entry");
    query_bind_number(&query, ":position", index);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "log.entry");
    return buffer_append(out, query_blob(&query, 0));
}

static const char SELECT_TIME[] = "SELECT time FROM entry ORDER BY position DESC LIMIT 1";

struct result journal_last_time(struct record *record, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TIME);
    bool row;

    TRY(query_step(&query, &row));
    *out = row ? query_number(&query, 0) : 0;
    return OK;
}

static const char SELECT_TEXT[] = "SELECT position FROM entry WHERE text_hash = :hash";

struct result journal_find_text(struct record *record, const struct hash32 *text_hash,
                                uint64_t *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TEXT);
    bool row;

    query_bind_blob(&query, ":hash", BYTES(text_hash->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "log.text");
    *out = query_number(&query, 0);
    return OK;
}

static const char SELECT_NODE[] = "SELECT hash FROM node WHERE level = :level AND place = :place";

static struct result read_node(void *context, unsigned height, uint64_t index, struct hash32 *out)
{
    AUTO_QUERY query = query_start(context, SELECT_NODE);
    bool row;

    query_bind_number(&query, ":level", height);
    query_bind_number(&query, ":place", index);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "log.node");
    return query_fixed(&query, 0, out->bytes, sizeof out->bytes);
}

struct merkle_source journal_source(struct record *record)
{
    return (struct merkle_source){record, read_node};
}

static const char INSERT_NODE[] = "INSERT INTO node (level, place, hash)"
                                  " VALUES (:level, :place, :hash)";

static struct result store_node(struct record *record, unsigned level, uint64_t place,
                                const struct hash32 *hash)
{
    AUTO_QUERY query = query_start(record, INSERT_NODE);

    query_bind_number(&query, ":level", level);
    query_bind_number(&query, ":place", place);
    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    return query_run(&query);
}

/* Stores every subtree the leaf completes; the edge is read back, so a rolled back append leaves
 * nothing behind in memory. */
static struct result grow_tree(struct record *record, const struct journal_line *line,
                               uint64_t size, struct hash32 *root)
{
    const struct merkle_source source = journal_source(record);
    const struct hash32 leaf = merkle_leaf(line->entry);
    struct hash32 completed[MERKLE_HEIGHTS];
    struct merkle_edge edge;
    unsigned count;

    TRY(merkle_edge_at(&source, size, &edge));
    count = merkle_append(&edge, &leaf, completed);
    for (unsigned level = 0; level < count; level++) {
        TRY(store_node(record, level, (edge.size >> level) - 1, &completed[level]));
    }
    *root = merkle_root(&edge);
    return OK;
}

static const char INSERT_ENTRY[] =
    "INSERT INTO entry (position, bytes, text_hash, type, time, root)"
    " VALUES (:position, :bytes, :hash, :type, :time, :root)";

struct result journal_append(struct record *record, const struct journal_line *line,
                             uint64_t *out_index)
{
    AUTO_QUERY query = query_start(record, INSERT_ENTRY);
    struct merkle_head head;
    struct hash32 root;
    struct result stored;

    TRY(journal_load_head(record, &head));
    TRY(grow_tree(record, line, head.size, &root));
    query_bind_number(&query, ":position", head.size);
    query_bind_blob(&query, ":bytes", line->entry);
    query_bind_blob(&query, ":hash", BYTES(line->text_hash.bytes));
    query_bind_text(&query, ":type", bytes_of_string(line->type));
    query_bind_number(&query, ":time", line->time);
    query_bind_blob(&query, ":root", BYTES(root.bytes));
    stored = query_run(&query);
    REQUIRE(stored.failure != CONFLICT, CONFLICT, "statement.logged");
    TRY(stored);
    *out_index = head.size;
    return OK;
}
