/* covers: signature, signer, box */
#include "base/encoding.h"
#include "check.h"
#include "primitive/box.h"
#include "primitive/signature.h"
#include "primitive/signer.h"
#include "support/items.h"
#include "support/vectors.h"

static void make_key(uint8_t start, struct secret_key *secret, struct public_key *key)
{
    const struct secret32 seed = {{start}};

    check_ok(secret_key_derive(&seed, secret));
    public_key_of(secret, key);
}

static void refuses_public_keys_that_are_none(void **context)
{
    (void)context;
    json_t *root = vectors_open("key-code.json");
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(root, "bad_public_keys.sign"), i, item)
    {
        struct public_key key;
        item_fixed(item, key.bytes, sizeof key.bytes);
        assert_false(public_key_is_valid(&key));
    }
    assert_true(i > 0);
    json_array_foreach(vector_get(root, "bad_public_keys.box"), i, item)
    {
        struct box_public key;
        item_fixed(item, key.bytes, sizeof key.bytes);
        assert_false(box_public_is_valid(&key));
    }
    assert_true(i > 0);
    json_array_foreach(vector_get(root, "codes"), i, item)
    {
        struct public_key sign;
        struct box_public box;
        vector_fixed(item, "sign_public", sign.bytes, sizeof sign.bytes);
        vector_fixed(item, "box_public", box.bytes, sizeof box.bytes);
        assert_true(public_key_is_valid(&sign));
        assert_true(box_public_is_valid(&box));
    }
    vectors_close(root);
}

static void a_signature_holds_for_its_text_and_key_only(void **context)
{
    (void)context;
    SECRET_KEY secret;
    SECRET_KEY other_secret;
    struct public_key key, other;
    struct signature signature;

    make_key(1, &secret, &key);
    make_key(2, &other_secret, &other);
    check_ok(signature_make(&secret, LITERAL("text\n"), &signature));
    check_ok(signature_verify(&key, LITERAL("text\n"), &signature));
    check_fails(signature_verify(&key, LITERAL("text"), &signature), UNAUTHORIZED,
                "signature.invalid");
    check_fails(signature_verify(&other, LITERAL("text\n"), &signature), UNAUTHORIZED,
                "signature.invalid");
    for (size_t i = 0; i < sizeof signature.bytes; i++) {
        signature.bytes[i] ^= 1;
        check_fails(signature_verify(&key, LITERAL("text\n"), &signature), UNAUTHORIZED,
                    "signature.invalid");
        signature.bytes[i] ^= 1;
    }
}

static void key_ids_are_those_of_signed_notes(void **context)
{
    (void)context;
    json_t *root = vectors_open("hash-framing.json");
    struct key_id expected, id;
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(root, "key_id"), i, item)
    {
        struct public_key key;
        struct signer signer;
        vector_fixed(item, "public", key.bytes, sizeof key.bytes);
        vector_fixed(item, "id", expected.bytes, sizeof expected.bytes);
        assert_int_equal(vector_number(item, "type"), 1); /* the only one that a person has */
        check_ok(signer_make(bytes_of_string(vector_text(item, "name")), &key, &signer));
        assert_memory_equal(&signer.id, &expected, sizeof expected);
    }
    assert_true(i > 0);
    json_array_foreach(vector_get(root, "ring_key_id"), i, item)
    {
        struct hash32 manifest;
        vector_fixed(item, "M", manifest.bytes, sizeof manifest.bytes);
        vector_fixed(item, "id", expected.bytes, sizeof expected.bytes);
        key_id_of_ring(&manifest, &id);
        assert_memory_equal(&id, &expected, sizeof expected);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void a_signature_line_reads_back(void **context)
{
    (void)context;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER bytes = BUFFER_INIT;
    SECRET_KEY secret;
    struct public_key key;
    struct signer signer;
    struct signature_line line;
    struct signature signature;
    struct key_id id;

    make_key(1, &secret, &key);
    check_ok(signer_make(LITERAL("li-si"), &key, &signer));
    check_ok(signature_line_sign(&note, LITERAL("text\n"), LITERAL("li-si"), &secret));
    assert_int_equal(note.data[note.size - 1], '\n');
    check_ok(signature_line_parse(bytes_slice(buffer_view(&note), 0, note.size - 1), &line));
    check_bytes(line.name, LITERAL("li-si"));
    check_ok(signature_line_decode(&line, &id, &bytes));
    assert_memory_equal(&id, &signer.id, sizeof id);
    assert_int_equal(bytes.size, sizeof signature.bytes);
    memcpy(signature.bytes, bytes.data, sizeof signature.bytes);
    check_ok(signature_verify(&key, LITERAL("text\n"), &signature));
}

static void refuses_other_signature_lines(void **context)
{
    (void)context;
    static const char *const BAD[] = {"",          "— a",       "—a AAAA", "- a AAAA",
                                      "— a  AAAA", "— a AAAA ", "—  AAAA", "junk"};
    struct signature_line line;
    struct key_id id;
    AUTO_BUFFER bytes = BUFFER_INIT;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        check_fails(signature_line_parse(bytes_of_string(BAD[i]), &line), MALFORMED,
                    "signature.line");
    }
    check_ok(signature_line_parse(bytes_of_string("— a AAAAAA=="), &line)); /* 4 bytes */
    check_fails(signature_line_decode(&line, &id, &bytes), MALFORMED, "signature.base64");
    check_ok(signature_line_parse(bytes_of_string("— a !!!!"), &line));
    check_fails(signature_line_decode(&line, &id, &bytes), MALFORMED, "signature.base64");
}

