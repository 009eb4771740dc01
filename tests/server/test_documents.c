#include <sqlite3.h>
#include <unistd.h>

#include "scene.h"
#include "server/answer.h"
#include "server/documents.h"
#include "server/job.h"
#include "server/partials.h"

/* covers: api_documents, reading, job, words_document, documents */

static const char FILE_TEXT[] = "%PDF-1.7\nthe report of a team\n";

/* A scene whose log names a file; what names it is put straight into the state. */
struct desk {
    struct scene scene;
    struct bytes file;
    struct hash32 hash;
    char address[128];
    char state[160];
    char reads[160];
};

#define AUTO_DESK __attribute__((cleanup(desk_close))) struct desk

static void run_sql(struct desk *desk, const char *sql)
{
    char path[128];
    sqlite3 *database = 0;

    snprintf(path, sizeof path, "%s/xiling.db", desk->scene.folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    }
    sqlite3_close(database);
}

static void desk_open(struct desk *desk)
{
    AUTO_BUFFER hex = BUFFER_INIT;
    char sql[768];

    scene_open(&desk->scene);
    scene_post_genesis(&desk->scene);
    desk->file = bytes_of_string(FILE_TEXT);
    desk->hash = sha256_of(desk->file);
    check_ok(hex_append(&hex, BYTES(desk->hash.bytes)));
    snprintf(desk->address, sizeof desk->address, "/api/documents/%.64s", (char *)hex.data);
    snprintf(desk->state, sizeof desk->state, "%s/state", desk->address);
    snprintf(desk->reads, sizeof desk->reads, "%s/reads", desk->address);
    snprintf(
        sql, sizeof sql,
        "INSERT INTO team VALUES ('team-1', 'cycle-1', 'officer-2', 0);"
        "INSERT INTO team_member VALUES ('team-1', 'officer-2');"
        "INSERT INTO report VALUES ('report-1', '资料评审报告', 'team-1', 0, 1);"
        "INSERT INTO report_version VALUES ('report-1', 1, 0, '报告', x'%.64s', %zu, 'PDF',"
        " 1, 'open', 0, NULL);"
        "INSERT INTO must_sign VALUES ('report-1', 1, 0, 'officer-2', '组长', NULL, NULL, NULL,"
        " NULL, NULL)",
        (char *)hex.data, desk->file.size);
    run_sql(desk, sql);
}

static void desk_close(struct desk *desk)
{
    scene_close(&desk->scene);
}

/* As http.c does: the headers open a stream, pieces are taken, the job runs on another thread. */
static void put(struct desk *desk, struct request *request, struct bytes piece,
                struct response *response)
{
    struct scene *const scene = &desk->scene;
    const struct route *route;
    struct stream stream = {.take = 0};
    struct result opened;

    *response = (struct response)RESPONSE_INIT;
    request->method = METHOD_PUT;
    request->now = clock_now();
    request->stream = &stream;
    route = route_find(METHOD_PUT, request->path, &request->tail);
    assert_non_null(route);
    opened = route_open(route, scene->app, request, &stream);
    opened = is_ok(opened) ? stream.take(stream.context, piece) : opened;
    if (!is_ok(opened)) {
        answer_problem(response, &opened);
    } else {
        route_run(route, scene->app, request, response);
        scene_finish(scene, request, response);
    }
    if (stream.close) {
        stream.close(stream.context);
    }
}

static void put_whole(struct desk *desk, struct bytes file, struct response *response)
{
    struct request request = {.path = bytes_of_string(desk->address), .announced = file.size};

    put(desk, &request, file, response);
}

/* --- tests --- */

static void takes_a_document_that_the_log_names(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE before;
    AUTO_RESPONSE first;
    AUTO_RESPONSE again;
    AUTO_RESPONSE after;
    (void)state;

    desk_open(&desk);
    scene_get(&desk.scene, desk.state, &before);
    check_status(&before, 200);
    assert_true(scene_says(&before, "\"received\":0"));
    put_whole(&desk, desk.file, &first);
    check_status(&first, 201);
    assert_true(scene_says(&first, "\"complete\":true"));
    put_whole(&desk, desk.file, &again);
    check_status(&again, 200);
    scene_get(&desk.scene, desk.state, &after);
    assert_true(scene_says(&after, "\"complete\":true"));
}

