#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "server/disk.h"
#include "shelf.h"

/* covers: partials, partial_rows, disk */

static void keeps_the_bytes_of_a_stranger_apart(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    struct upload *stranger = 0;
    (void)state;

    shelf_open(&shelf);
    set_token(&shelf, 1);
    check_ok(send_part(&shelf, 0, 40000, &progress));
    set_token(&shelf, 2);
    shelf.order.range = EMPTY_BYTES;
    check_ok(upload_begin(shelf.documents, &shelf.order, &stranger));
    check_ok(upload_take(stranger, LITERAL("garbage")));
    set_token(&shelf, 1);
    check_ok(send_part(&shelf, 40000, SHELF_FILE, &progress));
    check_stored(&shelf);
    check_ok(upload_finish(stranger));
    upload_close(stranger);
    check_stored(&shelf);
}

/* The connection that was dropped may live on at the server for a while. */
static void the_newer_connection_takes_over(void **state)
{
    AUTO_SHELF shelf;
    struct upload *old = 0;
    struct upload_progress progress;
    char range[64];
    (void)state;

    shelf_open(&shelf);
    set_token(&shelf, 1);
    set_range(&shelf, range, 0, SHELF_FILE);
    check_ok(upload_begin(shelf.documents, &shelf.order, &old));
    check_ok(upload_take(old, part_of(&shelf, 0, 1000)));
    check_ok(send_part(&shelf, 1000, 2000, &progress));
    check_fails(upload_take(old, part_of(&shelf, 1000, 1001)), CONFLICT, "document.displaced");
    check_fails(upload_finish(old), CONFLICT, "document.displaced");
    upload_close(old);
    check_ok(send_part(&shelf, 2000, SHELF_FILE, &progress));
    check_stored(&shelf);
}

static void gives_up_the_oldest_idle_part_of_a_document(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    struct partial_key first = {.token = ""};
    (void)state;

    shelf_open(&shelf);
    for (unsigned i = 0; i <= PARTIALS_OF_ONE; i++) {
        set_token(&shelf, i);
        check_ok(send_part(&shelf, 0, 100 + i, &progress));
        first = i == 0 ? shelf.order.key : first;
    }
    assert_int_equal(partials_received(documents_partials(shelf.documents), &first), 0);
    assert_int_equal(partials_received(documents_partials(shelf.documents), &shelf.order.key),
                     100 + PARTIALS_OF_ONE);
}

static void bounds_the_parts_of_all_documents(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    size_t kept = 0;
    (void)state;

    shelf_open(&shelf);
    for (unsigned i = 0; i < PARTIALS_MAX + 9; i++) {
        shelf.order.key.hash = sha256_of((struct bytes){(const uint8_t *)&i, sizeof i});
        check_ok(send_part(&shelf, 0, 10, &progress));
    }
    for (unsigned i = 0; i < PARTIALS_MAX + 9; i++) {
        shelf.order.key.hash = sha256_of((struct bytes){(const uint8_t *)&i, sizeof i});
        kept += documents_state(shelf.documents, &shelf.order.key.hash) == DOCUMENT_PARTIAL;
    }
    assert_int_equal(kept, PARTIALS_MAX);
}

/* Whoever holds every place and drips loses one of them; whoever moves on keeps it. */
static void a_sender_that_hardly_moves_gives_way(void **state)
{
    AUTO_SHELF shelf;
    struct upload *held[PARTIALS_OF_ONE] = {0};
    struct upload_progress progress;
    (void)state;

    shelf_open(&shelf);
    for (unsigned i = 0; i < PARTIALS_OF_ONE; i++) {
        set_token(&shelf, i);
        check_ok(upload_begin(shelf.documents, &shelf.order, &held[i]));
        check_ok(upload_take(held[i], part_of(&shelf, 0, i == 3 ? 1 : SHELF_FILE - 1)));
    }
    set_token(&shelf, 99);
    check_fails(send_part(&shelf, 0, 10, &progress), BUSY, "document.busy");
    shelf.order.now = SHELF_NOW + 20;
    check_ok(send_part(&shelf, 0, 10, &progress));
    for (unsigned i = 0; i < PARTIALS_OF_ONE; i++) {
        if (i == 3) {
            check_fails(upload_take(held[i], LITERAL("x")), CONFLICT, "document.displaced");
        } else {
            check_ok(upload_take(held[i], LITERAL("x")));
        }
        upload_close(held[i]);
    }
}

static void sweeps_what_nobody_continued(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    const struct timespec old[2] = {{SHELF_NOW - PARTIAL_STALE_SECONDS - 1, 0},
                                    {SHELF_NOW - PARTIAL_STALE_SECONDS - 1, 0}};
    char hex[DISK_HEX_SIZE + 1];
    char path[384];
    (void)state;

    shelf_open(&shelf);
    set_token(&shelf, 1);
    check_ok(send_part(&shelf, 0, 10, &progress));
    shelf_stop(&shelf);
    disk_print_hash(&shelf.order.key.hash, hex);
    snprintf(path, sizeof path, "%s/partial/%s.%s", shelf.path, hex, shelf.order.key.token);
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    shelf_start(&shelf);
    check_state(&shelf, DOCUMENT_MISSING);
    assert_int_not_equal(access(path, F_OK), 0);
    /* And while the service runs. */
    check_ok(send_part(&shelf, 0, 10, &progress));
    shelf.order.now = SHELF_NOW * 2u;
    shelf.order.key.hash.bytes[0] ^= 1;
    check_ok(send_part(&shelf, 0, 10, &progress));
    assert_int_not_equal(access(path, F_OK), 0);
}

/* A limit on the size of files is a full disk: writes fall short, then fail. */
static void keeps_what_fits_on_a_full_disk(void **state)
{
    AUTO_SHELF shelf;
    struct upload_progress progress;
    struct rlimit limit;
    rlim_t whole;
    (void)state;

    shelf_open(&shelf);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    whole = limit.rlim_cur;
    limit.rlim_cur = 65536;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    check_ok(send_part(&shelf, 0, 60000, &progress));
    check_fails(send_part(&shelf, 60000, SHELF_FILE, &progress), STORAGE_FAILED, "document.space");
    limit.rlim_cur = whole;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(partials_received(documents_partials(shelf.documents), &shelf.order.key),
                     65536);
    check_ok(send_part(&shelf, 65536, SHELF_FILE, &progress));
    check_stored(&shelf);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(keeps_the_bytes_of_a_stranger_apart),
        cmocka_unit_test(the_newer_connection_takes_over),
        cmocka_unit_test(gives_up_the_oldest_idle_part_of_a_document),
        cmocka_unit_test(bounds_the_parts_of_all_documents),
        cmocka_unit_test(a_sender_that_hardly_moves_gives_way),
        cmocka_unit_test(sweeps_what_nobody_continued),
        cmocka_unit_test(keeps_what_fits_on_a_full_disk),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
