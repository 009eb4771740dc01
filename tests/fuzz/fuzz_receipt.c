#include "fuzz.h"
#include "log/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct receipt receipt;
    AUTO_BUFFER extra = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(receipt_parse(input, &extra, &receipt))) {
        DEMAND_OK(receipt_write(&receipt, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
    return 0;
}