static void refuses_a_document_that_nothing_names(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE sent;
    AUTO_RESPONSE asked;
    AUTO_RESPONSE garbage;
    struct request request = {
        .path = LITERAL("/api/documents/"
                        "00000000000000000000000000000000000000000000000000000000000000ff"),
    };
    struct request wrong = {.path = LITERAL("/api/documents/..%2f..%2fxiling.db")};
    (void)state;

    desk_open(&desk);
    put(&desk, &request, desk.file, &sent);
    check_refused(&sent, 404, "document.unnamed");
    request.method = METHOD_GET;
    request.path =
        LITERAL("/api/documents/"
                "00000000000000000000000000000000000000000000000000000000000000ff/state");
    scene_ask(&desk.scene, &request, &asked);
    check_refused(&asked, 404, "document.unnamed");
    put(&desk, &wrong, desk.file, &garbage);
    check_refused(&garbage, 404, "document.unnamed");
}

static void takes_a_document_in_parts(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE first;
    AUTO_RESPONSE wrong;
    AUTO_RESPONSE last;
    struct request request = {.upload = LITERAL("0123456789abcdef")};
    char range[64];
    (void)state;

    desk_open(&desk);
    request.path = bytes_of_string(desk.address);
    snprintf(range, sizeof range, "bytes 0-9/%zu", desk.file.size);
    request.range = bytes_of_string(range);
    put(&desk, &request, bytes_slice(desk.file, 0, 10), &first);
    check_status(&first, 202);
    assert_true(scene_says(&first, "\"received\":10"));
    put(&desk, &request, bytes_slice(desk.file, 0, 10), &wrong);
    check_refused(&wrong, 409, "document.offset");
    assert_true(scene_says(&wrong, "\"received\":10"));
    snprintf(range, sizeof range, "bytes 10-%zu/%zu", desk.file.size - 1, desk.file.size);
    request.range = bytes_of_string(range);
    put(&desk, &request, bytes_slice(desk.file, 10, desk.file.size), &last);
    check_status(&last, 201);
}

/* All bytes were there when the plug was pulled: whoever asks has them looked at. */
static void finishes_a_document_that_was_left_before_its_end(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE asked;
    AUTO_RESPONSE got;
    struct partial_start start = {.anew = true, .now = clock_now()};
    struct partial_key key = {.token = ""};
    struct claim claim;
    (void)state;

    desk_open(&desk);
    key.hash = desk.hash;
    start.key = &key;
    check_ok(partials_claim(documents_partials(desk.scene.app->documents), &start, &claim));
    check_ok(partial_write(&claim, desk.file));
    scene_get(&desk.scene, desk.state, &asked); /* somebody still holds it */
    assert_true(scene_says(&asked, "\"complete\":false"));
    partial_release(&claim, clock_now());
    scene_get(&desk.scene, desk.state, &got);
    assert_true(scene_says(&got, "\"complete\":true"));
}

static void tells_what_is_wrong_with_a_document(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE large;
    AUTO_RESPONSE other;
    AUTO_BUFFER longer = BUFFER_INIT;
    AUTO_BUFFER changed = BUFFER_INIT;
    (void)state;

    desk_open(&desk);
    check_ok(buffer_append(&longer, desk.file));
    check_ok(buffer_append_text(&longer, "x"));
    put_whole(&desk, buffer_view(&longer), &large);
    check_refused(&large, 413, "document.size");
    check_ok(buffer_append(&changed, desk.file));
    changed.data[20] ^= 1;
    put_whole(&desk, buffer_view(&changed), &other);
    check_refused(&other, 422, "document.hash");
}

static void hands_a_document_out_to_be_saved_and_writes_it_down_first(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE sent;
    AUTO_RESPONSE got;
    AUTO_RESPONSE reads;
    char found[128] = "";
    (void)state;

    desk_open(&desk);
    put_whole(&desk, desk.file, &sent);
    scene_sign_in(&desk.scene, 0);
    scene_get(&desk.scene, desk.address, &got);
    check_status(&got, 200);
    assert_string_equal(got.disposition, "attachment; filename=\"document.pdf\"");
    assert_string_equal(got.policy, "sandbox; default-src 'none'");
    assert_string_equal(got.content_type, "application/pdf");
    assert_int_equal(got.caching, CACHE_NEVER);
    assert_int_equal(got.file_size, desk.file.size);
    assert_int_equal(read(got.file, found, sizeof found), desk.file.size);
    assert_memory_equal(found, desk.file.data, desk.file.size);
    scene_get(&desk.scene, desk.reads, &reads);
    check_status(&reads, 200);
    assert_true(scene_says(&reads, "{\"reads\":[{\"person\":\"officer-1\",\"time\":\"20"));
}

