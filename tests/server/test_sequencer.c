#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "log/receipt.h"
#include "scene.h"
#include "server/sequencer.h"

/* covers: sequencer, publication, integrity, ticket, pipeline, readers, database, receipts */
/* covers: api_entries, app, exchange, clock, trace */

static void check_receipt(const struct scene *scene, const struct response *response,
                          struct bytes note, uint64_t index)
{
    AUTO_BUFFER extra = BUFFER_INIT;
    struct receipt receipt;
    struct receipt_meaning meaning;
    struct policy policy;

    check_status(response, 200);
    check_ok(receipt_parse(scene_body(response), &extra, &receipt));
    policy_of_log(&scene->app->identity->log, &policy);
    check_ok(receipt_verify(&receipt, buffer_view(&extra), &policy, &meaning));
    assert_int_equal(receipt.index, index);
    assert_true(text_find(buffer_view(&extra), note) != SIZE_MAX);
}

static void gives_a_receipt_that_verifies_for_what_it_logged(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    for (unsigned i = 1; i <= 5; i++) {
        AUTO_BUFFER note = BUFFER_INIT;
        AUTO_RESPONSE response;

        scene_write_invite(&scene, i, &note);
        scene_post(&scene, "/api/entries", buffer_view(&note), &response);
        check_receipt(&scene, &response, buffer_view(&note), i);
    }
}

static void gives_the_old_receipt_for_a_text_it_knows(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    struct merkle_head before;
    struct merkle_head after;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_write_invite(&scene, 1, &note);
    for (int i = 0; i < 3; i++) {
        AUTO_RESPONSE response;

        scene_post(&scene, "/api/entries", buffer_view(&note), &response);
        check_receipt(&scene, &response, buffer_view(&note), 1);
    }
    blob_release(sequencer_checkpoint(scene.app->sequencer, &before));
    assert_int_equal(before.size, 2);
    {
        AUTO_RESPONSE response;

        scene_write_genesis(&scene, &note); /* two notes in one are none */
        scene_post(&scene, "/api/entries", buffer_view(&note), &response);
        assert_int_not_equal(response.status, 507);
    }
    blob_release(sequencer_checkpoint(scene.app->sequencer, &after));
    assert_int_equal(after.size, 2);
}

static void refuses_a_genesis_that_names_another_log_key(void **state)
{
    AUTO_SCENE scene;
    AUTO_SCENE other;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE response;
    (void)state;

    scene_open(&scene);
    scene_open(&other);
    scene_write_genesis(&other, &note);
    scene_post(&scene, "/api/entries", buffer_view(&note), &response);
    check_refused(&response, 422, "identity.genesis");
}

/* Many notes at once: all get their receipts, and there are fewer commits than notes. */
static void commits_a_crowd_together(void **state)
{
    enum { CROWD = 64 };
    AUTO_SCENE scene;
    struct response responses[CROWD];
    struct request requests[CROWD] = {{.method = METHOD_POST}};
    struct buffer notes[CROWD];
    uint64_t before;
    sem_t done;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    before = sequencer_group_count(scene.app->sequencer);
    sem_init(&done, 0, 0);
    for (unsigned i = 0; i < CROWD; i++) {
        const struct bytes path = LITERAL("/api/entries");

        notes[i] = (struct buffer)BUFFER_INIT;
        scene_write_invite(&scene, i + 1, &notes[i]);
        requests[i] = (struct request){.path = path,
                                       .body = buffer_view(&notes[i]),
                                       .method = METHOD_POST,
                                       .now = clock_now()};
        responses[i] = (struct response)RESPONSE_INIT;
        route_run(route_find(METHOD_POST, path, &requests[i].tail), scene.app, &requests[i],
                  &responses[i]);
        responses[i].ticket->done = scene_wake;
        responses[i].ticket->carrier = &done;
    }
    for (unsigned i = 0; i < CROWD; i++) {
        pipeline_submit(scene.app->pipeline, responses[i].ticket);
    }
    for (unsigned i = 0; i < CROWD; i++) {
        sem_wait(&done);
    }
    for (unsigned i = 0; i < CROWD; i++) {
        const uint64_t index = responses[i].ticket->index;

        route_finish(scene.app, &requests[i], &responses[i]);
        check_receipt(&scene, &responses[i], buffer_view(&notes[i]), index);
        response_free(&responses[i]);
        buffer_free(&notes[i]);
    }
    assert_true(sequencer_group_count(scene.app->sequencer) - before < CROWD);
    sem_destroy(&done);
}

