#include "server/integrity.h"

#include <string.h>

#include "log/entry.h"
#include "record/journal.h"
#include "record/query.h"
#include "record/view.h"
#include "server/identity.h"
#include "server/ticket.h"

/* What the walk carries from entry to entry. */
struct walk {
    struct record *record;
    const struct merkle_head *signed_head;
    struct merkle_edge edge;
    uint64_t time;
    bool met; /* the signed head, on the way */
};

static struct result broken(const struct walk *walk)
{
    return fail_field(INVALID, "log.broken", 0, walk->edge.size);
}

/* The subtrees that this entry completes, as they are stored. */
static struct result check_nodes(struct walk *walk, const struct merkle_edge *after,
                                 const struct hash32 *completed, unsigned count)
{
    const struct merkle_source source = journal_source(walk->record);

    for (unsigned height = 0; height < count; height++) {
        struct hash32 stored;

        if (!is_ok(source.read(source.context, height, (after->size >> height) - 1, &stored)) ||
            !hash32_equal(&stored, &completed[height])) {
            return broken(walk);
        }
    }
    return OK;
}

static struct result check_entry(struct walk *walk, struct query *row)
{
    const struct bytes raw = query_blob(row, 1);
    const struct hash32 leaf = merkle_leaf(raw);
    struct hash32 completed[MERKLE_HEIGHTS];
    struct merkle_edge after = walk->edge;
    struct hash32 text_hash;
    struct hash32 root;
    struct entry entry;

    if (query_number(row, 0) != walk->edge.size || !is_ok(entry_parse(raw, &entry)) ||
        entry.time < walk->time || entry.time != query_number(row, 3) ||
        !ticket_hash_text(entry.note, &text_hash) ||
        !bytes_equal(query_blob(row, 2), BYTES(text_hash.bytes))) {
        return broken(walk);
    }
    TRY(check_nodes(walk, &after, completed, merkle_append(&after, &leaf, completed)));
    root = merkle_root(&after);
    if (!bytes_equal(query_blob(row, 4), BYTES(root.bytes))) {
        return broken(walk);
    }
    walk->edge = after;
    walk->time = entry.time;
    return OK;
}

/* Whether the tree now has the signed size, and then the signed root. */
static struct result meet_signed(struct walk *walk)
{
    const struct hash32 root = merkle_root(&walk->edge);

    if (walk->edge.size != walk->signed_head->size) {
        return OK;
    }
    walk->met = true;
    if (!hash32_equal(&root, &walk->signed_head->root)) {
        return fail_field(INVALID, "log.fork", 0, walk->edge.size);
    }
    return OK;
}

static const char SELECT_ENTRIES[] = "SELECT position, bytes, text_hash, time, root FROM entry"
                                     " ORDER BY position";

static struct result walk_entries(struct walk *walk)
{
    AUTO_QUERY query = query_start(walk->record, SELECT_ENTRIES);
    bool row;

    TRY(meet_signed(walk));
    TRY(query_step(&query, &row));
    while (row) {
        TRY(check_entry(walk, &query));
        TRY(meet_signed(walk));
        TRY(query_step(&query, &row));
    }
    return OK;
}

static struct result match_genesis(void *context, const struct view_genesis *row)
{
    const struct identity *const identity = context;

    REQUIRE(bytes_equal(row->origin, identity_origin(identity)) &&
                memcmp(row->log_key, identity->log.key.bytes, sizeof row->log_key) == 0 &&
                memcmp(row->service_key, identity->service.key.bytes, sizeof row->service_key) == 0,
            INVALID, "identity.genesis");
    return OK;
}

struct result integrity_check(struct record *record, const struct identity *identity,
                              const struct merkle_head *signed_head)
{
    struct walk walk = {.record = record, .signed_head = signed_head};
    struct result genesis;

    TRY(walk_entries(&walk));
    if (!walk.met) {
        return fail_field(INVALID, "log.rollback", 0, walk.edge.size);
    }
    /* A view's context is not const, because others fill theirs. */
    genesis = view_genesis(record, match_genesis, (void *)(uintptr_t)identity);
    return genesis.failure == NOT_FOUND ? OK : genesis;
}
