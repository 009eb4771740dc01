#include "base/text.h"
#include "fuzz.h"

static void read_time(struct bytes input)
{
    char printed[TEXT_TIME_SIZE + 1];
    int64_t seconds = 0;

    if (is_ok(text_parse_time(input, &seconds))) {
        DEMAND_OK(text_print_time(seconds, printed));
        DEMAND(bytes_is(input, printed));
    }
}

static void read_number(struct bytes input)
{
    AUTO_BUFFER printed = BUFFER_INIT;
    uint64_t number = 0;

    if (is_ok(text_parse_number(input, &number))) {
        DEMAND(number <= TEXT_NUMBER_MAX);
        DEMAND_OK(buffer_append_decimal(&printed, number));
        DEMAND(bytes_equal(buffer_view(&printed), input));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes input = {data, size};
    struct bytes rest = input;
    uint32_t character = 0;

    read_time(input);
    read_number(input);
    while (text_next(&rest, &character)) {
        DEMAND(character <= 0x10FFFF);
    }
    DEMAND((rest.size == 0) == text_is_utf8(input));
    DEMAND(!is_ok(text_check(input)) || text_is_utf8(input));
    DEMAND(!is_ok(text_check_value(input)) || is_ok(text_check(input)));
    return 0;
}
