#include "server/calendar.h"

#include <time.h>

#define LINE_MAX_OCTETS 75 /* RFC 5545 section 3.1, without the line break */
#define HOUR            3600
#define TIME_SIZE       32

/* The longest start of `text` of at most `size` bytes that cuts no character. */
static size_t cut_size(struct bytes text, size_t size)
{
    if (text.size <= size) {
        return text.size;
    }
    while (size > 0 && (text.data[size] & 0xc0) == 0x80) {
        size--;
    }
    return size;
}

static struct result append_folded(struct buffer *out, struct bytes line)
{
    size_t room = LINE_MAX_OCTETS;

    while (line.size > 0) {
        const size_t size = cut_size(line, room);

        TRY(buffer_append(out, bytes_slice(line, 0, size)));
        line = bytes_slice(line, size, line.size);
        if (line.size > 0) {
            TRY(buffer_append_text(out, "\r\n "));
        }
        room = LINE_MAX_OCTETS - 1; /* the space that says that it goes on */
    }
    return buffer_append_text(out, "\r\n");
}

/* A value of type TEXT, section 3.3.11. */
static struct result append_escaped(struct buffer *out, struct bytes text)
{
    for (size_t i = 0; i < text.size; i++) {
        const char character = (char)text.data[i];

        if (character == '\\' || character == ';' || character == ',') {
            TRY(buffer_append_text(out, "\\"));
        }
        if (character == '\n') {
            TRY(buffer_append_text(out, "\\n"));
        } else if (text.data[i] >= ' ') {
            TRY(buffer_append(out, bytes_slice(text, i, 1)));
        }
    }
    return OK;
}

static struct result add_text(struct buffer *out, const char *name, struct bytes text)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_text(&line, name));
    TRY(append_escaped(&line, text));
    return append_folded(out, buffer_view(&line));
}

static struct result add_line(struct buffer *out, const char *line)
{
    TRY(buffer_append_text(out, line));
    return buffer_append_text(out, "\r\n");
}

static struct result add_time(struct buffer *out, const char *name, uint64_t seconds)
{
    const time_t moment = (time_t)seconds;
    struct tm parts;
    char text[TIME_SIZE];

    REQUIRE(gmtime_r(&moment, &parts) && strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts) > 0,
            INVALID, "text.time");
    TRY(buffer_append_text(out, name));
    return add_line(out, text);
}

static struct result add_head(const struct calendar_event *event, struct buffer *out)
{
    TRY(add_line(out, "BEGIN:VCALENDAR"));
    TRY(add_line(out, "VERSION:2.0"));
    TRY(add_line(out, "PRODID:-//Xiling//Xiling//ZH"));
    TRY(add_line(out, "CALSCALE:GREGORIAN"));
    TRY(add_line(out, "METHOD:PUBLISH"));
    TRY(add_line(out, "BEGIN:VEVENT"));
    TRY(add_text(out, "UID:", event->id));
    TRY(buffer_append_text(out, "SEQUENCE:"));
    TRY(buffer_append_decimal(out, event->sequence));
    TRY(buffer_append_text(out, "\r\n"));
    TRY(add_time(out, "DTSTAMP:", event->stamp));
    TRY(add_time(out, "DTSTART:", event->deadline - HOUR));
    return add_time(out, "DTEND:", event->deadline);
}

/* From the start, which every calendar understands: a day before the deadline. */
static struct result add_alarm(const struct calendar_event *event, struct buffer *out)
{
    TRY(add_line(out, "BEGIN:VALARM"));
    TRY(add_line(out, "ACTION:DISPLAY"));
    TRY(add_line(out, "TRIGGER:-PT23H"));
    TRY(add_text(out, "DESCRIPTION:", event->summary));
    return add_line(out, "END:VALARM");
}

struct result calendar_write(const struct calendar_event *event, struct buffer *out)
{
    TRY(add_head(event, out));
    TRY(add_text(out, "SUMMARY:", event->summary));
    TRY(add_text(out, "DESCRIPTION:", event->text));
    TRY(add_text(out, "URL:", event->link));
    TRY(add_line(out, event->cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED"));
    TRY(add_line(out, "TRANSP:TRANSPARENT"));
    if (!event->cancelled) {
        TRY(add_alarm(event, out));
    }
    TRY(add_line(out, "END:VEVENT"));
    return add_line(out, "END:VCALENDAR");
}
