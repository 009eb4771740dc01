#include "protocol/election_rules.h"

#include <stdlib.h>

#include "base/encoding.h"
#include "primitive/elgamal.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/ceremony.h"

enum {
    VOTERS_MIN = 3, /* on the roll, and for each candidate */
    BRANCH_BYTES = 112,
    RECUSAL_BYTES = 96,
    KEY_ID_BYTES = 4,
};

static struct result refuse(const char *rule, const char *label, size_t line)
{
    return fail_field(INVALID, rule, label, line);
}

static struct result check_round(const struct election *election)
{
    if (election->round < 1 || election->has_previous != (election->round > 1)) {
        return refuse("election.round", "轮次", 0);
    }
    return OK;
}

static struct result check_candidates(const struct election *election)
{
    if (election->candidate_count < 1) {
        return refuse("election.candidates", "候选", 0);
    }
    for (size_t i = 0; i < election->candidate_count; i++) {
        if (election_find_candidate(election, election->candidates[i].id) != i) {
            return refuse("election.candidates", "候选", i + 1);
        }
    }
    return OK;
}

/* Vectors of counts that add up to at most `ballots` in so many grades above 0; or the cap. */
static uint64_t count_vectors(uint64_t ballots, uint64_t grades)
{
    uint64_t vectors = 1;

    for (uint64_t k = 1; k <= grades; k++) {
        vectors = vectors * (ballots + k) / k;
    }
    return vectors;
}

static struct result check_grades(const struct election *election)
{
    uint64_t weight = 0;

    for (size_t grade = 0; grade < election->grade_count; grade++) {
        if (election->grades[grade].weight != weight) {
            return refuse("election.grades", "等次", grade + 1);
        }
        weight = weight == 0 ? 1 : weight * 1024;
    }
    if (count_vectors(election->roll_count, election->grade_count - 1) > TALLY_VECTORS_MAX) {
        return refuse("election.grades", "等次", 0);
    }
    return OK;
}

static size_t count_passes(const struct election *election, unsigned grade)
{
    size_t count = 0;

    for (size_t i = 0; i < election->pass_count; i++) {
        const unsigned grades = election->passes[i].grades;
        if ((grades & (0u - grades)) == 1u << grade) {
            count++;
        }
    }
    return count;
}

static struct result check_seats(const struct election *election)
{
    grade_set seen = 0;

    if (election->seat_count < 1) {
        return refuse("election.seats", "席位", 0);
    }
    for (size_t i = 0; i < election->seat_count; i++) {
        const unsigned grade = election->seats[i].grade;
        if ((seen >> grade & 1u) != 0) {
            return refuse("election.seats", "席位", i + 1);
        }
        seen = (grade_set)(seen | (1u << grade));
        if (count_passes(election, grade) != 1) {
            return refuse("election.passes", "通过", 0);
        }
    }
    if (election->pass_count != election->seat_count) {
        return refuse("election.passes", "通过", 0);
    }
    return OK;
}

static bool has_key_before(const struct election *election, size_t member)
{
    for (size_t i = 0; i < member; i++) {
        if (point_equal(&election->roll[i].key, &election->roll[member].key)) {
            return true;
        }
    }
    return false;
}

static struct result check_roll(const struct election *election)
{
    if (election->roll_count < VOTERS_MIN) {
        return refuse("election.roll", "名册", 0);
    }
    for (size_t i = 0; i < election->roll_count; i++) {
        const bool is_sorted =
            i == 0 || bytes_compare(election->roll[i - 1].id, election->roll[i].id) < 0;
        if (!is_sorted || has_key_before(election, i)) {
            return refuse("election.roll", "名册", i + 1);
        }
    }
    for (size_t i = 0; i < election->candidate_count; i++) {
        if (election->roll_count - election_recused(election, i) < VOTERS_MIN) {
            return refuse("election.recusals", "回避", 0);
        }
    }
    return OK;
}

static struct result check_trustees(const struct election *election)
{
    const uint64_t count = election->trustee_count;

    if (count < 2 || election->threshold > count || election->threshold * 2 <= count) {
        return refuse("election.trustees", "门限", 0);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (bytes_equal(election->trustees[i].id, election->trustees[k].id)) {
                return refuse("election.trustees", "受托人", i + 1);
            }
        }
    }
    if (!is_ok(ceremony_keys_agree(&election->key, election->trustees, election->trustee_count,
                                   election->threshold))) {
        return refuse("election.trustees", "选举公钥", 0);
    }
    return OK;
}

