#include <fcntl.h>
#include <unistd.h>

#include "primitive/sealed.h"
#include "scene.h"
#include "server/deposit.h"
#include "server/documents.h"

/* covers: deposit */

/* A sealed document that no entry names. */
static void seal(struct buffer *out, struct hash32 *hash, uint8_t mark)
{
    const struct key_code code = {{mark}};
    SECRET_PLAN plan;
    struct keys keys;

    check_ok(keys_derive(&code, &keys));
    check_ok(sealed_plan_draw(SEALED_ANY, &keys.box.key, 1, &plan));
    check_ok(sealed_make(&plan, (struct bytes){&mark, 1}, out));
    *hash = sha256_of(buffer_view(out));
}

static void check_state(const struct scene *scene, const struct hash32 *hash,
                        enum document_state state)
{
    assert_int_equal(documents_state(scene->app->documents, hash), state);
}

static void takes_back_what_no_entry_names(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER document = BUFFER_INIT;
    struct deposit *deposit;
    struct hash32 hash;
    (void)state;

    scene_open(&scene);
    seal(&document, &hash, 1);
    check_ok(deposit_begin(&scene.app->deposits, &deposit));
    check_ok(deposit_store(deposit, &hash, buffer_view(&document)));
    check_state(&scene, &hash, DOCUMENT_STORED);
    deposit_close(deposit);
    check_state(&scene, &hash, DOCUMENT_MISSING);
    deposit_close(0);
}

/* The plug is pulled between storing and logging: the next start clears it up. */
static void follows_a_trail_that_was_left_and_only_that(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER lost = BUFFER_INIT;
    AUTO_BUFFER other = BUFFER_INIT;
    AUTO_BUFFER hex = BUFFER_INIT;
    struct deposit *deposit;
    struct hash32 lost_hash;
    struct hash32 other_hash;
    char path[200];
    int file;
    (void)state;

    scene_open(&scene);
    seal(&lost, &lost_hash, 1);
    seal(&other, &other_hash, 2);
    check_ok(deposit_begin(&scene.app->deposits, &deposit));
    check_ok(deposit_store(deposit, &lost_hash, buffer_view(&lost)));
    check_ok(deposit_store(deposit, &other_hash, buffer_view(&other)));
    /* What a killed process leaves, with a line that was cut. */
    check_ok(hex_append(&hex, BYTES(lost_hash.bytes)));
    check_ok(buffer_append_text(&hex, "\n0123"));
    snprintf(path, sizeof path, "%s/deposits/left", scene.folder.path);
    file = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(file, hex.data, hex.size), hex.size);
    close(file);
    check_ok(deposits_sweep(&scene.app->deposits));
    assert_int_equal(access(path, F_OK), -1);
    check_state(&scene, &lost_hash, DOCUMENT_MISSING);
    check_state(&scene, &other_hash, DOCUMENT_MISSING); /* its own trail was there too */
    deposit_close(deposit);
}

static void refuses_a_document_that_is_not_sealed(void **state)
{
    AUTO_SCENE scene;
    struct deposit *deposit;
    const struct bytes plain = LITERAL("%PDF-1.7 in clear");
    const struct hash32 hash = sha256_of(plain);
    (void)state;

    scene_open(&scene);
    check_ok(deposit_begin(&scene.app->deposits, &deposit));
    check_fails(deposit_store(deposit, &hash, plain), INVALID, "document.format");
    check_state(&scene, &hash, DOCUMENT_MISSING);
    deposit_close(deposit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_back_what_no_entry_names),
        cmocka_unit_test(follows_a_trail_that_was_left_and_only_that),
        cmocka_unit_test(refuses_a_document_that_is_not_sealed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
