#include <sys/stat.h>
#include <unistd.h>

#include "scene.h"
#include "server/pages.h"

/* covers: pages, blob */

struct folder {
    struct temporary folder;
    struct pages *pages;
};

static void put(const struct folder *folder, const char *name, const char *contents)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder->folder.path, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(contents, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void open_folder(struct folder *folder)
{
    char path[256];

    temporary_make(&folder->folder);
    snprintf(path, sizeof path, "%s/lib", folder->folder.path);
    assert_int_equal(mkdir(path, 0700), 0);
    put(folder, "index.html", "<!doctype html>");
    put(folder, "lib/a.js", "let a;");
    check_ok(pages_open(folder->folder.path, &folder->pages));
}

static void close_folder(struct folder *folder)
{
    pages_close(folder->pages);
    temporary_remove(&folder->folder);
}

#define AUTO_FOLDER __attribute__((cleanup(close_folder))) struct folder

static struct result serve(const struct folder *folder, const char *name, const char *accept,
                           struct response *response)
{
    const struct request request = {.accept_encoding = bytes_of_string(accept)};

    *response = (struct response)RESPONSE_INIT;
    return pages_serve(folder->pages, bytes_of_string(name), &request, response);
}

static void serves_files_with_their_kind(void **state)
{
    AUTO_FOLDER folder;
    AUTO_RESPONSE page;
    AUTO_RESPONSE script;
    (void)state;

    open_folder(&folder);
    check_ok(serve(&folder, "", "", &page));
    check_bytes(scene_body(&page), LITERAL("<!doctype html>"));
    assert_string_equal(page.content_type, "text/html; charset=utf-8");
    check_ok(serve(&folder, "lib/a.js", "", &script));
    assert_string_equal(script.content_type, "text/javascript; charset=utf-8");
    assert_int_equal(strlen(script.etag), 34);
}

static void no_name_leads_out_of_the_folder(void **state)
{
    static const char *const BAD[] = {
        "../etc/passwd",
        "lib/../index.html",
        "/etc/passwd",
        "lib//a.js",
        "lib/./a.js",
        ".git/config",
        "lib/.a.js",
        "lib/a.js/",
        "lib",
        "lib/",
        "lib\\a.js",
        "lib/a.js%00",
        "a\nb.js",
        "lib/链.js",
        "..",
        ".",
        "~root/a.js",
        "lib/a.js?x",
    };
    AUTO_FOLDER folder;
    (void)state;

    open_folder(&folder);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        AUTO_RESPONSE response;

        check_fails(serve(&folder, BAD[i], "", &response), NOT_FOUND, "service.address");
    }
}

static void follows_no_link(void **state)
{
    AUTO_FOLDER folder;
    AUTO_RESPONSE response;
    char path[256];
    (void)state;

    open_folder(&folder);
    snprintf(path, sizeof path, "%s/lib/link.js", folder.folder.path);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    check_fails(serve(&folder, "lib/link.js", "", &response), NOT_FOUND, "service.address");
}

static void offers_only_what_pages_load(void **state)
{
    static const char *const HIDDEN[] = {"package.json", "node_modules/a.js", "lib/a.c",
                                         "Makefile"};
    AUTO_FOLDER folder;
    (void)state;

    open_folder(&folder);
    put(&folder, "package.json", "{}");
    put(&folder, "lib/a.c", "int a;");
    put(&folder, "Makefile", "all:");
    for (size_t i = 0; i < sizeof HIDDEN / sizeof HIDDEN[0]; i++) {
        AUTO_RESPONSE response;

        check_fails(serve(&folder, HIDDEN[i], "", &response), NOT_FOUND, "service.address");
    }
}

static void sends_the_packed_file_to_who_takes_it(void **state)
{
    AUTO_FOLDER folder;
    AUTO_RESPONSE plain;
    AUTO_RESPONSE small;
    AUTO_RESPONSE smaller;
    (void)state;

    open_folder(&folder);
    put(&folder, "lib/a.js.gz", "gz");
    put(&folder, "lib/a.js.br", "br");
    check_ok(serve(&folder, "lib/a.js", "", &plain));
    assert_null(plain.encoding);
    check_ok(serve(&folder, "lib/a.js", "gzip, deflate", &small));
    assert_string_equal(small.encoding, "gzip");
    check_bytes(scene_body(&small), LITERAL("gz"));
    assert_string_equal(small.content_type, "text/javascript; charset=utf-8");
    check_ok(serve(&folder, "lib/a.js", "gzip, br", &smaller));
    check_bytes(scene_body(&smaller), LITERAL("br"));
    assert_string_not_equal(plain.etag, smaller.etag);
}

static void sees_that_a_file_has_changed(void **state)
{
    AUTO_FOLDER folder;
    AUTO_RESPONSE before;
    AUTO_RESPONSE after;
    AUTO_RESPONSE fresh;
    (void)state;

    open_folder(&folder);
    check_ok(serve(&folder, "lib/a.js", "", &before));
    put(&folder, "lib/a.js", "let b; let c;");
    put(&folder, "lib/new.js", "let d;");
    check_ok(serve(&folder, "lib/a.js", "", &after));
    check_bytes(scene_body(&after), LITERAL("let b; let c;"));
    assert_string_not_equal(before.etag, after.etag);
    check_ok(serve(&folder, "lib/new.js", "", &fresh));
    /* What was handed out before stays as it was. */
    check_bytes(scene_body(&before), LITERAL("let a;"));
}

static void needs_its_folder(void **state)
{
    struct pages *pages;
    (void)state;

    check_fails(pages_open("/nowhere/at/all", &pages), NOT_FOUND, "config.web");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_files_with_their_kind),
        cmocka_unit_test(no_name_leads_out_of_the_folder),
        cmocka_unit_test(follows_no_link),
        cmocka_unit_test(offers_only_what_pages_load),
        cmocka_unit_test(sends_the_packed_file_to_who_takes_it),
        cmocka_unit_test(sees_that_a_file_has_changed),
        cmocka_unit_test(needs_its_folder),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
