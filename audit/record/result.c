#include "record/result.h"

#include <stdlib.h>

#include "base/text.h"
#include "protocol/outcome.h"
#include "protocol/share.h"
#include "protocol/statement.h"
#include "record/election.h"
#include "record/meeting.h"
#include "record/query.h"
#include "record/runoff.h"
#include "record/sums.h"

static const struct hash32 *manifest_of(const struct fold *fold)
{
    return &fold->prepared->subject.manifest;
}

/* --- opening the sums --- */

/* The shares of the first t trustees that have given one. */
struct shares {
    struct decryption_share list[TRUSTEES_MAX];
    struct buffer points; /* of all of them, one after another */
    size_t count;
};

#define AUTO_SHARES __attribute__((cleanup(shares_free))) struct shares

static void shares_free(struct shares *shares)
{
    buffer_free(&shares->points);
}

static const char SELECT_SHARES[] =
    "SELECT trustee, points FROM share WHERE manifest = :manifest ORDER BY trustee";

static struct result load_shares(struct record *record, const struct election *election,
                                 struct shares *out)
{
    AUTO_QUERY query = query_start(record, SELECT_SHARES);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    while (out->count < election->threshold) {
        TRY(query_step(&query, &row));
        REQUIRE(row, CONFLICT, "result.shares");
        out->list[out->count++] = (struct decryption_share){
            .index = query_number(&query, 0), .point_count = election->candidate_count};
        TRY(buffer_append(&out->points, query_blob(&query, 1)));
    }
    for (size_t i = 0; i < out->count; i++) {
        out->list[i].points =
            (const struct point *)(const void *)out->points.data + i * election->candidate_count;
    }
    return OK;
}

static struct result count_electronic(struct record *record, const struct election *election,
                                      struct tally_counts counts[])
{
    AUTO_SHARES shares = {0};
    struct point totals[CANDIDATES_MAX];
    struct tally tally;

    TRY(sums_load(record, election, &tally));
    TRY(load_shares(record, election, &shares));
    TRY(tally_combine(&tally, shares.list, election->threshold, totals));
    return tally_decode(election->grade_count, tally.ballots, totals, election->candidate_count,
                        counts);
}

static const char SELECT_PAPER[] =
    "SELECT place, grade, votes FROM paper WHERE manifest = :manifest";

static struct result add_paper(struct record *record, const struct election *election,
                               struct tally_counts counts[])
{
    AUTO_QUERY query = query_start(record, SELECT_PAPER);
    bool row;

    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    TRY(query_step(&query, &row));
    while (row) {
        counts[query_number(&query, 0)].votes[query_number(&query, 1)] += query_number(&query, 2);
        TRY(query_step(&query, &row));
    }
    return OK;
}

/* --- the rule --- */

struct settlements {
    struct outcome_settled list[GRADES_MAX];
    struct runoff_choice choices[GRADES_MAX];
    size_t count;
};

static uint64_t tied_grade(const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->grade_count; i++) {
        if (outcome->grades[i].tied_count > 0) {
            return outcome->grades[i].grade;
        }
    }
    return 0;
}

/* A tie that runoffs have settled lets the grades below be filled, which may tie in turn. */
static struct result decide(struct record *record, const struct election *election,
                            const struct outcome_question *question, struct outcome *out)
{
    struct settlements settled = {.count = 0};

    for (;;) {
        struct runoff_choice *const choice = &settled.choices[settled.count];
        uint64_t grade;

        outcome_decide(question, settled.list, settled.count, out);
        grade = tied_grade(out);
        if (grade == 0 || election->has_previous || settled.count + 1 == GRADES_MAX) {
            return OK;
        }
        TRY(runoff_settle(record, election, grade, choice));
        if (!choice->settled) {
            return OK;
        }
        settled.list[settled.count++] =
            (struct outcome_settled){(unsigned)grade, choice->seated, choice->seated_count};
    }
}

static struct result ask(struct record *record, const struct election *election,
                         const struct tally_counts counts[], struct outcome *out)
{
    uint64_t recused[CANDIDATES_MAX];
    struct meeting meeting;
    struct outcome_question question = {.roll = election->roll_count,
                                        .candidate_count = election->candidate_count,
                                        .recused = recused,
                                        .seats = election->seats,
                                        .passes = election->passes,
                                        .seat_count = election->seat_count,
                                        .counts = counts};

    TRY(meeting_load(record, election->meeting, &meeting));
    question.appointed = meeting.appointed;
    for (size_t i = 0; i < election->candidate_count; i++) {
        recused[i] = election_recused(election, i);
    }
    return decide(record, election, &question, out);
}

