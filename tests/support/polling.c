#include "support/polling.h"

#include <string.h>

#include "check.h"
#include "support/vectors.h"

bool needs_nothing(const struct election *election, const struct ballot_intent *intent)
{
    (void)election;
    (void)intent;
    return true;
}

bool needs_limits(const struct election *election, const struct ballot_intent *intent)
{
    (void)intent;
    return election->limit_count > 0;
}

bool needs_no_limits(const struct election *election, const struct ballot_intent *intent)
{
    return !needs_limits(election, intent);
}

bool needs_recusal(const struct election *election, const struct ballot_intent *intent)
{
    return election->roll[intent->member].recused_count > 0;
}

bool needs_neighbour(const struct election *election, const struct ballot_intent *intent)
{
    return intent->member + 1 < election->roll_count;
}

bool needs_plain_recusal(const struct election *election, const struct ballot_intent *intent)
{
    return needs_no_limits(election, intent) && needs_recusal(election, intent);
}

void polling_election(json_t *item, struct election *out)
{
    check_ok(election_parse(bytes_of_string(vector_text(item, "manifest.text")), out));
}

void polling_code(json_t *item, struct ballot_code *out)
{
    const char *code = vector_text(item, "code");

    assert_int_equal(strlen(code), BALLOT_CODE_BYTES);
    memcpy(out->characters, code, BALLOT_CODE_BYTES);
}

void polling_choices(json_t *list, uint8_t choices[])
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        choices[i] = (uint8_t)json_integer_value(json_array_get(list, i));
    }
}

void polling_intent(json_t *item, struct ballot_intent *out)
{
    *out = (struct ballot_intent){0};
    out->member = (size_t)vector_number(item, "member") - 1;
    vector_fixed(item, "x", out->vote_key.bytes, SCALAR_SIZE);
    vector_fixed(item, "seed", out->seed.bytes, 32);
    polling_code(item, &out->code);
    polling_choices(vector_get(item, "choices"), out->choices);
}

/* Whether a ballot of this election fits; then it stays in `out`. */
static bool find_ballot(json_t *item, polling_need *need, struct polling *out)
{
    size_t i;
    json_t *ballot;

    polling_election(item, &out->election);
    json_array_foreach(vector_get(item, "ballots"), i, ballot)
    {
        polling_intent(ballot, &out->intent);
        if (need(&out->election, &out->intent)) {
            return true;
        }
    }
    election_free(&out->election);
    return false;
}

void polling_open(polling_need *need, struct polling *out)
{
    size_t i;
    json_t *item;

    *out = (struct polling){.root = vectors_open("ballot.json")};
    json_array_foreach(vector_get(out->root, "elections"), i, item)
    {
        if (find_ballot(item, need, out)) {
            check_ok(ballot_make(&out->election, &out->intent, &out->note));
            return;
        }
    }
    fail_msg("no ballot of the vectors is of this kind");
}

void polling_close(struct polling *polling)
{
    buffer_free(&polling->note);
    election_free(&polling->election);
    vectors_close(polling->root);
}
