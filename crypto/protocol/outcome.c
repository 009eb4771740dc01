#include "protocol/outcome.h"

#include "protocol/statement.h"

static grade_set lowest_grade(grade_set grades)
{
    return (grade_set)(grades & (0u - grades));
}

static const struct election_pass *pass_of(const struct outcome_question *question, unsigned grade)
{
    for (size_t i = 0; i < question->seat_count; i++) {
        if (lowest_grade(question->passes[i].grades) == (grade_set)(1u << grade)) {
            return &question->passes[i];
        }
    }
    return NULL;
}

static uint64_t votes_in(const struct tally_counts *counts, grade_set grades)
{
    uint64_t votes = 0;

    for (unsigned grade = 0; grade < GRADES_MAX; grade++) {
        if ((grades & (1u << grade)) != 0) {
            votes += counts->votes[grade];
        }
    }
    return votes;
}

static bool passes(const struct outcome_question *question, const struct election_pass *pass,
                   size_t candidate, uint64_t votes)
{
    const uint64_t persons = pass->base == BASE_APPOINTED ? question->appointed : question->roll;
    const uint64_t recused = question->recused[candidate];
    const uint64_t base = recused < persons ? persons - recused : 0;
    const uint64_t needed = pass->numerator * base;
    const uint64_t reached = pass->denominator * votes;

    return pass->comparison == PASS_AT_LEAST ? needed <= reached : needed < reached;
}

/* Passing candidates that no higher grade has seated, by votes descending, then by number. */
static size_t rank(const struct outcome_grade *grade, const bool taken[], size_t candidate_count,
                   uint16_t ranked[])
{
    size_t count = 0;

    for (size_t candidate = 0; candidate < candidate_count; candidate++) {
        if (!grade->passing[candidate] || taken[candidate]) {
            continue;
        }
        size_t place = count++;
        while (place > 0 && grade->votes[ranked[place - 1]] < grade->votes[candidate]) {
            ranked[place] = ranked[place - 1];
            place--;
        }
        ranked[place] = (uint16_t)candidate;
    }
    return count;
}

static void seat(struct outcome_grade *grade, bool taken[], uint16_t candidate)
{
    grade->seated[grade->seated_count++] = candidate;
    taken[candidate] = true;
}

/* Seats the first of the ranked; at a tie only those above it, and states what stays open. */
static void fill(struct outcome_grade *grade, bool taken[], const uint16_t ranked[], size_t count,
                 uint64_t places)
{
    const bool is_cut = places > 0 && count > places;
    const bool is_tie = is_cut && grade->votes[ranked[places - 1]] == grade->votes[ranked[places]];
    const uint64_t cut = is_tie ? grade->votes[ranked[places]] : 0;

    for (size_t i = 0; i < count; i++) {
        const bool is_tied = is_tie && grade->votes[ranked[i]] == cut;
        if (is_tied) {
            grade->tied[grade->tied_count++] = ranked[i];
        } else if (i < places) {
            seat(grade, taken, ranked[i]);
        }
    }
    grade->left = is_tie ? places - grade->seated_count : 0;
}

/* A settled tie: the last runoff's choice is seated, the other tied ones compete below. */
static void settle(struct outcome_grade *grade, bool taken[], const struct outcome_settled *settled)
{
    for (size_t i = 0; i < grade->tied_count; i++) {
        for (size_t k = 0; k < settled->seated_count; k++) {
            if (settled->seated[k] == grade->tied[i]) {
                seat(grade, taken, grade->tied[i]);
            }
        }
    }
    grade->tied_count = 0;
    grade->left = 0;
}

static const struct outcome_settled *settled_of(const struct outcome_settled settled[],
                                                size_t count, unsigned grade)
{
    for (size_t i = 0; i < count; i++) {
        if (settled[i].grade == grade) {
            return &settled[i];
        }
    }
    return NULL;
}

/* The seat lines from the highest grade down. */
static size_t order_seats(const struct outcome_question *question,
                          const struct election_seat *ordered[])
{
    size_t count = 0;

    for (unsigned grade = GRADES_MAX; grade-- > 0;) {
        for (size_t i = 0; i < question->seat_count; i++) {
            if (question->seats[i].grade == grade) {
                ordered[count++] = &question->seats[i];
            }
        }
    }
    return count;
}

