#include "server/html_time.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* 2026-11-22T16:00:00+08:00, cut at its marks. */
struct parts {
    char text[TEXT_TIME_SIZE + 1];
    unsigned month, day;
};

static bool read_parts(uint64_t time, struct parts *out)
{
    if (time > (uint64_t)INT64_MAX || !is_ok(text_print_time((int64_t)time, out->text))) {
        return false;
    }
    out->month = (unsigned)(out->text[5] - '0') * 10 + (unsigned)(out->text[6] - '0');
    out->day = (unsigned)(out->text[8] - '0') * 10 + (unsigned)(out->text[9] - '0');
    return true;
}

void html_day(bool english, uint64_t time, char out[static HTML_TIME_SIZE])
{
    static const char *const MONTHS[] = {"",        "January",  "February", "March",  "April",
                                         "May",     "June",     "July",     "August", "September",
                                         "October", "November", "December"};
    struct parts parts;

    out[0] = 0;
    if (!read_parts(time, &parts)) {
        return;
    }
    if (english) {
        snprintf(out, HTML_TIME_SIZE, "%u %s %.4s", parts.day, MONTHS[parts.month], parts.text);
    } else {
        snprintf(out, HTML_TIME_SIZE, "%.4s年%u月%u日", parts.text, parts.month, parts.day);
    }
}

void html_clock(uint64_t time, char out[static HTML_TIME_SIZE])
{
    struct parts parts;

    out[0] = 0;
    if (read_parts(time, &parts)) {
        snprintf(out, HTML_TIME_SIZE, "%.8s", parts.text + 11);
    }
}

void html_moment(bool english, uint64_t time, char out[static HTML_TIME_SIZE])
{
    char day[HTML_TIME_SIZE];
    char clock[HTML_TIME_SIZE];

    html_day(english, time, day);
    html_clock(time, clock);
    snprintf(out, HTML_TIME_SIZE, english ? "%.40s, %.5s (Beijing time)" : "%.40s %.5s", day,
             clock);
}

void html_until(bool english, uint64_t time, char out[static HTML_TIME_SIZE])
{
    char day[HTML_TIME_SIZE];
    char clock[HTML_TIME_SIZE];

    html_clock(time, clock);
    if (strcmp(clock, "00:00:00") != 0 || time == 0) {
        html_moment(english, time, out);
        return;
    }
    html_day(english, time - 1, day);
    snprintf(out, HTML_TIME_SIZE, english ? "the end of %.40s" : "%.40s 24:00", day);
}

static struct bytes print(char out[static 24], uint64_t number)
{
    snprintf(out, 24, "%llu", (unsigned long long)number);
    return bytes_of_string(out);
}

void html_remaining(struct html *html, uint64_t time, uint64_t now)
{
    const uint64_t minutes = time > now ? (time - now) / 60 : 0;
    char first[24];
    char second[24];

    if (time <= now) {
        html_word(html, "time.over");
    } else if (minutes == 0) {
        HTML_FILL(html, "time.seconds", {"n", print(first, time - now)});
    } else if (minutes < 60) {
        HTML_FILL(html, "time.minutes", {"n", print(first, minutes)});
    } else if (minutes < 24 * 60) {
        HTML_FILL(html, "time.hours", {"h", print(first, minutes / 60)},
                  {"n", print(second, minutes % 60)});
    } else {
        HTML_FILL(html, "time.days", {"d", print(first, minutes / (24 * 60))},
                  {"h", print(second, minutes / 60 % 24)});
    }
}
