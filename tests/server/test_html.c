#include "check.h"
#include "server/grades.h"
#include "server/html_time.h"
#include "server/plain_words.h"

/* covers: html, html_time, grades, plain_words, plain_words_status */

static void check_text(struct bytes text, const char *written)
{
    SECRET_HTML html = HTML_INIT(false);

    html_text(&html, text);
    check_ok(html_end(&html));
    check_bytes(buffer_view(&html.out), bytes_of_string(written));
}

static void writes_what_was_typed_as_text_and_never_as_markup(void **state)
{
    (void)state;
    check_text(LITERAL("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
    check_text(LITERAL("\" onfocus='x' autofocus=&"), "&quot; onfocus=&#39;x&#39; autofocus=&amp;");
    check_text(LITERAL("</textarea><img src=x>"), "&lt;/textarea&gt;&lt;img src=x&gt;");
    check_text(LITERAL("甲\r\n乙\t😀𠀀"), "甲\r\n乙\t😀𠀀");
    check_text((struct bytes){(const uint8_t *)"a\0b", 3}, "a\xEF\xBF\xBD"
                                                           "b");
    check_text(LITERAL("\x1b[0m\x7f"), "\xEF\xBF\xBD[0m\xEF\xBF\xBD");
    check_text(LITERAL("\xff<\xc3"), "\xEF\xBF\xBD&lt;\xEF\xBF\xBD");            /* no UTF-8 */
    check_text(LITERAL("\xc0\xbc"), "\xEF\xBF\xBD\xEF\xBF\xBD");                 /* "<", overlong */
    check_text(LITERAL("\xf0\x9f\x98"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* cut */
    check_text(LITERAL("\xc2\x80"), "\xEF\xBF\xBD");
}

static void fills_words_and_escapes_what_it_fills_in(void **state)
{
    SECRET_HTML html = HTML_INIT(true);
    SECRET_HTML unknown = HTML_INIT(false);
    (void)state;

    HTML_FILL(&html, "obj.file.empty", {"name", LITERAL("<b>.pdf")});
    check_ok(html_end(&html));
    check_bytes(buffer_view(&html.out), LITERAL("Not taken: “&lt;b&gt;.pdf” is empty."));
    html_word(&unknown, "no.such.key");
    html_raw(&unknown, "after");
    check_fails(html_end(&unknown), INTERNAL, "html.words");
    assert_int_equal(unknown.out.size, 0);
}

static void check_until(bool english, uint64_t time, const char *text)
{
    char out[HTML_TIME_SIZE];

    html_until(english, time, out);
    assert_string_equal(out, text);
}

static void tells_times_as_the_pages_with_scripts_do(void **state)
{
    char out[HTML_TIME_SIZE];
    (void)state;

    check_until(false, 1796140800, "2026年12月1日 24:00"); /* midnight of the 2nd */
    check_until(true, 1796140800, "the end of 1 December 2026");
    check_until(false, 1796140801, "2026年12月2日 00:00");
    check_until(true, 1796144400, "2 December 2026, 01:00 (Beijing time)");
    html_clock(1796144405, out);
    assert_string_equal(out, "01:00:05");
    html_day(false, UINT64_MAX, out);
    assert_string_equal(out, "");
}

static void check_remaining(uint64_t seconds, const char *text)
{
    SECRET_HTML html = HTML_INIT(false);

    html_remaining(&html, 1796140800 + seconds, 1796140800);
    check_ok(html_end(&html));
    check_bytes(buffer_view(&html.out), bytes_of_string(text));
}

static void tells_how_long_is_left(void **state)
{
    (void)state;
    check_remaining(0, "已到时");
    check_remaining(59, "还剩 59 秒");
    check_remaining(61, "还剩 1 分");
    check_remaining(3 * 3600 + 125, "还剩 3 小时 2 分");
    check_remaining(2 * 86400 + 7 * 3600 + 59, "还剩 2 天 7 小时");
}

static void names_grades_as_the_cycle_does(void **state)
{
    const struct bytes lines = LITERAL("限额：3 1\n等次：0 0 不授奖\n等次：2 1024 质量奖\n");
    (void)state;

    check_bytes(grade_name(lines, 2), LITERAL("质量奖"));
    check_bytes(grade_name(lines, 0), LITERAL("不授奖"));
    check_bytes(grade_name(lines, 1), EMPTY_BYTES);
}

static void has_both_languages_of_every_word(void **state)
{
    (void)state;
    for (size_t i = 0; i < plain_words_count(); i++) {
        const struct plain_words *const words = plain_words_at(i);

        assert_ptr_equal(plain_words_find(words->key), words);
        assert_true(words->zh[0] && words->en[0]);
    }
    assert_null(plain_words_find("plain.none"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_was_typed_as_text_and_never_as_markup),
        cmocka_unit_test(fills_words_and_escapes_what_it_fills_in),
        cmocka_unit_test(tells_times_as_the_pages_with_scripts_do),
        cmocka_unit_test(tells_how_long_is_left),
        cmocka_unit_test(names_grades_as_the_cycle_does),
        cmocka_unit_test(has_both_languages_of_every_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
