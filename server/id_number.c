#include "server/id_number.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

#define NAME_MOST   50
#define BORN_FIRST  "1850"
#define CHINA_AHEAD (8 * 3600) /* a date of birth is compared as a day of UTC, as the page does */

const char *const ID_TYPES[ID_TYPE_COUNT] = {
    "居民身份证",
    "港澳台居民居住证",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "护照",
};

/* --- characters --- */

struct span {
    uint32_t first, last;
};

/* What JavaScript calls \s. */
static const struct span SPACES[] = {
    {0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
};
static const struct span HYPHENS[] = {{'-', '-'}, {0x2010, 0x2011}, {0x2013, 0x2014}};
/* By blocks, not by the tables of one Unicode version: see web/lib/id_number.js. */
static const struct span LETTERS[] = {
    {'A', 'Z'},         {'a', 'z'},         {0xC0, 0xD6},       {0xD8, 0xF6},     {0xF8, 0x1FFF},
    {0x2C00, 0x2DFF},   {0x3005, 0x3007},   {0x3041, 0x318F},   {0x31A0, 0x31BF}, {0x31F0, 0x31FF},
    {0x3400, 0x4DBF},   {0x4E00, 0xABFF},   {0xAC00, 0xD7FF},   {0xF900, 0xFDCF}, {0xFE00, 0xFE0F},
    {0x10000, 0x1CFFF}, {0x20000, 0x3FFFF}, {0xE0100, 0xE01EF},
};
/* · • ‧ ・ . ' ’ hyphen, space */
static const struct span JOINTS[] = {
    {0xB7, 0xB7}, {0x2022, 0x2022}, {0x2027, 0x2027}, {0x30FB, 0x30FB}, {'.', '.'},
    {'\'', '\''}, {0x2019, 0x2019}, {'-', '-'},       {' ', ' '},
};
#define HAS(spans, character) has((spans), sizeof(spans) / sizeof(spans)[0], (character))

static bool has(const struct span *spans, size_t count, uint32_t character)
{
    for (size_t i = 0; i < count; i++) {
        if (character >= spans[i].first && character <= spans[i].last) {
            return true;
        }
    }
    return false;
}

static uint32_t half_width(uint32_t character)
{
    return character >= 0xFF01 && character <= 0xFF5E ? character - 0xFEE0 : character;
}

static bool is_digit(uint8_t character)
{
    return character >= '0' && character <= '9';
}

static bool is_capital(uint8_t character)
{
    return character >= 'A' && character <= 'Z';
}

static uint8_t capital(uint8_t character)
{
    return character >= 'a' && character <= 'z' ? (uint8_t)(character - 'a' + 'A') : character;
}

/* '#' a digit, '@' a capital letter, '*' either, anything else itself. */
static bool fits(struct bytes text, const char *form)
{
    if (text.size != strlen(form)) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        const uint8_t held = text.data[i];
        const bool is_figure = is_digit(held) && form[i] != '@';
        const bool is_letter = is_capital(held) && form[i] != '#';
        const bool is_open = form[i] == '#' || form[i] == '@' || form[i] == '*';

        if (is_open ? !is_figure && !is_letter : held != (uint8_t)form[i]) {
            return false;
        }
    }
    return true;
}

static bool is_digits(struct bytes text, size_t least, size_t most)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i])) {
            return false;
        }
    }
    return text.size >= least && text.size <= most;
}

struct bytes id_number_trim(struct bytes typed)
{
    struct bytes rest = typed;
    uint32_t character;
    size_t end = 0; /* behind the last character that is no space */

    while (text_next(&rest, &character) && HAS(SPACES, character)) {
        typed = rest;
    }
    for (rest = typed; text_next(&rest, &character);) {
        end = HAS(SPACES, character) ? end : typed.size - rest.size;
    }
    return bytes_slice(typed, 0, rest.size > 0 ? typed.size : end);
}

struct result id_number_tidy(struct bytes typed, struct buffer *out)
{
    uint32_t character;
    struct bytes rest = typed;

    while (text_next(&rest, &character)) {
        const size_t size = (size_t)(rest.data - typed.data);
        const uint32_t half = half_width(character);
        const uint8_t ascii = capital(half < 128 ? (uint8_t)half : 0);

        if (!HAS(SPACES, half) && !HAS(HYPHENS, half)) {
            TRY(buffer_append(out,
                              ascii ? (struct bytes){&ascii, 1} : bytes_slice(typed, 0, size)));
        }
        typed = rest;
    }
    return rest.size == 0 ? OK : fail(MALFORMED, "text.utf8");
}

/* --- 18 characters --- */

