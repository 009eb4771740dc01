#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct range {
    uint32_t first;
    uint32_t last;
};

/* Protocol section 2, Allowed characters; ascending. */
static const struct range ALLOWED[] = {
    {0x0A, 0x0A},       {0x20, 0x7E},       {0xB7, 0xB7},     {0x2014, 0x2014}, {0x2018, 0x2019},
    {0x201C, 0x201D},   {0x2026, 0x2026},   {0x2460, 0x2473}, {0x3001, 0x3003}, {0x3005, 0x3011},
    {0x3014, 0x3017},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF}, {0xFF01, 0xFF5E}, {0x20000, 0x2A6DF},
    {0x2A700, 0x2EBE0}, {0x30000, 0x323AF},
};

/* The smallest character that needs so many bytes: shorter ones would be overlong. */
static const uint32_t SMALLEST[] = {0, 0, 0x80, 0x800, 0x10000};

/* How many bytes a character has whose first byte is this; 0 for none. */
static size_t sequence_size(uint8_t first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC0) {
        return 0;
    }
    if (first < 0xE0) {
        return 2;
    }
    if (first < 0xF0) {
        return 3;
    }
    return first < 0xF8 ? 4 : 0;
}

bool text_next(struct bytes *text, uint32_t *out)
{
    static const uint8_t FIRST_BITS[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const size_t size = text->size == 0 ? 0 : sequence_size(text->data[0]);

    if (size == 0 || size > text->size) {
        return false;
    }
    uint32_t character = text->data[0] & FIRST_BITS[size];
    for (size_t i = 1; i < size; i++) {
        if ((text->data[i] & 0xC0) != 0x80) {
            return false;
        }
        character = character << 6 | (text->data[i] & 0x3F);
    }
    const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < SMALLEST[size] || character > 0x10FFFF || is_surrogate) {
        return false;
    }
    *text = bytes_slice(*text, size, text->size);
    *out = character;
    return true;
}

bool text_is_utf8(struct bytes text)
{
    uint32_t character;

    while (text.size > 0) {
        if (!text_next(&text, &character)) {
            return false;
        }
    }
    return true;
}

bool text_is_allowed(uint32_t character)
{
    for (size_t i = 0; i < sizeof ALLOWED / sizeof ALLOWED[0]; i++) {
        if (character <= ALLOWED[i].last) {
            return character >= ALLOWED[i].first;
        }
    }
    return false;
}

struct result text_check(struct bytes text)
{
    struct bytes rest = text;
    struct bytes before = text;
    uint32_t character;

    while (text_next(&rest, &character)) {
    }
    if (rest.size > 0) {
        return fail_field(MALFORMED, "text.utf8", NULL, text.size - rest.size);
    }
    rest = text;
    while (text_next(&rest, &character)) {
        if (!text_is_allowed(character)) {
            return fail_field(MALFORMED, "text.character", NULL, text.size - before.size);
        }
        before = rest;
    }
    return OK;
}

struct result text_check_value(struct bytes value)
{
    TRY(text_check(value));
    REQUIRE(value.size > 0 && value.size <= TEXT_VALUE_MAX, MALFORMED, "text.value");
    REQUIRE(value.data[0] != ' ' && value.data[value.size - 1] != ' ', MALFORMED, "text.value");
    REQUIRE(memchr(value.data, '\n', value.size) == NULL, MALFORMED, "text.value");
    return OK;
}

static bool is_digit(uint8_t character)
{
    return character >= '0' && character <= '9';
}

bool text_is_id(struct bytes text)
{
    if (text.size == 0 || text.size > TEXT_ID_MAX || text.data[0] == '-') {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        const uint8_t character = text.data[i];
        const bool is_letter = character >= 'a' && character <= 'z';
        if (!is_letter && !is_digit(character) && character != '-') {
            return false;
        }
    }
    return true;
}

struct result text_parse_number(struct bytes text, uint64_t *out)
{
    uint64_t number = 0;

