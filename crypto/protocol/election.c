#include "protocol/election.h"

#include <stdlib.h>

#include "protocol/election_rules.h"
#include "protocol/manifest.h"

static const struct field_type FIELDS[] = {
    FIELD_ONE("选举", KIND_ID),        FIELD_ONE("会议", KIND_ID),
    FIELD_ONE("轮次", KIND_NUMBER),    FIELD_OPTIONAL("上一轮清单", KIND_HASH),
    FIELD_ANY("候选", KIND_LINE),      FIELD_ANY("等次", KIND_LINE),
    FIELD_ANY("限额", KIND_LINE),      FIELD_ANY("席位", KIND_LINE),
    FIELD_ANY("通过", KIND_LINE),      FIELD_ANY("名册", KIND_LINE),
    FIELD_ANY("回避", KIND_LINE),      FIELD_ONE("密钥仪式", KIND_HASH),
    FIELD_ANY("受托人", KIND_LINE),    FIELD_ONE("门限", KIND_NUMBER),
    FIELD_ONE("选举公钥", KIND_POINT), FIELD_ONE("批次间隔", KIND_NUMBER),
    FIELD_ONE("开始", KIND_TIME),      FIELD_ONE("结束", KIND_TIME),
};

const struct statement_type ELECTION_TYPE = {"election.open", FIELDS,
                                             sizeof FIELDS / sizeof FIELDS[0]};

/* Names the line in a failure that a line reader returned. */
static struct result at_line(struct result result, size_t index)
{
    result.at = is_ok(result) ? 0 : index + 1;
    return result;
}

/* How many lines of the label there are, at most `max`. */
static struct result count_lines(const struct statement *statement, const char *label, size_t max,
                                 const char *rule, size_t *out)
{
    *out = statement_count(statement, label);
    if (*out > max) {
        return fail_field(INVALID, rule, label, max + 1);
    }
    return OK;
}

/* calloc, but never of nothing. */
static void *allocate(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size);
}

static struct result read_head(const struct statement *statement, struct election *election)
{
    election->origin = statement->origin;
    election->id = statement_value(statement, "选举");
    election->meeting = statement_value(statement, "会议");
    TRY(statement_number(statement, "轮次", &election->round));
    election->has_previous = statement_has(statement, "上一轮清单");
    if (election->has_previous) {
        TRY(statement_hash(statement, "上一轮清单", &election->previous));
    }
    TRY(statement_hash(statement, "密钥仪式", &election->ceremony));
    TRY(statement_number(statement, "门限", &election->threshold));
    TRY(statement_point(statement, "选举公钥", 0, &election->key));
    TRY(statement_number(statement, "批次间隔", &election->window));
    TRY(statement_time(statement, "开始", &election->opens));
    return statement_time(statement, "结束", &election->closes);
}

static struct result read_candidates(const struct statement *statement, struct election *election)
{
    size_t count;

    TRY(count_lines(statement, "候选", CANDIDATES_MAX, "election.candidates", &count));
    election->candidates = allocate(count, sizeof *election->candidates);
    REQUIRE(election->candidates != NULL, OUT_OF_MEMORY, "election.memory");
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(
            manifest_candidate(statement_value_at(statement, "候选", i), &election->candidates[i]),
            i));
    }
    election->candidate_count = count;
    return OK;
}

static struct result read_grades(const struct statement *statement, struct election *election)
{
    size_t count;

    TRY(count_lines(statement, "等次", GRADES_MAX, "election.grades", &count));
    if (count < 2) {
        return fail_field(INVALID, "election.grades", "等次", 0);
    }
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(
            manifest_grade(statement_value_at(statement, "等次", i), i, &election->grades[i]), i));
    }
    election->grade_count = count;
    return OK;
}

static struct result read_limits(const struct statement *statement, struct election *election)
{
    size_t count;

    TRY(count_lines(statement, "限额", LIMITS_MAX, "election.limits", &count));
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(manifest_limit(statement_value_at(statement, "限额", i), election->grade_count,
                                   &election->limits[i]),
                    i));
    }
    election->limit_count = count;
    return OK;
}

static struct result read_seats(const struct statement *statement, struct election *election)
{
    size_t count;

    TRY(count_lines(statement, "席位", GRADES_MAX, "election.seats", &count));
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(manifest_seat(statement_value_at(statement, "席位", i), election->grade_count,
                                  &election->seats[i]),
                    i));
    }
    election->seat_count = count;
    TRY(count_lines(statement, "通过", GRADES_MAX, "election.passes", &count));
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(manifest_pass(statement_value_at(statement, "通过", i), election->grade_count,
                                  &election->passes[i]),
                    i));
    }
    election->pass_count = count;
    return OK;
}

static struct result read_roll(const struct statement *statement, struct election *election)
{
    size_t count;

