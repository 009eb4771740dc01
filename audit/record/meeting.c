#include "record/meeting.h"

#include <string.h>

#include "base/text.h"
#include "protocol/election.h"
#include "protocol/statement.h"
#include "record/cycle.h"
#include "record/draw.h"
#include "record/journal.h"
#include "record/minutes.h"
#include "record/people.h"
#include "record/query.h"
#include "record/signin.h"
#include "record/state.h"
#include "record/team.h"

/* --- what stands --- */

static const char SELECT_MEETING[] =
    "SELECT cycle, chair, first_scrutineer, second_scrutineer, quorum, commitment,"
    " COALESCE(revealed, recorded), frozen, present, minutes,"
    " (SELECT COUNT(*) FROM appointed WHERE meeting = meeting.id)"
    " FROM meeting WHERE id = :id";

static struct result read_meeting(struct query *query, struct meeting *out)
{
    state_copy_id(query_text(query, 0), out->cycle);
    state_copy_id(query_text(query, 1), out->chair);
    state_copy_id(query_text(query, 2), out->scrutineers[0]);
    state_copy_id(query_text(query, 3), out->scrutineers[1]);
    out->quorum = query_number(query, 4);
    out->committed = !query_is_null(query, 5);
    out->drawn = !query_is_null(query, 6);
    out->frozen = !query_is_null(query, 7);
    out->present = query_number(query, 8);
    out->ended = !query_is_null(query, 9);
    out->appointed = query_number(query, 10);
    return out->committed ? query_fixed(query, 5, out->commitment.bytes, 32) : OK;
}

struct result meeting_load(struct record *record, struct bytes id, struct meeting *out)
{
    AUTO_QUERY query = query_start(record, SELECT_MEETING);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "meeting.unknown");
    state_copy_id(id, out->id);
    return read_meeting(&query, out);
}

struct result meeting_require_open(const struct fold *fold, struct meeting *out)
{
    TRY(meeting_load(fold->record, bytes_of_string(fold->prepared->subject.meeting), out));
    REQUIRE(!out->ended, CONFLICT, "meeting.ended");
    return OK;
}

static const char SELECT_APPOINTED[] =
    "SELECT 1 FROM appointed WHERE meeting = :meeting AND person = :person";

struct result meeting_is_appointed(struct record *record, struct bytes meeting, struct bytes person,
                                   bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_APPOINTED);

    query_bind_text(&query, ":meeting", meeting);
    query_bind_text(&query, ":person", person);
    return query_step(&query, out);
}

static const char SELECT_CANDIDATE[] =
    "SELECT 1 FROM candidate WHERE meeting = :meeting AND id = :id";

struct result meeting_has_candidate(struct record *record, struct bytes meeting,
                                    struct bytes candidate, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_CANDIDATE);

    query_bind_text(&query, ":meeting", meeting);
    query_bind_text(&query, ":id", candidate);
    return query_step(&query, out);
}

struct result meeting_check_seen(const struct fold *fold, uint64_t *out_size)
{
    struct hash32 stated;
    struct hash32 root;
    struct result found;

    TRY(statement_number(fold->statement, "日志条数", out_size));
    TRY(statement_hash(fold->statement, "日志根", &stated));
    found = journal_root_at(fold->record, *out_size, &root);
    REQUIRE(found.failure != NOT_FOUND, INVALID, "log.seen");
    TRY(found);
    REQUIRE(hash32_equal(&stated, &root), INVALID, "log.seen");
    return OK;
}

/* --- meeting.open --- */

static struct result check_officials(const struct fold *fold)
{
    const struct bytes chair = statement_value(fold->statement, ROLE_CHAIR);
    const struct bytes first = statement_value_at(fold->statement, ROLE_SCRUTINEER, 0);
    const struct bytes second = statement_value_at(fold->statement, ROLE_SCRUTINEER, 1);