static void hands_nothing_out_that_cannot_be_written_down(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE sent;
    AUTO_RESPONSE got;
    (void)state;

    desk_open(&desk);
    put_whole(&desk, desk.file, &sent);
    scene_sign_in(&desk.scene, 0);
    run_sql(&desk, "DROP TABLE private_reading");
    scene_get(&desk.scene, desk.address, &got);
    assert_int_equal(got.status, 507);
    assert_int_equal(got.file, RESPONSE_NO_FILE);
}

static void hands_nothing_out_to_whoever_is_not_entitled(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE sent;
    AUTO_RESPONSE stranger;
    AUTO_RESPONSE member;
    AUTO_RESPONSE former;
    AUTO_RESPONSE reads;
    (void)state;

    desk_open(&desk);
    put_whole(&desk, desk.file, &sent);
    scene_get(&desk.scene, desk.address, &stranger);
    check_refused(&stranger, 401, "session.none");
    scene_sign_in(&desk.scene, 1);
    run_sql(&desk, "UPDATE role SET ended = 1 WHERE person = 'officer-2'");
    scene_get(&desk.scene, desk.address, &member); /* of the team */
    check_status(&member, 200);
    run_sql(&desk,
            "DELETE FROM team_member; DELETE FROM must_sign; UPDATE team SET leader = 'officer-1'");
    scene_get(&desk.scene, desk.address, &former);
    check_refused(&former, 403, "document.right");
    scene_get(&desk.scene, desk.reads, &reads);
    check_refused(&reads, 403, "document.reads");
}

static void says_so_while_a_document_is_missing(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE got;
    AUTO_RESPONSE reads;
    (void)state;

    desk_open(&desk);
    scene_sign_in(&desk.scene, 0);
    scene_get(&desk.scene, desk.address, &got);
    check_refused(&got, 404, "document.missing");
    scene_get(&desk.scene, desk.reads, &reads);
    assert_true(scene_says(&reads, "{\"reads\":[]}"));
}

static void sending_the_file_is_a_task_until_it_is_here(void **state)
{
    AUTO_DESK desk;
    AUTO_RESPONSE before;
    AUTO_RESPONSE sent;
    AUTO_RESPONSE after;
    (void)state;

    desk_open(&desk);
    scene_sign_in(&desk.scene, 1);
    scene_get(&desk.scene, "/api/me", &before);
    assert_true(scene_says(&before, "\"kind\":\"report.upload\",\"object\":\"report-1\""));
    assert_true(scene_says(&before, "\"kind\":\"report.sign\",\"object\":\"report-1\""));
    assert_true(scene_says(&before, "\"deadline\":\"1970-01-01T08:00:01+08:00\",\"late\":true"));
    put_whole(&desk, desk.file, &sent);
    scene_get(&desk.scene, "/api/me", &after);
    assert_false(scene_says(&after, "report.upload"));
    assert_true(scene_says(&after, "report.sign"));
}

/* --- jobs --- */

struct counter {
    sem_t done;
    int ran;
};

static struct result count(void *context)
{
    ((struct counter *)context)->ran++;
    return fail(NOT_FOUND, "view.unknown");
}

static void a_job_is_done_on_another_thread_and_refused_after_the_drain(void **state)
{
    struct jobs *jobs = 0;
    struct counter counter = {.ran = 0};
    struct job job = {
        .work = count, .context = &counter, .done = scene_wake, .carrier = &counter.done};
    (void)state;

    sem_init(&counter.done, 0, 0);
    check_ok(jobs_start(2, &jobs));
    jobs_submit(jobs, &job);
    sem_wait(&counter.done);
    assert_int_equal(counter.ran, 1);
    check_fails(job.result, NOT_FOUND, "view.unknown");
    jobs_drain(jobs);
    jobs_submit(jobs, &job);
    sem_wait(&counter.done);
    assert_int_equal(counter.ran, 1);
    check_fails(job.result, BUSY, "service.busy");
    jobs_stop(jobs);
    sem_destroy(&counter.done);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(takes_a_document_that_the_log_names),
        cmocka_unit_test(refuses_a_document_that_nothing_names),
        cmocka_unit_test(takes_a_document_in_parts),
        cmocka_unit_test(finishes_a_document_that_was_left_before_its_end),
        cmocka_unit_test(tells_what_is_wrong_with_a_document),
        cmocka_unit_test(hands_a_document_out_to_be_saved_and_writes_it_down_first),
        cmocka_unit_test(hands_nothing_out_that_cannot_be_written_down),
        cmocka_unit_test(hands_nothing_out_to_whoever_is_not_entitled),
        cmocka_unit_test(says_so_while_a_document_is_missing),
        cmocka_unit_test(sending_the_file_is_a_task_until_it_is_here),
        cmocka_unit_test(a_job_is_done_on_another_thread_and_refused_after_the_drain),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
