/*
 * bench_crypto.c - what a ballot and its tally cost, in one run on one core.
 *
 * Prints, for committees of C candidates and n members (≤ 3 质量奖, ≤ 9 in all): milliseconds to
 * make and to verify a ballot, its bytes, and a trustee's steps; then each as a ratio to the same
 * run's first committee. Times are medians; figures of other machines mean nothing, ratios do.
 * Usage: bench-crypto [rounds]
 */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "protocol/share.h"
#include "protocol/tally.h"
#include "support/committee.h"

enum { ROUNDS_MAX = 101, MEASURES = 6 };

struct measures {
    double values[MEASURES];
};

static const char *const NAMES[MEASURES] = {"make", "verify", "shape", "add", "share", "check"};

/* CPU time, so that a busy machine does not count. */
static double now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double times[], size_t count)
{
    qsort(times, count, sizeof times[0], compare);
    return times[count / 2];
}

/* A ballot that uses the limits: three of grade 2, then grade 1 for the next six. */
static void choose(size_t candidates, struct ballot_intent *intent)
{
    for (size_t i = 0; i < candidates && i < 9; i++) {
        intent->choices[i] = i < 3 ? 2 : 1;
    }
}

/* One round: each step once, its time into times[step]. */
static void run_round(const struct committee *committee, size_t round, double times[MEASURES])
{
    static struct tally tally;
    static struct opened_share opened;
    const struct election *const election = &committee->election;
    const uint8_t fresh[32] = {1};
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;
    struct ballot_intent intent;
    double marks[MEASURES + 1];

    committee_intent(committee, round % election->roll_count, &intent);
    choose(election->candidate_count, &intent);
    tally_begin(election->candidate_count, &tally);
    marks[0] = now_ms();
    check_ok(ballot_make(election, &intent, &note));
    marks[1] = now_ms();
    check_ok(ballot_parse(election, buffer_view(&note), &ballot));
    marks[2] = now_ms();
    check_ok(ballot_verify(election, &ballot));
    marks[3] = now_ms();
    check_ok(tally_add(election, &ballot, &tally));
    marks[4] = now_ms();
    const struct share_subject subject = {&election->manifest, &tally};
    check_ok(trustee_decrypt(&subject, 1, &committee->share_keys[0], fresh, &opened));
    marks[5] = now_ms();
    const struct decryption_share share = {1, opened.points, election->candidate_count,
                                           buffer_view(&opened.proof)};
    check_ok(share_verify(&subject, &election->trustees[0].key, &share));
    marks[6] = now_ms();
    const size_t order[MEASURES] = {0, 2, 1, 3, 4, 5};
    for (size_t i = 0; i < MEASURES; i++) {
        times[i] = marks[order[i] + 1] - marks[order[i]];
    }
    buffer_free(&opened.proof);
}

static void measure(const struct committee *committee, size_t rounds, struct measures *out)
{
    static double times[MEASURES][ROUNDS_MAX];

    for (size_t round = 0; round < rounds; round++) {
        double one[MEASURES];
        run_round(committee, round, one);
        for (size_t i = 0; i < MEASURES; i++) {
            times[i][round] = one[i];
        }
    }
    for (size_t i = 0; i < MEASURES; i++) {
        out->values[i] = median(times[i], rounds);
    }
}

static void print_row(const struct committee *committee, const struct measures *measures,
                      const struct measures *first)
{
    const struct election_sizes *const sizes = &committee->election.sizes;
    const size_t binary = committee->election.candidate_count * sizes->selection + sizes->total +
                          sizes->ring + POINT_SIZE;

    printf("%3zu %3zu %8zu %8zu", committee->election.candidate_count,
           committee->election.roll_count, binary, sizes->note);
    for (size_t i = 0; i < MEASURES; i++) {
        printf(" %8.2f", measures->values[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        printf(" %7.2fx", measures->values[i] / first->values[i]);
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    const size_t candidates[2] = {12, 30};
    const size_t members[3] = {15, 30, 60};
    const long asked = argc > 1 ? strtol(argv[1], NULL, 10) : 5;
    const size_t rounds = asked >= 1 && asked <= ROUNDS_MAX ? (size_t)asked : 5;
    struct measures first = {{0}}, measures;

    printf("milliseconds of CPU, medians of %zu; share and check: one trustee\n", rounds);
    printf("  C   n   binary     note");
    for (size_t i = 0; i < MEASURES; i++) {
        printf(" %8s", NAMES[i]);
    }
    printf("    make    verify\n");
    for (size_t c = 0; c < 2; c++) {
        for (size_t m = 0; m < 3; m++) {
            static struct committee committee;
            const struct committee_plan plan = {candidates[c], members[m],        5, 3,
                                                .grades = 3,   .has_limits = true};

            committee_open(&plan, &committee);
            measure(&committee, rounds, &measures);
            first = c == 0 && m == 0 ? measures : first;
            print_row(&committee, &measures, &first);
            committee_close(&committee);
        }
    }
    return 0;
}
