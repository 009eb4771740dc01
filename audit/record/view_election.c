/*
 * The views of elections and key ceremonies (view.h).
 */
#include <string.h>

#include "record/query.h"
#include "record/view.h"

static uint64_t index_of(struct query *query, int column)
{
    return query_is_null(query, column) ? VIEW_NONE : query_number(query, column);
}

/* --- elections --- */

#define ELECTION_COLUMNS                                                                \
    "SELECT id, meeting, manifest, round, position, opens, closes, batch_window, roll," \
    " ballots, burned, threshold, closed, sums_hash, result, cancelled,"                \
    " (SELECT COUNT(*) FROM share WHERE share.manifest = election.manifest) FROM election"

static const char *election_state(struct query *query)
{
    if (!query_is_null(query, 15)) {
        return "cancelled";
    }
    if (!query_is_null(query, 14)) {
        return "decided";
    }
    if (query_is_null(query, 12)) {
        return "open";
    }
    return query_number(query, 16) >= query_number(query, 11) ? "tallied" : "closed";
}

static struct result read_election(struct query *query, struct view_election *out)
{
    *out = (struct view_election){
        .id = query_text(query, 0),
        .meeting = query_text(query, 1),
        .round = query_number(query, 3),
        .state = election_state(query),
        .index = query_number(query, 4),
        .opens = query_number(query, 5),
        .closes = query_number(query, 6),
        .window = query_number(query, 7),
        .roll = query_number(query, 8),
        .ballots = query_number(query, 9),
        .burned = query_number(query, 10),
        .threshold = query_number(query, 11),
        .close_index = index_of(query, 12),
        .has_sums = !query_is_null(query, 13),
        .result_index = index_of(query, 14),
        .cancel_index = index_of(query, 15),
    };
    TRY(query_fixed(query, 2, out->manifest.bytes, sizeof out->manifest.bytes));
    return out->has_sums ? query_fixed(query, 13, out->sums_hash.bytes, sizeof out->sums_hash.bytes)
                         : OK;
}

static struct result visit_elections(struct query *query, view_election_visit *visit, void *context,
                                     size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        struct view_election row;

        TRY(read_election(query, &row));
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_ELECTIONS[] = ELECTION_COLUMNS " ORDER BY position";

struct result view_elections(struct record *record, view_election_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ELECTIONS);
    size_t count;

    return visit_elections(&query, visit, context, &count);
}

static const char SELECT_ELECTION[] = ELECTION_COLUMNS " WHERE id = :id";

struct result view_election(struct record *record, struct bytes id, view_election_visit *visit,
                            void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ELECTION);
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(visit_elections(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static const char SELECT_OF_MEETING[] = ELECTION_COLUMNS " WHERE meeting = :id ORDER BY position";

struct result view_meeting_elections(struct record *record, struct bytes meeting,
                                     view_election_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_OF_MEETING);
    size_t count;

    query_bind_text(&query, ":id", meeting);
    return visit_elections(&query, visit, context, &count);
}

/* --- trustees --- */

static struct result visit_trustees(struct query *query, view_trustee_visit *visit, void *context)
{
    bool found;

    TRY(query_step(query, &found));
    while (found) {
        const struct view_trustee row = {
            .index = query_number(query, 0),
            .person = query_text(query, 1),
            .dealt = index_of(query, 2),
            .confirmed = index_of(query, 3),
            .rehearsed = index_of(query, 4),
            .shared = query_number(query, 5) != 0,
        };

        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_ELECTION_TRUSTEES[] =
    "SELECT place, person, dealt, confirmed, rehearsed, EXISTS (SELECT 1 FROM share"
    "  WHERE share.manifest = election.manifest AND share.trustee = trustee.place)"
    " FROM trustee JOIN election ON election.ceremony = trustee.ceremony"
    " WHERE election.manifest = :manifest ORDER BY place";

struct result view_election_trustees(struct record *record, const struct hash32 *manifest,
                                     view_trustee_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ELECTION_TRUSTEES);

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    return visit_trustees(&query, visit, context);
}

static const char SELECT_CEREMONY_TRUSTEES[] =
    "SELECT place, person, dealt, confirmed, rehearsed, 0 FROM trustee"
    " WHERE ceremony = :hash ORDER BY place";

struct result view_ceremony_trustees(struct record *record, const struct hash32 *hash,
                                     view_trustee_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CEREMONY_TRUSTEES);

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    return visit_trustees(&query, visit, context);
}

/* --- ceremonies --- */

#define CEREMONY_COLUMNS                                                                  \
    "SELECT id, hash, threshold, position, trustees, disputed IS NOT NULL, election_key," \
    " judged, (SELECT COUNT(dealt) FROM trustee WHERE trustee.ceremony = hash),"          \
    " (SELECT COUNT(confirmed) FROM trustee WHERE trustee.ceremony = hash),"              \
    " (SELECT COUNT(rehearsed) FROM trustee WHERE trustee.ceremony = hash) FROM ceremony"

static const char *ceremony_state(struct query *query)
{
    const uint64_t trustees = query_number(query, 4);

    if (query_number(query, 5)) {
        return "disputed";
    }
    if (query_number(query, 8) < trustees) {
        return "dealing";
    }
    if (query_number(query, 9) < trustees) {
        return "confirming";
    }
    return query_number(query, 10) < trustees ? "rehearsing" : "ready";
}

static struct result visit_ceremonies(struct query *query, view_ceremony_visit *visit,
                                      void *context, size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        struct view_ceremony row = {
            .id = query_text(query, 0),
            .state = ceremony_state(query),
            .threshold = query_number(query, 2),
            .index = query_number(query, 3),
            .has_key = !query_is_null(query, 6),
            .judged = query_number(query, 7),
        };

        TRY(query_fixed(query, 1, row.hash.bytes, sizeof row.hash.bytes));
        if (row.has_key) {
            TRY(query_fixed(query, 6, row.key.bytes, sizeof row.key.bytes));
        }
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_CEREMONIES[] = CEREMONY_COLUMNS " ORDER BY position";

struct result view_ceremonies(struct record *record, view_ceremony_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CEREMONIES);
    size_t count;

    return visit_ceremonies(&query, visit, context, &count);
}

static const char SELECT_CEREMONY[] = CEREMONY_COLUMNS " WHERE id = :id";

struct result view_ceremony(struct record *record, struct bytes id, view_ceremony_visit *visit,
                            void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CEREMONY);
    size_t count;

    query_bind_text(&query, ":id", id);
    TRY(visit_ceremonies(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}
