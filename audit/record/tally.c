/*
 * The rows between the last ballot and the result: close, paper, shares.
 */
#include "protocol/tally.h"

#include <stdlib.h>

#include "protocol/share.h"
#include "protocol/statement.h"
#include "record/election.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/result.h"
#include "record/sums.h"
#include "record/types.h"
#include "record/votes.h"

static const struct hash32 *manifest_of(const struct fold *fold)
{
    return &fold->prepared->subject.manifest;
}

/* --- election.close --- */

static const char SELECT_LATER[] =
    "SELECT 1 FROM tag WHERE manifest = :manifest AND position >= :size";

static struct result check_nothing_later(const struct fold *fold, uint64_t size)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_LATER);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_number(&query, ":size", size);
    TRY(query_step(&query, &row));
    REQUIRE(!row, INVALID, "close.later");
    return OK;
}

static struct result check_close(const struct fold *fold)
{
    struct election_state election;
    uint64_t stated, size;

    TRY(election_require_open(fold, &election));
    REQUIRE(fold->time >= election.closes || election.ballots + election.burned == election.roll,
            CONFLICT, "close.early");
    TRY(statement_number(fold->statement, "选票数", &stated));
    REQUIRE(stated == election.ballots, INVALID, "close.ballots");
    TRY(meeting_check_seen(fold, &size));
    return check_nothing_later(fold, size);
}

static const char UPDATE_CLOSED[] =
    "UPDATE election SET closed = :position, closed_time = :time WHERE manifest = :manifest";

static struct result apply_close(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_CLOSED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":time", fold->time);
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    TRY(query_run(&query));
    return sums_store(fold);
}

/* --- election.paper --- */

static struct result read_paper(const struct fold *fold, const struct election **election,
                                struct tally_counts counts[], uint64_t *ballots)
{
    TRY(record_election(fold->record, manifest_of(fold), election));
    TRY(statement_number(fold->statement, "票数", ballots));
    return votes_read(*election, fold->statement, counts);
}

static struct result check_paper(const struct fold *fold)
{
    struct tally_counts counts[CANDIDATES_MAX];
    const struct election *election;
    struct election_state state;
    uint64_t ballots;

    TRY(election_require_closed(fold, &state));
    REQUIRE(state.burned >= 3, CONFLICT, "paper.burned");
    REQUIRE(!state.has_paper, CONFLICT, "paper.known");
    REQUIRE(state.shares == 0, CONFLICT, "paper.shares");
    TRY(read_paper(fold, &election, counts, &ballots));
    REQUIRE(ballots <= state.burned, INVALID, "paper.ballots");
    return votes_check(election, counts, ballots);
}

static const char INSERT_PAPER[] = "INSERT INTO paper (manifest, place, grade, votes)"
                                   " VALUES (:manifest, :place, :grade, :votes)";

static struct result insert_votes(const struct fold *fold, size_t place, size_t grade,
                                  uint64_t votes)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_PAPER);

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_number(&query, ":place", place);
    query_bind_number(&query, ":grade", grade);
    query_bind_number(&query, ":votes", votes);
    return query_run(&query);
}

static const char UPDATE_PAPER[] =
    "UPDATE election SET paper = :position, paper_ballots = :ballots WHERE manifest = :manifest";

static struct result store_paper_ballots(const struct fold *fold, uint64_t ballots)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_PAPER);

    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":ballots", ballots);
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    return query_run(&query);
}

static struct result apply_paper(const struct fold *fold)
{
    struct tally_counts counts[CANDIDATES_MAX];
    const struct election *election;
    uint64_t ballots;

    TRY(read_paper(fold, &election, counts, &ballots));
    for (size_t place = 0; place < election->candidate_count; place++) {
        for (size_t grade = 1; grade < election->grade_count; grade++) {
            TRY(insert_votes(fold, place, grade, counts[place].votes[grade]));
        }
    }
    return store_paper_ballots(fold, ballots);
}

/* --- election.share --- */

static const char SELECT_SHARE[] =
    "SELECT 1 FROM share WHERE manifest = :manifest AND trustee = :trustee";

static struct result check_share_new(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_SHARE);
    uint64_t index;
    bool row;

    TRY(statement_number(fold->statement, "序号", &index));
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_number(&query, ":trustee", index);
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "share.known");
    return OK;
}

static struct result check_share(const struct fold *fold)
{
    struct election_state election;
    struct hash32 stated;

    TRY(election_require_closed(fold, &election));
    REQUIRE(!election_is_too_small(&election), CONFLICT, "share.small");
    REQUIRE(election.burned == 0 || election.has_paper, CONFLICT, "share.paper");
    TRY(check_share_new(fold));
    TRY(statement_hash(fold->statement, "合计", &stated));
    REQUIRE(hash32_equal(&stated, &election.sums), INVALID, "share.sums");
    return OK;
}

/* The points of a share, decoded, one candidate after another; the caller frees. */
static struct result read_points(const struct fold *fold, size_t count, struct point **out)
{
    struct point *points = calloc(count, sizeof *points);

    REQUIRE(points, OUT_OF_MEMORY, "record.memory");
    for (size_t i = 0; i < count; i++) {
        const struct result read = statement_point(fold->statement, "份额", i, &points[i]);

        if (!is_ok(read)) {
            free(points);
            return read;
        }
    }
    *out = points;
    return OK;
}

