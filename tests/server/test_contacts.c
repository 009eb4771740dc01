#include "scene.h"

/* covers: contacts, api_contacts, words_contact */

/* Posts what officer number `index` signs for an address, `age` seconds ago. */
static void set_contact(struct scene *scene, const char *email, int64_t age,
                        struct response *response)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    check_ok(statement_begin(&text, "contact.set", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(&text, "人员", "officer-1"));
    check_ok(statement_add_text(&text, "邮箱", email));
    check_ok(statement_add_time(&text, "时间", (int64_t)clock_now() - age));
    scene_sign(&note, buffer_view(&text), "officer-1", &scene->officers[0]);
    scene_post(scene, "/api/contacts", buffer_view(&note), response);
}

static void check_email(struct scene *scene, const char *words)
{
    AUTO_RESPONSE me;

    scene_get(scene, "/api/me", &me);
    check_status(&me, 200);
    if (!scene_says(&me, words)) {
        fail_msg("not %s: %.*s", words, (int)me.body.size, (const char *)me.body.data);
    }
}

static void keeps_an_address_until_it_is_removed(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE set;
    AUTO_RESPONSE removed;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    check_email(&scene, "\"email\":null");
    set_contact(&scene, "officer.one@award.example", 2, &set);
    check_status(&set, 204);
    check_email(&scene, "\"email\":\"officer.one@award.example\"");
    set_contact(&scene, "-", 1, &removed);
    check_status(&removed, 204);
    check_email(&scene, "\"email\":null");
}

static void an_old_note_does_not_bring_an_address_back(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE removed;
    AUTO_RESPONSE replayed;
    AUTO_RESPONSE ancient;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    set_contact(&scene, "-", 0, &removed);
    check_status(&removed, 204);
    set_contact(&scene, "old@award.example", 60, &replayed);
    check_refused(&replayed, 409, "contact.older");
    set_contact(&scene, "old@award.example", 3600, &ancient);
    check_refused(&ancient, 422, "statement.clock");
    check_email(&scene, "\"email\":null");
}

static void refuses_what_is_not_one_address(void **state)
{
    static const char *const EMAILS[] = {
        "nobody",        "@a.example",    "a@",
        "a@b@c.example", "a b@c.example", "a@c.example,b@d.example",
        "<a@c.example>", "-f@c.example",  "张@c.example",
    };
    AUTO_SCENE scene;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    for (size_t i = 0; i < sizeof EMAILS / sizeof EMAILS[0]; i++) {
        AUTO_RESPONSE refused;

        set_contact(&scene, EMAILS[i], 0, &refused);
        check_refused(&refused, 422, "contact.email");
    }
}

static void refuses_another_statement(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE refused;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/contacts", buffer_view(&note), &refused);
    check_refused(&refused, 422, "contact.type");
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(keeps_an_address_until_it_is_removed),
        cmocka_unit_test(an_old_note_does_not_bring_an_address_back),
        cmocka_unit_test(refuses_what_is_not_one_address),
        cmocka_unit_test(refuses_another_statement),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
