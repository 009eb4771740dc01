#include "scene.h"
#include "server/calendar.h"

/* covers: calendar, api_calendar */

#define DEADLINE 1795000000 /* 2026-11-18T11:06:40Z */

static struct calendar_event make_event(void)
{
    return (struct calendar_event){
        .id = LITERAL("report-1.deadline@award.example"),
        .sequence = 2,
        .stamp = 1794000000,
        .deadline = DEADLINE,
        .summary = LITERAL("签署期限：报告"),
        .text = LITERAL("请签署。\nPlease sign."),
        .link = LITERAL("https://award.example/report.html#report-1"),
    };
}

static bool has(const struct buffer *file, const char *words)
{
    return text_find(buffer_view(file), bytes_of_string(words)) != SIZE_MAX;
}

/* Every line ends in CRLF, has at most 75 octets, and is whole characters. */
static void check_lines(struct bytes file)
{
    while (file.size > 0) {
        struct bytes line = text_cut(&file, '\n');

        assert_true(line.size > 0 && line.size <= 76);
        assert_int_equal(line.data[line.size - 1], '\r');
        assert_true(text_is_utf8(line));
    }
}

static void writes_one_event_that_ends_at_the_deadline(void **state)
{
    static const char *const LINES[] = {
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        "UID:report-1.deadline@award.example\r\n",
        "SEQUENCE:2\r\n",
        "DTSTART:20261118T100640Z\r\n",
        "DTEND:20261118T110640Z\r\n",
        "DTSTAMP:20261106T212000Z\r\n",
        "SUMMARY:签署期限：报告\r\n",
        "DESCRIPTION:请签署。\\nPlease sign.\r\n",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\n",
        "TRIGGER:-PT23H\r\n",
        "STATUS:CONFIRMED\r\n",
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    };
    const struct calendar_event event = make_event();
    AUTO_BUFFER file = BUFFER_INIT;
    (void)state;

    check_ok(calendar_write(&event, &file));
    check_lines(buffer_view(&file));
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        if (!has(&file, LINES[i])) {
            fail_msg("lacks %s: %.*s", LINES[i], (int)file.size, (const char *)file.data);
        }
    }
}

static void folds_long_lines_between_characters(void **state)
{
    struct calendar_event event = make_event();
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_BUFFER title = BUFFER_INIT;
    AUTO_BUFFER unfolded = BUFFER_INIT;
    struct bytes rest;
    (void)state;

    for (size_t i = 0; i < 100; i++) {
        check_ok(buffer_append_text(&title, i % 7 == 0 ? "x" : "审"));
    }
    event.summary = buffer_view(&title);
    check_ok(calendar_write(&event, &file));
    check_lines(buffer_view(&file));
    rest = buffer_view(&file);
    for (size_t fold = text_find(rest, LITERAL("\r\n ")); fold != SIZE_MAX;
         fold = text_find(rest, LITERAL("\r\n "))) {
        check_ok(buffer_append(&unfolded, bytes_slice(rest, 0, fold)));
        rest = bytes_slice(rest, fold + 3, rest.size);
    }
    check_ok(buffer_append(&unfolded, rest));
    assert_int_not_equal(text_find(buffer_view(&unfolded), buffer_view(&title)), SIZE_MAX);
}

static void a_title_cannot_add_lines_of_its_own(void **state)
{
    struct calendar_event event = make_event();
    AUTO_BUFFER file = BUFFER_INIT;
    (void)state;

    event.summary = LITERAL("a\r\nATTENDEE:mailto:x;y,z\\");
    check_ok(calendar_write(&event, &file));
    assert_true(has(&file, "SUMMARY:a\\nATTENDEE:mailto:x\\;y\\,z\\\\\r\n"));
}

static void a_void_version_is_a_cancelled_event_without_an_alarm(void **state)
{
    struct calendar_event event = make_event();
    AUTO_BUFFER file = BUFFER_INIT;
    (void)state;

    event.cancelled = true;
    check_ok(calendar_write(&event, &file));
    assert_true(has(&file, "STATUS:CANCELLED\r\n"));
    assert_false(has(&file, "VALARM"));
}

static void an_unknown_report_has_no_deadline(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE response;
    (void)state;

    scene_open(&scene);
    scene_get(&scene, "/api/reports/report-9/deadline.ics", &response);
    check_refused(&response, 404, "view.unknown");
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(writes_one_event_that_ends_at_the_deadline),
        cmocka_unit_test(folds_long_lines_between_characters),
        cmocka_unit_test(a_title_cannot_add_lines_of_its_own),
        cmocka_unit_test(a_void_version_is_a_cancelled_event_without_an_alarm),
        cmocka_unit_test(an_unknown_report_has_no_deadline),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
