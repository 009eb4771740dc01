#include <stdlib.h>
#include <sys/wait.h>

#include "scene.h"
#include "server/qr.h"
#include "server/sheet.h"

/* covers: qr, png */

/* Writes the picture to a file and has zbarimg read it back. */
static void read_back(struct bytes picture, struct buffer *out)
{
    AUTO_TEMPORARY folder;
    char path[128];
    char command[256];
    char piece[4096];
    FILE *file;
    size_t got;

    temporary_make(&folder);
    snprintf(path, sizeof path, "%s/code.png", folder.path);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(picture.data, 1, picture.size, file), picture.size);
    assert_int_equal(fclose(file), 0);
    snprintf(command, sizeof command, "zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable %s",
             path);
    file = popen(command, "r");
    assert_non_null(file);
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        check_ok(buffer_append(out, (struct bytes){(const uint8_t *)piece, got}));
    }
    assert_int_equal(pclose(file), 0);
}

static void is_read_by_another_program(void **state)
{
    static char longest[QR_TEXT_MAX + 1];
    const char *const texts[] = {"xiling:a",
                                 "http://127.0.0.1:8200/enrol.html#member-01.0123456789",
                                 "xiling:西泠 选举", longest};
    (void)state;

    if (system("command -v zbarimg >/dev/null")) {
        skip();
    }
    memset(longest, 'x', QR_TEXT_MAX);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        AUTO_BUFFER picture = BUFFER_INIT;
        AUTO_BUFFER read = BUFFER_INIT;

        check_ok(qr_write_png(bytes_of_string(texts[i]), &picture));
        read_back(buffer_view(&picture), &read);
        assert_true(read.size > 0);
        read.size--; /* its LF */
        check_bytes(buffer_view(&read), bytes_of_string(texts[i]));
    }
}

static void refuses_what_is_empty_or_too_long(void **state)
{
    static uint8_t letters[QR_TEXT_MAX + 1];
    AUTO_BUFFER out = BUFFER_INIT;
    (void)state;

    memset(letters, 'x', sizeof letters);
    check_fails(qr_write_svg(EMPTY_BYTES, &out), MALFORMED, "qr.text");
    check_fails(qr_write_svg(BYTES(letters), &out), MALFORMED, "qr.text");
    check_fails(qr_write_png(BYTES(letters), &out), MALFORMED, "qr.text");
    check_fails(qr_write_terminal(BYTES(letters), &out), MALFORMED, "qr.text");
    assert_int_equal(out.size, 0);
}

/* A module of at least half a millimetre on paper: visual guide section 4, "QR sheet". */
static void gives_a_part_of_evidence_squares_that_a_phone_can_tell_apart(void **state)
{
    static char part[QR_PART_MAX + 2];
    AUTO_BUFFER squares = BUFFER_INIT;
    size_t size;
    (void)state;

    memset(part, 'A', sizeof part);
    check_fails(qr_write_squares(EMPTY_BYTES, &squares, &size), MALFORMED, "qr.text");
    check_fails(
        qr_write_squares((struct bytes){(const uint8_t *)part, QR_PART_MAX + 1}, &squares, &size),
        MALFORMED, "qr.text");
    check_ok(qr_write_squares((struct bytes){(const uint8_t *)part, QR_PART_MAX}, &squares, &size));
    assert_int_equal(squares.size, size * size);
    assert_true(SHEET_CODE_SIDE / (double)(size + 8) >= 0.5);
}

/* The same modules in all three forms: counted by their dark area. */
static void draws_svg_and_terminal_alike(void **state)
{
    AUTO_BUFFER svg = BUFFER_INIT;
    AUTO_BUFFER terminal = BUFFER_INIT;
    struct bytes rest;
    size_t dark_in_svg = 0;
    size_t dark_in_terminal = 0;
    (void)state;

    check_ok(qr_write_svg(LITERAL("xiling:a"), &svg));
    check_ok(qr_write_terminal(LITERAL("xiling:a"), &terminal));
    assert_true(text_find(buffer_view(&svg), LITERAL("<script")) == SIZE_MAX);
    rest = buffer_view(&svg);
    rest = bytes_slice(rest, text_find(rest, LITERAL("/><path d=")), rest.size);
    while (rest.size > 0) {
        text_cut(&rest, 'h');
        dark_in_svg += strtoul(rest.size ? (const char *)rest.data : "0", 0, 10);
    }
    rest = buffer_view(&terminal);
    while (rest.size > 0) {
        const bool two = bytes_starts_with(rest, LITERAL("█"));
        const bool one =
            bytes_starts_with(rest, LITERAL("▀")) || bytes_starts_with(rest, LITERAL("▄"));

        dark_in_terminal += two ? 2 : one ? 1 : 0;
        rest = bytes_slice(rest, 1, rest.size);
    }
    assert_true(dark_in_svg > 100);
    assert_int_equal(dark_in_svg, dark_in_terminal);
}

static void draws_only_its_own_addresses(void **state)
{
    static const struct {
        const char *text;
        unsigned status;
    } CASES[] = {
        {"http://127.0.0.1:8200/wall.html", 200},
        {"xiling:M", 200},
        {"http://elsewhere.example/", 422},
        {"", 422},
        {"javascript:alert(1)", 422},
    };
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct request request = {.path = LITERAL("/qr.svg"),
                                  .argument = bytes_of_string(CASES[i].text)};
        AUTO_RESPONSE response;

        scene_ask(&scene, &request, &response);
        check_status(&response, CASES[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_read_by_another_program),
        cmocka_unit_test(refuses_what_is_empty_or_too_long),
        cmocka_unit_test(gives_a_part_of_evidence_squares_that_a_phone_can_tell_apart),
        cmocka_unit_test(draws_svg_and_terminal_alike),
        cmocka_unit_test(draws_only_its_own_addresses),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