struct result election_check_rules(const struct election *election)
{
    TRY(check_round(election));
    TRY(check_candidates(election));
    TRY(check_grades(election));
    TRY(check_seats(election));
    TRY(check_roll(election));
    TRY(check_trustees(election));
    if (election->opens >= election->closes) {
        return refuse("election.time", "结束", 0);
    }
    return OK;
}

static bool is_within_limits(const struct election *election, const uint64_t counts[GRADES_MAX])
{
    uint64_t all = 0;

    for (size_t i = 0; i < election->limit_count; i++) {
        uint64_t named = 0;
        for (unsigned grade = 1; grade < GRADES_MAX; grade++) {
            named += (election->limits[i].grades >> grade & 1u) != 0 ? counts[grade] : 0;
        }
        if (named > election->limits[i].max) {
            return false;
        }
    }
    for (unsigned grade = 1; grade < GRADES_MAX; grade++) {
        all += counts[grade];
    }
    return all <= election->candidate_count;
}

/*
 * The next vector of counts within the limits, the lowest grade counting fastest, so that totals
 * ascend (a count stays below 1024). Limits are monotone: what is refused stays refused above.
 */
static bool next_counts(const struct election *election, uint64_t counts[GRADES_MAX])
{
    for (size_t grade = 1; grade < election->grade_count && grade < GRADES_MAX; grade++) {
        counts[grade]++;
        if (is_within_limits(election, counts)) {
            return true;
        }
        counts[grade] = 0;
    }
    return false;
}

static uint64_t total_of(const struct election *election, const uint64_t counts[GRADES_MAX])
{
    uint64_t total = 0;

    for (size_t grade = 1; grade < election->grade_count; grade++) {
        total += counts[grade] * election->grades[grade].weight;
    }
    return total;
}

/* S, and s·G for each s of it. */
static struct result compute_totals(struct election *election)
{
    uint64_t counts[GRADES_MAX] = {0};

    if (election->limit_count == 0) {
        return OK;
    }
    election->totals = calloc(TOTALS_MAX, sizeof *election->totals);
    election->total_points = calloc(TOTALS_MAX, sizeof *election->total_points);
    REQUIRE(election->totals != NULL && election->total_points != NULL, OUT_OF_MEMORY,
            "election.memory");
    do {
        if (election->total_count == TOTALS_MAX) {
            return refuse("election.limits", "限额", 0);
        }
        const uint64_t total = total_of(election, counts);
        TRY(elgamal_message(total, &election->total_points[election->total_count]));
        election->totals[election->total_count++] = total;
    } while (next_counts(election, counts));
    return OK;
}

static size_t line_size(const char *label, size_t value)
{
    return bytes_of_string(label).size + sizeof "：" - 1 + value + 1;
}

static void compute_sizes(struct election *election)
{
    struct election_sizes *sizes = &election->sizes;

    sizes->selection = 2 * POINT_SIZE + BRANCH_BYTES * election->grade_count;
    sizes->total = BRANCH_BYTES * election->total_count;
    sizes->ring = BRANCH_BYTES * election->roll_count + RECUSAL_BYTES * election->recusal_count;
    sizes->text = sizeof "xiling/v1 ballot" + line_size("日志", election->origin.size) +
                  line_size("选举", election->id.size) + line_size("清单", base64_size(32)) +
                  line_size("标签", base64_size(POINT_SIZE)) +
                  line_size("附码", BALLOT_CODE_BYTES) +
                  election->candidate_count * line_size("选择", base64_size(sizes->selection)) +
                  (sizes->total > 0 ? line_size("总额", base64_size(sizes->total)) : 0);
    sizes->note = sizes->text + sizeof "\n— ring " + base64_size(KEY_ID_BYTES + sizes->ring);
    sizes->entry = ENTRY_HEAD_SIZE + sizes->note;
}

struct result election_compute(struct election *election)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 tag base");
    hash_hash(&state, &election->manifest);
    hash_end_point(&state, &election->tag_base);
    if (point_is_identity(&election->tag_base)) {
        return refuse("election.round", "选举", 0);
    }
    for (size_t grade = 0; grade < election->grade_count; grade++) {
        TRY(elgamal_message(election->grades[grade].weight, &election->weight_points[grade]));
    }
    TRY(compute_totals(election));
    compute_sizes(election);
    if (election->sizes.entry > ENTRY_SIZE_MAX || election->text.size > STATEMENT_SIZE_MAX) {
        return refuse("election.size", NULL, 0);
    }
    return OK;
}
