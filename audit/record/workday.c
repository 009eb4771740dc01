#include "record/workday.h"

#include <stdio.h>

#include "base/text.h"
#include "record/query.h"

#define DAY_SECONDS  86400
#define EAST_SECONDS 28800 /* UTC+8 */
#define DATE_SIZE    10
/* A table that makes every day a holiday ends nothing; a year of them is no table. */
#define SEARCH_DAYS 400

uint64_t workday_of(uint64_t time)
{
    return (time + EAST_SECONDS) / DAY_SECONDS;
}

uint64_t workday_end(uint64_t day)
{
    return (day + 1) * DAY_SECONDS - EAST_SECONDS;
}

struct result workday_parse(struct bytes text, uint64_t *day)
{
    char midnight[TEXT_TIME_SIZE + 1];
    int64_t time;

    REQUIRE(text.size == DATE_SIZE, MALFORMED, "notice.date");
    (void)snprintf(midnight, sizeof midnight, "%.*sT00:00:00+08:00", DATE_SIZE,
                   (const char *)text.data);
    REQUIRE(is_ok(text_parse_time(bytes_of_string(midnight), &time)) && time >= 0, MALFORMED,
            "notice.date");
    *day = workday_of((uint64_t)time);
    return OK;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(uint64_t day)
{
    return day % 7 == 2 || day % 7 == 3;
}

static const char SELECT_DAY[] = "SELECT working FROM workday WHERE cycle = :cycle AND day = :day";

struct result workday_is(struct record *record, struct bytes cycle, uint64_t day, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_DAY);
    bool row;

    query_bind_text(&query, ":cycle", cycle);
    query_bind_number(&query, ":day", day);
    TRY(query_step(&query, &row));
    *out = row ? query_number(&query, 0) != 0 : !is_weekend(day);
    return OK;
}

static const char INSERT_DAY[] =
    "INSERT INTO workday (cycle, day, working) VALUES (:cycle, :day, :working)";

struct result workday_insert(struct record *record, struct bytes cycle, uint64_t day, bool working)
{
    AUTO_QUERY query = query_start(record, INSERT_DAY);

    query_bind_text(&query, ":cycle", cycle);
    query_bind_number(&query, ":day", day);
    query_bind_number(&query, ":working", working);
    return query_run(&query);
}

/* The first working day from *day on. */
static struct result next_working(struct record *record, struct bytes cycle, uint64_t *day)
{
    bool working = false;

    for (unsigned tried = 0; tried < SEARCH_DAYS; tried++) {
        TRY(workday_is(record, cycle, *day, &working));
        if (working) {
            return OK;
        }
        ++*day;
    }
    return fail(INVALID, "notice.date");
}

struct result workday_add(struct record *record, struct bytes cycle, uint64_t time, uint64_t count,
                          uint64_t *end)
{
    uint64_t day = workday_of(time);

    for (uint64_t i = 0; i < count; i++) {
        day++;
        TRY(next_working(record, cycle, &day));
    }
    *end = workday_end(day);
    return OK;
}

struct result workday_add_calendar(struct record *record, struct bytes cycle, uint64_t time,
                                   uint64_t count, uint64_t *end)
{
    uint64_t day = workday_of(time) + count;

    TRY(next_working(record, cycle, &day));
    *end = workday_end(day);
    return OK;
}
