#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "check.h"
#include "support/temporary.h"
#include "verifier/file.h"
#include "verifier/tar.h"

#define TIME 1795309200

static const struct tar_limits LIMITS = {.files = 3, .bytes = 100000};

static void write_tar(const char *path, uint64_t time)
{
    AUTO_TAR_WRITER *tar = NULL;
    const int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(file >= 0);
    check_ok(tar_writer_open(file, time, &tar));
    check_ok(tar_writer_begin(tar, "r-v1/a.txt", 5));
    check_ok(tar_writer_append(tar, LITERAL("he")));
    check_ok(tar_writer_append(tar, LITERAL("llo")));
    check_ok(tar_writer_begin(tar, "r-v1/empty", 0));
    check_ok(tar_writer_append(tar, EMPTY_BYTES));
    check_ok(tar_writer_finish(tar));
    assert_int_equal(close(file), 0);
}

static struct result note_member(void *context, struct bytes name, struct bytes contents)
{
    struct buffer *const out = context;

    TRY(buffer_append(out, name));
    TRY(buffer_append_text(out, "="));
    TRY(buffer_append(out, contents));
    return buffer_append_text(out, ";");
}

static struct result refuse_member(void *context, struct bytes name, struct bytes contents)
{
    (void)context;
    (void)name;
    (void)contents;
    return fail(CONFLICT, "test.stop");
}

static void check_refused(struct result result, const char *rule)
{
    assert_string_equal(result.rule == NULL ? "OK" : result.rule, rule);
}

static void reads_what_it_wrote(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_BUFFER found = BUFFER_INIT;
    char path[128];
    (void)state;

    temporary_make(&folder);
    snprintf(path, sizeof path, "%s/a.tar", folder.path);
    write_tar(path, TIME);
    check_ok(tar_read(path, &LIMITS, note_member, &found));
    assert_true(bytes_is(buffer_view(&found), "r-v1/a.txt=hello;r-v1/empty=;"));
    check_refused(tar_read(path, &LIMITS, refuse_member, &found), "test.stop");
}

static void the_same_files_make_the_same_bytes(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER second = BUFFER_INIT;
    char path[128];
    (void)state;

    temporary_make(&folder);
    snprintf(path, sizeof path, "%s/a.tar", folder.path);
    write_tar(path, TIME);
    check_ok(file_read(path, &first));
    write_tar(path, TIME);
    check_ok(file_read(path, &second));
    assert_true(bytes_equal(buffer_view(&first), buffer_view(&second)));
    write_tar(path, TIME + 1);
    check_ok(file_read(path, &second));
    assert_false(bytes_equal(buffer_view(&first), buffer_view(&second)));
}

static void keeps_within_its_limits(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_BUFFER found = BUFFER_INIT;
    char path[128];
    (void)state;

    temporary_make(&folder);
    snprintf(path, sizeof path, "%s/a.tar", folder.path);
    write_tar(path, TIME);
    check_refused(tar_read(path, &(struct tar_limits){1, 100}, note_member, &found), "tar.size");
    check_refused(tar_read(path, &(struct tar_limits){3, 4}, note_member, &found), "tar.size");
    check_ok(tar_read(path, &(struct tar_limits){2, 5}, note_member, &found));
}

/* Whatever byte is cut or changed, reading ends, and never with more than stands there. */
static void damage_never_leads_anywhere(void **state)
{
    AUTO_TEMPORARY folder;
    AUTO_BUFFER whole = BUFFER_INIT;
    char path[128];
    (void)state;

    temporary_make(&folder);
    snprintf(path, sizeof path, "%s/a.tar", folder.path);
    write_tar(path, TIME);
    check_ok(file_read(path, &whole));
    for (size_t at = 0; at < whole.size; at += 13) {
        AUTO_BUFFER found = BUFFER_INIT;

        whole.data[at] ^= 0x15;
        check_ok(file_write(path, buffer_view(&whole)));
        (void)is_ok(tar_read(path, &LIMITS, note_member, &found));
        assert_true(found.size < 1000);
        whole.data[at] ^= 0x15;
    }
    check_ok(file_write(path, bytes_slice(buffer_view(&whole), 0, 514)));
    check_refused(tar_read(path, &LIMITS, refuse_member, NULL), "tar.form");
    check_ok(file_write(path, EMPTY_BYTES));
    check_refused(tar_read(path, &LIMITS, refuse_member, NULL), "tar.form");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_wrote),
        cmocka_unit_test(the_same_files_make_the_same_bytes),
        cmocka_unit_test(keeps_within_its_limits),
        cmocka_unit_test(damage_never_leads_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
