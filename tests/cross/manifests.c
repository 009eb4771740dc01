/*
 * manifests.c - what C says of manifests that manifests.mjs changed at random.
 *
 *   cross-manifests <file>   a list of texts in JSON; prints for each, a line each, the rule that
 * it breaks, or M, the number of totals, a sum over them and the size of an entry
 */
#include <inttypes.h>

#include "base/encoding.h"
#include "check.h"
#include "protocol/election.h"
#include "support/vectors.h"

static void judge(struct bytes text)
{
    AUTO_ELECTION election = ELECTION_INIT;
    AUTO_BUFFER manifest = BUFFER_INIT;
    const struct result parsed = election_parse(text, &election);
    uint64_t sum = 0;

    if (!is_ok(parsed)) {
        puts(parsed.rule);
        return;
    }
    for (size_t i = 0; i < election.total_count; i++) {
        sum = (31 * sum + election.totals[i]) % 1000003;
    }
    check_ok(hex_append(&manifest, BYTES(election.manifest.bytes)));
    printf("%.*s %zu %" PRIu64 " %zu\n", (int)manifest.size, (const char *)manifest.data,
           election.total_count, sum, election.sizes.entry);
}

int main(int count, char **words)
{
    json_t *const texts = count == 2 ? json_load_file(words[1], JSON_ALLOW_NUL, NULL) : NULL;
    size_t i;
    json_t *text;

    if (!texts) {
        return 2;
    }
    json_array_foreach(texts, i, text)
    {
        judge((struct bytes){(const uint8_t *)json_string_value(text), json_string_length(text)});
    }
    json_decref(texts);
    return 0;
}
