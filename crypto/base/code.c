#include "base/code.h"

#include <stdio.h>
#include <string.h>

#include "base/secret.h"

/* Crockford's 32 digits and his five further check symbols. */
static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

enum {
    DIGITS = 32,
    CHECKS = 37,
    GROUP = 4,
    TYPED_MAX = SHORT_CODE_SIZE + 1,
};

/* Five bits from bit `at` on, most significant first; zeros behind the end. */
static unsigned five_bits(const uint8_t *bytes, size_t size, size_t at)
{
    const size_t place = at / 8;
    const unsigned high = bytes[place];
    const unsigned low = place + 1 < size ? bytes[place + 1] : 0;

    return (high << 8 | low) >> (11 - at % 8) & (DIGITS - 1);
}

static void print_digits(const uint8_t *bytes, size_t size, char *out, size_t digits)
{
    for (size_t i = 0; i < digits; i++) {
        out[i] = SYMBOLS[five_bits(bytes, size, 5 * i)];
    }
    out[digits] = 0;
}

void short_code_print(const uint8_t bytes[static KEY_CODE_BYTES],
                      char out[static SHORT_CODE_SIZE + 1])
{
    print_digits(bytes, KEY_CODE_BYTES, out, SHORT_CODE_SIZE);
}

void voucher_print(const uint8_t bytes[static 5], char out[static VOUCHER_SIZE + 1])
{
    print_digits(bytes, 5, out, VOUCHER_SIZE);
}

/* The number that the digits spell, mod 37. */
static unsigned check_of(const uint8_t digits[static SHORT_CODE_SIZE])
{
    unsigned check = 0;

    for (size_t i = 0; i < SHORT_CODE_SIZE; i++) {
        check = (check * DIGITS + digits[i]) % CHECKS;
    }
    return check;
}

void key_code_print(const uint8_t code[static KEY_CODE_BYTES], char out[static KEY_CODE_SIZE + 1])
{
    uint8_t digits[SHORT_CODE_SIZE];
    size_t place = 0;

    for (size_t i = 0; i < SHORT_CODE_SIZE; i++) {
        digits[i] = (uint8_t)five_bits(code, KEY_CODE_BYTES, 5 * i);
        out[place++] = SYMBOLS[digits[i]];
        if (i % GROUP == GROUP - 1) {
            out[place++] = '-';
        }
    }
    out[place++] = SYMBOLS[check_of(digits)];
    out[place] = 0;
    secret_wipe(digits, sizeof digits);
}

void check_digits_print(const uint8_t hash[static 8], char out[static CHECK_DIGITS_SIZE + 1])
{
    const uint64_t number = be64_get(hash) % 1000000000000U;

    (void)snprintf(out, CHECK_DIGITS_SIZE + 1, "%06u%06u", (unsigned)(number / 1000000),
                   (unsigned)(number % 1000000));
}

bool code_is_crockford(struct bytes text, size_t size)
{
    if (text.size != size) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (text.data[i] == 0 || memchr(SYMBOLS, text.data[i], DIGITS) == NULL) {
            return false;
        }
    }
    return true;
}

/* The symbol meant by a typed character: capitals, I and L as 1, O as 0. */
static uint8_t symbol_meant(uint8_t typed)
{
    const unsigned lower = typed >= 'a' && typed <= 'z' ? 'a' - 'A' : 0;
    const unsigned capital = typed - lower;

    if (capital == 'I' || capital == 'L') {
        return '1';
    }
    return (uint8_t)(capital == 'O' ? '0' : capital);
}

/* The values of the typed characters, all of the 37; spaces and hyphens are skipped. */
static struct result read_symbols(struct bytes typed, uint8_t values[static TYPED_MAX])
{
    size_t count = 0;
    bool are_symbols = true;

    for (size_t i = 0; i < typed.size; i++) {
        if (typed.data[i] == ' ' || typed.data[i] == '-') {
            continue;
        }
        const uint8_t symbol = symbol_meant(typed.data[i]);
        const char *found = symbol == 0 ? NULL : strchr(SYMBOLS, symbol);
        REQUIRE(count < TYPED_MAX, MALFORMED, "code.length");
        are_symbols = are_symbols && found != NULL;
        values[count++] = (uint8_t)(found == NULL ? 0 : found - SYMBOLS);
    }
    REQUIRE(count == TYPED_MAX, MALFORMED, "code.length");
    REQUIRE(are_symbols, MALFORMED, "code.character");
    return OK;
}

static void pack(const uint8_t digits[static SHORT_CODE_SIZE], uint8_t out[static KEY_CODE_BYTES])
{
    memset(out, 0, KEY_CODE_BYTES);
    for (size_t bit = 0; bit < 8 * (size_t)KEY_CODE_BYTES; bit++) {
        const unsigned value = digits[bit / 5] >> (4 - bit % 5) & 1U;
        out[bit / 8] = (uint8_t)(out[bit / 8] | value << (7 - bit % 8));
    }
}

static struct result read_values(const uint8_t values[static TYPED_MAX],
                                 uint8_t out[static KEY_CODE_BYTES])
{
    for (size_t i = 0; i < SHORT_CODE_SIZE; i++) {
        REQUIRE(values[i] < DIGITS, MALFORMED, "code.character");
    }
    REQUIRE(values[SHORT_CODE_SIZE] == check_of(values), MALFORMED, "code.check");
    REQUIRE((values[SHORT_CODE_SIZE - 1] & 3) == 0, MALFORMED, "code.padding");
    pack(values, out);
    return OK;
}

struct result key_code_read(struct bytes typed, uint8_t out[static KEY_CODE_BYTES])
{
    uint8_t values[TYPED_MAX] = {0};
    struct result read = read_symbols(typed, values);

    if (is_ok(read)) {
        read = read_values(values, out);
    }
    secret_wipe(values, sizeof values);
    return read;
}