    REQUIRE(!bytes_equal(first, second) && !bytes_equal(chair, first) &&
                !bytes_equal(chair, second),
            INVALID, "meeting.officials");
    TRY(person_require_named(fold->record, chair, ROLE_CHAIR, "meeting.officials"));
    TRY(person_require_named(fold->record, first, ROLE_SCRUTINEER, "meeting.officials"));
    return person_require_named(fold->record, second, ROLE_SCRUTINEER, "meeting.officials");
}

/* Whoever reviewed this year does not vote on it (C33). */
static struct result check_no_reviewer(const struct fold *fold, struct bytes person)
{
    bool reviews;

    TRY(team_has_reviewer(fold->record, statement_value(fold->statement, "周期"), person,
                          &reviews));
    REQUIRE(!reviews, INVALID, "meeting.dual_role");
    return OK;
}

static struct result check_appointed(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "应到");

    for (size_t i = 0; i < count; i++) {
        const struct bytes person = statement_value_at(fold->statement, "应到", i);

        if (i > 0) {
            REQUIRE(bytes_compare(statement_value_at(fold->statement, "应到", i - 1), person) < 0,
                    INVALID, "meeting.order");
        }
        TRY(person_require_named(fold->record, person, ROLE_MEMBER, "meeting.member"));
        TRY(check_no_reviewer(fold, person));
    }
    return OK;
}

static struct result check_quorum(const struct fold *fold)
{
    struct cycle cycle;
    uint64_t quorum;

    TRY(cycle_load(fold->record, statement_value(fold->statement, "周期"), &cycle));
    TRY(statement_number(fold->statement, "法定人数", &quorum));
    REQUIRE(quorum == cycle_quorum(&cycle, statement_count(fold->statement, "应到")), INVALID,
            "meeting.quorum");
    return OK;
}

/* "<id> <full name>" */
static struct result read_candidate(const struct fold *fold, size_t index, struct bytes *id,
                                    struct bytes *name)
{
    struct bytes line = statement_value_at(fold->statement, "候选", index);

    *id = text_cut(&line, ' ');
    *name = line;
    if (!text_is_id(*id) || name->size == 0 || name->data[0] == ' ') {
        return fail_field(MALFORMED, "meeting.candidate", "候选", index + 1);
    }
    return OK;
}

static struct result check_candidates(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "候选");
    struct bytes ids[CANDIDATES_MAX];
    struct bytes names[CANDIDATES_MAX];

    for (size_t i = 0; i < count; i++) {
        TRY(read_candidate(fold, i, &ids[i], &names[i]));
        for (size_t j = 0; j < i; j++) {
            REQUIRE(!bytes_equal(ids[i], ids[j]) && !bytes_equal(names[i], names[j]), INVALID,
                    "meeting.candidate");
        }
    }
    return OK;
}

static struct result check_time(const struct fold *fold)
{
    int64_t time;

    TRY(statement_time(fold->statement, "召开时间", &time));
    REQUIRE(time >= 0, INVALID, "meeting.time");
    return OK;
}

static struct result check_open(const struct fold *fold)
{
    struct meeting meeting;
    const struct result found =
        meeting_load(fold->record, statement_value(fold->statement, "会议"), &meeting);

    REQUIRE(!is_ok(found), CONFLICT, "meeting.known");
    REQUIRE(found.failure == NOT_FOUND, found.failure, found.rule);
    TRY(check_time(fold));
    TRY(check_quorum(fold));
    TRY(check_officials(fold));
    TRY(check_appointed(fold));
    return check_candidates(fold);
}

static const char INSERT_MEETING[] =
    "INSERT INTO meeting (id, cycle, position, place, time, chair, first_scrutineer,"
    " second_scrutineer, quorum)"
    " VALUES (:id, :cycle, :position, :place, :time, :chair, :first, :second, :quorum)";

