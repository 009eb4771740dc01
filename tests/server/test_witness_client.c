#include "log/witness.h"
#include "scene.h"
#include "server/readers.h"
#include "server/sequencer.h"
#include "server/witness_client.h"

/* covers: witness_client */

/* A witness without a network: what it holds, and how it misbehaves. */
struct witness {
    const struct scene *scene;
    struct keys keys;
    struct vkey vkey;
    struct merkle_head stored;
    int asked;
    bool forges; /* signs something else */
    bool absent;
};

static struct result answer_conflict(const struct witness *witness, struct buffer *body)
{
    TRY(buffer_append_decimal(body, witness->stored.size));
    return buffer_append_text(body, "\n");
}

static struct result answer(void *context, const char *url, struct bytes body, unsigned *status,
                            struct buffer *out)
{
    struct witness *const witness = context;
    struct witness_request request;
    struct checkpoint checkpoint;
    struct bytes text;

    witness->asked++;
    assert_string_equal(url, "http://witness.example/w/add-checkpoint");
    REQUIRE(!witness->absent, NOT_FOUND, "fetch.failed");
    TRY(witness_request_parse(body, &request));
    *status = witness_decide(&request, &witness->scene->app->identity->log, &witness->stored,
                             &checkpoint);
    if (*status == WITNESS_CONFLICT) {
        return answer_conflict(witness, out);
    }
    if (*status != WITNESS_OK) {
        return OK;
    }
    witness->stored = checkpoint.head;
    text = bytes_slice(request.checkpoint, 0, text_find(request.checkpoint, LITERAL("\n\n")) + 1);
    return cosignature_append(out, witness->forges ? LITERAL("other\n1\nAA==\n") : text,
                              &witness->vkey, &witness->keys.sign_secret, 1795334400);
}

static void meet(struct witness *witness, const struct scene *scene, struct witness_peer *peer)
{
    struct key_code code;

    *witness = (struct witness){.scene = scene};
    witness->stored.root = merkle_empty_root();
    key_code_draw(&code);
    check_ok(keys_derive(&code, &witness->keys));
    check_ok(vkey_make(LITERAL("witness.example/w"), VKEY_COSIGNATURE, &witness->keys.sign_public,
                       &witness->vkey));
    *peer = (struct witness_peer){.url = LITERAL("http://witness.example/w"), .key = witness->vkey};
}

static struct result ask(struct witness *witness, struct witness_peer *peer,
                         enum witness_action *action)
{
    const struct witness_carrier carrier = {witness, answer};

    return witness_ask(witness->scene->app->sequencer, witness->scene->app->readers, &carrier, peer,
                       action);
}

/* Lines of the published checkpoint that are this witness's and verify. */
static size_t count_cosignatures(const struct scene *scene, const struct witness *witness)
{
    AUTO_BLOB *checkpoint = sequencer_checkpoint(scene->app->sequencer, 0);
    struct policy policy;
    struct checkpoint read;
    struct policy_finding finding;
    struct bytes rest = blob_view(checkpoint);
    size_t lines = 0;

    policy_of_log(&scene->app->identity->log, &policy);
    policy.witness_count = 1;
    policy.witnesses[0] = (struct policy_witness){.name = LITERAL("w"), .key = witness->vkey};
    check_ok(policy_verify(&policy, rest, &read, &finding));
    while (rest.size > 0) {
        lines += bytes_starts_with(text_cut(&rest, '\n'), LITERAL("— witness.example/w ")) ? 1 : 0;
    }
    assert_int_equal(lines, finding.witnessed);
    return lines;
}

static void post_invite(struct scene *scene, unsigned number)
{
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE response;

    scene_write_invite(scene, number, &note);
    scene_post(scene, "/api/entries", buffer_view(&note), &response);
    check_status(&response, 200);
}