static struct result count_points(const struct fold *fold, const struct election *election)
{
    REQUIRE(statement_count(fold->statement, "份额") == election->candidate_count, INVALID,
            "share.shape");
    return OK;
}

static struct result verify_share(const struct fold *fold, const struct election *election,
                                  const struct point *points)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    struct decryption_share share = {.points = points, .point_count = election->candidate_count};
    struct tally tally;
    const struct share_subject subject = {manifest_of(fold), &tally};

    TRY(statement_number(fold->statement, "序号", &share.index));
    TRY(statement_bytes(fold->statement, "证明", 0, &proof));
    REQUIRE(share.index >= 1 && share.index <= election->trustee_count, INVALID, "share.index");
    share.proof = buffer_view(&proof);
    TRY(sums_load(fold->record, election, &tally));
    return share_verify(&subject, &election->trustees[share.index - 1].key, &share);
}

static struct result prove_share(const struct fold *fold)
{
    const struct election *election;
    struct point *points;
    struct result verified;

    TRY(record_election(fold->record, manifest_of(fold), &election));
    TRY(count_points(fold, election));
    TRY(read_points(fold, election->candidate_count, &points));
    verified = verify_share(fold, election, points);
    free(points);
    return verified;
}

static const char INSERT_SHARE[] = "INSERT INTO share (manifest, trustee, points, position)"
                                   " VALUES (:manifest, :trustee, :points, :position)";

static struct result apply_share(const struct fold *fold)
{
    AUTO_BUFFER points = BUFFER_INIT;
    AUTO_QUERY query = query_start(fold->record, INSERT_SHARE);
    const size_t count = statement_count(fold->statement, "份额");
    uint64_t index;

    for (size_t i = 0; i < count; i++) {
        TRY(statement_bytes(fold->statement, "份额", i, &points));
    }
    TRY(statement_number(fold->statement, "序号", &index));
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_number(&query, ":trustee", index);
    query_bind_blob(&query, ":points", buffer_view(&points));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

/* --- rows --- */

static const struct field_type CLOSE[] = {
    FIELD_ONE("清单", KIND_HASH),
    FIELD_ONE("选票数", KIND_NUMBER),
    FIELD_ONE("日志条数", KIND_NUMBER),
    FIELD_ONE("日志根", KIND_HASH),
};
static const struct field_type PAPER[] = {
    FIELD_ONE("清单", KIND_HASH),
    FIELD_ONE("票数", KIND_NUMBER),
    FIELD_ANY("得票", KIND_LINE),
};
static const struct field_type SHARE[] = {
    FIELD_ONE("清单", KIND_HASH),  FIELD_ONE("序号", KIND_NUMBER), FIELD_ONE("合计", KIND_HASH),
    FIELD_ANY("份额", KIND_POINT), FIELD_ONE("证明", KIND_PROOF),
};
static const struct field_type RESULT[] = {
    FIELD_ONE("清单", KIND_HASH), FIELD_ONE("选票数", KIND_NUMBER), FIELD_ANY("得票", KIND_LINE),
    FIELD_ANY("入选", KIND_LINE), FIELD_ANY("并列", KIND_LINE),
};

static const struct statement_type CLOSE_TYPE = ROW("election.close", CLOSE);
static const struct statement_type PAPER_TYPE = ROW("election.paper", PAPER);
static const struct statement_type SHARE_TYPE = ROW("election.share", SHARE);
static const struct statement_type RESULT_TYPE = ROW("election.result", RESULT);

#define CHAIR_AND_SCRUTINEERS \
    SIGNER_MEETING_CHAIR, SIGNER_FIRST_SCRUTINEER, SIGNER_SECOND_SCRUTINEER

static const struct type ROWS[] = {
    {
        .row = &CLOSE_TYPE,
        .signers = SIGNED_BY(SIGNER_MEETING_CHAIR, SIGNER_OFFICER),
        .subject = SUBJECT_ELECTION,
        .article = "第二十条",
        .remark = "once it is time or the whole roll has voted; names all ballots and burns",
        .check = check_close,
        .apply = apply_close,
    },
    {
        .row = &PAPER_TYPE,
        .signers = SIGNED_BY(CHAIR_AND_SCRUTINEERS),
        .subject = SUBJECT_ELECTION,
        .article = "第二十条",
        .remark = "after the close and before the first share, only if 3 or more tags are burned",
        .check = check_paper,
        .apply = apply_paper,
    },
    {
        .row = &SHARE_TYPE,
        .signers = SIGNED_BY(SIGNER_TRUSTEE),
        .subject = SUBJECT_ELECTION,
        .article = "第二十条",
        .remark = "never for fewer than 3 ballots, nor for 1 or 2 burned tags",
        .check = check_share,
        .prove = prove_share,
        .apply = apply_share,
    },
    {
        .row = &RESULT_TYPE,
        .signers = SIGNED_BY(CHAIR_AND_SCRUTINEERS),
        .subject = SUBJECT_ELECTION,
        .article = "第二十条",
        .remark = "`选票数` counts paper too; again in a first round once its tie is settled",
        .check = result_check,
        .prove = result_prove,
        .apply = result_apply,
    },
};

const struct type_list TALLY_TYPES = {"audit/record/tally.c", "Tally", ROWS,
                                      sizeof ROWS / sizeof ROWS[0]};
