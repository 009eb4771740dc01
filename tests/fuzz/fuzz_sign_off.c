#include "fuzz.h"
#include "log/entry.h"
#include "verifier/sign_off.h"

#define ENTRIES_MAX 64

/* A bundle of framed entries, as verified evidence would bring them. */
static size_t split(struct bytes rest, struct sign_off_entry entries[static ENTRIES_MAX])
{
    size_t count = 0;

    while (rest.size > 0 && count < ENTRIES_MAX && is_ok(bundle_next(&rest, &entries[count].raw))) {
        entries[count].index = count;
        count++;
    }
    return count;
}

/* What counts was said by an entry that is there; what does not hold is told. */
static void check(const struct sign_off *sign_off, size_t count)
{
    DEMAND(sign_off->filed || sign_off_problem_count(sign_off) > 0);
    DEMAND(!sign_off->filed || sign_off->since < count);
    for (size_t i = 0; sign_off->filed && i < sign_off_line_count(sign_off); i++) {
        const struct sign_off_line *const line = sign_off_line_at(sign_off, i);

        DEMAND((line->verdict == SIGN_OFF_MISSING) == (line->index == SIGN_OFF_NONE));
        DEMAND(line->index == SIGN_OFF_NONE || line->index < count);
    }
    for (size_t i = 0; i < sign_off_problem_count(sign_off); i++) {
        DEMAND(!is_ok(sign_off_problem_at(sign_off, i)->result));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sign_off_entry entries[ENTRIES_MAX];
    const struct sign_off_evidence evidence = {.origin = LITERAL("record.example/log/2026"),
                                               .entries = entries,
                                               .count = split((struct bytes){data, size}, entries)};
    AUTO_SIGN_OFF sign_off = SIGN_OFF_INIT;

    DEMAND_OK(sign_off_read(&evidence, &sign_off));
    check(&sign_off, evidence.count);
    return 0;
}
