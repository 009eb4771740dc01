#include "shelf.h"

/* covers: upload, documents */

static void keeps_a_document_sent_whole(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    check_state(&shelf, DOCUMENT_MISSING);
    check_ok(send_whole(&shelf, BYTES(shelf.file), &progress));
    assert_true(progress.complete && !progress.known);
    assert_int_equal(progress.received, SHELF_FILE);
    check_stored(&shelf);
}

static void reads_and_throws_away_what_is_stored_already(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    check_ok(send_whole(&shelf, BYTES(shelf.file), &progress));
    check_ok(send_part(&shelf, 0, 500, &progress));
    assert_true(progress.complete && progress.known);
    check_stored(&shelf);
}

static void continues_after_a_drop_and_a_restart(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    set_token(&shelf, 1);
    check_ok(send_part(&shelf, 0, 30000, &progress));
    assert_false(progress.complete);
    assert_int_equal(progress.received, 30000);
    check_state(&shelf, DOCUMENT_PARTIAL);
    check_ok(send_part(&shelf, 30000, 70000, &progress));
    shelf_stop(&shelf);
    shelf_start(&shelf);
    assert_int_equal(partials_received(documents_partials(shelf.documents), &shelf.order.key),
                     70000);
    check_ok(send_part(&shelf, 70000, SHELF_FILE, &progress));
    assert_true(progress.complete);
    check_stored(&shelf);
}

static void tells_where_to_go_on_if_a_part_does_not_continue(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    static const size_t FROMS[] = {0, 29999, 30001, 99999};
    (void)state;

    shelf_open(&shelf);
    check_fails(send_part(&shelf, 10, 20, &progress), CONFLICT, "document.offset");
    check_state(&shelf, DOCUMENT_MISSING);
    check_ok(send_part(&shelf, 0, 30000, &progress));
    for (size_t i = 0; i < sizeof FROMS / sizeof FROMS[0]; i++) {
        const struct result sent = send_part(&shelf, FROMS[i], SHELF_FILE, &progress);

        check_fails(sent, CONFLICT, "document.offset");
        assert_int_equal(sent.at, 30000);
    }
}

static void refuses_ranges_that_are_none(void **state)
{
    static const struct {
        const char *range;
        const char *rule;
    } CASES[] = {
        {"bytes 0-99/100001", "document.size"},  {"bytes 0-99/99999", "document.range"},
        {"bytes 9-8/100000", "document.range"},  {"bytes 0-100000/100000", "document.range"},
        {"bytes 0-99", "document.range"},        {"bytes 0-99/*", "document.range"},
        {"bytes */99999", "document.range"},     {"bytes -5-9/100000", "document.range"},
        {"items 0-99/100000", "document.range"}, {"bytes 0-99/100000 ", "document.range"},
    };
    AUTO_SHELF shelf;
    struct upload *upload = 0;
    (void)state;

    shelf_open(&shelf);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        shelf.order.range = bytes_of_string(CASES[i].range);
        check_fails(upload_begin(shelf.documents, &shelf.order, &upload), MALFORMED, CASES[i].rule);
    }
    shelf.order.range = LITERAL("bytes 0-99/100000");
    shelf.order.announced = 101;
    check_fails(upload_begin(shelf.documents, &shelf.order, &upload), MALFORMED, "document.range");
    shelf.order.range = EMPTY_BYTES;
    shelf.order.announced = SHELF_FILE + 1;
    check_fails(upload_begin(shelf.documents, &shelf.order, &upload), MALFORMED, "document.size");
    check_state(&shelf, DOCUMENT_MISSING);
}

static void refuses_more_bytes_than_were_announced(void **state)
{
    AUTO_SHELF shelf;
    struct upload *upload = 0;
    char range[64];
    (void)state;

    shelf_open(&shelf);
    check_ok(upload_begin(shelf.documents, &shelf.order, &upload));
    check_ok(upload_take(upload, BYTES(shelf.file)));
    check_fails(upload_take(upload, LITERAL("x")), MALFORMED, "document.size");
    upload_close(upload);
    set_token(&shelf, 2);
    set_range(&shelf, range, 0, 10);
    shelf.order.announced = 0;
    check_ok(upload_begin(shelf.documents, &shelf.order, &upload));
    check_fails(upload_take(upload, part_of(&shelf, 0, 11)), MALFORMED, "document.range");
    upload_close(upload);
}

