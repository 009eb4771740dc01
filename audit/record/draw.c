#include "record/draw.h"

#include <stdlib.h>

#include "protocol/election.h"
#include "protocol/statement.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/signin.h"
#include "record/state.h"

static struct bytes meeting_id(const struct fold *fold)
{
    return bytes_of_string(fold->prepared->subject.meeting);
}

/* --- draw.commit --- */

struct hash32 draw_commitment(struct bytes meeting, struct bytes drawn)
{
    HASH_STATE state;
    struct hash32 hash;

    hash_begin(&state, "xiling/v1 draw commit");
    hash_part(&state, meeting);
    hash_part(&state, drawn);
    hash_end_32(&state, &hash);
    return hash;
}

struct result draw_commit_check(const struct fold *fold)
{
    struct meeting meeting;

    TRY(meeting_require_open(fold, &meeting));
    REQUIRE(!meeting.frozen, CONFLICT, "meeting.frozen");
    REQUIRE(!meeting.committed, CONFLICT, "draw.committed");
    return OK;
}

static const char UPDATE_COMMITMENT[] = "UPDATE meeting SET commitment = :hash WHERE id = :id";

struct result draw_commit_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_COMMITMENT);
    struct hash32 hash;

    TRY(statement_hash(fold->statement, "承诺", &hash));
    query_bind_blob(&query, ":hash", BYTES(hash.bytes));
    query_bind_text(&query, ":id", meeting_id(fold));
    return query_run(&query);
}

/* --- the order --- */

struct drawn {
    char id[RECORD_ID_SIZE];
    struct hash64 rank;
};

static const char SELECT_RANDOMS[] =
    "SELECT random FROM signin WHERE meeting = :meeting ORDER BY position";

void draw_begin(struct bytes drawn, struct hash_state *out)
{
    hash_begin(out, "xiling/v1 draw");
    hash_part(out, drawn);
}

struct hash64 draw_rank(const struct hash_state *prefix, struct bytes candidate)
{
    HASH_STATE state = *prefix;
    struct hash64 rank;

    hash_part(&state, candidate);
    hash_end(&state, &rank);
    return rank;
}

/* Everything of a rank before the candidate's id. */
static struct result hash_draw(const struct fold *fold, struct bytes drawn,
                               struct hash_state *state)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_RANDOMS);
    bool row;

    draw_begin(drawn, state);
    query_bind_text(&query, ":meeting", meeting_id(fold));
    for (;;) {
        TRY(query_step(&query, &row));
        if (!row) {
            return OK;
        }
        hash_part(state, query_blob(&query, 0));
    }
}

static const char SELECT_IDS[] = "SELECT id FROM candidate WHERE meeting = :meeting";

static struct result rank_candidates(const struct fold *fold, struct bytes drawn,
                                     struct drawn out[], size_t *count)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_IDS);
    HASH_STATE prefix;
    bool row;

    *count = 0;
    TRY(hash_draw(fold, drawn, &prefix));
    query_bind_text(&query, ":meeting", meeting_id(fold));
    for (;;) {
        TRY(query_step(&query, &row));
        if (!row) {
            return OK;
        }
        REQUIRE(*count < CANDIDATES_MAX, INTERNAL, "draw.count");
        state_copy_id(query_text(&query, 0), out[*count].id);
        out[*count].rank = draw_rank(&prefix, query_text(&query, 0));
        ++*count;
    }
}

static int compare_ranks(const void *a, const void *b)
{
    const struct drawn *first = a;
    const struct drawn *second = b;

    return bytes_compare(BYTES(first->rank.bytes), BYTES(second->rank.bytes));
}

static const char UPDATE_DRAWN[] =
    "UPDATE candidate SET drawn = :place WHERE meeting = :meeting AND id = :id";

static struct result store_place(const struct fold *fold, const char *id, size_t place)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_DRAWN);

    query_bind_number(&query, ":place", place);
    query_bind_text(&query, ":meeting", meeting_id(fold));
    query_bind_text(&query, ":id", bytes_of_string(id));
    return query_run(&query);
}

