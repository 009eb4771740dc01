#include <sqlite3.h>

#include "scene.h"
#include "server/nonces.h"
#include "server/readers.h"
#include "server/session.h"

/* covers: session, nonces, api_session */

static void opens_a_session_for_a_signed_challenge(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE response;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    scene_get(&scene, "/api/me", &response);
    check_status(&response, 200);
    check_bytes(scene_field(&response, "person"), LITERAL("officer-1"));
    assert_true(scene_says(&response, "工作人员"));
}

static void hides_the_cookie_from_scripts_and_other_sites(void **state)
{
    static const char *const MARKS[] = {"HttpOnly", "SameSite=Strict", "Path=/api"};
    AUTO_SCENE scene;
    AUTO_RESPONSE response;
    AUTO_RESPONSE challenge;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene.config.url = "https://award.example";
    scene_get(&scene, "/api/challenge", &challenge);
    check_ok(statement_begin(&text, "session.open", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(&text, "人员", "officer-1"));
    check_ok(statement_add(&text, "随机数", scene_field(&challenge, "nonce")));
    check_ok(statement_add_time(&text, "时间", (int64_t)clock_now()));
    scene_sign(&note, buffer_view(&text), "officer-1", &scene.officers[0]);
    scene_post(&scene, "/api/sessions", buffer_view(&note), &response);
    check_status(&response, 200);
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        assert_non_null(strstr(response.cookie, MARKS[i]));
    }
    assert_non_null(strstr(response.cookie, "; Secure"));
    {
        AUTO_RESPONSE again;

        /* The same note once more: its challenge is used up. */
        scene_post(&scene, "/api/sessions", buffer_view(&note), &again);
        check_refused(&again, 403, "session.challenge");
    }
}

static void refuses_reading_without_a_session(void **state)
{
    static const char *const PATHS[] = {"/api/me", "/api/people", "/api/openings",
                                        "/api/proposals"};
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        AUTO_RESPONSE none;
        AUTO_RESPONSE invented;

        scene.cookie[0] = 0;
        scene_get(&scene, PATHS[i], &none);
        check_refused(&none, 401, "session.none");
        snprintf(scene.cookie, sizeof scene.cookie, "%064d", 0);
        scene_get(&scene, PATHS[i], &invented);
        check_refused(&invented, 401, "session.none");
    }
}

/* A session says who reads; what only officers may is asked of the record each time. */
static void refuses_an_officers_addresses_to_others(void **state)
{
    static const char *const PATHS[] = {"/api/people", "/api/invitations"};
    AUTO_SCENE scene;
    sqlite3 *database = 0;
    char path[128];
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    snprintf(path, sizeof path, "%s/xiling.db", scene.folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(database, "UPDATE role SET ended = 1 WHERE person = 'officer-1'", 0, 0, 0),
        SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        struct request request = {.method = i == 0 ? METHOD_GET : METHOD_POST,
                                  .path = bytes_of_string(PATHS[i]),
                                  .body = LITERAL("{}")};
        AUTO_RESPONSE refused;

        scene_ask(&scene, &request, &refused);
        check_refused(&refused, 403, "session.officer");
    }
}

static void opens_no_session_for_another_statement(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE refused;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/sessions", buffer_view(&note), &refused);
    check_refused(&refused, 422, "session.type");
    assert_string_equal(refused.cookie, "");
}

static void ends_after_8_hours_and_after_15_idle_minutes(void **state)
{
    AUTO_SCENE scene;
    struct request request = {.method = METHOD_GET, .path = LITERAL("/api/me")};
    const uint64_t now = clock_now();
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    for (uint64_t later = 0; later < SESSION_SECONDS; later += SESSION_IDLE_SECONDS - 60) {
        AUTO_RESPONSE response;

        request.now = now + later;
        scene_ask(&scene, &request, &response);
        check_status(&response, 200);
    }
    {
        AUTO_RESPONSE response;

        request.now = now + SESSION_SECONDS + 1;
        scene_ask(&scene, &request, &response);
        check_refused(&response, 401, "session.none");
    }
    {
        AUTO_RESPONSE response;

        scene_sign_in(&scene, 1);
        request.now = now + SESSION_IDLE_SECONDS + 60;
        scene_ask(&scene, &request, &response);
        check_refused(&response, 401, "session.none");
    }
}

static void ends_when_told_to(void **state)
{
    AUTO_SCENE scene;
    struct request request = {.method = METHOD_DELETE, .path = LITERAL("/api/sessions")};
    AUTO_RESPONSE ended;
    AUTO_RESPONSE after;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    scene_ask(&scene, &request, &ended);
    check_status(&ended, 204);
    scene_get(&scene, "/api/me", &after);
    check_refused(&after, 401, "session.none");
}

static void gives_a_challenge_for_one_use_and_five_minutes(void **state)
{
    struct nonces *nonces;
    struct nonce first;
    struct nonce second;
    const struct nonce invented = {{1}};
    (void)state;

    check_ok(nonces_open(&nonces));
    nonces_give(nonces, 1000, &first);
    nonces_give(nonces, 1000, &second);
    assert_memory_not_equal(&first, &second, sizeof first);
    assert_true(nonces_use(nonces, &first, 1000 + NONCE_SECONDS));
    assert_false(nonces_use(nonces, &first, 1001));
    assert_false(nonces_use(nonces, &second, 1001 + NONCE_SECONDS));
    assert_false(nonces_use(nonces, &invented, 1001));
    nonces_close(nonces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_a_session_for_a_signed_challenge),
        cmocka_unit_test(hides_the_cookie_from_scripts_and_other_sites),
        cmocka_unit_test(refuses_reading_without_a_session),
        cmocka_unit_test(refuses_an_officers_addresses_to_others),
        cmocka_unit_test(opens_no_session_for_another_statement),
        cmocka_unit_test(ends_after_8_hours_and_after_15_idle_minutes),
        cmocka_unit_test(ends_when_told_to),
        cmocka_unit_test(gives_a_challenge_for_one_use_and_five_minutes),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
