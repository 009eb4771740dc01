/*
 * code.h - what people read aloud, compare and type: short codes, key codes, check digits.
 *
 * Crockford's base32, most significant bits first: 16 bytes are 26 characters whose last two
 * bits are zero. A key code adds a check character (the number that the 26 spell, mod 37).
 * Protocol sections 2 and 4.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

enum {
    SHORT_CODE_SIZE = 26,
    KEY_CODE_BYTES = 16,
    KEY_CODE_SIZE = 33, /* 26 + 1 characters in groups of four, with 6 hyphens */
    CHECK_DIGITS_SIZE = 12,
    VOUCHER_SIZE = 8, /* the 附码 of a ballot: 8 Crockford characters */
};

/* Each writes its SIZE characters and a zero byte. */
void short_code_print(const uint8_t bytes[static KEY_CODE_BYTES],
                      char out[static SHORT_CODE_SIZE + 1]);
void key_code_print(const uint8_t code[static KEY_CODE_BYTES], char out[static KEY_CODE_SIZE + 1]);
void check_digits_print(const uint8_t hash[static 8], char out[static CHECK_DIGITS_SIZE + 1]);
/* Eight characters from 5 bytes, for example random ones. */
void voucher_print(const uint8_t bytes[static 5], char out[static VOUCHER_SIZE + 1]);

/* Whether the text is exactly `size` Crockford characters in capitals, as we print them. */
bool code_is_crockford(struct bytes text, size_t size);

/*
 * Reads what a person typed: any case, spaces and hyphens skipped, I and L as 1, O as 0.
 * MALFORMED code.length, code.character, code.check or code.padding, in this order.
 */
MUST_CHECK struct result key_code_read(struct bytes typed, uint8_t out[static KEY_CODE_BYTES]);