static bool is_checked(struct bytes number)
{
    static const uint32_t WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    uint32_t sum = 0;

    for (size_t i = 0; i < sizeof WEIGHTS / sizeof WEIGHTS[0]; i++) {
        sum += WEIGHTS[i] * (uint32_t)(number.data[i] - '0');
    }
    return "10X98765432"[sum % 11] == (char)number.data[17];
}

static bool is_born(struct bytes number, uint64_t now)
{
    char midnight[] = "0000-00-00T00:00:00+08:00";
    int64_t day;

    memcpy(midnight, number.data + 6, 4);
    memcpy(midnight + 5, number.data + 10, 2);
    memcpy(midnight + 8, number.data + 12, 2);
    return memcmp(midnight, BORN_FIRST, 4) >= 0 &&
           is_ok(text_parse_time(bytes_of_string(midnight), &day)) &&
           day + CHINA_AHEAD <= (int64_t)now;
}

static bool is_eighteen(struct bytes number)
{
    return number.size == 18 && number.data[0] != '0' &&
           is_digits(bytes_slice(number, 0, 17), 17, 17) &&
           (is_digit(number.data[17]) || number.data[17] == 'X');
}

static struct result check_eighteen(struct bytes number, uint64_t now)
{
    REQUIRE(is_born(number, now), INVALID, "identity.date");
    REQUIRE(is_checked(number), INVALID, "identity.check");
    return OK;
}

/* --- one type each --- */

static struct result check_resident(struct bytes number, uint64_t now)
{
    REQUIRE(!is_digits(number, 15, 15), INVALID, "identity.resident_old");
    REQUIRE(is_eighteen(number) && number.data[0] != '9', INVALID, "identity.resident");
    return check_eighteen(number, now);
}

/* 810000 Hong Kong, 820000 Macau, 830000 Taiwan. */
static struct result check_permit(struct bytes number, uint64_t now)
{
    const bool is_theirs = is_eighteen(number) && number.data[0] == '8' && number.data[1] >= '1' &&
                           number.data[1] <= '3' && bytes_is(bytes_slice(number, 2, 4), "0000");

    REQUIRE(is_theirs, INVALID, "identity.permit");
    return check_eighteen(number, now);
}

static struct result check_hongkong(struct bytes number, uint64_t now)
{
    (void)now;
    REQUIRE(fits(number, "H########") || fits(number, "H##########") || fits(number, "M########") ||
                fits(number, "M##########"),
            INVALID, "identity.hongkong");
    return OK;
}

static struct result check_taiwan(struct bytes number, uint64_t now)
{
    (void)now;
    REQUIRE(fits(number, "########") || fits(number, "##########@"), INVALID, "identity.taiwan");
    return OK;
}

/* The card until 2023, and the one since. */
static struct result check_foreign(struct bytes number, uint64_t now)
{
    if (fits(number, "@@@############")) {
        return OK;
    }
    REQUIRE(is_eighteen(number) && number.data[0] == '9', INVALID, "identity.foreign");
    return check_eighteen(number, now);
}

static struct result check_passport(struct bytes number, uint64_t now)
{
    static const char LONGEST[] = "*****************";

    (void)now;
    REQUIRE(number.size >= 5 && number.size < sizeof LONGEST &&
                fits(number, LONGEST + (sizeof LONGEST - 1 - number.size)),
            INVALID, "identity.passport");
    return OK;
}

static struct result (*const CHECKS[ID_TYPE_COUNT])(struct bytes number, uint64_t now) = {
    check_resident, check_permit, check_hongkong, check_taiwan, check_foreign, check_passport,
};

struct result id_number_check(struct bytes type, struct bytes typed, uint64_t now)
{
    SECRET_BUFFER number = BUFFER_INIT;

    TRY(id_number_tidy(typed, &number));
    for (size_t i = 0; i < ID_TYPE_COUNT; i++) {
        if (bytes_is(type, ID_TYPES[i])) {
            return CHECKS[i](buffer_view(&number), now);
        }
    }
    return fail(INVALID, "identity.type");
}

/* --- telephones --- */

/* Without spaces at its ends; half width, any other character as '?'. INVALID identity.phone. */
static struct result read_phone(struct bytes typed, struct buffer *out)
{
    uint32_t character;

    while (text_next(&typed, &character)) {
        const uint32_t half = HAS(SPACES, character) ? ' ' : half_width(character);
        const uint8_t ascii = half > 0 && half < 128 ? (uint8_t)half : '?';

        if (ascii != ' ' || out->size > 0) {
            TRY(buffer_append(out, (struct bytes){&ascii, 1}));
        }
    }
    REQUIRE(typed.size == 0, INVALID, "identity.phone"); /* what follows is no UTF-8 */
    while (out->size > 0 && out->data[out->size - 1] == ' ') {
        out->size--;
    }
    return OK;
}

