#include "record/election.h"

#include <string.h>

#include "protocol/election.h"
#include "record/ceremony.h"
#include "record/opening.h"
#include "record/query.h"
#include "record/state.h"

/* --- what stands --- */

static const char SELECT_ELECTION[] =
    "SELECT meeting, round, previous, tied_grade, ceremony, position, opens, closes, roll,"
    " threshold, ballots, burned, batch_time, batch_size, batch_last, batch_tag,"
    " closed, closed_time, sums_hash, paper, paper_ballots, result, cancelled,"
    " (SELECT COUNT(*) FROM share WHERE share.manifest = election.manifest)"
    " FROM election WHERE manifest = :manifest";

static struct result read_opening(struct query *query, struct election_state *out)
{
    state_copy_id(query_text(query, 0), out->meeting);
    out->round = query_number(query, 1);
    out->has_previous = !query_is_null(query, 2);
    if (out->has_previous) {
        TRY(query_fixed(query, 2, out->previous.bytes, sizeof out->previous.bytes));
    }
    out->tied_grade = query_number(query, 3);
    TRY(query_fixed(query, 4, out->ceremony.bytes, sizeof out->ceremony.bytes));
    out->index = query_number(query, 5);
    out->opens = query_number(query, 6);
    out->closes = query_number(query, 7);
    out->roll = query_number(query, 8);
    out->threshold = query_number(query, 9);
    return OK;
}

static struct result read_ballots(struct query *query, struct election_state *out)
{
    out->ballots = query_number(query, 10);
    out->burned = query_number(query, 11);
    out->batch_time = query_number(query, 12);
    out->batch_size = query_number(query, 13);
    out->batch_last = query_number(query, 14);
    return out->batch_size > 0 ? query_fixed(query, 15, out->batch_tag.bytes, POINT_SIZE) : OK;
}

static struct result read_close(struct query *query, struct election_state *out)
{
    out->closed = !query_is_null(query, 16);
    out->closed_time = query_number(query, 17);
    out->has_sums = !query_is_null(query, 18);
    out->has_paper = !query_is_null(query, 19);
    out->paper_ballots = query_number(query, 20);
    out->decided = !query_is_null(query, 21);
    out->cancelled = !query_is_null(query, 22);
    out->shares = query_number(query, 23);
    return out->has_sums ? query_fixed(query, 18, out->sums.bytes, sizeof out->sums.bytes) : OK;
}

struct result election_load(struct record *record, const struct hash32 *manifest,
                            struct election_state *out)
{
    AUTO_QUERY query = query_start(record, SELECT_ELECTION);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "election.unknown");
    TRY(read_opening(&query, out));
    TRY(read_ballots(&query, out));
    return read_close(&query, out);
}

struct result election_require_open(const struct fold *fold, struct election_state *out)
{
    TRY(election_load(fold->record, &fold->prepared->subject.manifest, out));
    REQUIRE(!out->cancelled, CONFLICT, "election.cancelled");
    REQUIRE(!out->closed, CONFLICT, "election.closed");
    return OK;
}

struct result election_require_closed(const struct fold *fold, struct election_state *out)
{
    TRY(election_load(fold->record, &fold->prepared->subject.manifest, out));
    REQUIRE(!out->cancelled, CONFLICT, "election.cancelled");
    REQUIRE(out->closed, CONFLICT, "election.still_open");
    return OK;
}

bool election_is_too_small(const struct election_state *state)
{
    return state->ballots < 3 || (state->burned > 0 && state->burned < 3);
}

/* --- election.cancel --- */

/* After the close only what trustees will not open may be cancelled: three days without shares. */
#define PATIENCE ((uint64_t)72 * 3600)

static struct result check_cancel(const struct fold *fold)
{
    struct election_state election;

    TRY(election_load(fold->record, &fold->prepared->subject.manifest, &election));
    REQUIRE(!election.cancelled, CONFLICT, "election.cancelled");
    if (!election.closed || election_is_too_small(&election)) {
        return OK;
    }
    REQUIRE(election.shares < election.threshold, CONFLICT, "cancel.shares");
    REQUIRE(fold->time >= election.closed_time + PATIENCE, CONFLICT, "cancel.patience");
    return OK;
}

static const char UPDATE_CANCELLED[] =
    "UPDATE election SET cancelled = :position WHERE manifest = :manifest";

