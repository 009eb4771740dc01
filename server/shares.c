#include "server/shares.h"

#include "record/query.h"

/* The files of identities that are not erased, with each opening of them. */
#define OPENED                                                                             \
    " FROM identity_opening JOIN objection ON objection.hash = identity_opening.objection" \
    " JOIN part_text ON part_text.objection = objection.hash"                              \
    " JOIN sealed_part ON sealed_part.text = part_text.hash"                               \
    " WHERE sealed_part.kind IN ('身份', '身份附件') AND objection.erased IS NULL"   \
    " AND sealed_part.hash = :document AND identity_opening.reader = :reader"

static const char SELECT_RIGHT[] =
    "SELECT 1" OPENED
    " AND :keeper IN (identity_opening.first_keeper, identity_opening.second_keeper)";

static struct result require_opening(struct record *record, const struct share *share)
{
    AUTO_QUERY query = query_start(record, SELECT_RIGHT);
    bool row;

    query_bind_blob(&query, ":document", BYTES(share->document.bytes));
    query_bind_text(&query, ":reader", share->reader);
    query_bind_text(&query, ":keeper", share->keeper);
    TRY(query_step(&query, &row));
    REQUIRE(row, UNAUTHORIZED, "share.right");
    return OK;
}

static const char STORE_SHARE[] =
    "INSERT OR REPLACE INTO private_share (document, keeper, reader, sealed)"
    " VALUES (:document, :keeper, :reader, :sealed)";

struct result share_store(struct record *record, void *context)
{
    const struct share *const share = context;
    AUTO_QUERY query = query_start(record, STORE_SHARE);

    TRY(require_opening(record, share));
    query_bind_blob(&query, ":document", BYTES(share->document.bytes));
    query_bind_text(&query, ":keeper", share->keeper);
    query_bind_text(&query, ":reader", share->reader);
    query_bind_blob(&query, ":sealed", BYTES(share->sealed));
    return query_run(&query);
}

static const char SELECT_SHARES[] =
    "SELECT keeper, sealed FROM private_share"
    " WHERE document = :document AND reader = :reader AND EXISTS (SELECT 1" OPENED ")"
    " ORDER BY keeper";

struct result shares_of(struct record *record, const struct hash32 *document, struct bytes reader,
                        share_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_SHARES);
    bool row;

    query_bind_blob(&query, ":document", BYTES(document->bytes));
    query_bind_text(&query, ":reader", reader);
    TRY(query_step(&query, &row));
    while (row) {
        TRY(visit(context, query_text(&query, 0), query_blob(&query, 1)));
        TRY(query_step(&query, &row));
    }
    return OK;
}

/* --- what a keeper has still to hand over --- */

static const char SELECT_AWAITED[] =
    "SELECT objection.notice || format('-%04d', number), objection.hash,"
    " (SELECT entry.time FROM entry WHERE entry.position = identity_opening.position),"
    " (SELECT due FROM case_term WHERE case_term.objection = objection.hash AND met IS NULL)"
    " FROM identity_opening JOIN objection ON objection.hash = identity_opening.objection"
    " WHERE :keeper IN (first_keeper, second_keeper) AND erased IS NULL AND closed IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM private_share JOIN sealed_part"
    "  ON sealed_part.hash = private_share.document JOIN part_text ON part_text.hash = text"
    "  WHERE part_text.objection = objection.hash AND private_share.keeper = :keeper"
    "  AND private_share.reader = identity_opening.reader) ORDER BY identity_opening.position";

struct result shares_awaited(struct record *record, struct bytes keeper, view_task_visit *visit,
                             void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_AWAITED);
    bool row;

    query_bind_text(&query, ":keeper", keeper);
    TRY(query_step(&query, &row));
    while (row) {
        struct view_task task = {
            .kind = "identity.share",
            .object = query_text(&query, 0),
            .state = "todo",
            .since = query_number(&query, 2),
            .deadline = query_is_null(&query, 3) ? VIEW_NONE : query_number(&query, 3),
        };

        TRY(query_fixed(&query, 1, task.objection.bytes, sizeof task.objection.bytes));
        TRY(visit(context, &task));
        TRY(query_step(&query, &row));
    }
    return OK;
}