static void goes_on_after_a_restart(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER second = BUFFER_INIT;
    AUTO_RESPONSE before;
    AUTO_RESPONSE after;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_write_invite(&scene, 1, &first);
    scene_post(&scene, "/api/entries", buffer_view(&first), &before);
    scene_stop(&scene);
    scene_start(&scene);
    scene_write_invite(&scene, 2, &second);
    scene_post(&scene, "/api/entries", buffer_view(&second), &after);
    check_receipt(&scene, &after, buffer_view(&second), 2);
}

/* Runs SQL on the closed database, with the triggers that guard the log taken away. */
static void tamper(const struct scene *scene, const char *sql)
{
    char path[128];
    sqlite3 *database;

    snprintf(path, sizeof path, "%s/xiling.db", scene->folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "DROP TRIGGER entry_stands; DROP TRIGGER entry_stays;"
                                  "DROP TRIGGER node_stands; DROP TRIGGER node_stays;",
                                  0, 0, 0),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, 0, 0, 0), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static const struct {
    const char *sql;
    const char *rule;
    uint64_t at;
} TAMPERINGS[] = {
    /* one bit of an entry's bytes */
    {"UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'person-2', 'person-3') AS BLOB)"
     " WHERE position = 2",
     "log.broken", 2},
    {"UPDATE entry SET root = zeroblob(32) WHERE position = 1", "log.broken", 1},
    {"UPDATE entry SET text_hash = zeroblob(32) WHERE position = 3", "log.broken", 3},
    {"UPDATE entry SET time = time + 1 WHERE position = 0", "log.broken", 0},
    {"UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND place = 0", "log.broken", 1},
    {"DELETE FROM node WHERE level = 0 AND place = 2", "log.broken", 2},
    {"DELETE FROM entry WHERE position = 1", "log.broken", 1},
    {"DELETE FROM entry WHERE position = 3", "log.rollback", 3},
};

static void does_not_start_on_a_log_that_was_changed(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof TAMPERINGS / sizeof TAMPERINGS[0]; i++) {
        AUTO_SCENE scene;
        struct app *app = 0;
        struct result started;

        scene_open(&scene);
        scene_post_genesis(&scene);
        for (unsigned number = 1; number <= 3; number++) {
            AUTO_BUFFER note = BUFFER_INIT;
            AUTO_RESPONSE response;

            scene_write_invite(&scene, number, &note);
            scene_post(&scene, "/api/entries", buffer_view(&note), &response);
            check_status(&response, 200);
        }
        scene_stop(&scene);
        tamper(&scene, TAMPERINGS[i].sql);
        started = app_open(&scene.config, &app);
        check_fails(started, INVALID, TAMPERINGS[i].rule);
        assert_int_equal(started.at, TAMPERINGS[i].at);
    }
}

