#include <string.h>

#include "filled.h"

/* covers: form */

static struct result send_piece(struct form *form, const char *name, const char *file,
                                struct bytes data, bool begins)
{
    return form_take(form, &(struct form_piece){.name = bytes_of_string(name),
                                                .is_file = file,
                                                .file = bytes_of_string(file ? file : ""),
                                                .begins = begins,
                                                .data = data});
}

static void puts_pieces_together_and_tells_files_apart(void **state)
{
    AUTO_FILLED filled;
    struct form_file file;
    (void)state;

    filled_open(&filled);
    check_ok(send_piece(filled.form, "facts", 0, LITERAL("第一"), true));
    check_ok(send_piece(filled.form, "facts", 0, LITERAL("第二"), false));
    /* An empty first piece is what libmicrohttpd gives where a value is cut early. */
    check_ok(send_piece(filled.form, "file", "a.txt", EMPTY_BYTES, true));
    check_ok(send_piece(filled.form, "file", "a.txt", LITERAL("one"), true));
    check_ok(send_piece(filled.form, "file", "a.txt", LITERAL("two"), true));
    check_ok(send_piece(filled.form, "file", "", EMPTY_BYTES, true)); /* nothing was chosen */
    check_ok(send_piece(filled.form, "seal", "b.png", LITERAL("x"), true));
    check_bytes(form_value(filled.form, "facts"), LITERAL("第一第二"));
    check_bytes(form_value(filled.form, "none"), EMPTY_BYTES);
    check_bytes(form_value(filled.form, "file"), EMPTY_BYTES);
    assert_true(form_file(filled.form, "file", 0, &file));
    check_bytes(file.bytes, LITERAL("one"));
    assert_true(form_file(filled.form, "file", 1, &file));
    check_bytes(file.bytes, LITERAL("two"));
    assert_false(form_file(filled.form, "file", 2, &file));
    assert_true(form_file(filled.form, "seal", 0, &file));
}

static void refuses_more_fields_and_more_text_than_a_form_has(void **state)
{
    static char text[FORM_TEXT_MAX];
    AUTO_FILLED filled;
    AUTO_FILLED other;
    (void)state;

    filled_open(&filled);
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++) {
        check_ok(filled_give(&filled, i % 2 == 0 ? "a" : "b", EMPTY_BYTES));
    }
    check_fails(filled_give(&filled, "c", EMPTY_BYTES), MALFORMED, "form.form");
    filled_open(&other);
    check_fails(filled_give(&other, "a-name-that-no-field-has", EMPTY_BYTES), MALFORMED,
                "form.form");
    memset(text, 'x', sizeof text);
    check_ok(filled_give(&other, "facts", (struct bytes){(const uint8_t *)text, sizeof text}));
    check_fails(filled_give(&other, "facts2", LITERAL("x")), MALFORMED, "form.size");
}

/* The rest of the form is still taken, so that it can be shown again. */
static void counts_a_file_that_is_too_large_and_lets_it_go(void **state)
{
    static uint8_t piece[1 << 20];
    AUTO_FILLED filled;
    struct form_file file;
    (void)state;

    filled_open(&filled);
    for (size_t i = 0; i < 21; i++) {
        check_ok(send_piece(filled.form, "file", "large.pdf", BYTES(piece), i == 0));
    }
    assert_true(form_file(filled.form, "file", 0, &file));
    assert_int_equal(file.size, 21 << 20);
    assert_int_equal(file.bytes.size, 0);
    for (size_t i = 0; i < 30; i++) {
        check_ok(send_piece(filled.form, "file", i < 15 ? "b.pdf" : "c.pdf", BYTES(piece),
                            i == 0 || i == 15));
    }
    assert_true(form_file(filled.form, "file", 1, &file));
    assert_int_equal(file.bytes.size, 15 << 20);
    assert_true(form_file(filled.form, "file", 2, &file)); /* more than 50 MB together */
    assert_int_equal(file.size, 15 << 20);
    assert_int_equal(file.bytes.size, 0);
    filled_put(&filled, "phone", "13800000000");
    check_bytes(form_value(filled.form, "phone"), LITERAL("13800000000"));
    for (size_t i = 0; i < 8; i++) {
        check_ok(send_piece(filled.form, "file", "d.pdf", BYTES(piece), i == 0));
    }
    check_fails(send_piece(filled.form, "file", "d.pdf", BYTES(piece), false), MALFORMED,
                "form.size");
}

