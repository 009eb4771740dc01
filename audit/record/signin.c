#include "record/signin.h"

#include "protocol/election.h"
#include "protocol/statement.h"
#include "protocol/tag.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/state.h"

static struct bytes meeting_id(const struct fold *fold)
{
    return bytes_of_string(fold->prepared->subject.meeting);
}

static struct result require_unfrozen(const struct fold *fold)
{
    struct meeting meeting;

    TRY(meeting_require_open(fold, &meeting));
    REQUIRE(!meeting.frozen, CONFLICT, "meeting.frozen");
    return OK;
}

static struct result require_appointed(const struct fold *fold, struct bytes person)
{
    bool appointed;

    TRY(meeting_is_appointed(fold->record, meeting_id(fold), person, &appointed));
    REQUIRE(appointed, INVALID, "meeting.appointed");
    return OK;
}

/* --- meeting.signin --- */

static const char SELECT_KEY[] = "SELECT 1 FROM signin WHERE vote_key = :key";

/* A key seen twice would link two ballots, or two persons. */
static struct result check_key_fresh(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_KEY);
    struct point key;
    bool row;

    TRY(statement_point(fold->statement, "投票公钥", 0, &key));
    query_bind_blob(&query, ":key", BYTES(key.bytes));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "signin.key");
    return OK;
}

struct result signin_check(const struct fold *fold)
{
    uint64_t seen;

    TRY(require_unfrozen(fold));
    TRY(require_appointed(fold, statement_value(fold->statement, "签到人")));
    TRY(meeting_check_seen(fold, &seen));
    return check_key_fresh(fold);
}

struct result signin_prove(const struct fold *fold)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    const struct signin_subject subject = {statement_value(fold->statement, "会议"),
                                           statement_value(fold->statement, "签到人")};
    struct point key;

    TRY(statement_point(fold->statement, "投票公钥", 0, &key));
    TRY(statement_bytes(fold->statement, "证明", 0, &proof));
    return vote_key_verify(&subject, &key, buffer_view(&proof));
}

static const char INSERT_SIGNIN[] =
    "INSERT INTO signin (position, meeting, person, vote_key, random)"
    " VALUES (:position, :meeting, :person, :key, :random)";

struct result signin_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_SIGNIN);
    struct point key;
    uint8_t random[16];

    TRY(statement_point(fold->statement, "投票公钥", 0, &key));
    TRY(statement_fixed(fold->statement, "随机数", 0, random, sizeof random));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":meeting", meeting_id(fold));
    query_bind_text(&query, ":person", statement_value(fold->statement, "签到人"));
    query_bind_blob(&query, ":key", BYTES(key.bytes));
    query_bind_blob(&query, ":random", BYTES(random));
    return query_run(&query);
}

/* A person revoked before the freeze is not present; whoever is revoked later still stands on the
 * frozen list, and the election cannot be opened (or is cancelled) for it. */
static const char SELECT_PRESENT[] =
    "SELECT signin.person, person.hidden_name, signin.vote_key, signin.position,"
    " person.revoked IS NOT NULL"
    " FROM signin JOIN person ON person.id = signin.person"
    " JOIN meeting ON meeting.id = signin.meeting"
    " WHERE signin.meeting = :meeting"
    " AND (person.revoked IS NULL OR person.revoked > meeting.frozen)"
    " AND signin.position = (SELECT MAX(position) FROM signin AS later"
    "  WHERE later.meeting = signin.meeting AND later.person = signin.person)"
    " ORDER BY signin.person";

struct result signin_load_present(struct record *record, struct bytes meeting,
                                  struct presence out[], size_t *count)
{
    AUTO_QUERY query = query_start(record, SELECT_PRESENT);
    bool row;

    *count = 0;
    query_bind_text(&query, ":meeting", meeting);
    for (;;) {
        struct presence *presence = &out[*count];

        TRY(query_step(&query, &row));
        if (!row) {
            return OK;
        }
        REQUIRE(*count < ROLL_MAX, INTERNAL, "signin.count");
        state_copy_id(query_text(&query, 0), presence->person);
        state_copy_id(query_text(&query, 1), presence->hidden_name);
        TRY(query_fixed(&query, 2, presence->vote_key.bytes, sizeof presence->vote_key.bytes));
        presence->index = query_number(&query, 3);
        presence->revoked = query_number(&query, 4) != 0;
        ++*count;
    }
}

static const char COUNT_PRESENT[] =
    "SELECT COUNT(DISTINCT signin.person) FROM signin JOIN person ON person.id = signin.person"
    " JOIN meeting ON meeting.id = signin.meeting"
    " WHERE signin.meeting = :meeting"
    " AND (person.revoked IS NULL OR person.revoked > meeting.frozen)";

struct result signin_count_present(struct record *record, struct bytes meeting, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, COUNT_PRESENT);
    bool row;

    query_bind_text(&query, ":meeting", meeting);
    TRY(query_step(&query, &row));
    *out = query_number(&query, 0);
    return OK;
}

/* --- meeting.recuse --- */

static const char SELECT_RECUSAL[] = "SELECT 1 FROM recusal WHERE meeting = :meeting"
                                     " AND person = :person AND candidate = :candidate";

static struct result check_not_recused(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_RECUSAL);
    bool row;

    query_bind_text(&query, ":meeting", meeting_id(fold));
    query_bind_text(&query, ":person", statement_value(fold->statement, "人员"));
    query_bind_text(&query, ":candidate", statement_value(fold->statement, "候选"));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "recusal.known");
    return OK;
}

struct result recuse_check(const struct fold *fold)
{
    bool stands;

    TRY(require_unfrozen(fold));
    TRY(require_appointed(fold, statement_value(fold->statement, "人员")));
    TRY(meeting_has_candidate(fold->record, meeting_id(fold),
                              statement_value(fold->statement, "候选"), &stands));
    REQUIRE(stands, INVALID, "recusal.candidate");
    return check_not_recused(fold);
}

static const char INSERT_RECUSAL[] = "INSERT INTO recusal (meeting, person, candidate, position)"
                                     " VALUES (:meeting, :person, :candidate, :position)";

struct result recuse_apply(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_RECUSAL);

    query_bind_text(&query, ":meeting", meeting_id(fold));
    query_bind_text(&query, ":person", statement_value(fold->statement, "人员"));
    query_bind_text(&query, ":candidate", statement_value(fold->statement, "候选"));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}
