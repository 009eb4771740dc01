/* Sheets as other programs read them. covers: canvas, sheet_plain */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "paper.h"
#include "server/canvas.h"
#include "server/sheet.h"

static struct sheet_form form_of(const char *title)
{
    return (struct sheet_form){.title = bytes_of_string(title),
                               .office = LITERAL("办公室"),
                               .about = LITERAL("一份试印的文件"),
                               .footer = LITERAL("记录 award.example/log/2026"),
                               .time = 1795334400};
}

static void make_plain(const char *paragraph, size_t count, struct buffer *out)
{
    struct bytes paragraphs[64];
    struct sheet_plain plain = {form_of("试印"), paragraphs, count};

    assert_true(count <= sizeof paragraphs / sizeof paragraphs[0]);
    for (size_t i = 0; i < count; i++) {
        paragraphs[i] = bytes_of_string(paragraph);
    }
    check_ok(sheet_make_plain(&plain, out));
}

static void is_a_pdf_of_a4_pages_that_count_themselves(void **state)
{
    AUTO_BUFFER pdf = BUFFER_INIT;
    AUTO_BUFFER about = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    (void)state;

    make_plain("西溪示例精密仪器有限公司的资料由评审组逐页查阅，并按准则逐条打分，不一致处已注明。",
               64, &pdf);
    assert_true(bytes_starts_with(buffer_view(&pdf), LITERAL("%PDF-")));
    pdf_ask("pdfinfo $f", buffer_view(&pdf), &about);
    assert_true(pdf_says(buffer_view(&about), "(A4)"));
    assert_true(pdf_says(buffer_view(&about), "Pages:           3"));
    assert_true(pdf_says(buffer_view(&about), "Title:           试印"));
    pdf_ask("pdftotext -layout $f -", buffer_view(&pdf), &text);
    assert_true(pdf_says(buffer_view(&text), "第 1 页，共 3 页"));
    assert_true(pdf_says(buffer_view(&text), "第 3 页，共 3 页"));
    assert_false(pdf_says(buffer_view(&text), "第 4 页"));
}

static void says_the_same_bytes_for_the_same_time(void **state)
{
    AUTO_BUFFER one = BUFFER_INIT;
    AUTO_BUFFER two = BUFFER_INIT;
    AUTO_BUFFER about = BUFFER_INIT;
    (void)state;

    make_plain("同一份内容", 3, &one);
    make_plain("同一份内容", 3, &two);
    check_bytes(buffer_view(&one), buffer_view(&two));
    pdf_ask("TZ=UTC pdfinfo $f", buffer_view(&one), &about);
    assert_true(pdf_says(buffer_view(&about), "Sun Nov 22 08:00:00 2026"));
}

static void *make_on_a_thread(void *context)
{
    const struct bytes paragraph = LITERAL("几条线同时画，各画各的。㻏䶮");
    const struct sheet_plain plain = {form_of("试印"), &paragraph, 1};

    return is_ok(sheet_make_plain(&plain, context)) ? context : NULL;
}

