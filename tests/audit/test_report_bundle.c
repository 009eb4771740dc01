#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "verifier/report_bundle.h"

static void check_refused(const struct temporary *folder, const char *rule, const char *place)
{
    AUTO_REPORT_BUNDLE bundle = REPORT_BUNDLE_INIT;
    const struct result result = report_bundle_load(folder->path, &bundle);

    assert_string_equal(result.rule == NULL ? "OK" : result.rule, rule);
    assert_string_equal(bundle.place, place);
}

static void names_files_as_the_contract_does(void **state)
{
    char name[REPORT_BUNDLE_NAME_SIZE];
    (void)state;

    report_bundle_name_document(LITERAL("PDF"), name);
    assert_string_equal(name, "document.pdf");
    report_bundle_name_document(LITERAL("JPEG"), name);
    assert_string_equal(name, "document.jpg");
    report_bundle_name_document(LITERAL("PNG"), name);
    assert_string_equal(name, "document.png");
    report_bundle_name_document(LITERAL("TXT"), name);
    assert_string_equal(name, "document.txt");
    report_bundle_name_statement(7, LITERAL("report.sign"), name);
    assert_string_equal(name, "statements/000007-report.sign.txt");
    report_bundle_name_receipt(1234567, name);
    assert_string_equal(name, "receipts/1234567.receipt");
}

static void loads_a_folder_in_the_order_of_names(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_REPORT_BUNDLE bundle = REPORT_BUNDLE_INIT;
    (void)state;

    temporary_make(&folder);
    small_log_write_file(folder.path, "witness.policy", EMPTY_BYTES);
    small_log_write_file(folder.path, "receipts/000001.receipt", LITERAL("r"));
    small_log_write_file(folder.path, "README.txt", LITERAL("read me"));
    check_ok(report_bundle_load(folder.path, &bundle));
    assert_int_equal(report_bundle_count(&bundle), 3);
    assert_int_equal(bundle.size, 8);
    assert_string_equal(report_bundle_at(&bundle, 0)->name, "README.txt");
    assert_string_equal(report_bundle_at(&bundle, 1)->name, "receipts/000001.receipt");
    assert_non_null(report_bundle_find(&bundle, "witness.policy"));
    assert_null(report_bundle_find(&bundle, "receipts"));
    assert_true(bytes_is(buffer_view(&report_bundle_at(&bundle, 0)->contents), "read me"));
}

static void refuses_hidden_and_nested_files(void **state)
{
    AUTO_TEMPORARY hidden;
    AUTO_TEMPORARY nested;
    AUTO_TEMPORARY spaced;
    (void)state;

    temporary_make(&hidden);
    small_log_write_file(hidden.path, ".profile", LITERAL("x"));
    check_refused(&hidden, "report_bundle.path", ".profile");
    temporary_make(&nested);
    small_log_write_file(nested.path, "receipts/more/a", LITERAL("x"));
    check_refused(&nested, "tar.link", "receipts/more");
    temporary_make(&spaced);
    small_log_write_file(spaced.path, "a b", LITERAL("x"));
    check_refused(&spaced, "report_bundle.path", "a?b");
}

static void follows_no_link_and_waits_for_no_pipe(void **state)
{
    AUTO_TEMPORARY folder;
    char path[128];
    (void)state;

    temporary_make(&folder);
    snprintf(path, sizeof path, "%s/evidence.txt", folder.path);
    assert_int_equal(symlink("/dev/zero", path), 0);
    check_refused(&folder, "tar.link", "evidence.txt");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    check_refused(&folder, "tar.link", "evidence.txt");
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/receipts", folder.path);
    assert_int_equal(symlink("/", path), 0);
    check_refused(&folder, "tar.link", "receipts");
}

static void refuses_what_is_too_large(void **state)
{
    AUTO_TEMPORARY folder;
    char path[128];
    (void)state;

    temporary_make(&folder);
    small_log_write_file(folder.path, "document.pdf", LITERAL("x"));
    snprintf(path, sizeof path, "%s/document.pdf", folder.path);
    assert_int_equal(truncate(path, (off_t)REPORT_BUNDLE_SIZE_MAX + 1), 0);
    check_refused(&folder, "tar.size", "document.pdf");
}

static void says_that_nothing_is_there(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_REPORT_BUNDLE bundle = REPORT_BUNDLE_INIT;
    (void)state;

    temporary_make(&folder);
    check_refused(&folder, "report_bundle.path", "");
    assert_string_equal(report_bundle_load("/nowhere/at/all", &bundle).rule, "file.open");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_files_as_the_contract_does),
        cmocka_unit_test(loads_a_folder_in_the_order_of_names),
        cmocka_unit_test(refuses_hidden_and_nested_files),
        cmocka_unit_test(follows_no_link_and_waits_for_no_pipe),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(says_that_nothing_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
