#include "record/runoff.h"

#include <string.h>

#include "record/cycle.h"
#include "record/election.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/state.h"

static const char SELECT_TIED_GRADE[] =
    "SELECT MAX(grade) FROM standing WHERE manifest = :manifest AND tied = 1";

struct result runoff_tied_grade(struct record *record, const struct hash32 *manifest, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TIED_GRADE);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    TRY(query_step(&query, &row));
    *out = query_number(&query, 0);
    return OK;
}

static const char SELECT_NEXT[] =
    "SELECT manifest FROM election WHERE previous = :manifest AND tied_grade = :grade"
    " AND cancelled IS NULL";

/* The runoff that stands about this tie, if there is one. */
static struct result find_next(struct record *record, const struct hash32 *manifest, uint64_t grade,
                               struct hash32 *out, bool *found)
{
    AUTO_QUERY query = query_start(record, SELECT_NEXT);

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    query_bind_number(&query, ":grade", grade);
    TRY(query_step(&query, found));
    return *found ? query_fixed(&query, 0, out->bytes, sizeof out->bytes) : OK;
}

static struct result load_limit(struct record *record, struct bytes meeting_id, uint64_t *out)
{
    struct meeting meeting;
    struct cycle cycle;

    TRY(meeting_load(record, meeting_id, &meeting));
    TRY(cycle_load(record, bytes_of_string(meeting.cycle), &cycle));
    *out = cycle.runoffs;
    return OK;
}

/* --- what a runoff's manifest must say --- */

static const char COUNT_SEATED[] =
    "SELECT COUNT(*) FROM standing WHERE manifest = :manifest AND tied = 0 AND grade >= :grade";

/* Seats are counted for a grade and the higher ones together. */
static struct result count_left(struct record *record, const struct election *previous,
                                uint64_t grade, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, COUNT_SEATED);
    uint64_t places = 0;
    bool row;

    for (size_t i = 0; i < previous->seat_count; i++) {
        places = previous->seats[i].grade == grade ? previous->seats[i].places : places;
    }
    query_bind_blob(&query, ":manifest", BYTES(previous->manifest.bytes));
    query_bind_number(&query, ":grade", grade);
    TRY(query_step(&query, &row));
    REQUIRE(query_number(&query, 0) < places, INTERNAL, "runoff.seats");
    *out = places - query_number(&query, 0);
    return OK;
}

static const char SELECT_TIED[] =
    "SELECT candidate FROM standing WHERE manifest = :manifest AND tied = 1";

struct result runoff_load_tie(struct record *record, const struct election *previous,
                              struct runoff_tie *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TIED);
    bool row;

    memset(out, 0, sizeof *out);
    TRY(runoff_tied_grade(record, &previous->manifest, &out->grade));
    REQUIRE(out->grade > 0, CONFLICT, "runoff.no_tie");
    TRY(count_left(record, previous, out->grade, &out->left));
    query_bind_blob(&query, ":manifest", BYTES(previous->manifest.bytes));
    TRY(query_step(&query, &row));
    while (row) {
        const size_t candidate = election_find_candidate(previous, query_text(&query, 0));

        REQUIRE(candidate < previous->candidate_count, INTERNAL, "runoff.candidate");
        out->tied[candidate] = true;
        TRY(query_step(&query, &row));
    }
    return OK;
}

static const struct election_pass *pass_of(const struct election *election, uint64_t grade)
{
    for (size_t i = 0; i < election->pass_count; i++) {
        const unsigned grades = election->passes[i].grades;

        if ((grades & (0u - grades)) == 1u << grade) {
            return &election->passes[i];
        }
    }
    return 0;
}

static bool passes_alike(const struct election_pass *pass, const struct election_pass *other)
{
    return pass->grades == 1u << 1 && pass->numerator == other->numerator &&
           pass->denominator == other->denominator && pass->base == other->base &&
           pass->comparison == other->comparison;
}

