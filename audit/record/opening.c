#include "record/opening.h"

#include <stdlib.h>

#include "protocol/election.h"
#include "protocol/statement.h"
#include "record/ceremony.h"
#include "record/cycle.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/runoff.h"
#include "record/signin.h"
#include "record/state.h"

/* --- one election at a time, of a meeting that is ready --- */

static const char SELECT_ID[] = "SELECT 1 FROM election WHERE id = :id";
static const char SELECT_OPEN[] =
    "SELECT 1 FROM election WHERE closed IS NULL AND cancelled IS NULL";

static struct result check_id_new(const struct fold *fold, const struct election *election)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_ID);
    bool row;

    query_bind_text(&query, ":id", election->id);
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "election.known");
    return OK;
}

static struct result check_none_open(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_OPEN);
    bool row;

    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "election.another");
    return OK;
}

static struct result check_meeting(const struct meeting *meeting)
{
    REQUIRE(meeting->frozen, CONFLICT, "meeting.not_frozen");
    REQUIRE(meeting->drawn, CONFLICT, "draw.unknown");
    return OK;
}

/* --- candidates --- */

static const char SELECT_DRAWN[] =
    "SELECT id, name FROM candidate WHERE meeting = :meeting"
    " AND (:previous = x'' OR id IN"
    "  (SELECT candidate FROM standing WHERE manifest = :previous AND tied = 1))"
    " ORDER BY drawn";

/* All of the meeting, or the tied ones of the round before, in drawn order. */
static struct result check_candidates(const struct fold *fold, const struct election *election)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_DRAWN);
    size_t place = 0;
    bool row;

    query_bind_text(&query, ":meeting", election->meeting);
    query_bind_blob(&query, ":previous",
                    election->has_previous ? BYTES(election->previous.bytes) : EMPTY_BYTES);
    TRY(query_step(&query, &row));
    for (; row; place++) {
        if (place == election->candidate_count ||
            !bytes_equal(query_text(&query, 0), election->candidates[place].id) ||
            !bytes_equal(query_text(&query, 1), election->candidates[place].name)) {
            return fail_field(INVALID, "election.candidates", "候选", place + 1);
        }
        TRY(query_step(&query, &row));
    }
    REQUIRE(place == election->candidate_count, INVALID, "election.candidates");
    return OK;
}

/* --- roll and recusals --- */

static bool stands_on_roll(const struct presence *presence, const struct election_member *member)
{
    return bytes_is(member->id, presence->person) &&
           point_equal(&member->key, &presence->vote_key) &&
           bytes_is(member->hidden_name, presence->hidden_name);
}

static struct result compare_roll(const struct election *election, const struct presence present[],
                                  size_t count)
{
    REQUIRE(count == election->roll_count, INVALID, "election.roll");
    for (size_t i = 0; i < count; i++) {
        if (!stands_on_roll(&present[i], &election->roll[i])) {
            return fail_field(INVALID, "election.roll", "名册", i + 1);
        }
        REQUIRE(!present[i].revoked, INVALID, "election.revoked");
    }
    return OK;
}

static struct result check_roll(const struct fold *fold, const struct election *election,
                                const struct meeting *meeting)
{
    struct presence *present = calloc(ROLL_MAX, sizeof *present);
    struct result checked;
    size_t count;

    REQUIRE(present, OUT_OF_MEMORY, "record.memory");
    checked = signin_load_present(fold->record, election->meeting, present, &count);
    if (is_ok(checked)) {
        checked = compare_roll(election, present, count);
    }
    free(present);
    TRY(checked);
    REQUIRE(election->roll_count >= meeting->quorum, INVALID, "election.quorum");
    return OK;
}

static const char SELECT_RECUSALS[] =
    "SELECT person, candidate FROM recusal WHERE meeting = :meeting";

/* Exactly those recusals of which person and candidate both stand in this election. */
static struct result check_recusals(const struct fold *fold, const struct election *election)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_RECUSALS);
    size_t count = 0;
    bool row;

    query_bind_text(&query, ":meeting", election->meeting);
    TRY(query_step(&query, &row));
    while (row) {
        const size_t member = election_find_member(election, query_text(&query, 0));
        const size_t candidate = election_find_candidate(election, query_text(&query, 1));

        if (member < election->roll_count && candidate < election->candidate_count) {
            REQUIRE(election_is_recused(election, member, candidate), INVALID, "election.recusals");
            count++;
        }
        TRY(query_step(&query, &row));
    }
    REQUIRE(count == election->recusal_count, INVALID, "election.recusals");
    return OK;
}

/* --- trustees --- */

static struct result check_trustees(const struct fold *fold, const struct election *election,
                                    const struct ceremony_state *ceremony)
{
    REQUIRE(election->threshold == ceremony->threshold &&
                election->trustee_count == ceremony->trustees &&
                point_equal(&election->key, &ceremony->key),
            INVALID, "election.trustees");
    for (size_t i = 0; i < election->trustee_count; i++) {
        struct trustee_state trustee;

        TRY(ceremony_load_trustee(fold->record, &election->ceremony, i + 1, &trustee));
        if (!bytes_is(election->trustees[i].id, trustee.person) ||
            !point_equal(&election->trustees[i].key, &trustee.share_key)) {
            return fail_field(INVALID, "election.trustees", "受托人", i + 1);
        }
    }
    return OK;
}