/* An area code of 3 or 4 digits, at most one hyphen or space behind it, and 7 or 8 digits. */
static bool is_landline(struct bytes text)
{
    const bool is_joined = is_digits(text, 10, 12);

    for (size_t area = 3; area <= 4 && area < text.size; area++) {
        const uint8_t joint = text.data[area];
        const struct bytes line = bytes_slice(text, area + 1, text.size);

        if ((joint == '-' || joint == ' ') && is_digits(line, 7, 8) &&
            is_digits(bytes_slice(text, 0, area), 3, 4)) {
            return text.data[0] == '0';
        }
    }
    return is_joined && text.data[0] == '0';
}

/* An extension follows the last hyphen of a landline. */
static struct bytes without_extension(struct bytes text)
{
    for (size_t digits = 1; digits <= 6 && digits < text.size; digits++) {
        const size_t hyphen = text.size - digits - 1;
        const struct bytes line = bytes_slice(text, 0, hyphen);

        if (text.data[hyphen] == '-' && is_digits(bytes_slice(text, hyphen + 1, digits), 1, 6) &&
            is_landline(line)) {
            return line;
        }
    }
    return text;
}

static struct result keep_digits(struct bytes text, struct buffer *out)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!strchr(" -()", text.data[i])) {
            TRY(buffer_append(out, bytes_slice(text, i, 1)));
        }
    }
    return OK;
}

static bool begins(struct bytes text, const char *prefix, struct bytes *rest)
{
    const struct bytes start = bytes_of_string(prefix);

    *rest = bytes_slice(text, start.size, text.size);
    return bytes_starts_with(text, start);
}

static bool is_mobile(struct bytes text)
{
    return is_digits(text, 11, 11) && text.data[0] == '1' && text.data[1] >= '3';
}

/* Behind +86, where an area code has lost its 0: 10, or 2 or 3 digits from 2 on. */
static bool is_area_and_line(struct bytes text)
{
    struct bytes line;

    if (begins(text, "10", &line)) {
        return is_digits(line, 7, 8);
    }
    return is_digits(text, 9, 11) && text.data[0] >= '2';
}

/* Hong Kong, Macau, Taiwan, with the region's number. */
static bool is_region(struct bytes number)
{
    static const struct {
        const char *prefix;
        size_t digits;
    } REGIONS[] = {{"852", 8}, {"853", 8}, {"886", 9}};
    struct bytes rest;

    for (size_t i = 0; i < sizeof REGIONS / sizeof REGIONS[0]; i++) {
        if (begins(number, REGIONS[i].prefix, &rest)) {
            return is_digits(rest, REGIONS[i].digits, REGIONS[i].digits);
        }
    }
    return false;
}

static bool is_mainland_abroad(struct bytes number)
{
    struct bytes rest;

    return begins(number, "86", &rest) && (is_mobile(rest) || is_area_and_line(rest));
}

static bool is_phone(struct bytes text)
{
    struct bytes number;

    if (begins(text, "+", &number)) {
        return is_mainland_abroad(number) || is_region(number) ||
               (is_digits(number, 7, 15) && number.data[0] != '0' &&
                !bytes_starts_with(number, LITERAL("86")));
    }
    return is_region(text) || is_mobile(text) ||
           (begins(text, "86", &number) && is_mobile(number)) ||
           (is_digits(text, 10, 12) && text.data[0] == '0');
}

struct result id_number_check_phone(struct bytes typed)
{
    SECRET_BUFFER whole = BUFFER_INIT;
    SECRET_BUFFER digits = BUFFER_INIT;

    TRY(read_phone(typed, &whole));
    TRY(keep_digits(without_extension(buffer_view(&whole)), &digits));
    REQUIRE(is_phone(buffer_view(&digits)), INVALID, "identity.phone");
    return OK;
}

/* --- names --- */

/* Spaces at both ends do not count; one inside a name that is no plain space is refused. */
struct result id_number_check_name(struct bytes typed)
{
    uint32_t character;
    size_t count = 0;
    size_t spaces = 0; /* behind the last letter so far */
    bool is_odd = false;

    while (text_next(&typed, &character)) {
        const uint32_t half = character == 0x3000 ? ' ' : half_width(character);

        if (HAS(SPACES, half)) {
            spaces += count > 0 ? 1 : 0;
            is_odd = is_odd || (count > 0 && half != ' ');
            continue;
        }
        REQUIRE(!is_odd && (HAS(LETTERS, half) || (count > 0 && HAS(JOINTS, half))), INVALID,
                "identity.name");
        count += spaces + 1;
        spaces = 0;
    }
    REQUIRE(typed.size == 0 && count >= 1 && count <= NAME_MOST, INVALID, "identity.name");
    return OK;
}