static struct result check_lines(const struct election *election, const struct election *previous,
                                 uint64_t grade, uint64_t left)
{
    const struct election_pass *pass = pass_of(previous, grade);

    REQUIRE(pass, INTERNAL, "runoff.pass");
    REQUIRE(election->grade_count == 2 && bytes_is(election->grades[0].name, "不授奖") &&
                bytes_equal(election->grades[1].name, previous->grades[grade].name),
            INVALID, "runoff.rules");
    REQUIRE(election->limit_count == 1 && election->limits[0].max == left &&
                election->limits[0].grades == 1u << 1,
            INVALID, "runoff.rules");
    REQUIRE(election->seat_count == 1 && election->seats[0].grade == 1 &&
                election->seats[0].places == left,
            INVALID, "runoff.rules");
    REQUIRE(election->pass_count == 1 && passes_alike(&election->passes[0], pass), INVALID,
            "runoff.rules");
    return OK;
}

static struct result check_round(const struct fold *fold, const struct election *election)
{
    struct election_state previous;
    uint64_t limit;

    TRY(election_load(fold->record, &election->previous, &previous));
    REQUIRE(bytes_is(election->meeting, previous.meeting), INVALID, "runoff.meeting");
    REQUIRE(previous.decided && !previous.cancelled, CONFLICT, "runoff.undecided");
    REQUIRE(election->round == previous.round + 1, INVALID, "runoff.round");
    TRY(load_limit(fold->record, election->meeting, &limit));
    REQUIRE(election->round - 1 <= limit, INVALID, "runoff.limit");
    return OK;
}

struct result runoff_check(const struct fold *fold, const struct election *election)
{
    const struct election *previous;
    struct hash32 next;
    uint64_t grade, left;
    bool found;

    TRY(check_round(fold, election));
    TRY(runoff_tied_grade(fold->record, &election->previous, &grade));
    REQUIRE(grade > 0, CONFLICT, "runoff.no_tie");
    TRY(find_next(fold->record, &election->previous, grade, &next, &found));
    REQUIRE(!found, CONFLICT, "runoff.known");
    TRY(record_election(fold->record, &election->previous, &previous));
    TRY(count_left(fold->record, previous, grade, &left));
    return check_lines(election, previous, grade, left);
}

/* --- what a chain of runoffs decides --- */

static const char SELECT_SEATED[] =
    "SELECT candidate FROM standing WHERE manifest = :manifest AND tied = 0 ORDER BY place";

static struct result add_seated(struct record *record, const struct election *first,
                                const struct hash32 *runoff, struct runoff_choice *out)
{
    AUTO_QUERY query = query_start(record, SELECT_SEATED);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(runoff->bytes));
    TRY(query_step(&query, &row));
    while (row) {
        const size_t candidate = election_find_candidate(first, query_text(&query, 0));

        REQUIRE(candidate < first->candidate_count && out->seated_count < CANDIDATES_MAX, INTERNAL,
                "runoff.candidate");
        out->seated[out->seated_count++] = (uint16_t)candidate;
        TRY(query_step(&query, &row));
    }
    return OK;
}

struct result runoff_settle(struct record *record, const struct election *first, uint64_t grade,
                            struct runoff_choice *out)
{
    struct hash32 round = first->manifest;
    struct election_state state;
    uint64_t limit;
    bool found;

    memset(out, 0, sizeof *out);
    TRY(load_limit(record, first->meeting, &limit));
    for (uint64_t runoff = 0; runoff < limit && grade > 0; runoff++) {
        TRY(find_next(record, &round, grade, &round, &found));
        if (!found) {
            return OK;
        }
        TRY(election_load(record, &round, &state));
        if (!state.decided) {
            return OK;
        }
        TRY(add_seated(record, first, &round, out));
        TRY(runoff_tied_grade(record, &round, &grade));
    }
    out->settled = true;
    return OK;
}
