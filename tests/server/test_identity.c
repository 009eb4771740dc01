#include <sys/stat.h>
#include <unistd.h>

#include "scene.h"
#include "server/backup.h"

/* covers: identity, key_file, backup */

static void path_of(const struct scene *scene, const char *name, char out[static 128])
{
    snprintf(out, 128, "%s/%s", scene->folder.path, name);
}

static void makes_keys_that_only_the_owner_reads(void **state)
{
    static const char *const FILES[] = {"log.key", "service.key", "xiling.db"};
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        struct stat status;
        char path[128];

        path_of(&scene, FILES[i], path);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
    }
}

static void does_not_start_with_a_key_that_others_read(void **state)
{
    AUTO_SCENE scene;
    struct app *app = 0;
    char path[128];
    (void)state;

    scene_open(&scene);
    scene_stop(&scene);
    path_of(&scene, "log.key", path);
    assert_int_equal(chmod(path, 0640), 0);
    check_fails(app_open(&scene.config, &app), UNAUTHORIZED, "identity.mode");
    assert_int_equal(unlink(path), 0);
    check_fails(app_open(&scene.config, &app), NOT_FOUND, "identity.missing");
}

static void overwrites_no_key(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER vkey = BUFFER_INIT;
    AUTO_BUFFER service_key = BUFFER_INIT;
    (void)state;

    scene_open(&scene);
    check_fails(app_create(&scene.config, &vkey, &service_key), CONFLICT, "config.exists");
}

static void does_not_start_with_a_broken_key_file(void **state)
{
    static const char *const BAD[] = {
        "",
        "PRIVATE+KEY+a\n",
        "PRIVATE+KEY+award.example/log/2026+00000000+AQ==\n",
        "PRIVATE+KEY+PeterNeumann+00000000+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\nmore\n",
    };
    AUTO_SCENE scene;
    char path[128];
    (void)state;

    scene_open(&scene);
    scene_stop(&scene);
    path_of(&scene, "log.key", path);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        struct identity identity;
        FILE *const file = fopen(path, "w");

        assert_non_null(file);
        assert_true(fputs(BAD[i], file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_false(is_ok(identity_load(scene.folder.path, &identity)));
    }
}

/* The known key of log-formats 3.12. */
static void reads_the_form_of_other_programs(void **state)
{
    AUTO_SCENE scene;
    SECRET_IDENTITY identity;
    AUTO_BUFFER vkey = BUFFER_INIT;
    char path[128];
    FILE *file;
    (void)state;

    scene_open(&scene);
    path_of(&scene, "log.key", path);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("PRIVATE+KEY+PeterNeumann+c74f20a3+"
                      "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n",
                      file) >= 0);
    assert_int_equal(fclose(file), 0);
    check_ok(identity_load(scene.folder.path, &identity));
    check_ok(vkey_write(&identity.log, &vkey));
    check_bytes(buffer_view(&vkey), LITERAL("PeterNeumann+c74f20a3+"
                                            "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
}

static void refuses_another_origin_than_the_keys(void **state)
{
    AUTO_SCENE scene;
    struct app *app = 0;
    (void)state;

    scene_open(&scene);
    scene_stop(&scene);
    scene.config.origin = "award.example/log/2027";
    check_fails(app_open(&scene.config, &app), CONFLICT, "config.origin");
}

static void copies_the_log_while_it_is_written(void **state)
{
    AUTO_SCENE scene;
    struct app *copy = 0;
    char path[128];
    char kept[128];
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE response;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    path_of(&scene, "copy.db", path);
    scene.config.output = path;
    check_ok(backup_make(&scene.config));
    check_fails(backup_make(&scene.config), CONFLICT, "config.exists");
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/entries", buffer_view(&note), &response);
    check_status(&response, 200);
    /* Put in place of the log, the copy is noticed to be older than what was signed. */
    scene_stop(&scene);
    path_of(&scene, "xiling.db", kept);
    assert_int_equal(rename(path, kept), 0);
    check_fails(app_open(&scene.config, &copy), INVALID, "log.rollback");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_keys_that_only_the_owner_reads),
        cmocka_unit_test(does_not_start_with_a_key_that_others_read),
        cmocka_unit_test(overwrites_no_key),
        cmocka_unit_test(does_not_start_with_a_broken_key_file),
        cmocka_unit_test(reads_the_form_of_other_programs),
        cmocka_unit_test(refuses_another_origin_than_the_keys),
        cmocka_unit_test(copies_the_log_while_it_is_written),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