static void count_votes(const struct outcome_question *question, struct outcome_grade *grade)
{
    const struct election_pass *pass = pass_of(question, grade->grade);

    for (size_t i = 0; pass != NULL && i < question->candidate_count; i++) {
        grade->votes[i] = votes_in(&question->counts[i], pass->grades);
        grade->passing[i] = passes(question, pass, i, grade->votes[i]);
    }
}

void outcome_decide(const struct outcome_question *question, const struct outcome_settled settled[],
                    size_t settled_count, struct outcome *out)
{
    const struct election_seat *seats[GRADES_MAX];
    uint16_t ranked[CANDIDATES_MAX];
    bool taken[CANDIDATES_MAX] = {false};
    bool is_waiting = false;
    uint64_t seated = 0;

    *out = (struct outcome){.grade_count = order_seats(question, seats)};
    for (size_t i = 0; i < out->grade_count; i++) {
        struct outcome_grade *grade = &out->grades[i];
        const struct outcome_settled *choice = settled_of(settled, settled_count, seats[i]->grade);

        grade->grade = seats[i]->grade;
        grade->waiting = is_waiting;
        count_votes(question, grade);
        if (is_waiting) {
            continue;
        }
        const size_t count = rank(grade, taken, question->candidate_count, ranked);
        fill(grade, taken, ranked, count,
             seats[i]->places > seated ? seats[i]->places - seated : 0);
        if (grade->tied_count > 0 && choice != NULL) {
            settle(grade, taken, choice);
        }
        is_waiting = grade->tied_count > 0;
        seated += grade->seated_count;
    }
}

struct outcome_question outcome_question_of(const struct election *election, uint64_t appointed,
                                            const struct tally_counts counts[],
                                            uint64_t recused[static CANDIDATES_MAX])
{
    for (size_t i = 0; i < election->candidate_count; i++) {
        recused[i] = election_recused(election, i);
    }
    return (struct outcome_question){
        .appointed = appointed,
        .roll = election->roll_count,
        .candidate_count = election->candidate_count,
        .recused = recused,
        .seats = election->seats,
        .passes = election->passes,
        .seat_count = election->seat_count,
        .counts = counts,
    };
}

/* <candidate id> <votes of grade 1> <votes of grade 2> … */
static struct result print_counts(const struct election *election,
                                  const struct tally_counts *counts, size_t candidate,
                                  struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append(&line, election->candidates[candidate].id));
    for (size_t grade = 1; grade < election->grade_count; grade++) {
        TRY(buffer_append_text(&line, " "));
        TRY(buffer_append_decimal(&line, counts->votes[grade]));
    }
    return statement_add(out, "得票", buffer_view(&line));
}

/* <grade> <candidate id>, one line a candidate. */
static struct result print_places(const struct election *election, const char *label,
                                  unsigned grade, const uint16_t candidates[], size_t count,
                                  struct buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        AUTO_BUFFER line = BUFFER_INIT;
        TRY(buffer_append_decimal(&line, grade));
        TRY(buffer_append_text(&line, " "));
        TRY(buffer_append(&line, election->candidates[candidates[i]].id));
        TRY(statement_add(out, label, buffer_view(&line)));
    }
    return OK;
}

struct result outcome_print(const struct election *election, const struct tally_counts counts[],
                            const struct outcome *outcome, struct buffer *out)
{
    for (size_t i = 0; i < election->candidate_count; i++) {
        TRY(print_counts(election, &counts[i], i, out));
    }
    for (size_t i = 0; i < outcome->grade_count; i++) {
        const struct outcome_grade *const grade = &outcome->grades[i];
        TRY(print_places(election, "入选", grade->grade, grade->seated, grade->seated_count, out));
    }
    for (size_t i = 0; i < outcome->grade_count; i++) {
        const struct outcome_grade *const grade = &outcome->grades[i];
        TRY(print_places(election, "并列", grade->grade, grade->tied, grade->tied_count, out));
    }
    return OK;
}
