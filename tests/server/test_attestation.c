#include <jansson.h>

#include "base/encoding.h"
#include "check.h"
#include "log/entry.h"
#include "protocol/keys.h"
#include "server/attestation.h"
#include "support/vectors.h"

#define COMPLETE 1 /* the case of the vectors: complete with a reservation */

struct scene {
    json_t *root;
    struct identity identity;
    struct report_evidence evidence;
};

static void draw_keys(struct scene *scene)
{
    struct bytes origin = bytes_of_string(vector_text(scene->root, "origin"));
    SECRET_KEYS keys;
    struct key_code code;

    key_code_draw(&code);
    check_ok(keys_derive(&code, &keys));
    scene->identity.service_secret = keys.sign_secret;
    check_ok(
        vkey_make(LITERAL("service"), VKEY_ED25519, &keys.sign_public, &scene->identity.service));
    check_ok(vkey_make(origin, VKEY_ED25519, &keys.sign_public, &scene->identity.log));
}

static void open_scene(struct scene *scene)
{
    const struct merkle_proof none = {.count = 0};
    json_t *entries;
    json_t *one;
    size_t i;

    *scene = (struct scene){.root = vectors_open("sign-off.json")};
    draw_keys(scene);
    scene->evidence.head.size = 40;
    entries = vector_get(json_array_get(vector_get(scene->root, "cases"), COMPLETE), "entries");
    json_array_foreach(entries, i, one)
    {
        check_ok(evidence_add(&scene->evidence.evidence, vector_number(one, "index"),
                              bytes_of_string(vector_text(one, "entry")), &none));
    }
}

static void close_scene(struct scene *scene)
{
    vectors_close(scene->root);
}

#define AUTO_SCENE __attribute__((cleanup(close_scene))) struct scene

static json_t *attest(struct scene *scene)
{
    AUTO_SIGN_OFF sign_off = SIGN_OFF_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    json_t *envelope;

    check_ok(attestation_read(&scene->evidence, &scene->identity, &sign_off));
    check_ok(attestation_write(&scene->evidence, &sign_off, &scene->identity, &text));
    envelope = json_loadb((const char *)text.data, text.size, 0, 0);
    assert_non_null(envelope);
    return envelope;
}

static void decode(json_t *object, const char *key, struct buffer *out)
{
    check_ok(base64_decode_append(bytes_of_string(json_string_value(json_object_get(object, key))),
                                  out));
}

/* The DSSE specification's own words: PAE(type, body) = "DSSEv1" SP LEN(type) SP type … */
static struct result verify(const struct scene *scene, json_t *envelope, const char *type)
{
    AUTO_BUFFER message = BUFFER_INIT;
    AUTO_BUFFER payload = BUFFER_INIT;
    AUTO_BUFFER bytes = BUFFER_INIT;
    struct signature signature;
    char head[128];

    decode(envelope, "payload", &payload);
    decode(json_array_get(json_object_get(envelope, "signatures"), 0), "sig", &bytes);
    assert_int_equal(bytes.size, sizeof signature.bytes);
    memcpy(signature.bytes, bytes.data, sizeof signature.bytes);
    snprintf(head, sizeof head, "DSSEv1 %zu %s %zu ", strlen(type), type, payload.size);
    check_ok(buffer_append_text(&message, head));
    check_ok(buffer_append(&message, buffer_view(&payload)));
    return signature_verify(&scene->identity.service.key, buffer_view(&message), &signature);
}

static void is_signed_as_dsse_says(void **state)
{
    AUTO_SCENE scene;
    json_t *envelope;
    (void)state;

    open_scene(&scene);
    envelope = attest(&scene);
    check_ok(verify(&scene, envelope, "application/vnd.in-toto+json"));
    assert_false(is_ok(verify(&scene, envelope, "application/json")));
    json_decref(envelope);
}

static void says_what_the_evidence_says(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER text = BUFFER_INIT;
    json_t *envelope;
    json_t *payload;
    json_t *one;
    struct entry entry;
    (void)state;

    open_scene(&scene);
    envelope = attest(&scene);
    decode(envelope, "payload", &text);
    payload = json_loadb((const char *)text.data, text.size, 0, 0);
    assert_string_equal(vector_text(payload, "predicate.state"), "complete");
    assert_int_equal(vector_number(payload, "predicate.log.size"), 40);
    assert_int_equal(json_array_size(vector_get(payload, "predicate.signers")), 3);
    one = json_array_get(vector_get(payload, "predicate.signers"), 1);
    assert_string_equal(vector_text(one, "verdict"), "reserved");
    one = json_array_get(vector_get(payload, "predicate.statements"), 0);
    check_ok(entry_parse(scene.evidence.evidence.entries[0].entry, &entry));
    assert_true(bytes_is(entry.note, vector_text(one, "note")));
    json_decref(payload);
    json_decref(envelope);
}

static void the_same_evidence_makes_the_same_bytes(void **state)
{
    AUTO_SCENE scene;
    json_t *first;
    json_t *second;
    (void)state;

    open_scene(&scene);
    first = attest(&scene);
    second = attest(&scene);
    assert_true(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}

static void attests_nothing_without_a_filing(void **state)
{
    AUTO_SCENE scene;
    AUTO_SIGN_OFF sign_off = SIGN_OFF_INIT;
    (void)state;

    open_scene(&scene);
    scene.evidence.evidence.count = 3; /* enrolments */
    assert_string_equal(attestation_read(&scene.evidence, &scene.identity, &sign_off).rule,
                        "sign_off.filing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_signed_as_dsse_says),
        cmocka_unit_test(says_what_the_evidence_says),
        cmocka_unit_test(the_same_evidence_makes_the_same_bytes),
        cmocka_unit_test(attests_nothing_without_a_filing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