static void reads_and_throws_away_a_form_that_is_refused(void **state)
{
    struct form *form;
    (void)state;

    check_ok(form_begin_refused(fail(BUSY, "form.busy"), &form));
    check_ok(send_piece(form, "facts", 0, LITERAL("x"), true));
    check_bytes(form_value(form, "facts"), EMPTY_BYTES);
    check_fails(form_refusal(form), BUSY, "form.busy");
    form_close(form);
}

static void books_what_is_announced_and_refuses_the_rest(void **state)
{
    struct forms *forms;
    struct form *held[FORMS_MAX] = {0};
    struct form *form = 0;
    (void)state;

    check_ok(forms_open(&forms));
    check_fails(form_begin(forms, FORM_MAX + 1, 0, &form), MALFORMED, "form.size");
    for (size_t i = 0; i < 3; i++) {
        check_ok(form_begin(forms, FORM_MAX, 0, &held[i]));
    }
    check_fails(form_begin(forms, 1, 0, &form), BUSY, "form.busy");
    form_close(held[0]);
    check_ok(form_begin(forms, 0, 0, &held[0])); /* what says nothing books the most */
    check_fails(form_begin(forms, 1, 0, &form), BUSY, "form.busy");
    for (size_t i = 0; i < 3; i++) {
        form_close(held[i]);
    }
    for (size_t i = 0; i < FORMS_MAX; i++) {
        check_ok(form_begin(forms, 1000, 0, &held[i]));
    }
    check_fails(form_begin(forms, 1000, 0, &form), BUSY, "form.busy");
    for (size_t i = 0; i < FORMS_MAX; i++) {
        form_close(held[i]);
    }
    forms_close(forms);
}

/* Else three clients that send a byte a second would close the form to everybody. */
static void lets_whoever_hardly_moves_give_way(void **state)
{
    static uint8_t piece[1 << 20];
    const uint64_t later = 61000;
    struct forms *forms;
    struct form *slow[2];
    struct form *quick;
    struct form *form = 0;
    (void)state;

    check_ok(forms_open(&forms));
    check_ok(form_begin(forms, FORM_MAX, 0, &slow[0]));
    check_ok(form_begin(forms, FORM_MAX, 0, &slow[1]));
    check_ok(form_begin(forms, FORM_MAX, 0, &quick));
    check_ok(send_piece(quick, "file", "a.pdf", BYTES(piece), true));
    check_fails(form_begin(forms, 1, 59000, &form), BUSY, "form.busy");
    check_ok(form_begin(forms, FORM_MAX, later, &form));
    check_fails(send_piece(slow[0], "facts", 0, LITERAL("x"), true), BUSY, "form.busy");
    check_fails(send_piece(slow[1], "facts", 0, LITERAL("x"), true), BUSY, "form.busy");
    check_ok(send_piece(quick, "file", "a.pdf", BYTES(piece), false));
    form_close(form);
    form_close(quick);
    form_close(slow[0]);
    form_close(slow[1]);
    for (size_t i = 0; i < 3; i++) { /* every place was given back once */
        check_ok(form_begin(forms, FORM_MAX, later, i == 0 ? &quick : &slow[i - 1]));
    }
    form_close(quick);
    form_close(slow[0]);
    form_close(slow[1]);
    forms_close(forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_pieces_together_and_tells_files_apart),
        cmocka_unit_test(refuses_more_fields_and_more_text_than_a_form_has),
        cmocka_unit_test(counts_a_file_that_is_too_large_and_lets_it_go),
        cmocka_unit_test(reads_and_throws_away_a_form_that_is_refused),
        cmocka_unit_test(books_what_is_announced_and_refuses_the_rest),
        cmocka_unit_test(lets_whoever_hardly_moves_give_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
