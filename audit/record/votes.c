#include "record/votes.h"

#include <string.h>

#include "base/text.h"

static struct result bad_line(size_t candidate)
{
    return fail_field(MALFORMED, "votes.line", "得票", candidate + 1);
}

static struct result read_line(const struct election *election, struct bytes line, size_t candidate,
                               struct tally_counts *out)
{
    memset(out, 0, sizeof *out);
    if (!bytes_equal(text_cut(&line, ' '), election->candidates[candidate].id)) {
        return bad_line(candidate);
    }
    for (size_t grade = 1; grade < election->grade_count; grade++) {
        if (!is_ok(text_parse_number(text_cut(&line, ' '), &out->votes[grade]))) {
            return bad_line(candidate);
        }
    }
    return line.size == 0 ? OK : bad_line(candidate);
}

struct result votes_read(const struct election *election, const struct statement *statement,
                         struct tally_counts out[])
{
    if (statement_count(statement, "得票") != election->candidate_count) {
        return bad_line(statement_count(statement, "得票"));
    }
    for (size_t i = 0; i < election->candidate_count; i++) {
        TRY(read_line(election, statement_value_at(statement, "得票", i), i, &out[i]));
    }
    return OK;
}

/* Numbers are at most 2^53 and there are at most 200 × 3 of them, so sums stay below 2^64. */
struct result votes_check(const struct election *election, const struct tally_counts counts[],
                          uint64_t ballots)
{
    uint64_t by_grade[GRADES_MAX] = {0};

    for (size_t i = 0; i < election->candidate_count; i++) {
        uint64_t votes = 0;

        for (size_t grade = 1; grade < election->grade_count; grade++) {
            votes += counts[i].votes[grade];
            by_grade[grade] += counts[i].votes[grade];
        }
        REQUIRE(votes <= ballots, INVALID, "votes.limit");
    }
    for (size_t i = 0; i < election->limit_count; i++) {
        uint64_t votes = 0;

        for (size_t grade = 1; grade < election->grade_count; grade++) {
            votes += (election->limits[i].grades >> grade & 1u) ? by_grade[grade] : 0;
        }
        REQUIRE(votes <= election->limits[i].max * ballots, INVALID, "votes.limit");
    }
    return OK;
}
