#include "check.h"
#include "protocol/outcome.h"
#include "support/vectors.h"

static grade_set grades_of(json_t *list)
{
    grade_set grades = 0;
    size_t i;
    json_t *grade;

    json_array_foreach(list, i, grade)
    {
        grades = (grade_set)(grades | (1u << json_integer_value(grade)));
    }
    return grades;
}

/* The arrays a question points into. */
struct question_memory {
    uint64_t recused[CANDIDATES_MAX];
    struct election_seat seats[GRADES_MAX];
    struct election_pass passes[GRADES_MAX];
    struct tally_counts counts[CANDIDATES_MAX];
};

static struct election_pass pass_of_vector(json_t *pass)
{
    return (struct election_pass){
        .grades = grades_of(vector_get(pass, "grades")),
        .numerator = vector_number(pass, "num"),
        .denominator = vector_number(pass, "den"),
        .base = strcmp(vector_text(pass, "base"), "应到") == 0 ? BASE_APPOINTED : BASE_PRESENT,
        .comparison =
            strcmp(vector_text(pass, "comparison"), "不少于") == 0 ? PASS_AT_LEAST : PASS_MORE_THAN,
    };
}

static void read_counts(json_t *list, struct tally_counts counts[])
{
    size_t i, grade;
    json_t *row, *votes;

    json_array_foreach(list, i, row)
    {
        json_array_foreach(row, grade, votes)
        {
            counts[i].votes[grade + 1] = (uint64_t)json_integer_value(votes);
        }
    }
}

static struct outcome_question read_question(json_t *election, struct question_memory *memory)
{
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(election, "recused"), i, item)
    {
        memory->recused[i] = (uint64_t)json_integer_value(item);
    }
    json_array_foreach(vector_get(election, "seats"), i, item)
    {
        memory->seats[i].grade = (unsigned)vector_number(item, "grade");
        memory->seats[i].places = vector_number(item, "k");
        memory->passes[i] = pass_of_vector(json_array_get(vector_get(election, "passes"), i));
    }
    read_counts(vector_get(election, "counts"), memory->counts);
    return (struct outcome_question){
        .appointed = vector_number(election, "appointed"),
        .roll = vector_number(election, "roll"),
        .candidate_count = json_array_size(vector_get(election, "counts")),
        .recused = memory->recused,
        .seats = memory->seats,
        .passes = memory->passes,
        .seat_count = json_array_size(vector_get(election, "seats")),
        .counts = memory->counts,
    };
}

static size_t read_settled(json_t *settled, struct outcome_settled out[],
                           uint16_t seated[GRADES_MAX][CANDIDATES_MAX])
{
    size_t count = 0;

    for (unsigned grade = 1; settled != NULL && grade < GRADES_MAX; grade++) {
        const char name[2] = {(char)('0' + grade), 0};
        json_t *list = json_object_get(settled, name);
        if (list == NULL) {
            continue;
        }
        for (size_t i = 0; i < json_array_size(list); i++) {
            seated[count][i] = (uint16_t)(json_integer_value(json_array_get(list, i)) - 1);
        }
        out[count] = (struct outcome_settled){grade, seated[count], json_array_size(list)};
        count++;
    }
    return count;
}

static void check_places(json_t *list, const uint16_t places[], size_t count)
{
    assert_int_equal(json_array_size(list), count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(json_integer_value(json_array_get(list, i)), places[i] + 1);
    }
}

static void check_grade(json_t *expected, const struct outcome_grade *grade, size_t candidates)
{
    uint16_t passing[CANDIDATES_MAX];
    size_t passing_count = 0;

    assert_int_equal(vector_number(expected, "grade"), grade->grade);
    for (size_t i = 0; i < candidates; i++) {
        assert_int_equal(json_integer_value(json_array_get(vector_get(expected, "votes"), i)),
                         grade->votes[i]);
        if (grade->passing[i]) {
            passing[passing_count++] = (uint16_t)i;
        }
    }
    check_places(vector_get(expected, "passing"), passing, passing_count);
    check_places(vector_get(expected, "seated"), grade->seated, grade->seated_count);
    check_places(vector_get(expected, "tied"), grade->tied, grade->tied_count);
    assert_int_equal(vector_number(expected, "left"), grade->left);
    assert_int_equal(vector_flag(expected, "waiting"), grade->waiting);
}

