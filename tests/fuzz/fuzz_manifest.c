#include "fuzz.h"
#include "protocol/election.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    AUTO_ELECTION election = ELECTION_INIT;
    AUTO_ELECTION same = ELECTION_INIT;
    AUTO_BUFFER printed = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;

    /* Recusals may stand in any order and are printed in one: the second time is the test. */
    if (is_ok(election_parse(input, &election))) {
        DEMAND_OK(election_print(&election, &printed));
        DEMAND(printed.size == input.size);
        DEMAND_OK(election_parse(buffer_view(&printed), &same));
        DEMAND_OK(election_print(&same, &again));
        DEMAND(bytes_equal(buffer_view(&again), buffer_view(&printed)));
    }
    return 0;
}