static void is_drawn_by_several_threads_at_once(void **state)
{
    enum { THREADS = 4 };
    struct buffer files[THREADS] = {{0, 0, 0}};
    pthread_t threads[THREADS];
    (void)state;

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, make_on_a_thread, &files[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *made;

        assert_int_equal(pthread_join(threads[i], &made), 0);
        assert_ptr_equal(made, &files[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        check_bytes(buffer_view(&files[i]), buffer_view(&files[0]));
    }
    for (size_t i = 0; i < THREADS; i++) {
        buffer_free(&files[i]);
    }
}

/* Every font is embedded, so that no reader needs one. */
static void embeds_its_fonts(void **state)
{
    AUTO_BUFFER pdf = BUFFER_INIT;
    AUTO_BUFFER fonts = BUFFER_INIT;
    struct bytes rest;
    size_t count = 0;
    (void)state;

    make_plain("字 letters", 1, &pdf);
    pdf_ask("pdffonts $f | tail -n +3", buffer_view(&pdf), &fonts);
    for (rest = buffer_view(&fonts); rest.size > 0; count++) {
        assert_true(pdf_says(text_cut(&rest, '\n'), " yes yes yes "));
    }
    assert_true(count >= 2);
}

/* Names of people and places hold them; they come back as themselves, not as boxes. */
static void prints_rare_characters(void **state)
{
    static const char *const RARE[] = {"㻏", "䶮", "𬭎", "𬒔", "𰻝", "𠮷", "㭎"};
    AUTO_BUFFER pdf = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER words = BUFFER_INIT;
    const char *paragraph;
    (void)state;

    for (size_t i = 0; i < sizeof RARE / sizeof RARE[0]; i++) {
        check_ok(buffer_append_text(&words, RARE[i]));
        check_ok(buffer_append_text(&words, " 与"));
    }
    check_ok(buffer_terminate(&words, &paragraph));
    make_plain(paragraph, 1, &pdf);
    pdf_ask("pdftotext $f -", buffer_view(&pdf), &text);
    for (size_t i = 0; i < sizeof RARE / sizeof RARE[0]; i++) {
        if (!pdf_says(buffer_view(&text), RARE[i])) {
            fail_msg("%s is not printed", RARE[i]);
        }
    }
    assert_false(pdf_says(buffer_view(&text), "U+"));
}

/* U+323AF is allowed in statements and newer than the fonts; U+10FFFD nobody will ever have. */
static void writes_a_character_that_no_font_has_as_its_code_point(void **state)
{
    AUTO_BUFFER pdf = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_CANVAS *canvas = NULL;
    AUTO_CANVAS_TEXT *set = NULL;
    (void)state;

    make_plain("前\xf0\xb2\x8e\xaf后\xf4\x8f\xbf\xbd", 1, &pdf);
    pdf_ask("pdftotext $f -", buffer_view(&pdf), &text);
    assert_true(pdf_says(buffer_view(&text), "前[U+323AF]后[U+10FFFD]"));
    check_ok(canvas_open_measuring(&canvas));
    check_ok(canvas_text_make(canvas, &(struct canvas_type){.size = 12, .pitch = 1.5},
                              LITERAL("\xf4\x8f\xbf\xbd"), 100, &set));
    assert_int_equal(canvas_text_unknown(set), 0);
}

static void refuses_what_is_no_text(void **state)
{
    struct bytes bad = LITERAL("\xff\xfe");
    struct sheet_plain plain = {form_of("试印"), &bad, 1};
    AUTO_BUFFER pdf = BUFFER_INIT;
    (void)state;

    check_fails(sheet_make_plain(&plain, &pdf), MALFORMED, "text.utf8");
    assert_int_equal(pdf.size, 0);
}

/* In a process of its own: fontconfig reads its configuration once. */
static void refuses_to_print_boxes_where_fonts_are_missing(void **state)
{
    AUTO_TEMPORARY folder;
    char path[128];
    int status;
    pid_t child;
    (void)state;

    temporary_make(&folder);
    small_log_write_file(folder.path, "fonts.conf",
                         LITERAL("<?xml version=\"1.0\"?><fontconfig/>"));
    (void)snprintf(path, sizeof path, "%s/fonts.conf", folder.path);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct sheet_plain plain = {form_of("试印"), NULL, 0};
        struct buffer pdf = BUFFER_INIT;
        struct result result;

        (void)setenv("FONTCONFIG_FILE", path, 1);
        result = sheet_make_plain(&plain, &pdf);
        _exit(result.failure == INTERNAL && strcmp(result.rule, "sheet.font") == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* --- what a signing page is made of --- */

static struct result compose_rows(void *context, struct sheet *sheet)
{
    const struct sheet_cell cells[] = {
        {.text = LITERAL("一个很长的名字，长到一行放不下，于是在格子里换行而不盖住旁边"),
         .bold = true},
        {.width = 30, .text = LITERAL("旁边"), .note = LITERAL("小字")},
        {.width = 30, .right = true, .text = LITERAL("九号格")},
    };
    (void)context;

    TRY(sheet_row(sheet, true, cells, 3));
    for (size_t i = 0; i < 40; i++) {
        TRY(sheet_row(sheet, false, cells, 3));
    }
    TRY(sheet_state(sheet, SHEET_HALF, LITERAL("尚未齐全"), LITERAL("还差一人。")));
    sheet_keep(sheet, 250);
    return sheet_write(sheet, SHEET_EXACT, LITERAL("最后一行"));
}

static void tables_go_on_on_the_next_page_and_no_row_is_cut(void **state)
{
    const struct sheet_form form = form_of("表");
    AUTO_BUFFER pdf = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    struct bytes rest;
    size_t rows = 0;
    (void)state;

    check_ok(sheet_make(&form, compose_rows, NULL, &pdf));
    pdf_ask("pdftotext -layout $f - ", buffer_view(&pdf), &text);
    for (rest = buffer_view(&text); pdf_says(rest, "九号格"); rows++) {
        rest = bytes_slice(rest, text_find(rest, LITERAL("九号格")) + 1, rest.size);
    }
    assert_int_equal(rows, 41);
    buffer_clear(&text);
    pdf_ask("pdftotext -f 4 -l 4 $f -", buffer_view(&pdf), &text);
    assert_true(pdf_says(buffer_view(&text), "最后一行"));
}

static struct result fail_late(void *context, struct sheet *sheet)
{
    (void)context;
    TRY(sheet_write(sheet, SHEET_BODY, LITERAL("before")));
    return fail(NOT_FOUND, "view.unknown");
}

static void gives_no_half_a_sheet(void **state)
{
    const struct sheet_form form = form_of("半张");
    AUTO_BUFFER pdf = BUFFER_INIT;
    (void)state;

    check_fails(sheet_make(&form, fail_late, NULL, &pdf), NOT_FOUND, "view.unknown");
    assert_int_equal(pdf.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_to_print_boxes_where_fonts_are_missing), /* before any font */
        cmocka_unit_test(is_a_pdf_of_a4_pages_that_count_themselves),
        cmocka_unit_test(says_the_same_bytes_for_the_same_time),
        cmocka_unit_test(is_drawn_by_several_threads_at_once),
        cmocka_unit_test(embeds_its_fonts),
        cmocka_unit_test(prints_rare_characters),
        cmocka_unit_test(writes_a_character_that_no_font_has_as_its_code_point),
        cmocka_unit_test(refuses_what_is_no_text),
        cmocka_unit_test(tables_go_on_on_the_next_page_and_no_row_is_cut),
        cmocka_unit_test(gives_no_half_a_sheet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
