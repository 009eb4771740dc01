#include "verifier/witnessed.h"

#include <stdbool.h>

struct result witnessed_check(const struct witnessed *seen, uint64_t index, uint64_t time)
{
    const bool is_covered = index < seen->size;
    const uint64_t first = is_covered ? time : seen->earliest;
    const uint64_t second = is_covered ? seen->earliest : time;

    REQUIRE(seen->earliest == 0 || first <= second || first - second <= WITNESSED_SLACK, INVALID,
            "growth.time");
    return OK;
}
