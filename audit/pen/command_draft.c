#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "pen/commands.h"
#include "pen/draft.h"
#include "protocol/election.h"
#include "protocol/statement.h"

#define DEFAULT_WINDOW 60
#define FEW_VOTERS     5 /* below it the chair is to say what a count may tell */

static struct result bytes_option(const struct options *options, const char *name,
                                  struct bytes *out)
{
    const char *text;

    TRY(option_require(options, name, &text));
    *out = bytes_of_string(text);
    return OK;
}

static struct result time_option(const struct options *options, const char *name, int64_t *out)
{
    struct bytes text;

    TRY(bytes_option(options, name, &text));
    return text_parse_time(text, out);
}

typedef struct result draft_function(const struct options *options, struct record *record,
                                     struct buffer *text);

static struct result freeze(const struct options *options, struct record *record,
                            struct buffer *text)
{
    struct bytes meeting;

    TRY(bytes_option(options, "meeting", &meeting));
    return draft_freeze(record, meeting, text);
}

/* How many may vote on the candidate on whom fewest may. */
static size_t fewest_voters(const struct election *election)
{
    size_t fewest = election->roll_count;

    for (size_t i = 0; i < election->candidate_count; i++) {
        const size_t voters = election->roll_count - election_recused(election, i);

        fewest = voters < fewest ? voters : fewest;
    }
    return fewest;
}

/* Before opening, the program shows what a result could reveal at this size. Protocol section 6. */
static struct result tell_what_a_result_reveals(struct bytes text)
{
    AUTO_ELECTION election = ELECTION_INIT;

    TRY(election_parse(text, &election));
    const size_t fewest = fewest_voters(&election);
    (void)fprintf(
        stderr,
        "名册 %zu 人；每家至少 %zu "
        "人有表决权。公布的是总数：如果大家全都投一样，总数就说出了每个人的"
        "选择。\n%zu on the roll; at least %zu may vote on each candidate. Only totals are "
        "published: if all vote alike, the total tells how each voted.\n",
        election.roll_count, fewest, election.roll_count, fewest);
    if (fewest < FEW_VOTERS) {
        (void)fputs("人数少于五：开启前请主持人当场说明。\n"
                    "Fewer than five: the chair should say so before opening.\n",
                    stderr);
    }
    return OK;
}

/* With --previous a runoff, which takes meeting and ceremony from the round before. */
static struct result manifest(const struct options *options, struct record *record,
                              struct buffer *text)
{
    const char *const previous = option(options, "previous");
    struct draft_plan plan = {.id = EMPTY_BYTES};

    TRY(bytes_option(options, "election", &plan.id));
    TRY(option_number(options, "window", DEFAULT_WINDOW, &plan.window));
    TRY(time_option(options, "opens", &plan.opens));
    TRY(time_option(options, "closes", &plan.closes));
    if (previous != NULL) {
        TRY(draft_runoff(record, bytes_of_string(previous), &plan, text));
        return tell_what_a_result_reveals(buffer_view(text));
    }
    TRY(bytes_option(options, "meeting", &plan.meeting));
    TRY(bytes_option(options, "ceremony", &plan.ceremony));
    TRY(draft_manifest(record, &plan, text));
    return tell_what_a_result_reveals(buffer_view(text));
}

static struct result close_election(const struct options *options, struct record *record,
                                    struct buffer *text)
{
    struct bytes election;

    TRY(bytes_option(options, "election", &election));
    return draft_close(record, election, text);
}

static struct result result_of(const struct options *options, struct record *record,
                               struct buffer *text)
{
    struct bytes election;

    TRY(bytes_option(options, "election", &election));
    return draft_result(record, election, text);
}

static struct result minutes(const struct options *options, struct record *record,
                             struct buffer *text)
{
    struct bytes meeting;
    struct bytes words;

    TRY(bytes_option(options, "meeting", &meeting));
    TRY(bytes_option(options, "words", &words));
    return draft_minutes(record, meeting, words, text);
}

static const struct {
    const char *name;
    draft_function *draft;
} DRAFTS[] = {
    {"freeze", freeze},    {"manifest", manifest}, {"close", close_election},
    {"result", result_of}, {"minutes", minutes},
};

/* `draft freeze|manifest|close|result|minutes`: prints the text, to be signed elsewhere. */
struct result command_draft(const struct options *options)
{
    AUTO_REPLAY *replay = NULL;
    AUTO_BUFFER origin = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;

    for (size_t i = 0; i < sizeof DRAFTS / sizeof DRAFTS[0]; i++) {
        if (options->word_count == 1 && strcmp(options->words[0], DRAFTS[i].name) == 0) {
            TRY(pen_log(options, &replay, &origin));
            TRY(DRAFTS[i].draft(options, replay_record(replay), &text));
            return pen_print(buffer_view(&text));
        }
    }
    return fail_field(INVALID, "options.missing", "freeze|manifest|close|result|minutes", 0);
}