static void adds_one_line_of_each_witness(void **state)
{
    AUTO_SCENE scene;
    struct witness witness;
    struct witness_peer peer;
    enum witness_action action;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    meet(&witness, &scene, &peer);
    check_ok(ask(&witness, &peer, &action));
    assert_int_equal(action, WITNESS_ADD);
    assert_int_equal(count_cosignatures(&scene, &witness), 1);
    check_ok(ask(&witness, &peer, &action)); /* renewed at the same size */
    assert_int_equal(count_cosignatures(&scene, &witness), 1);
    for (unsigned i = 1; i <= 5; i++) {
        post_invite(&scene, i);
        assert_int_equal(count_cosignatures(&scene, &witness), 0);
        check_ok(ask(&witness, &peer, &action));
        assert_int_equal(action, WITNESS_ADD);
        assert_int_equal(count_cosignatures(&scene, &witness), 1);
    }
    assert_int_equal(witness.asked, 7);
}

static void proves_from_the_size_that_the_witness_holds(void **state)
{
    AUTO_SCENE scene;
    struct witness witness;
    struct witness_peer peer;
    enum witness_action action;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    meet(&witness, &scene, &peer);
    check_ok(ask(&witness, &peer, &action));
    post_invite(&scene, 1);
    post_invite(&scene, 2);
    peer.size = 0; /* as after a restart */
    check_ok(ask(&witness, &peer, &action));
    assert_int_equal(action, WITNESS_ADD);
    assert_int_equal(witness.stored.size, 3);
    assert_int_equal(witness.asked, 3);
}

static void believes_no_line_that_does_not_verify(void **state)
{
    AUTO_SCENE scene;
    struct witness witness;
    struct witness_peer peer;
    enum witness_action action;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    meet(&witness, &scene, &peer);
    witness.forges = true;
    check_ok(ask(&witness, &peer, &action));
    assert_int_equal(action, WITNESS_ALARM_ANSWER);
    assert_int_equal(count_cosignatures(&scene, &witness), 0);
    witness.absent = true;
    check_fails(ask(&witness, &peer, &action), NOT_FOUND, "fetch.failed");
}

static void sees_that_a_witness_holds_another_history(void **state)
{
    AUTO_SCENE scene;
    struct witness witness;
    struct witness_peer peer;
    enum witness_action action;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    meet(&witness, &scene, &peer);
    witness.stored.size = 9;
    check_ok(ask(&witness, &peer, &action));
    assert_int_equal(action, WITNESS_STOP_ROLLBACK);
    witness.stored.size = 1;
    memset(witness.stored.root.bytes, 1, sizeof witness.stored.root.bytes);
    check_ok(ask(&witness, &peer, &action));
    assert_int_equal(action, WITNESS_STOP_FORK);
}

static void writes_nothing_more_once_it_is_halted(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE refused;
    AUTO_RESPONSE read;
    (void)state;

    scene_open(&scene);
    scene_post_genesis(&scene);
    sequencer_halt(scene.app->sequencer);
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/entries", buffer_view(&note), &refused);
    check_refused(&refused, 500, "log.checkpoint");
    scene_get(&scene, "/api/overview", &read);
    check_status(&read, 200);
}

static void names_its_witnesses_to_pin(void **state)
{
    AUTO_SCENE scene;
    struct witness witness;
    struct witness_peer peer;
    AUTO_BUFFER vkey = BUFFER_INIT;
    AUTO_BUFFER log = BUFFER_INIT;
    AUTO_RESPONSE pin;
    char path[128];
    const char *text;
    const char *log_text;
    FILE *file;
    (void)state;

    scene_open(&scene);
    meet(&witness, &scene, &peer);
    check_ok(vkey_write(&witness.vkey, &vkey));
    check_ok(buffer_terminate(&vkey, &text));
    check_ok(vkey_write(&scene.app->identity->log, &log));
    check_ok(buffer_terminate(&log, &log_text));
    scene_stop(&scene);
    snprintf(path, sizeof path, "%s/witnesses", scene.folder.path);
    file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "log %s\nwitness w %s http://127.0.0.1:9/w\nquorum none\n", log_text, text);
    assert_int_equal(fclose(file), 0);
    scene.config.witnesses = path;
    scene_start(&scene);
    scene_get(&scene, "/api/pin", &pin);
    assert_true(scene_says(&pin, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_one_line_of_each_witness),
        cmocka_unit_test(proves_from_the_size_that_the_witness_holds),
        cmocka_unit_test(believes_no_line_that_does_not_verify),
        cmocka_unit_test(sees_that_a_witness_holds_another_history),
        cmocka_unit_test(writes_nothing_more_once_it_is_halted),
        cmocka_unit_test(names_its_witnesses_to_pin),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
