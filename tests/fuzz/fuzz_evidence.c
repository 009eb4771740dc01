#include "fuzz.h"
#include "log/evidence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct evidence *evidence = malloc(sizeof *evidence);
    AUTO_BUFFER again = BUFFER_INIT;

    DEMAND(evidence);
    if (is_ok(evidence_parse(input, evidence))) {
        DEMAND_OK(evidence_write(evidence, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
    free(evidence);
    return 0;
}
