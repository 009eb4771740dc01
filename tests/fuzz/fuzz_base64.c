#include "base/encoding.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    AUTO_BUFFER decoded = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;
    size_t expected = 0;

    const bool good = is_ok(base64_check(input, &expected));
    DEMAND(is_ok(base64_decode_append(input, &decoded)) == good);
    if (good) {
        DEMAND(decoded.size == expected);
        DEMAND_OK(base64_append(&again, buffer_view(&decoded)));
        DEMAND(bytes_equal(buffer_view(&again), input));
    }
    return 0;
}
