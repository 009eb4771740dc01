#include "check.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "support/tiny_server.h"
#include "verifier/mirror.h"

/* covers: mirror, fetch */

/* A log exported below /log of a server, and where its copy goes. */
struct scene {
    struct small_log log;
    struct temporary served;
    struct temporary copied;
    struct tiny_server server;
    struct archive copy;
    struct fetch *fetch;
};

static void scene_publish(struct scene *scene, uint64_t size)
{
    char folder[80];

    small_log_free(&scene->log);
    small_log_make(size, &scene->log);
    (void)snprintf(folder, sizeof folder, "%s/log", scene->served.path);
    small_log_export(&scene->log, folder);
}

static void scene_make(uint64_t size, struct scene *out)
{
    memset(out, 0, sizeof *out);
    temporary_make(&out->served);
    temporary_make(&out->copied);
    scene_publish(out, size);
    tiny_server_start(out->served.path, &out->server);
    check_ok(archive_at(out->copied.path, &out->copy));
    check_ok(fetch_open(&out->fetch));
}

static void scene_free(struct scene *scene)
{
    fetch_close(scene->fetch);
    tiny_server_stop(&scene->server);
    temporary_remove(&scene->served);
    temporary_remove(&scene->copied);
    small_log_free(&scene->log);
}

#define AUTO_SCENE __attribute__((cleanup(scene_free))) struct scene

static struct result visit(void *context, uint64_t index, struct bytes entry)
{
    const struct small_log *log = context;

    check_bytes(entry, small_log_entry(log, index));
    return OK;
}

static struct result read_tile(void *context, const struct tile *tile, struct buffer *out)
{
    return archive_read_tile(context, tile, out);
}

static void check_copy(struct scene *scene, uint64_t size)
{
    AUTO_BUFFER note = BUFFER_INIT;
    struct checkpoint checkpoint;
    struct hash32 root;
    struct tile_reader reader = {.context = &scene->copy, .read = read_tile, .size = size};
    const struct merkle_source source = tile_source(&reader);

    check_ok(archive_read(&scene->copy, "checkpoint", &note));
    check_ok(checkpoint_open(buffer_view(&note), &scene->log.key, &checkpoint));
    assert_int_equal(checkpoint.head.size, size);
    check_ok(archive_each(&scene->copy, size, visit, &scene->log));
    check_ok(merkle_root_at(&source, size, &root));
    assert_true(hash32_equal(&root, &checkpoint.head.root));
    tile_reader_free(&reader);
}

static void copies_a_log_of_any_size(void **state)
{
    static const uint64_t SIZES[] = {0, 1, 256, 300};
    (void)state;

    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        AUTO_SCENE scene;

        scene_make(SIZES[i], &scene);
        check_ok(mirror_log(scene.fetch, scene.server.url, &scene.copy));
        check_copy(&scene, SIZES[i]);
    }
}

static void goes_on_with_what_is_new(void **state)
{
    AUTO_SCENE scene;
    int first;
    (void)state;

    scene_make(600, &scene);
    check_ok(mirror_log(scene.fetch, scene.server.url, &scene.copy));
    first = atomic_load(&scene.server.requests);
    scene_publish(&scene, 601);
    check_ok(mirror_log(scene.fetch, scene.server.url, &scene.copy));
    check_copy(&scene, 601);
    /* checkpoint, key, the last partial tile and the last partial bundle */
    assert_int_equal(atomic_load(&scene.server.requests) - first, 4);
}

/* A copy that was interrupted has no checkpoint, so nobody takes it for a whole log. */
static void leaves_no_checkpoint_when_interrupted(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER contents = BUFFER_INIT;
    char path[128];
    (void)state;

    scene_make(300, &scene);
    (void)snprintf(path, sizeof path, "%s/log/tile/entries/001.p/44", scene.served.path);
    assert_int_equal(remove(path), 0);
    check_fails(mirror_log(scene.fetch, scene.server.url, &scene.copy), NOT_FOUND, "fetch.status");
    check_fails(archive_read(&scene.copy, "checkpoint", &contents), NOT_FOUND, "archive.missing");
    scene_publish(&scene, 300);
    check_ok(mirror_log(scene.fetch, scene.server.url, &scene.copy));
    check_copy(&scene, 300);
}

static void refuses_an_answer_without_end(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER contents = BUFFER_INIT;
    char url[96];
    (void)state;

    scene_make(1, &scene);
    (void)snprintf(url, sizeof url, "%s/endless", scene.server.url);
    check_fails(fetch_get(scene.fetch, url, &contents), INVALID, "fetch.size");
    assert_true(contents.size <= FETCH_BODY_MAX);
}

static void follows_no_redirect_and_sees_the_cookie(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER contents = BUFFER_INIT;
    struct fetch_answer answer = {0};
    char url[96];
    (void)state;

    scene_make(1, &scene);
    (void)snprintf(url, sizeof url, "%s/moved", scene.server.url);
    check_ok(fetch_send(scene.fetch, &(struct fetch_request){.url = url}, &answer));
    assert_int_equal(answer.status, 302);
    assert_string_equal(answer.cookie, "session=abc");
    check_fails(fetch_get(scene.fetch, url, &contents), NOT_FOUND, "fetch.status");
    buffer_free(&answer.body);
}

static void sends_what_it_is_given(void **state)
{
    AUTO_SCENE scene;
    static uint8_t body[65535];
    struct fetch_answer answer = {0};
    char url[96];
    (void)state;

    scene_make(1, &scene);
    memset(body, 'x', sizeof body);
    (void)snprintf(url, sizeof url, "%s/echo", scene.server.url);
    for (size_t size = 0; size <= sizeof body; size += 13107) {
        const struct bytes sent = {body, size};

        check_ok(fetch_send(scene.fetch,
                            &(struct fetch_request){.url = url, .body = sent, .is_post = true},
                            &answer));
        check_bytes(buffer_view(&answer.body), sent);
    }
    buffer_free(&answer.body);
}

static void fails_where_nobody_answers_and_reads_no_files(void **state)
{
    AUTO_FETCH *fetch = NULL;
    AUTO_BUFFER contents = BUFFER_INIT;
    (void)state;

    check_ok(fetch_open(&fetch));
    check_fails(fetch_get(fetch, "http://127.0.0.1:1/", &contents), NOT_FOUND, "fetch.failed");
    check_fails(fetch_get(fetch, "file:///etc/hostname", &contents), NOT_FOUND, "fetch.failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_a_log_of_any_size),
        cmocka_unit_test(goes_on_with_what_is_new),
        cmocka_unit_test(leaves_no_checkpoint_when_interrupted),
        cmocka_unit_test(refuses_an_answer_without_end),
        cmocka_unit_test(follows_no_redirect_and_sees_the_cookie),
        cmocka_unit_test(sends_what_it_is_given),
        cmocka_unit_test(fails_where_nobody_answers_and_reads_no_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
