#include "scene.h"
#include "server/invite.h"

/* covers: invite, disclosures, api_invitations, api_people */

/* The body an officer's page sends for person-<number>. */
static void write_body(const struct scene *scene, unsigned number, const char *name,
                       struct buffer *out)
{
    AUTO_BUFFER note = BUFFER_INIT;
    const struct hidden_opening opening = scene_name(number);

    scene_write_invite(scene, number, &note);
    check_ok(buffer_append_text(out, "{\"note\":\""));
    for (size_t i = 0; i < note.size; i++) {
        const struct bytes byte = {note.data + i, 1};

        check_ok(note.data[i] == '\n' ? buffer_append_text(out, "\\n") : buffer_append(out, byte));
    }
    check_ok(buffer_append_text(out, "\",\"name\":\""));
    check_ok(buffer_append_text(out, name));
    check_ok(buffer_append_text(out, "\",\"salt\":\""));
    check_ok(base64_append(out, BYTES(opening.salt)));
    check_ok(buffer_append_text(out, "\"}"));
}

static void invite(struct scene *scene, unsigned number, char token[static INVITE_TOKEN_SIZE + 1])
{
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_RESPONSE response;

    write_body(scene, number, "沈示例", &body);
    scene_post(scene, "/api/invitations", buffer_view(&body), &response);
    check_status(&response, 200);
    assert_true(scene_says(&response, "c2sp.org/tlog-proof@v1"));
    assert_true(scene_says(&response, "http://127.0.0.1:8200/enrol.html#person-"));
    snprintf(token, INVITE_TOKEN_SIZE + 1, "%.*s", INVITE_TOKEN_SIZE,
             (const char *)scene_field(&response, "token").data);
}

static void write_enrol(unsigned number, struct buffer *note)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct key_code code;
    struct keys keys;
    char person[32];

    snprintf(person, sizeof person, "person-%u", number);
    key_code_draw(&code);
    check_ok(keys_derive(&code, &keys));
    check_ok(statement_begin(&text, "person.enrol", LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_text(&text, "人员", person));
    check_ok(statement_add_bytes(&text, "签名公钥", BYTES(keys.sign_public.bytes)));
    check_ok(statement_add_bytes(&text, "封存公钥", BYTES(keys.box.key.bytes)));
    scene_sign(note, buffer_view(&text), person, &keys);
}

static void enrol(struct scene *scene, const struct buffer *note, const char *token, uint64_t now,
                  struct response *response)
{
    struct request request = {.method = METHOD_POST,
                              .path = LITERAL("/api/entries"),
                              .body = buffer_view(note),
                              .invitation = bytes_of_string(token),
                              .now = now};

    scene_ask(scene, &request, response);
}

static void lets_an_invited_person_in_once(void **state)
{
    AUTO_SCENE scene;
    char token[INVITE_TOKEN_SIZE + 1];
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER second = BUFFER_INIT;
    AUTO_RESPONSE taken;
    AUTO_RESPONSE again;
    AUTO_RESPONSE other;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    invite(&scene, 1, token);
    write_enrol(1, &first);
    write_enrol(1, &second);
    enrol(&scene, &first, token, 0, &taken);
    check_status(&taken, 200);
    /* The same text, whose answer may have been lost, and then other keys with the same token. */
    enrol(&scene, &first, token, 0, &again);
    check_status(&again, 200);
    enrol(&scene, &second, token, 0, &other);
    check_refused(&other, 403, "invite.token");
}

static void refuses_a_token_that_is_missing_invented_or_anothers(void **state)
{
    AUTO_SCENE scene;
    char first[INVITE_TOKEN_SIZE + 1];
    char second[INVITE_TOKEN_SIZE + 1];
    const char *const bad[] = {"", "00000000000000000000000000000000", second};
    AUTO_BUFFER note = BUFFER_INIT;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    invite(&scene, 1, first);
    invite(&scene, 2, second);
    write_enrol(1, &note);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        AUTO_RESPONSE response;

        enrol(&scene, &note, bad[i], 0, &response);
        check_refused(&response, 403, "invite.token");
    }
}