static struct result insert_meeting(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_MEETING);
    const struct statement *statement = fold->statement;
    int64_t time;
    uint64_t quorum;

    TRY(statement_time(statement, "召开时间", &time));
    TRY(statement_number(statement, "法定人数", &quorum));
    query_bind_text(&query, ":id", statement_value(statement, "会议"));
    query_bind_text(&query, ":cycle", statement_value(statement, "周期"));
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":place", statement_value(statement, "地点"));
    query_bind_number(&query, ":time", (uint64_t)time);
    query_bind_text(&query, ":chair", statement_value(statement, ROLE_CHAIR));
    query_bind_text(&query, ":first", statement_value_at(statement, ROLE_SCRUTINEER, 0));
    query_bind_text(&query, ":second", statement_value_at(statement, ROLE_SCRUTINEER, 1));
    query_bind_number(&query, ":quorum", quorum);
    return query_run(&query);
}

static const char INSERT_APPOINTED[] = "INSERT INTO appointed (meeting, place, person)"
                                       " VALUES (:meeting, :place, :person)";

static struct result insert_appointed(const struct fold *fold, size_t index)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_APPOINTED);

    query_bind_text(&query, ":meeting", statement_value(fold->statement, "会议"));
    query_bind_number(&query, ":place", index);
    query_bind_text(&query, ":person", statement_value_at(fold->statement, "应到", index));
    return query_run(&query);
}

static const char INSERT_CANDIDATE[] = "INSERT INTO candidate (meeting, place, id, name)"
                                       " VALUES (:meeting, :place, :id, :name)";

static struct result insert_candidate(const struct fold *fold, size_t index)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_CANDIDATE);
    struct bytes id, name;

    TRY(read_candidate(fold, index, &id, &name));
    query_bind_text(&query, ":meeting", statement_value(fold->statement, "会议"));
    query_bind_number(&query, ":place", index);
    query_bind_text(&query, ":id", id);
    query_bind_text(&query, ":name", name);
    return query_run(&query);
}

static struct result apply_open(const struct fold *fold)
{
    const size_t appointed = statement_count(fold->statement, "应到");
    const size_t candidates = statement_count(fold->statement, "候选");

    TRY(insert_meeting(fold));
    for (size_t i = 0; i < appointed; i++) {
        TRY(insert_appointed(fold, i));
    }
    for (size_t i = 0; i < candidates; i++) {
        TRY(insert_candidate(fold, i));
    }
    return OK;
}

/* --- rows --- */

static const struct field_type OPEN[] = {
    FIELD_ONE("会议", KIND_ID),
    FIELD_ONE("周期", KIND_ID),
    FIELD_ONE("地点", KIND_TEXT),
    FIELD_ONE("召开时间", KIND_TIME),
    FIELD_ONE(ROLE_CHAIR, KIND_ID),
    {ROLE_SCRUTINEER, KIND_ID, 2, 2, 0, 0},
    {"应到", KIND_ID, 3, ROLL_MAX, 0, 0},
    FIELD_ONE("法定人数", KIND_NUMBER),
    {"候选", KIND_LINE, 1, CANDIDATES_MAX, 0, 0},
};
static const struct field_type SIGNIN[] = {
    FIELD_ONE("会议", KIND_ID),        FIELD_ONE("签到人", KIND_ID),
    FIELD_ONE("投票公钥", KIND_POINT), FIELD_ONE("证明", KIND_PROOF),
    FIELD_ONE("随机数", KIND_BYTES16), FIELD_ONE("日志条数", KIND_NUMBER),
    FIELD_ONE("日志根", KIND_HASH),
};
static const struct field_type RECUSE[] = {
    FIELD_ONE("会议", KIND_ID),
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("候选", KIND_ID),
    FIELD_ONE("理由", KIND_HIDDEN),
};
static const struct field_type COMMIT[] = {
    FIELD_ONE("会议", KIND_ID),
    FIELD_ONE("承诺", KIND_HASH),
};
static const struct field_type REVEAL[] = {
    FIELD_ONE("会议", KIND_ID),
    FIELD_ONE("随机数", KIND_BYTES32),
};
static const struct field_type RECORD[] = {
    FIELD_ONE("会议", KIND_ID),
    FIELD_ONE("抽签", KIND_TEXT),
};
static const struct field_type FREEZE[] = {
    FIELD_ONE("会议", KIND_ID),     FIELD_ONE("实到", KIND_NUMBER),
    FIELD_ONE("应到", KIND_NUMBER), FIELD_ONE("日志条数", KIND_NUMBER),
    FIELD_ONE("日志根", KIND_HASH),
};
static const struct field_type MINUTES[] = {
    FIELD_ONE("会议", KIND_ID),
    FIELD_ANY("清单", KIND_HASH),
    FIELD_ONE("纪要", KIND_TEXT),
};