static struct result print_outcome(struct record *record, const struct election *election,
                                   const struct tally_counts counts[], struct buffer *out)
{
    struct outcome *outcome = calloc(1, sizeof *outcome);
    struct result done;

    REQUIRE(outcome, OUT_OF_MEMORY, "record.memory");
    done = ask(record, election, counts, outcome);
    if (is_ok(done)) {
        done = outcome_print(election, counts, outcome, out);
    }
    free(outcome);
    return done;
}

struct result result_compute_fields(struct record *record, const struct hash32 *manifest,
                                    struct buffer *out)
{
    struct tally_counts counts[CANDIDATES_MAX];
    const struct election *election;
    struct election_state state;

    TRY(election_load(record, manifest, &state));
    REQUIRE(state.has_sums && state.shares >= state.threshold, CONFLICT, "result.shares");
    TRY(record_election(record, manifest, &election));
    TRY(count_electronic(record, election, counts));
    TRY(add_paper(record, election, counts));
    TRY(statement_add_number(out, "选票数", state.ballots + state.paper_ballots));
    return print_outcome(record, election, counts, out);
}

/* --- election.result --- */

static struct result check_again(const struct fold *fold, const struct election_state *state)
{
    const struct election *election;
    struct runoff_choice choice;
    uint64_t grade;

    TRY(runoff_tied_grade(fold->record, manifest_of(fold), &grade));
    REQUIRE(grade > 0 && !state->has_previous, CONFLICT, "result.known");
    TRY(record_election(fold->record, manifest_of(fold), &election));
    TRY(runoff_settle(fold->record, election, grade, &choice));
    REQUIRE(choice.settled, CONFLICT, "result.known");
    return OK;
}

struct result result_check(const struct fold *fold)
{
    struct election_state state;

    TRY(election_require_closed(fold, &state));
    REQUIRE(state.shares >= state.threshold, CONFLICT, "result.shares");
    return state.decided ? check_again(fold, &state) : OK;
}

static struct result copy_fields(const struct statement *statement, struct buffer *out)
{
    static const char *const labels[] = {"选票数", "得票", "入选", "并列"};

    for (size_t label = 0; label < sizeof labels / sizeof labels[0]; label++) {
        const size_t count = statement_count(statement, labels[label]);

        for (size_t i = 0; i < count; i++) {
            TRY(statement_add(out, labels[label], statement_value_at(statement, labels[label], i)));
        }
    }
    return OK;
}

struct result result_prove(const struct fold *fold)
{
    AUTO_BUFFER computed = BUFFER_INIT;
    AUTO_BUFFER stated = BUFFER_INIT;

    TRY(result_compute_fields(fold->record, manifest_of(fold), &computed));
    TRY(copy_fields(fold->statement, &stated));
    REQUIRE(bytes_equal(buffer_view(&computed), buffer_view(&stated)), INVALID, "result.lines");
    return OK;
}

static const char DELETE_STANDING[] = "DELETE FROM standing WHERE manifest = :manifest";
static const char INSERT_STANDING[] =
    "INSERT INTO standing (manifest, grade, place, candidate, tied)"
    " VALUES (:manifest, :grade, :place, :candidate, :tied)";
static const char UPDATE_RESULT[] =
    "UPDATE election SET result = :position WHERE manifest = :manifest";

/* "<grade> <candidate id>" */
static struct result insert_standing(const struct fold *fold, const char *label, size_t place,
                                     uint64_t tied)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_STANDING);
    struct bytes line = statement_value_at(fold->statement, label, place);
    uint64_t grade;

    TRY(text_parse_number(text_cut(&line, ' '), &grade));
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    query_bind_number(&query, ":grade", grade);
    query_bind_number(&query, ":place", place);
    query_bind_text(&query, ":candidate", line);
    query_bind_number(&query, ":tied", tied);
    return query_run(&query);
}

static struct result run_manifest(const struct fold *fold, const char *sql)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    return query_run(&query);
}

static struct result store_index(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_RESULT);

    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":manifest", BYTES(manifest_of(fold)->bytes));
    return query_run(&query);
}

struct result result_apply(const struct fold *fold)
{
    const size_t seated = statement_count(fold->statement, "入选");
    const size_t tied = statement_count(fold->statement, "并列");

    TRY(run_manifest(fold, DELETE_STANDING));
    for (size_t i = 0; i < seated; i++) {
        TRY(insert_standing(fold, "入选", i, 0));
    }
    for (size_t i = 0; i < tied; i++) {
        TRY(insert_standing(fold, "并列", i, 1));
    }
    return store_index(fold);
}
