#include "scene.h"

/* covers: proposals, api_proposals */

/* role.grant of officer-1 to themselves is refused; so officer-2 is to become 主持人 as well. */
static void write_text(struct buffer *text)
{
    check_ok(statement_begin(text, "role.grant", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(text, "人员", "officer-2"));
    check_ok(statement_add_text(text, "角色", "主持人"));
}

static void propose(struct scene *scene, const struct buffer *note, struct response *response)
{
    scene_post(scene, "/api/proposals", buffer_view(note), response);
}

static void waits_for_the_second_signature_and_then_logs(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER second = BUFFER_INIT;
    AUTO_RESPONSE waits;
    AUTO_RESPONSE listed;
    AUTO_RESPONSE tasks;
    AUTO_RESPONSE logged;
    AUTO_RESPONSE again;
    AUTO_RESPONSE gone;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    write_text(&text);
    scene_sign(&first, buffer_view(&text), "officer-1", &scene.officers[0]);
    scene_sign(&second, buffer_view(&text), "officer-2", &scene.officers[1]);
    propose(&scene, &first, &waits);
    check_status(&waits, 201);
    assert_true(scene_says(&waits, "\"missing\":[\"officer\"]"));
    scene_sign_in(&scene, 1);
    scene_get(&scene, "/api/proposals", &listed);
    check_status(&listed, 200);
    assert_true(scene_says(&listed, "\"signed\":[\"officer-1\"]"));
    assert_true(scene_says(&listed, "xiling/v1 role.grant\\n"));
    scene_get(&scene, "/api/me", &tasks);
    assert_true(
        scene_says(&tasks, "\"kind\":\"role.grant\",\"object\":\"officer-2\",\"state\":\"todo\""));
    /* Only the own line is handed in: both are put together. */
    propose(&scene, &second, &logged);
    check_status(&logged, 200);
    assert_int_equal(logged.log_index, 1);
    propose(&scene, &second, &again);
    check_status(&again, 200);
    assert_int_equal(again.log_index, 1);
    scene_get(&scene, "/api/proposals", &gone);
    assert_true(scene_says(&gone, "\"proposals\":[]"));
}

static void takes_a_complete_note_at_once(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE logged;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    write_text(&text);
    scene_sign(&note, buffer_view(&text), "officer-2", &scene.officers[1]);
    scene_sign(&note, buffer_view(&text), "officer-1", &scene.officers[0]);
    propose(&scene, &note, &logged);
    check_status(&logged, 200);
}

static void refuses_a_line_that_does_not_verify(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER forged = BUFFER_INIT;
    AUTO_BUFFER good = BUFFER_INIT;
    AUTO_BUFFER second = BUFFER_INIT;
    AUTO_RESPONSE refused;
    AUTO_RESPONSE waits;
    AUTO_RESPONSE still;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    write_text(&text);
    scene_sign(&forged, buffer_view(&text), "officer-1", &scene.officers[1]);
    propose(&scene, &forged, &refused);
    check_status(&refused, 403);
    scene_sign(&good, buffer_view(&text), "officer-1", &scene.officers[0]);
    propose(&scene, &good, &waits);
    check_status(&waits, 201);
    scene_sign(&second, buffer_view(&text), "officer-2", &scene.officers[0]);
    propose(&scene, &second, &still);
    check_status(&still, 403);
}

static void one_officer_does_not_sign_twice(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE first;
    AUTO_RESPONSE second;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    write_text(&text);
    scene_sign(&note, buffer_view(&text), "officer-1", &scene.officers[0]);
    propose(&scene, &note, &first);
    check_status(&first, 201);
    propose(&scene, &note, &second);
    check_status(&second, 201);
    assert_true(scene_says(&second, "\"missing\":[\"officer\"]"));
    scene_sign(&note, buffer_view(&text), "officer-1", &scene.officers[0]);
    {
        AUTO_RESPONSE twice;

        propose(&scene, &note, &twice);
        assert_true(twice.status == 201 || twice.status == 403);
        assert_true(twice.log_index == RESPONSE_NO_INDEX);
    }
}

static void logs_no_session(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE entry;
    AUTO_RESPONSE proposal;
    const uint8_t nonce[16] = {1};
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    check_ok(statement_begin(&text, "session.open", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(&text, "人员", "officer-1"));
    check_ok(statement_add_bytes(&text, "随机数", BYTES(nonce)));
    check_ok(statement_add_time(&text, "时间", (int64_t)clock_now()));
    scene_sign(&note, buffer_view(&text), "officer-1", &scene.officers[0]);
    scene_post(&scene, "/api/entries", buffer_view(&note), &entry);
    check_refused(&entry, 422, "statement.unlogged");
    propose(&scene, &note, &proposal);
    check_refused(&proposal, 422, "statement.unlogged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_for_the_second_signature_and_then_logs),
        cmocka_unit_test(takes_a_complete_note_at_once),
        cmocka_unit_test(refuses_a_line_that_does_not_verify),
        cmocka_unit_test(one_officer_does_not_sign_twice),
        cmocka_unit_test(logs_no_session),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
