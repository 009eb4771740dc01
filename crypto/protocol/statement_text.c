#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "protocol/statement.h"

#define COLON "\xEF\xBC\x9A" /* U+FF1A */

/* Every line is one label, the colon, a value and LF; an error leaves the text as it was. */
static struct result add_checked(struct buffer *text, const char *label, struct bytes value)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_text(&line, label));
    TRY(buffer_append_text(&line, COLON));
    TRY(buffer_append(&line, value));
    TRY(buffer_append_text(&line, "\n"));
    return buffer_append(text, buffer_view(&line));
}

struct result statement_begin(struct buffer *text, const char *type, struct bytes origin)
{
    TRY(text_check_value(origin));
    TRY(buffer_append_text(text, "xiling/v1 "));
    TRY(buffer_append_text(text, type));
    TRY(buffer_append_text(text, "\n"));
    return add_checked(text, "日志", origin);
}

struct result statement_add(struct buffer *text, const char *label, struct bytes value)
{
    struct result checked = text_check_value(value);

    if (!is_ok(checked)) {
        checked.field = label;
        return checked;
    }
    return add_checked(text, label, value);
}

struct result statement_add_text(struct buffer *text, const char *label, const char *value)
{
    return statement_add(text, label, bytes_of_string(value));
}

struct result statement_add_number(struct buffer *text, const char *label, uint64_t number)
{
    AUTO_BUFFER decimal = BUFFER_INIT;

    REQUIRE(number <= TEXT_NUMBER_MAX, INVALID, "text.number");
    TRY(buffer_append_decimal(&decimal, number));
    return add_checked(text, label, buffer_view(&decimal));
}

struct result statement_add_time(struct buffer *text, const char *label, int64_t seconds)
{
    char time[TEXT_TIME_SIZE + 1];

    TRY(text_print_time(seconds, time));
    return add_checked(text, label, bytes_of_string(time));
}

struct result statement_add_bytes(struct buffer *text, const char *label, struct bytes bytes)
{
    AUTO_BUFFER encoded = BUFFER_INIT;

    TRY(base64_append(&encoded, bytes));
    return add_checked(text, label, buffer_view(&encoded));
}

struct result statement_add_hidden(struct buffer *text, const char *label,
                                   const struct hash32 *hidden)
{
    AUTO_BUFFER encoded = BUFFER_INIT;

    TRY(buffer_append_text(&encoded, "#"));
    TRY(base64_append(&encoded, BYTES(hidden->bytes)));
    return add_checked(text, label, buffer_view(&encoded));
}

struct result statement_note(struct bytes text, struct buffer *note)
{
    TRY(buffer_append(note, text));
    return buffer_append_text(note, "\n");
}