static struct result check_ceremony(const struct fold *fold, const struct election *election)
{
    struct ceremony_state ceremony;
    uint64_t able;

    TRY(ceremony_load(fold->record, &election->ceremony, &ceremony));
    REQUIRE(ceremony_is_ready(&ceremony), CONFLICT, "ceremony.not_ready");
    TRY(check_trustees(fold, election, &ceremony));
    TRY(ceremony_count_able(fold->record, &election->ceremony, &able));
    REQUIRE(able >= ceremony.threshold, CONFLICT, "ceremony.too_few");
    return OK;
}

/* --- rules --- */

static struct result check_first_rules(const struct fold *fold, const struct meeting *meeting)
{
    AUTO_BUFFER expected = BUFFER_INIT;
    AUTO_BUFFER stated = BUFFER_INIT;

    TRY(cycle_load_lines(fold->record, bytes_of_string(meeting->cycle), &expected));
    TRY(cycle_copy_lines(fold->statement, &stated));
    REQUIRE(bytes_equal(buffer_view(&expected), buffer_view(&stated)), INVALID, "election.rules");
    return OK;
}

static const char SELECT_FIRST[] =
    "SELECT 1 FROM election WHERE meeting = :meeting AND round = 1 AND cancelled IS NULL";

static struct result check_first_round(const struct fold *fold, const struct meeting *meeting)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_FIRST);
    bool row;

    query_bind_text(&query, ":meeting", bytes_of_string(meeting->id));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "election.first");
    return check_first_rules(fold, meeting);
}

/* --- election.open --- */

static struct result check_time(const struct fold *fold, const struct election *election)
{
    REQUIRE(election->opens >= 0, INVALID, "election.time");
    REQUIRE((uint64_t)election->closes > fold->time, INVALID, "election.late");
    return OK;
}

static struct result check_all(const struct fold *fold, const struct election *election)
{
    struct meeting meeting;

    TRY(meeting_require_open(fold, &meeting));
    TRY(check_meeting(&meeting));
    TRY(check_id_new(fold, election));
    TRY(check_none_open(fold));
    TRY(check_time(fold, election));
    if (election->has_previous) {
        TRY(runoff_check(fold, election));
    } else {
        TRY(check_first_round(fold, &meeting));
    }
    TRY(check_candidates(fold, election));
    TRY(check_roll(fold, election, &meeting));
    TRY(check_recusals(fold, election));
    return check_ceremony(fold, election);
}

struct result opening_check(const struct fold *fold)
{
    AUTO_ELECTION election = ELECTION_INIT;

    TRY(election_parse(fold->statement->text, &election));
    return check_all(fold, &election);
}

static const char INSERT_ELECTION[] =
    "INSERT INTO election (manifest, id, meeting, round, tied_grade, ceremony, position, opens,"
    " closes, batch_window, roll, threshold)"
    " VALUES (:manifest, :id, :meeting, :round, :grade, :ceremony, :position, :opens, :closes,"
    " :window, :roll, :threshold)";

static struct result insert_election(const struct fold *fold, const struct election *election,
                                     uint64_t tied_grade)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_ELECTION);

    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    query_bind_text(&query, ":id", election->id);
    query_bind_text(&query, ":meeting", election->meeting);
    query_bind_number(&query, ":round", election->round);
    query_bind_number(&query, ":grade", tied_grade);
    query_bind_blob(&query, ":ceremony", BYTES(election->ceremony.bytes));
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":opens", (uint64_t)election->opens);
    query_bind_number(&query, ":closes", (uint64_t)election->closes);
    query_bind_number(&query, ":window", election->window);
    query_bind_number(&query, ":roll", election->roll_count);
    query_bind_number(&query, ":threshold", election->threshold);
    return query_run(&query);
}

static const char UPDATE_PREVIOUS[] =
    "UPDATE election SET previous = :previous WHERE manifest = :manifest";

static struct result store_previous(const struct fold *fold, const struct election *election)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_PREVIOUS);

    query_bind_blob(&query, ":previous", BYTES(election->previous.bytes));
    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    return query_run(&query);
}

static const char INSERT_ROLL[] = "INSERT INTO roll (manifest, person)"
                                  " VALUES (:manifest, :person)";

static struct result insert_member(const struct fold *fold, const struct election *election,
                                   size_t member)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_ROLL);

    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    query_bind_text(&query, ":person", election->roll[member].id);
    return query_run(&query);
}

struct result opening_apply(const struct fold *fold)
{
    AUTO_ELECTION election = ELECTION_INIT;
    uint64_t tied_grade = 0;

    TRY(election_parse(fold->statement->text, &election));
    if (election.has_previous) {
        TRY(runoff_tied_grade(fold->record, &election.previous, &tied_grade));
    }
    TRY(insert_election(fold, &election, tied_grade));
    if (election.has_previous) {
        TRY(store_previous(fold, &election));
    }
    for (size_t i = 0; i < election.roll_count; i++) {
        TRY(insert_member(fold, &election, i));
    }
    return OK;
}
