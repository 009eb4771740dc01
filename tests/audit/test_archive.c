#include "check.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "verifier/archive.h"

/* covers: archive, file */

struct visited {
    const struct small_log *log;
    uint64_t count;
    uint64_t stop_at;
};

static struct result visit(void *context, uint64_t index, struct bytes entry)
{
    struct visited *visited = context;

    assert_int_equal(index, visited->count);
    check_bytes(entry, small_log_entry(visited->log, index));
    visited->count++;
    REQUIRE(visited->count != visited->stop_at, CONFLICT, "test.stop");
    return OK;
}

static void gives_all_entries_in_order(void **state)
{
    static const uint64_t SIZES[] = {0, 1, 255, 256, 257, 600};
    (void)state;

    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        AUTO_TEMPORARY folder;
        AUTO_SMALL_LOG log;
        struct visited visited = {&log, 0, 0};
        struct archive archive;

        temporary_make(&folder);
        small_log_make(SIZES[i], &log);
        small_log_export(&log, folder.path);
        check_ok(archive_at(folder.path, &archive));
        check_ok(archive_each(&archive, SIZES[i], visit, &visited));
        assert_int_equal(visited.count, SIZES[i]);
    }
}

static void stops_where_the_visitor_stops(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_SMALL_LOG log;
    struct visited visited = {&log, 0, 7};
    struct archive archive;
    (void)state;

    temporary_make(&folder);
    small_log_make(20, &log);
    small_log_export(&log, folder.path);
    check_ok(archive_at(folder.path, &archive));
    check_fails(archive_each(&archive, 20, visit, &visited), CONFLICT, "test.stop");
    assert_int_equal(visited.count, 7);
}

static struct result ignore(void *context, uint64_t index, struct bytes entry)
{
    (void)context;
    (void)index;
    (void)entry;
    return OK;
}

static void refuses_a_bundle_that_is_cut_or_too_long(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_SMALL_LOG log;
    AUTO_BUFFER bundle = BUFFER_INIT;
    struct archive archive;
    struct result result;
    (void)state;

    temporary_make(&folder);
    small_log_make(3, &log);
    small_log_export(&log, folder.path);
    check_ok(archive_at(folder.path, &archive));
    check_ok(archive_read(&archive, "tile/entries/000.p/3", &bundle));

    for (size_t size = 0; size < bundle.size; size++) {
        check_ok(
            archive_write(&archive, "tile/entries/000.p/3", (struct bytes){bundle.data, size}));
        result = archive_each(&archive, 3, ignore, NULL);
        assert_int_equal(result.failure, MALFORMED);
        assert_int_equal(result.at, size * 3 / bundle.size);
    }
    check_ok(buffer_append_text(&bundle, "x"));
    check_ok(archive_write(&archive, "tile/entries/000.p/3", buffer_view(&bundle)));
    check_fails(archive_each(&archive, 3, ignore, NULL), MALFORMED, "bundle.form");
}

static void names_what_is_missing(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_BUFFER contents = BUFFER_INIT;
    struct archive archive;
    (void)state;

    temporary_make(&folder);
    check_ok(archive_at(folder.path, &archive));
    check_fails(archive_read(&archive, "checkpoint", &contents), NOT_FOUND, "archive.missing");
    check_fails(archive_each(&archive, 1, ignore, NULL), NOT_FOUND, "archive.missing");
    check_ok(archive_each(&archive, 0, ignore, NULL));
}

static void refuses_a_path_that_does_not_fit(void **state)
{
    static char path[4096];
    struct archive archive;
    (void)state;

    memset(path, 'a', sizeof path - 1);
    check_fails(archive_at(path, &archive), INVALID, "archive.path");
    check_fails(archive_at("", &archive), INVALID, "archive.path");
    check_ok(archive_at("folder///", &archive));
    assert_string_equal(archive.directory, "folder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_all_entries_in_order),
        cmocka_unit_test(stops_where_the_visitor_stops),
        cmocka_unit_test(refuses_a_bundle_that_is_cut_or_too_long),
        cmocka_unit_test(names_what_is_missing),
        cmocka_unit_test(refuses_a_path_that_does_not_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