static void throws_away_a_file_of_another_hash(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    shelf.file[SHELF_FILE / 2] ^= 1;
    check_fails(send_whole(&shelf, BYTES(shelf.file), &progress), INVALID, "document.hash");
    check_state(&shelf, DOCUMENT_MISSING);
    shelf.file[SHELF_FILE / 2] ^= 1;
    check_ok(send_whole(&shelf, BYTES(shelf.file), &progress));
    check_stored(&shelf);
}

static void tells_formats_by_their_first_bytes(void **state)
{
    static const struct {
        const char *format;
        struct bytes file;
        bool good;
    } CASES[] = {
        {"PDF", {(const uint8_t *)"%PDF-1.4", 8}, true},
        {"PDF", {(const uint8_t *)"%PDF", 4}, false},
        {"PDF", {(const uint8_t *)" %PDF-1.4", 9}, false},
        {"JPEG", {(const uint8_t *)"\xff\xd8\xff\xe0", 4}, true},
        {"JPEG", {(const uint8_t *)"\x89PNG\r\n\x1a\n", 8}, false},
        {"PNG", {(const uint8_t *)"\x89PNG\r\n\x1a\n\0", 9}, true},
        {"PNG", {(const uint8_t *)"\x89PNG\n\x1a\n", 7}, false},
        {"TXT", {(const uint8_t *)"甲\n", 4}, true},
        {"TXT", {(const uint8_t *)"甲\0", 4}, false},
        {"TXT", {(const uint8_t *)"\xe7\x94", 2}, false},
        {"TXT",
         {(const uint8_t *)"a\xff"
                           "bcdef",
          7},
         false},
        {"ZIP", {(const uint8_t *)"PK\3\4", 4}, false},
    };
    AUTO_SHELF shelf;
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        shelf.order.key.hash = sha256_of(CASES[i].file);
        shelf.order.size = CASES[i].file.size;
        shelf.order.format = bytes_of_string(CASES[i].format);
        if (CASES[i].good) {
            check_ok(send_whole(&shelf, CASES[i].file, &progress));
            check_state(&shelf, DOCUMENT_STORED);
        } else {
            check_fails(send_whole(&shelf, CASES[i].file, &progress), INVALID, "document.format");
            check_state(&shelf, DOCUMENT_MISSING);
        }
    }
}

/* Whatever pieces a long text is read in, some of its characters are cut. */
static void reads_a_long_text_whose_characters_are_cut(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    for (size_t shift = 0; shift < 3; shift++) {
        memset(shelf.file, 'a', shift);
        for (size_t i = shift; i < SHELF_FILE; i++) {
            shelf.file[i] = (uint8_t) "甲"[(i - shift) % 3];
        }
        shelf.order.size = SHELF_FILE - 3 + shift - (SHELF_FILE - 3) % 3;
        shelf.order.key.hash = sha256_of(part_of(&shelf, 0, shelf.order.size));
        shelf.order.format = LITERAL("TXT");
        check_ok(send_whole(&shelf, part_of(&shelf, 0, shelf.order.size), &progress));
    }
}

static void refuses_tokens_that_are_none(void **state)
{
    static const char *const TOKENS[] = {
        "short",
        "0123456789abcde",
        "0123456789abcdef/../x",
        "0123456789abcde.",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
    };
    struct partial_key key;
    (void)state;

    for (size_t i = 0; i < sizeof TOKENS / sizeof TOKENS[0]; i++) {
        check_fails(upload_read_token(bytes_of_string(TOKENS[i]), &key), MALFORMED,
                    "document.token");
    }
    check_ok(upload_read_token(LITERAL("0123456789-_aZbc"), &key));
    assert_string_equal(key.token, "0123456789-_aZbc");
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(keeps_a_document_sent_whole),
        cmocka_unit_test(reads_and_throws_away_what_is_stored_already),
        cmocka_unit_test(continues_after_a_drop_and_a_restart),
        cmocka_unit_test(tells_where_to_go_on_if_a_part_does_not_continue),
        cmocka_unit_test(refuses_ranges_that_are_none),
        cmocka_unit_test(refuses_more_bytes_than_were_announced),
        cmocka_unit_test(throws_away_a_file_of_another_hash),
        cmocka_unit_test(tells_formats_by_their_first_bytes),
        cmocka_unit_test(reads_a_long_text_whose_characters_are_cut),
        cmocka_unit_test(refuses_tokens_that_are_none),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