static struct result cancel(const struct fold *fold, const struct hash32 *manifest)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_CANCELLED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    return query_run(&query);
}

static struct result apply_cancel(const struct fold *fold)
{
    return cancel(fold, &fold->prepared->subject.manifest);
}

/* --- cancelled by rule --- */

/* Elections that t shares have not yet opened. One open election a log keeps the list short. */
static const char SELECT_UNOPENED[] =
    "SELECT manifest, threshold,"
    " (SELECT COUNT(*) FROM roll WHERE roll.manifest = election.manifest AND person = :person),"
    " position"
    " FROM election WHERE cancelled IS NULL AND result IS NULL"
    " AND (SELECT COUNT(*) FROM share WHERE share.manifest = election.manifest) < threshold"
    " AND position > :after ORDER BY position LIMIT 1";

/* Trustees that can still give a share, and those that have. */
static const char COUNT_SHARERS[] =
    "SELECT COUNT(*) FROM election"
    " JOIN trustee ON trustee.ceremony = election.ceremony"
    " JOIN person ON person.id = trustee.person"
    " WHERE election.manifest = :manifest AND (EXISTS"
    "  (SELECT 1 FROM share WHERE share.manifest = election.manifest"
    "   AND share.trustee = trustee.place)"
    "  OR (person.revoked IS NULL AND EXISTS"
    "   (SELECT 1 FROM role WHERE role.person = person.id AND role.role = :role"
    "    AND role.ended IS NULL)))";

static struct result count_sharers(const struct fold *fold, const struct hash32 *manifest,
                                   uint64_t *out)
{
    AUTO_QUERY query = query_start(fold->record, COUNT_SHARERS);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    query_bind_text(&query, ":role", LITERAL("受托人"));
    TRY(query_step(&query, &row));
    *out = query_number(&query, 0);
    return OK;
}

struct unopened {
    struct hash32 manifest;
    uint64_t threshold;
    bool on_roll;
    uint64_t index;
};

static struct result next_unopened(const struct fold *fold, struct bytes person,
                                   struct unopened *out, bool *found)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_UNOPENED);

    query_bind_text(&query, ":person", person);
    query_bind_number(&query, ":after", out->index);
    TRY(query_step(&query, found));
    if (!*found) {
        return OK;
    }
    TRY(query_fixed(&query, 0, out->manifest.bytes, sizeof out->manifest.bytes));
    out->threshold = query_number(&query, 1);
    out->on_roll = query_number(&query, 2) != 0;
    out->index = query_number(&query, 3);
    return OK;
}

struct result election_cancel_without(const struct fold *fold, struct bytes person, bool revoked)
{
    struct unopened election = {.index = 0};
    uint64_t sharers;
    bool found;

    for (;;) {
        TRY(next_unopened(fold, person, &election, &found));
        if (!found) {
            return OK;
        }
        TRY(count_sharers(fold, &election.manifest, &sharers));
        if ((revoked && election.on_roll) || sharers < election.threshold) {
            TRY(cancel(fold, &election.manifest));
        }
    }
}

/* --- rows --- */

static const struct field_type CANCEL[] = {
    FIELD_ONE("清单", KIND_HASH),
    FIELD_ONE("理由", KIND_TEXT),
};

static const struct statement_type CANCEL_TYPE = ROW("election.cancel", CANCEL);

static const struct type ROWS[] = {
    {
        .row = &ELECTION_TYPE,
        .signers = SIGNED_BY(SIGNER_MEETING_CHAIR, SIGNER_OFFICER),
        .subject = SUBJECT_MANIFEST,
        .article = "第二十条",
        .remark = "the manifest; M is SHA-256 of its text",
        .check = opening_check,
        .apply = opening_apply,
    },
    {
        .row = &CANCEL_TYPE,
        .signers = SIGNED_BY(SIGNER_MEETING_CHAIR, SIGNER_OFFICER),
        .subject = SUBJECT_ELECTION,
        .article = "第二十条",
        .remark = "before the close; after it if too small, or 72 h without t shares",
        .check = check_cancel,
        .apply = apply_cancel,
    },
};

const struct type_list ELECTION_TYPES = {"audit/record/election.c", "Election", ROWS,
                                         sizeof ROWS / sizeof ROWS[0]};
