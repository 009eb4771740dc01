/*
 * The rows of votes: a ballot, which nobody signs by name, and a tag burned for paper.
 */
#include "protocol/ballot.h"

#include "protocol/statement.h"
#include "protocol/tag.h"
#include "record/election.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"

static const struct hash32 *manifest_of(const struct fold *fold)
{
    return &fold->prepared->subject.manifest;
}

static struct result check_tag_new(const struct fold *fold, const char *rule)
{
    bool used;

    TRY(record_has_tag(fold->record, manifest_of(fold), &fold->prepared->tag, &used));
    REQUIRE(!used, CONFLICT, rule);
    return OK;
}

static const char INSERT_TAG[] = "INSERT INTO tag (manifest, tag, position)"
                                 " VALUES (:manifest, :tag, :position)";

static struct result insert_tag(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_TAG);

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_blob(&query, ":tag", BYTES(fold->prepared->tag.bytes));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

/* --- ballot --- */

static struct result check_time(const struct fold *fold, const struct election_state *election)
{
    REQUIRE(fold->time >= election->opens, CONFLICT, "ballot.early");
    REQUIRE(fold->time < election->closes, CONFLICT, "ballot.late");
    return OK;
}

/*
 * A batch is consecutive entries of one time, ascending by tag. A batch of fewer than three must
 * be the last: so a further one shows that it was not.
 */
static struct result check_batch(const struct fold *fold, const struct election_state *election)
{
    if (!fold->entering || election->batch_size == 0) {
        return OK;
    }
    if (fold->time != election->batch_time) {
        REQUIRE(election->batch_size >= 3, INVALID, "ballot.batch");
        return OK;
    }
    REQUIRE(election->batch_last + 1 == fold->index, INVALID, "ballot.batch");
    REQUIRE(bytes_compare(BYTES(election->batch_tag.bytes), BYTES(fold->prepared->tag.bytes)) < 0,
            INVALID, "ballot.order");
    return OK;
}

static struct result check_ballot(const struct fold *fold)
{
    struct election_state election;

    TRY(election_require_open(fold, &election));
    TRY(check_time(fold, &election));
    TRY(check_tag_new(fold, "ballot.tag"));
    return check_batch(fold, &election);
}

/* Reads nothing of the state: any thread may prove a ballot. */
static struct result prove_ballot(const struct fold *fold)
{
    AUTO_BALLOT ballot = BALLOT_INIT;

    TRY(ballot_parse(fold->prepared->election, fold->statement->note, &ballot));
    return ballot_verify(fold->prepared->election, &ballot);
}

static const char UPDATE_BATCH[] =
    "UPDATE election SET ballots = ballots + 1,"
    " batch_size = CASE WHEN batch_time = :time THEN batch_size + 1 ELSE 1 END,"
    " batch_time = :time, batch_last = :position, batch_tag = :tag WHERE manifest = :manifest";

static struct result apply_ballot(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_BATCH);

    TRY(insert_tag(fold));
    query_bind_number(&query, ":time", fold->time);
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":tag", BYTES(fold->prepared->tag.bytes));
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    return query_run(&query);
}

/* --- ballot.burn --- */

static const char SELECT_BURN[] =
    "SELECT 1 FROM tag WHERE manifest = :manifest AND person = :person";

static struct result check_not_burned(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_BURN);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_text(&query, ":person", statement_value(fold->statement, "人员"));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "burn.known");
    return OK;
}

static struct result find_member(const struct fold *fold, const struct election **election,
                                 size_t *member)
{
    TRY(record_election(fold->record, manifest_of(fold), election));
    *member = election_find_member(*election, statement_value(fold->statement, "人员"));
    REQUIRE(*member < (*election)->roll_count, INVALID, "burn.roll");
    return OK;
}

static struct result check_burn(const struct fold *fold)
{
    const struct election *election;
    struct election_state state;
    size_t member;

    TRY(election_require_open(fold, &state));
    TRY(find_member(fold, &election, &member));
    TRY(check_not_burned(fold));
    return check_tag_new(fold, "burn.tag");
}

static struct result prove_burn(const struct fold *fold)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    const struct election *election;
    size_t member;

    TRY(find_member(fold, &election, &member));
    TRY(statement_bytes(fold->statement, "证明", 0, &proof));
    return tag_verify(election, member, &fold->prepared->tag, buffer_view(&proof));
}

static const char INSERT_BURN[] = "INSERT INTO tag (manifest, tag, position, person)"
                                  " VALUES (:manifest, :tag, :position, :person)";
static const char UPDATE_BURNED[] =
    "UPDATE election SET burned = burned + 1 WHERE manifest = :manifest";

static struct result count_burn(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_BURNED);

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    return query_run(&query);
}

static struct result apply_burn(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_BURN);

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_blob(&query, ":tag", BYTES(fold->prepared->tag.bytes));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":person", statement_value(fold->statement, "人员"));
    TRY(query_run(&query));
    return count_burn(fold);
}

/* --- rows --- */

static const struct field_type BALLOT[] = {
    FIELD_ONE("选举", KIND_ID),   FIELD_ONE("清单", KIND_HASH),  FIELD_ONE("标签", KIND_POINT),
    FIELD_ONE("附码", KIND_TEXT), FIELD_ANY("选择", KIND_PROOF), FIELD_OPTIONAL("总额", KIND_PROOF),
};
static const struct field_type BURN[] = {
    FIELD_ONE("清单", KIND_HASH),
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("标签", KIND_POINT),
    FIELD_ONE("证明", KIND_PROOF),
};

static const struct statement_type BALLOT_TYPE = ROW("ballot", BALLOT);
static const struct statement_type BURN_TYPE = ROW("ballot.burn", BURN);

#define MEMBER_AND_SCRUTINEERS SIGNER_MEMBER, SIGNER_FIRST_SCRUTINEER, SIGNER_SECOND_SCRUTINEER

static const struct type ROWS[] = {
    {
        .row = &BALLOT_TYPE,
        .signers = SIGNED_BY(SIGNER_RING),
        .subject = SUBJECT_BALLOT,
        .article = "第二十条",
        .remark = "in [开始, 结束), before the close; in batches ascending by tag",
        .check = check_ballot,
        .prove = prove_ballot,
        .apply = apply_ballot,
    },
    {
        .row = &BURN_TYPE,
        .signers = SIGNED_BY(MEMBER_AND_SCRUTINEERS),
        .subject = SUBJECT_ELECTION,
        .article = "第二十条",
        .remark = "before the close; the tag has no ballot",
        .check = check_burn,
        .prove = prove_burn,
        .apply = apply_burn,
    },
};

const struct type_list BALLOT_TYPES = {"audit/record/ballot.c", "Ballots", ROWS,
                                       sizeof ROWS / sizeof ROWS[0]};