static const struct statement_type REVEAL_TYPE = ROW("draw.reveal", REVEAL);
static const struct statement_type OPEN_TYPE = ROW("meeting.open", OPEN);
static const struct statement_type SIGNIN_TYPE = ROW("meeting.signin", SIGNIN);
static const struct statement_type RECUSE_TYPE = ROW("meeting.recuse", RECUSE);
static const struct statement_type COMMIT_TYPE = ROW("draw.commit", COMMIT);
static const struct statement_type RECORD_TYPE = ROW("draw.record", RECORD);
static const struct statement_type FREEZE_TYPE = ROW("meeting.freeze", FREEZE);
static const struct statement_type MINUTES_TYPE = ROW("meeting.minutes", MINUTES);

#define BOTH_SCRUTINEERS SIGNER_FIRST_SCRUTINEER, SIGNER_SECOND_SCRUTINEER

static const struct type ROWS[] = {
    {
        .row = &OPEN_TYPE,
        .signers = SIGNED_BY(SIGNER_NAMED_CHAIR, SIGNER_OFFICER),
        .article = "第二十条",
        .remark = "the appointed ascending by id; the quorum is the smallest the cycle allows",
        .check = check_open,
        .apply = apply_open,
    },
    {
        .row = &SIGNIN_TYPE,
        .signers = SIGNED_BY(SIGNER_MEMBER),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "until the freeze; the last of a person stands; no key twice in the log",
        .check = signin_check,
        .prove = signin_prove,
        .apply = signin_apply,
    },
    {
        .row = &RECUSE_TYPE,
        .signers = SIGNED_BY_EITHER(SIGNER_MEMBER, SIGNER_MEETING_CHAIR, SIGNER_OFFICER),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "until the freeze",
        .check = recuse_check,
        .apply = recuse_apply,
    },
    {
        .row = &COMMIT_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "before the freeze; H32(\"xiling/v1 draw commit\", meeting id, bytes)",
        .check = draw_commit_check,
        .apply = draw_commit_apply,
    },
    {
        .row = &REVEAL_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "after the freeze, of what was committed",
        .check = draw_reveal_check,
        .apply = draw_reveal_apply,
    },
    {
        .row = &RECORD_TYPE,
        .signers = SIGNED_BY(BOTH_SCRUTINEERS),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "after the freeze, where nothing was committed; its UTF-8 bytes are the draw's",
        .check = draw_record_check,
        .apply = draw_record_apply,
    },
    {
        .row = &FREEZE_TYPE,
        .signers = SIGNED_BY(SIGNER_MEETING_CHAIR, SIGNER_OFFICER),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "no sign-in or recusal of the meeting stands at or after the size it names",
        .check = freeze_check,
        .apply = freeze_apply,
    },
    {
        .row = &MINUTES_TYPE,
        .signers = SIGNED_BY(SIGNER_MEETING_CHAIR, BOTH_SCRUTINEERS),
        .subject = SUBJECT_MEETING,
        .article = "第二十条",
        .remark = "every election of the meeting in order, each decided or cancelled",
        .check = minutes_check,
        .apply = minutes_apply,
    },
};

const struct type_list MEETING_TYPES = {"audit/record/meeting.c", "Meeting", ROWS,
                                        sizeof ROWS / sizeof ROWS[0]};