static void names_of_signers_have_limits(void **context)
{
    (void)context;
    const struct public_key key = {{1}};
    struct signer signer;
    uint8_t name[65];

    memset(name, 'a', sizeof name);
    check_ok(signer_make((struct bytes){name, 64}, &key, &signer));
    check_fails(signer_make(BYTES(name), &key, &signer), INVALID, "signer.name");
    check_fails(signer_make(LITERAL("a+b"), &key, &signer), INVALID, "signer.name");
    check_fails(signer_make(LITERAL("a b"), &key, &signer), INVALID, "signer.name");
    check_fails(signer_make(EMPTY_BYTES, &key, &signer), INVALID, "signer.name");
}

static void a_sealed_box_opens_for_its_reader_only(void **context)
{
    (void)context;
    SECRET_BOX reader;
    SECRET_BOX stranger;
    AUTO_BUFFER sealed = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;
    SECRET_BUFFER plain = BUFFER_INIT;
    const struct secret32 first = {{1}}, second = {{2}}, ephemeral = {{3}};

    check_ok(box_derive(&first, &reader));
    check_ok(box_derive(&second, &stranger));
    check_ok(box_seal(LITERAL("share"), &reader.key, &ephemeral, &sealed));
    check_ok(box_seal(LITERAL("share"), &reader.key, &ephemeral, &again));
    check_bytes(buffer_view(&sealed), buffer_view(&again));
    assert_int_equal(sealed.size, 5 + BOX_SEAL_OVERHEAD);
    check_ok(box_open(buffer_view(&sealed), &reader, &plain));
    check_bytes(buffer_view(&plain), LITERAL("share"));
    check_fails(box_open(buffer_view(&sealed), &stranger, &plain), INVALID, "box.open");
    check_fails(box_open(LITERAL("short"), &reader, &plain), INVALID, "box.open");
    for (size_t i = 0; i < sealed.size; i++) {
        sealed.data[i] ^= 1;
        check_fails(box_open(buffer_view(&sealed), &reader, &plain), INVALID, "box.open");
        sealed.data[i] ^= 1;
    }
    check_bytes(buffer_view(&plain), LITERAL("share"));
}

static void a_fresh_seal_is_never_the_same(void **context)
{
    (void)context;
    SECRET_BOX reader;
    AUTO_BUFFER first = BUFFER_INIT;
    AUTO_BUFFER second = BUFFER_INIT;
    const struct secret32 secret = {{9}};

    check_ok(box_pair_of(&secret, &reader));
    check_ok(box_seal_fresh(LITERAL("share"), &reader.key, &first));
    check_ok(box_seal_fresh(LITERAL("share"), &reader.key, &second));
    assert_false(bytes_equal(buffer_view(&first), buffer_view(&second)));
    buffer_clear(&second);
    check_ok(box_open(buffer_view(&first), &reader, &second));
    check_bytes(buffer_view(&second), LITERAL("share"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_public_keys_that_are_none),
        cmocka_unit_test(a_signature_holds_for_its_text_and_key_only),
        cmocka_unit_test(key_ids_are_those_of_signed_notes),
        cmocka_unit_test(a_signature_line_reads_back),
        cmocka_unit_test(refuses_other_signature_lines),
        cmocka_unit_test(names_of_signers_have_limits),
        cmocka_unit_test(a_sealed_box_opens_for_its_reader_only),
        cmocka_unit_test(a_fresh_seal_is_never_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
