#include "fuzz.h"
#include "protocol/ballot.h"
#include "support/vectors.h"

/* The elections of the vectors; a ballot is tried against each. Read once, kept to the end. */
enum { ELECTIONS = 3 };

static struct election *elections(void)
{
    static struct election parsed[ELECTIONS];
    static bool read = false;

    if (!read) {
        json_t *vectors = vectors_open("ballot.json");
        json_t *list = vector_get(vectors, "elections");
        for (size_t i = 0; i < ELECTIONS; i++) {
            const char *text = vector_text(json_array_get(list, i), "manifest.text");
            DEMAND_OK(election_parse(bytes_of_string(text), &parsed[i]));
        }
        vectors_close(vectors);
        read = true;
    }
    return parsed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct hash32 fingerprint;

    for (size_t i = 0; i < ELECTIONS; i++) {
        const struct election *election = &elections()[i];
        AUTO_BALLOT ballot = BALLOT_INIT;
        if (!is_ok(ballot_parse(election, input, &ballot))) {
            continue;
        }
        DEMAND(size == election->sizes.note);
        DEMAND(ballot.text.size == election->sizes.text);
        if (is_ok(ballot_verify(election, &ballot))) {
            ballot_fingerprint(election, &ballot, &fingerprint);
        }
    }
    return 0;
}
