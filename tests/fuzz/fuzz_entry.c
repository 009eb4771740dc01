#include "fuzz.h"
#include "log/entry.h"

static void read_entry(struct bytes input)
{
    struct entry entry;
    AUTO_BUFFER again = BUFFER_INIT;

    if (is_ok(entry_parse(input, &entry))) {
        DEMAND_OK(entry_write(&entry, &again));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct bytes rest = input;
    AUTO_BUFFER again = BUFFER_INIT;

    read_entry(input);
    while (rest.size > 0) {
        struct bytes entry;
        if (!is_ok(bundle_next(&rest, &entry))) {
            return 0;
        }
        DEMAND_OK(bundle_append(&again, entry));
    }
    DEMAND(bytes_equal(buffer_view(&again), input));
    return 0;
}