static void does_not_start_on_a_log_rewritten_under_a_signed_checkpoint(void **state)
{
    AUTO_SCENE scene;
    char path[128];
    char copy[128];
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER other = BUFFER_INIT;
    AUTO_RESPONSE first;
    AUTO_RESPONSE second;
    struct app *app = 0;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    snprintf(path, sizeof path, "%s/checkpoint", scene.folder.path);
    snprintf(copy, sizeof copy, "%s/kept", scene.folder.path);
    /* A checkpoint of a log that went another way, signed by the same key. */
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/entries", buffer_view(&note), &first);
    scene_stop(&scene);
    assert_int_equal(rename(path, copy), 0);
    tamper(&scene, "DELETE FROM entry WHERE position = 1; DELETE FROM node WHERE place = 1;"
                   "DELETE FROM node WHERE level = 1; DELETE FROM person WHERE invited = 1;");
    scene_start(&scene);
    scene_write_invite(&scene, 2, &other);
    scene_post(&scene, "/api/entries", buffer_view(&other), &second);
    check_status(&second, 200);
    scene_stop(&scene);
    assert_int_equal(rename(copy, path), 0);
    check_fails(app_open(&scene.config, &app), INVALID, "log.fork");
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A full disk, played by a limit: no receipt is given, reading goes on, nothing is lost. */
static void refuses_and_keeps_reading_while_the_disk_is_full(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE read;
    unsigned number = 1;
    unsigned status = 200;
    struct merkle_head full;
    struct merkle_head after;
    (void)state;

    (void)signal(SIGXFSZ, SIG_IGN);
    scene_open(&scene);
    scene_post_genesis(&scene);
    limit_files(400000);
    for (; status == 200 && number < 1000; number++) {
        AUTO_BUFFER note = BUFFER_INIT;
        AUTO_RESPONSE response;

        scene_write_invite(&scene, number, &note);
        scene_post(&scene, "/api/entries", buffer_view(&note), &response);
        status = response.status;
    }
    assert_int_equal(status, 507);
    sequencer_head(scene.app->sequencer, &full);
    scene_get(&scene, "/api/overview", &read);
    check_status(&read, 200);
    limit_files(RLIM_INFINITY);
    for (unsigned again = number - 1; again < number + 3; again++) {
        AUTO_BUFFER note = BUFFER_INIT;
        AUTO_RESPONSE response;

        scene_write_invite(&scene, again, &note);
        scene_post(&scene, "/api/entries", buffer_view(&note), &response);
        check_receipt(&scene, &response, buffer_view(&note), full.size + again + 1 - number);
    }
    sequencer_head(scene.app->sequencer, &after);
    assert_int_equal(after.size, full.size + 4);
    scene_stop(&scene);
    scene_start(&scene);
}

static struct result write_and_fail(struct record *record, void *context)
{
    (void)record;
    (void)context;
    return fail(CONFLICT, "test.refused");
}

static void tells_an_errand_that_it_failed(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    check_fails(sequencer_run(scene.app->sequencer, write_and_fail, 0), CONFLICT, "test.refused");
}

static void finds_entries_texts_and_receipts_again(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER hex = BUFFER_INIT;
    AUTO_BUFFER path = BUFFER_INIT;
    AUTO_RESPONSE posted;
    AUTO_RESPONSE entry;
    AUTO_RESPONSE text;
    AUTO_RESPONSE receipt;
    AUTO_RESPONSE none;
    struct hash32 hash;
    const char *address;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/entries", buffer_view(&note), &posted);
    assert_true(ticket_hash_text(buffer_view(&note), &hash));
    check_ok(hex_append(&hex, BYTES(hash.bytes)));
    check_ok(buffer_append_text(&path, "/api/texts/"));
    check_ok(buffer_append(&path, buffer_view(&hex)));
    check_ok(buffer_terminate(&path, &address));
    scene_get(&scene, "/api/entries/1", &entry);
    scene_get(&scene, address, &text);
    check_status(&entry, 200);
    assert_int_equal(entry.log_index, 1);
    assert_int_equal(text.log_index, 1);
    check_bytes(scene_body(&entry), scene_body(&text));
    buffer_clear(&path);
    check_ok(buffer_append_text(&path, "/api/receipts/"));
    check_ok(buffer_append(&path, buffer_view(&hex)));
    check_ok(buffer_terminate(&path, &address));
    scene_get(&scene, address, &receipt);
    check_receipt(&scene, &receipt, buffer_view(&note), 1);
    scene_get(&scene, "/api/entries/2", &none);
    check_refused(&none, 404, "log.entry");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_a_receipt_that_verifies_for_what_it_logged),
        cmocka_unit_test(gives_the_old_receipt_for_a_text_it_knows),
        cmocka_unit_test(refuses_a_genesis_that_names_another_log_key),
        cmocka_unit_test(commits_a_crowd_together),
        cmocka_unit_test(goes_on_after_a_restart),
        cmocka_unit_test(does_not_start_on_a_log_that_was_changed),
        cmocka_unit_test(does_not_start_on_a_log_rewritten_under_a_signed_checkpoint),
        cmocka_unit_test(refuses_and_keeps_reading_while_the_disk_is_full),
        cmocka_unit_test(tells_an_errand_that_it_failed),
        cmocka_unit_test(finds_entries_texts_and_receipts_again),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
