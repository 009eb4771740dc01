#include <string.h>

#include "base/code.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    uint8_t code[KEY_CODE_BYTES];
    uint8_t again[KEY_CODE_BYTES];
    char printed[KEY_CODE_SIZE + 1];

    if (is_ok(key_code_read(input, code))) {
        key_code_print(code, printed);
        DEMAND_OK(key_code_read(bytes_of_string(printed), again));
        DEMAND(memcmp(code, again, sizeof code) == 0);
    }
    return 0;
}