    TRY(count_lines(statement, "名册", ROLL_MAX, "election.roll", &count));
    election->roll = allocate(count, sizeof *election->roll);
    REQUIRE(election->roll != NULL, OUT_OF_MEMORY, "election.memory");
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(manifest_member(statement_value_at(statement, "名册", i), &election->roll[i]),
                    i));
    }
    election->roll_count = count;
    return OK;
}

/* Puts the candidate into the member's list, ascending; false if it stands there already. */
static bool insert_recusal(struct election_member *member, uint16_t *list, size_t candidate)
{
    size_t place = member->recused_count;

    while (place > 0 && list[place - 1] >= candidate) {
        if (list[place - 1] == candidate) {
            return false;
        }
        list[place] = list[place - 1];
        place--;
    }
    list[place] = (uint16_t)candidate;
    member->recused_count++;
    return true;
}

/* Each member's list has its place after the lists of the members before. */
static void divide_recusals(struct election *election)
{
    uint16_t *next = election->recusals;

    for (size_t member = 0; member < election->roll_count; member++) {
        election->roll[member].recused = next;
        next += election->roll[member].recused_count;
        election->roll[member].recused_count = 0;
    }
}

static struct result read_recusals(const struct statement *statement, struct election *election)
{
    const size_t count = statement_count(statement, "回避");
    size_t member, candidate;

    election->recusals = allocate(count, sizeof *election->recusals);
    REQUIRE(election->recusals != NULL, OUT_OF_MEMORY, "election.memory");
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(manifest_recusal(statement_value_at(statement, "回避", i), election, &member,
                                     &candidate),
                    i));
        election->roll[member].recused_count++;
    }
    divide_recusals(election);
    for (size_t i = 0; i < count; i++) {
        TRY(manifest_recusal(statement_value_at(statement, "回避", i), election, &member,
                             &candidate));
        struct election_member *const who = &election->roll[member];
        uint16_t *const list = election->recusals + (who->recused - election->recusals);
        if (!insert_recusal(who, list, candidate)) {
            return fail_field(INVALID, "election.recusals", "回避", i + 1);
        }
    }
    election->recusal_count = count;
    return OK;
}

static struct result read_trustees(const struct statement *statement, struct election *election)
{
    size_t count;

    TRY(count_lines(statement, "受托人", TRUSTEES_MAX, "election.trustees", &count));
    for (size_t i = 0; i < count; i++) {
        TRY(at_line(manifest_trustee(statement_value_at(statement, "受托人", i), i + 1,
                                     &election->trustees[i]),
                    i));
    }
    election->trustee_count = count;
    return OK;
}

static struct result read_all(struct bytes text, struct election *election)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(buffer_append(&election->text, text));
    election->manifest = sha256_of(text);
    TRY(statement_parse_text(buffer_view(&election->text), &statement));
    TRY(statement_check(&statement, &ELECTION_TYPE, EMPTY_BYTES));
    TRY(read_head(&statement, election));
    TRY(read_candidates(&statement, election));
    TRY(read_grades(&statement, election));
    TRY(read_limits(&statement, election));
    TRY(read_seats(&statement, election));
    TRY(read_roll(&statement, election));
    TRY(read_recusals(&statement, election));
    TRY(read_trustees(&statement, election));
    TRY(election_check_rules(election));
    return election_compute(election);
}

struct result election_parse(struct bytes text, struct election *out)
{
    AUTO_ELECTION election = ELECTION_INIT;

    *out = (struct election)ELECTION_INIT;
    TRY(read_all(text, &election));
    *out = election;
    election = (struct election)ELECTION_INIT; /* transferred */
    return OK;
}

void election_free(struct election *election)
{
    buffer_free(&election->text);
    free(election->candidates);
    free(election->roll);
    free(election->recusals);
    free(election->totals);
    free(election->total_points);
    *election = (struct election)ELECTION_INIT;
}

size_t election_find_member(const struct election *election, struct bytes person)
{
    size_t i = 0;

    while (i < election->roll_count && !bytes_equal(election->roll[i].id, person)) {
        i++;
    }
    return i;
}

size_t election_find_candidate(const struct election *election, struct bytes id)
{
    size_t i = 0;

    while (i < election->candidate_count && !bytes_equal(election->candidates[i].id, id)) {
        i++;
    }
    return i;
}

bool election_is_recused(const struct election *election, size_t member, size_t candidate)
{
    const struct election_member *who = &election->roll[member];

    for (size_t i = 0; i < who->recused_count; i++) {
        if (who->recused[i] == candidate) {
            return true;
        }
    }
    return false;
}

size_t election_recused(const struct election *election, size_t candidate)
{
    size_t count = 0;

    for (size_t member = 0; member < election->roll_count; member++) {
        count += election_is_recused(election, member, candidate) ? 1 : 0;
    }
    return count;
}