static void a_new_token_ends_the_old_one(void **state)
{
    AUTO_SCENE scene;
    char old[INVITE_TOKEN_SIZE + 1];
    char fresh[INVITE_TOKEN_SIZE + 1];
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE refused;
    AUTO_RESPONSE taken;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 0);
    invite(&scene, 1, old);
    invite(&scene, 1, fresh); /* the same text: the old receipt, and a new token */
    assert_string_not_equal(old, fresh);
    write_enrol(1, &note);
    enrol(&scene, &note, old, 0, &refused);
    check_refused(&refused, 403, "invite.token");
    enrol(&scene, &note, fresh, 0, &taken);
    check_status(&taken, 200);
}

static void needs_an_officer_and_a_name_that_opens(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER body = BUFFER_INIT;
    AUTO_BUFFER wrong = BUFFER_INIT;
    AUTO_RESPONSE nobody;
    AUTO_RESPONSE closed;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    write_body(&scene, 1, "沈示例", &body);
    scene_post(&scene, "/api/invitations", buffer_view(&body), &nobody);
    check_refused(&nobody, 401, "session.none");
    scene_sign_in(&scene, 0);
    write_body(&scene, 1, "何示例", &wrong);
    scene_post(&scene, "/api/invitations", buffer_view(&wrong), &closed);
    check_refused(&closed, 422, "hidden.opening");
}

static void shows_names_to_whoever_has_a_session(void **state)
{
    AUTO_SCENE scene;
    char token[INVITE_TOKEN_SIZE + 1];
    AUTO_RESPONSE people;
    AUTO_RESPONSE openings;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    scene_sign_in(&scene, 1);
    invite(&scene, 1, token);
    scene_get(&scene, "/api/people", &people);
    check_status(&people, 200);
    assert_true(scene_says(&people, "沈示例"));
    assert_true(scene_says(&people, "\"state\":\"invited\""));
    assert_false(scene_says(&people, token));
    scene_get(&scene, "/api/openings", &openings);
    check_status(&openings, 200);
    assert_true(scene_says(&openings, "沈示例"));
}

/* POST /api/openings of a founder's name, for the genesis that is logged. */
static void post_founder(struct scene *scene, const char *name, struct response *response)
{
    AUTO_BUFFER genesis = BUFFER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    const uint8_t salt[32] = {0};
    struct hash32 hash;

    scene_write_genesis(scene, &genesis);
    assert_true(ticket_hash_text(buffer_view(&genesis), &hash));
    check_ok(
        buffer_append_text(&body, "{\"type\":\"log.genesis\",\"label\":\"工作人员\",\"value\":\""));
    check_ok(buffer_append_text(&body, name));
    check_ok(buffer_append_text(&body, "\",\"salt\":\""));
    check_ok(base64_append(&body, BYTES(salt)));
    check_ok(buffer_append_text(&body, "\",\"statement\":\""));
    check_ok(hex_append(&body, BYTES(hash.bytes)));
    check_ok(buffer_append_text(&body, "\"}"));
    scene_post(scene, "/api/openings", buffer_view(&body), response);
}

static void keeps_only_what_opens_a_field(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE good;
    AUTO_RESPONSE bad;
    AUTO_RESPONSE openings;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    post_founder(&scene, "何示例", &good);
    check_status(&good, 204);
    post_founder(&scene, "别人", &bad);
    check_refused(&bad, 422, "hidden.opening");
    scene_sign_in(&scene, 0);
    scene_get(&scene, "/api/openings", &openings);
    assert_true(scene_says(&openings, "何示例"));
    assert_false(scene_says(&openings, "别人"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_an_invited_person_in_once),
        cmocka_unit_test(refuses_a_token_that_is_missing_invented_or_anothers),
        cmocka_unit_test(a_new_token_ends_the_old_one),
        cmocka_unit_test(needs_an_officer_and_a_name_that_opens),
        cmocka_unit_test(shows_names_to_whoever_has_a_session),
        cmocka_unit_test(keeps_only_what_opens_a_field),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