static struct result store_order(const struct fold *fold, struct bytes drawn)
{
    struct drawn ranked[CANDIDATES_MAX];
    size_t count;

    TRY(rank_candidates(fold, drawn, ranked, &count));
    qsort(ranked, count, sizeof ranked[0], compare_ranks);
    for (size_t i = 0; i < count; i++) {
        TRY(store_place(fold, ranked[i].id, i));
    }
    return OK;
}

/* --- draw.reveal, draw.record --- */

static struct result require_frozen_undrawn(const struct fold *fold, struct meeting *out)
{
    TRY(meeting_require_open(fold, out));
    REQUIRE(out->frozen, CONFLICT, "meeting.not_frozen");
    REQUIRE(!out->drawn, CONFLICT, "draw.known");
    return OK;
}

struct result draw_reveal_check(const struct fold *fold)
{
    struct meeting meeting;
    uint8_t drawn[32];
    struct hash32 hash;

    TRY(require_frozen_undrawn(fold, &meeting));
    REQUIRE(meeting.committed, CONFLICT, "draw.uncommitted");
    TRY(statement_fixed(fold->statement, "随机数", 0, drawn, sizeof drawn));
    hash = draw_commitment(meeting_id(fold), BYTES(drawn));
    REQUIRE(hash32_equal(&hash, &meeting.commitment), INVALID, "draw.commitment");
    return OK;
}

static const char UPDATE_REVEALED[] = "UPDATE meeting SET revealed = :position WHERE id = :id";

struct result draw_reveal_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REVEALED);
    uint8_t drawn[32];

    TRY(statement_fixed(fold->statement, "随机数", 0, drawn, sizeof drawn));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":id", meeting_id(fold));
    TRY(query_run(&query));
    return store_order(fold, BYTES(drawn));
}

/* Whoever has committed must reveal: a choice between two draws would be a choice of order. */
struct result draw_record_check(const struct fold *fold)
{
    struct meeting meeting;

    TRY(require_frozen_undrawn(fold, &meeting));
    REQUIRE(!meeting.committed, CONFLICT, "draw.committed");
    return OK;
}

static const char UPDATE_RECORDED[] = "UPDATE meeting SET recorded = :position WHERE id = :id";

struct result draw_record_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_RECORDED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":id", meeting_id(fold));
    TRY(query_run(&query));
    return store_order(fold, statement_value(fold->statement, "抽签"));
}

/* --- meeting.freeze --- */

static const char SELECT_LATER[] =
    "SELECT 1 FROM signin WHERE meeting = :meeting AND position >= :size"
    " UNION ALL SELECT 1 FROM recusal WHERE meeting = :meeting AND position >= :size";

/* What the signers of the freeze saw is all there is. */
static struct result check_nothing_later(const struct fold *fold, uint64_t size)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_LATER);
    bool row;

    query_bind_text(&query, ":meeting", meeting_id(fold));
    query_bind_number(&query, ":size", size);
    TRY(query_step(&query, &row));
    REQUIRE(!row, INVALID, "freeze.later");
    return OK;
}

struct result freeze_check(const struct fold *fold)
{
    struct meeting meeting;
    uint64_t size, stated, present;

    TRY(meeting_require_open(fold, &meeting));
    REQUIRE(!meeting.frozen, CONFLICT, "meeting.frozen");
    TRY(meeting_check_seen(fold, &size));
    TRY(check_nothing_later(fold, size));
    TRY(statement_number(fold->statement, "应到", &stated));
    REQUIRE(stated == meeting.appointed, INVALID, "freeze.appointed");
    TRY(statement_number(fold->statement, "实到", &stated));
    TRY(signin_count_present(fold->record, meeting_id(fold), &present));
    REQUIRE(stated == present, INVALID, "freeze.present");
    return OK;
}

static const char UPDATE_FROZEN[] =
    "UPDATE meeting SET frozen = :position, present = :present WHERE id = :id";

struct result freeze_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_FROZEN);
    uint64_t present;

    TRY(statement_number(fold->statement, "实到", &present));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":present", present);
    query_bind_text(&query, ":id", meeting_id(fold));
    return query_run(&query);
}