static void decides_every_case_of_the_vectors(void **state)
{
    json_t *root = vectors_open("result.json");
    size_t i, k;
    json_t *item, *expected;

    (void)state;
    json_array_foreach(vector_get(root, "cases"), i, item)
    {
        static struct outcome outcome;
        struct question_memory memory = {0};
        struct outcome_settled settled[GRADES_MAX];
        uint16_t seated[GRADES_MAX][CANDIDATES_MAX];
        const struct outcome_question question =
            read_question(vector_get(item, "election"), &memory);
        const size_t settled_count = read_settled(vector_get(item, "settled"), settled, seated);

        outcome_decide(&question, settled, settled_count, &outcome);
        assert_int_equal(json_array_size(vector_get(item, "result")), outcome.grade_count);
        json_array_foreach(vector_get(item, "result"), k, expected)
        {
            check_grade(expected, &outcome.grades[k], question.candidate_count);
        }
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* Three candidates, one grade: 15 present, two seats, two thirds. */
static void decide_one_grade(const uint64_t votes[3], const struct outcome_settled *settled,
                             struct outcome *out)
{
    static const uint64_t recused[3] = {0, 0, 0};
    static const struct election_seat seat = {1, 2};
    static const struct election_pass pass = {1u << 1, 2, 3, BASE_PRESENT, PASS_AT_LEAST};
    struct tally_counts counts[3] = {0};

    for (size_t i = 0; i < 3; i++) {
        counts[i].votes[1] = votes[i];
    }
    const struct outcome_question question = {15, 15, 3, recused, &seat, &pass, 1, counts};
    outcome_decide(&question, settled, settled != NULL ? 1 : 0, out);
}

static void a_runoff_seats_nobody_who_was_not_tied(void **state)
{
    static struct outcome outcome;
    const uint16_t choice[2] = {0, 2};
    const struct outcome_settled settled = {1, choice, 2};

    (void)state;
    decide_one_grade((const uint64_t[]){9, 12, 12}, &settled, &outcome);
    assert_int_equal(outcome.grades[0].seated_count, 2);
    decide_one_grade((const uint64_t[]){12, 11, 11}, &settled, &outcome);
    assert_int_equal(outcome.grades[0].seated_count, 2);
    assert_int_equal(outcome.grades[0].seated[1], 2);
}

static void the_order_of_candidates_never_breaks_a_tie(void **state)
{
    static struct outcome outcome;

    (void)state;
    decide_one_grade((const uint64_t[]){12, 12, 12}, NULL, &outcome);
    assert_int_equal(outcome.grades[0].seated_count, 0);
    assert_int_equal(outcome.grades[0].tied_count, 3);
    assert_int_equal(outcome.grades[0].left, 2);
}

static void more_recused_than_present_is_no_negative_base(void **state)
{
    static struct outcome outcome;
    const uint64_t recused[1] = {4};
    const struct election_seat seat = {1, 1};
    const struct election_pass pass = {1u << 1, 1, 2, BASE_PRESENT, PASS_MORE_THAN};
    const struct tally_counts counts[1] = {0};
    const struct outcome_question question = {3, 3, 1, recused, &seat, &pass, 1, counts};

    (void)state;
    outcome_decide(&question, NULL, 0, &outcome);
    assert_false(outcome.grades[0].passing[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decides_every_case_of_the_vectors),
        cmocka_unit_test(a_runoff_seats_nobody_who_was_not_tied),
        cmocka_unit_test(the_order_of_candidates_never_breaks_a_tie),
        cmocka_unit_test(more_recused_than_present_is_no_negative_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