    REQUIRE(text.size > 0 && text.size <= 16, MALFORMED, "text.number");
    REQUIRE(text.size == 1 || text.data[0] != '0', MALFORMED, "text.number");
    for (size_t i = 0; i < text.size; i++) {
        REQUIRE(is_digit(text.data[i]), MALFORMED, "text.number");
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    REQUIRE(number <= TEXT_NUMBER_MAX, MALFORMED, "text.number");
    *out = number;
    return OK;
}

/* The digits from `from` on as a number; the form has been checked. */
static int64_t digits(struct bytes text, size_t from, size_t count)
{
    int64_t number = 0;

    for (size_t i = from; i < from + count; i++) {
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

/* Each # of the form stands for a digit, everything else for itself. */
static bool has_form(struct bytes text, const char *form)
{
    if (text.size != strlen(form)) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        const uint8_t wanted = (uint8_t)form[i];
        const bool fits = wanted == '#' ? is_digit(text.data[i]) : text.data[i] == wanted;
        if (!fits) {
            return false;
        }
    }
    return true;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t days_of_month(int64_t year, int64_t month)
{
    static const int64_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return DAYS[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* Days from 0001-01-01 to the first day of the year. */
static int64_t days_before_year(int64_t year)
{
    const int64_t past = year - 1;

    return past * 365 + past / 4 - past / 100 + past / 400;
}

enum {
    DAY = 86400,
    ZONE = 8 * 3600,       /* +08:00 */
    EPOCH_DAYS = 719162,   /* from 0001-01-01 to 1970-01-01 */
    CALENDAR_END = 3652059 /* from 0001-01-01 to 10000-01-01 */
};

struct result text_parse_time(struct bytes text, int64_t *out)
{
    REQUIRE(has_form(text, "####-##-##T##:##:##+08:00"), MALFORMED, "text.time");
    const int64_t year = digits(text, 0, 4);
    const int64_t month = digits(text, 5, 2);
    const int64_t day = digits(text, 8, 2);
    const int64_t hour = digits(text, 11, 2);
    const int64_t minute = digits(text, 14, 2);
    const int64_t second = digits(text, 17, 2);

    REQUIRE(year >= 1 && month >= 1 && month <= 12 && day >= 1, MALFORMED, "text.time");
    REQUIRE(day <= days_of_month(year, month), MALFORMED, "text.time");
    REQUIRE(hour < 24 && minute < 60 && second < 60, MALFORMED, "text.time");
    int64_t days = days_before_year(year) + day - 1 - EPOCH_DAYS;
    for (int64_t earlier = 1; earlier < month; earlier++) {
        days += days_of_month(year, earlier);
    }
    *out = days * DAY + hour * 3600 + minute * 60 + second - ZONE;
    return OK;
}

struct result text_print_time(int64_t seconds, char out[static TEXT_TIME_SIZE + 1])
{
    const int64_t first = -(int64_t)EPOCH_DAYS * DAY - ZONE;
    const int64_t end = (int64_t)(CALENDAR_END - EPOCH_DAYS) * DAY - ZONE;

    REQUIRE(seconds >= first && seconds < end, INVALID, "text.time");
    int64_t days = (seconds - first) / DAY;
    const int64_t rest = (seconds - first) % DAY;
    int64_t year = days / 366 + 1;
    while (days_before_year(year + 1) <= days) {
        year++;
    }
    days -= days_before_year(year);
    int64_t month = 1;
    while (days >= days_of_month(year, month)) {
        days -= days_of_month(year, month);
        month++;
    }
    (void)snprintf(out, TEXT_TIME_SIZE + 1, "%04u-%02u-%02uT%02u:%02u:%02u+08:00",
                   (unsigned)year % 10000U, (unsigned)month % 100U, (unsigned)(days + 1) % 100U,
                   (unsigned)(rest / 3600) % 100U, (unsigned)(rest / 60) % 60U,
                   (unsigned)rest % 60U);
    return OK;
}

struct bytes text_cut(struct bytes *text, char separator)
{
    const uint8_t *found = text->size == 0 ? NULL : memchr(text->data, separator, text->size);
    const size_t size = found == NULL ? text->size : (size_t)(found - text->data);
    const struct bytes part = {text->data, size};

    *text = bytes_slice(*text, found == NULL ? size : size + 1, text->size);
    return part;
}

size_t text_find(struct bytes text, struct bytes part)
{
    size_t from = 0;

    while (part.size > 0 && text.size >= part.size && from <= text.size - part.size) {
        const uint8_t *found = memchr(text.data + from, part.data[0], text.size - from);
        if (found == NULL) {
            return SIZE_MAX;
        }
        from = (size_t)(found - text.data);
        if (bytes_equal(bytes_slice(text, from, part.size), part)) {
            return from;
        }
        from++;
    }
    return SIZE_MAX;
}
