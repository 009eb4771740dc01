#include "fuzz.h"
#include "protocol/election.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    AUTO_ELECTION election = ELECTION_INIT;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(election_parse(input, &election))) {
        DEMAND_OK(election_print(&election, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
    return 0;
}
