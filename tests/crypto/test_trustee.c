/*
 * covers: dealing, rehearsal, interpolation
 */
#include "base/encoding.h"
#include "check.h"
#include "protocol/interpolation.h"
#include "protocol/keys.h"
#include "protocol/trustee.h"
#include "support/vectors.h"

static const uint8_t ZEROS[32];

/* A ceremony of the vectors with all its trustees' secrets and dealings. */
struct table {
    json_t *vector;
    struct ceremony ceremony;
    struct keys keys[TRUSTEES_MAX];
    struct box_public box_keys[TRUSTEES_MAX];
    struct dealing dealings[TRUSTEES_MAX];
};

static struct trustee trustee_at(const struct table *table, size_t place)
{
    return (struct trustee){place + 1, &table->keys[place].trustee, &table->keys[place].box};
}

static void check_hex(json_t *object, const char *path, const void *bytes, size_t size)
{
    AUTO_BUFFER expected = BUFFER_INIT;

    (void)vector_bytes(object, path, &expected);
    check_bytes(buffer_view(&expected), ((struct bytes){bytes, size}));
}

static void read_keys(json_t *item, struct keys *out)
{
    struct key_code code;

    vector_fixed(item, "code", code.bytes, KEY_CODE_BYTES);
    check_ok(keys_derive(&code, out));
    check_hex(item, "box_public", out->box.key.bytes, 32);
    check_hex(item, "box_secret", out->box.secret.bytes, 32);
    check_hex(item, "trustee_secret", out->trustee.bytes, 32);
}

static void table_open(json_t *vector, struct table *table)
{
    size_t i;
    json_t *item;

    *table = (struct table){.vector = vector};
    check_ok(ceremony_parse(bytes_of_string(vector_text(vector, "text")), &table->ceremony));
    json_array_foreach(vector_get(vector, "trustees"), i, item)
    {
        read_keys(item, &table->keys[i]);
        assert_int_equal(vector_number(item, "index"), i + 1);
        check_bytes(table->ceremony.trustees[i].id, bytes_of_string(vector_text(item, "id")));
        table->box_keys[i] = table->keys[i].box.key;
    }
    for (i = 0; i < table->ceremony.trustee_count; i++) {
        const struct trustee trustee = trustee_at(table, i);
        check_ok(
            trustee_deal(&table->ceremony, &trustee, table->box_keys, ZEROS, &table->dealings[i]));
    }
}

static void table_close(struct table *table)
{
    ceremony_free(&table->ceremony);
}

/* Hex strings of a list, as bytes one after the other. */
static void read_list(json_t *list, struct buffer *out)
{
    size_t i;
    json_t *item;

    buffer_clear(out);
    json_array_foreach(list, i, item)
    {
        const char *text = json_string_value(item);
        const size_t size = strlen(text) / 2;
        size_t read;

        check_ok(buffer_reserve(out, size));
        assert_int_equal(
            sodium_hex2bin(out->data + out->size, size, text, 2 * size, NULL, &read, NULL), 0);
        out->size += read;
    }
}

static void check_list(json_t *object, const char *path, const void *bytes, size_t size)
{
    AUTO_BUFFER expected = BUFFER_INIT;

    read_list(vector_get(object, path), &expected);
    check_bytes(buffer_view(&expected), ((struct bytes){bytes, size}));
}

static void for_each_ceremony(void (*check)(struct table *table))
{
    json_t *root = vectors_open("trustee.json");
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(root, "ceremonies"), i, item)
    {
        static struct table table;
        table_open(item, &table);
        check(&table);
        table_close(&table);
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* --- vectors --- */

static void check_dealing(struct table *table, json_t *item, size_t place)
{
    const struct ceremony *ceremony = &table->ceremony;
    const struct dealing *dealing = &table->dealings[place];
    const struct trustee trustee = trustee_at(table, place);
    const size_t t = (size_t)ceremony->threshold, n = ceremony->trustee_count;
    struct scalar coefficients[TRUSTEES_MAX];
    struct secret32 ephemerals[TRUSTEES_MAX];
    AUTO_BUFFER text = BUFFER_INIT;
    struct dealing read;

    for (size_t k = 0; k < t; k++) {
        trustee_coefficient(ceremony, &trustee, k, &coefficients[k]);
    }
    for (size_t j = 0; j < n; j++) {
        check_ok(trustee_ephemeral(ceremony, &trustee, j + 1, &ephemerals[j]));
    }
    check_list(item, "coefficients", coefficients, t * SCALAR_SIZE);
    check_list(item, "ephemerals", ephemerals, n * 32);
    check_list(item, "A", dealing->commitments, t * POINT_SIZE);
    check_hex(item, "proof", dealing->proof, dealing_proof_size(ceremony));
    check_list(item, "sealed", dealing->sealed, n * SEALED_SHARE_BYTES);
    check_ok(dealing_verify(ceremony, dealing));
    check_ok(dealing_print(ceremony, dealing, &text));
    check_bytes(buffer_view(&text), bytes_of_string(vector_text(item, "text")));
    check_ok(dealing_parse(ceremony, buffer_view(&text), &read));
    assert_memory_equal(&read, dealing, sizeof read);
}

static void check_dealings(struct table *table)
{
    struct hash32 texts[TRUSTEES_MAX], hash;
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(table->vector, "dealings"), i, item)
    {
        check_dealing(table, item, i);
        texts[i] = sha256_of(bytes_of_string(vector_text(item, "text")));
    }
    dealings_hash(texts, i, &hash);
    check_hex(table->vector, "dealings_hash", hash.bytes, 32);
}

static void makes_and_verifies_the_dealings(void **state)
{
    (void)state;
    for_each_ceremony(check_dealings);
}

static void check_opened(struct table *table)
{
    const struct ceremony *ceremony = &table->ceremony;
    struct scalar shares[TRUSTEES_MAX];
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(table->vector, "dealings"), i, item)
    {
        for (size_t j = 0; j < ceremony->trustee_count; j++) {
            const struct trustee trustee = trustee_at(table, j);
            check_ok(trustee_open(ceremony, &trustee, &table->dealings[i], &shares[j]));
        }
        check_list(item, "opened", shares, ceremony->trustee_count * SCALAR_SIZE);
    }
}

static void check_keys(struct table *table)
{
    const struct ceremony *ceremony = &table->ceremony;
    struct election_trustee trustees[TRUSTEES_MAX] = {0};
    struct point election_key;
    size_t i;
    json_t *item;

    check_opened(table);
    check_ok(dealings_election_key(ceremony, table->dealings, &election_key));
    check_hex(table->vector, "K", election_key.bytes, POINT_SIZE);
    json_array_foreach(vector_get(table->vector, "trustees"), i, item)
    {
        const struct trustee trustee = trustee_at(table, i);
        struct scalar share_key;
        check_ok(trustee_share_key(ceremony, &trustee, table->dealings, &share_key));
        check_hex(item, "x", share_key.bytes, SCALAR_SIZE);
        check_ok(dealings_share_key(ceremony, table->dealings, i + 1, &trustees[i].key));
        check_hex(item, "X", trustees[i].key.bytes, POINT_SIZE);
    }
    check_ok(ceremony_keys_agree(&election_key, trustees, i, ceremony->threshold));
    trustees[0].key = trustees[1].key;
    check_fails(ceremony_keys_agree(&election_key, trustees, i, ceremony->threshold), INVALID,
                "ceremony.keys");
}

static void opens_the_shares_and_computes_the_keys(void **state)
{
    (void)state;
    for_each_ceremony(check_keys);
}

static void read_dealing_fields(const struct ceremony *ceremony, json_t *item, struct buffer *text)
{
    AUTO_BUFFER value = BUFFER_INIT;
    const char *const lists[2] = {"A", "sealed"};
    const char *const labels[2] = {"承诺", "密封份额"};

    check_ok(statement_begin(text, "trustee.deal", ceremony->origin));
    check_ok(statement_add_bytes(text, "密钥仪式", BYTES(ceremony->hash.bytes)));
    check_ok(statement_add_number(text, "序号", vector_number(item, "index")));
    for (size_t list = 0; list < 2; list++) {
        json_t *values = vector_get(item, lists[list]);
        for (size_t i = 0; i < json_array_size(values); i++) {
            json_t *one = json_pack("[O]", json_array_get(values, i));
            read_list(one, &value);
            json_decref(one);
            check_ok(statement_add_bytes(text, labels[list], buffer_view(&value)));
        }
        if (list == 0) {
            (void)vector_bytes(item, "proof", &value);
            check_ok(statement_add_bytes(text, "证明", buffer_view(&value)));
        }
    }
}

static void check_bad_dealings(struct table *table)
{
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(table->vector, "bad_dealings"), i, item)
    {
        AUTO_BUFFER text = BUFFER_INIT;
        struct dealing dealing;
        const char *reason = vector_text(item, "reason");
        char rule[32];

        read_dealing_fields(&table->ceremony, item, &text);
        struct result verdict = dealing_parse(&table->ceremony, buffer_view(&text), &dealing);
        if (is_ok(verdict)) {
            verdict = dealing_verify(&table->ceremony, &dealing);
        }
        /* Read as a text, a point beyond the edges is one that the grammar refuses. */
        const bool is_point = !is_ok(verdict) && strcmp(verdict.rule, "statement.point") == 0;
        (void)snprintf(rule, sizeof rule, "dealing.%s", reason);
        if (is_point && strcmp(reason, "edge") == 0) {
            continue;
        }
        if (is_ok(verdict) || strcmp(verdict.rule, rule) != 0) {
            fail_msg("%s: %s instead of %s", vector_text(item, "name"),
                     is_ok(verdict) ? "accepted" : verdict.rule, rule);
        }
    }
    assert_true(i > 0);
}

static void refuses_false_dealings(void **state)
{
    (void)state;
    for_each_ceremony(check_bad_dealings);
}

static void check_complaints(struct table *table)
{
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(table->vector, "complaints"), i, item)
    {
        const uint64_t complainer = vector_number(item, "complainer");
        struct dealing dealing = table->dealings[vector_number(item, "dealer") - 1];
        const struct trustee trustee = trustee_at(table, complainer - 1);
        struct complaint complaint = {complainer, table->box_keys[complainer - 1], {0}, {{0}}};
        enum complaint_fault fault;
        struct scalar opened;

        vector_fixed(item, "sealed", dealing.sealed[complainer - 1].bytes, SEALED_SHARE_BYTES);
        vector_fixed(item, "published", complaint.published, SHARE_PLAIN_BYTES);
        vector_fixed(item, "ephemeral", complaint.ephemeral.bytes, 32);
        assert_int_equal(is_ok(trustee_open(&table->ceremony, &trustee, &dealing, &opened)),
                         vector_flag(item, "opens"));
        check_ok(complaint_judge(&table->ceremony, &dealing, &complaint, &fault));
        assert_int_equal(fault == FAULT_OF_DEALER,
                         strcmp(vector_text(item, "wrong"), "dealer") == 0);
    }
    assert_true(i > 0);
}

static void judges_complaints(void **state)
{
    (void)state;
    for_each_ceremony(check_complaints);
}

static void check_rehearsals(struct table *table)
{
    const struct ceremony *ceremony = &table->ceremony;
    struct rehearsal rehearsals[TRUSTEES_MAX];
    struct point base, share_key;
    size_t i;
    json_t *item;

    rehearsal_base(ceremony, &base);
    check_hex(table->vector, "rehearsal.alpha", base.bytes, POINT_SIZE);
    json_array_foreach(vector_get(table->vector, "rehearsal.each"), i, item)
    {
        const struct trustee trustee = trustee_at(table, i);
        struct scalar secret;
        check_ok(trustee_share_key(ceremony, &trustee, table->dealings, &secret));
        check_ok(trustee_rehearse(ceremony, i + 1, &secret, ZEROS, &rehearsals[i]));
        check_hex(item, "D", rehearsals[i].point.bytes, POINT_SIZE);
        check_hex(item, "proof", rehearsals[i].proof, REHEARSAL_PROOF_BYTES);
        check_ok(dealings_share_key(ceremony, table->dealings, i + 1, &share_key));
        check_ok(rehearsal_verify(ceremony, &share_key, &rehearsals[i]));
    }
    check_ok(rehearsal_agree(ceremony, rehearsals));
    rehearsals[0].point = rehearsals[1].point;
    check_fails(rehearsal_agree(ceremony, rehearsals), INVALID, "rehearsal.agree");
    rehearsals[1].proof[20] ^= 1;
    check_ok(dealings_share_key(ceremony, table->dealings, 2, &share_key));
    check_fails(rehearsal_verify(ceremony, &share_key, &rehearsals[1]), INVALID, "rehearsal.proof");
    rehearsals[1].point = IDENTITY;
    check_fails(rehearsal_verify(ceremony, &share_key, &rehearsals[1]), INVALID, "rehearsal.edge");
}

static void rehearses_as_the_vectors_do(void **state)
{
    (void)state;
    for_each_ceremony(check_rehearsals);
}

static void check_lagrange(struct table *table)
{
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(table->vector, "lagrange"), i, item)
    {
        uint64_t indices[TRUSTEES_MAX];
        struct scalar weights[TRUSTEES_MAX];
        const size_t count = json_array_size(vector_get(item, "indices"));
        for (size_t k = 0; k < count; k++) {
            indices[k] =
                (uint64_t)json_integer_value(json_array_get(vector_get(item, "indices"), k));
        }
        for (size_t k = 0; k < count; k++) {
            check_ok(lagrange(indices, count, k, &weights[k]));
        }
        check_list(item, "lambda", weights, count * SCALAR_SIZE);
    }
    assert_true(i > 0);
}

static void weighs_every_choice_of_trustees(void **state)
{
    (void)state;
    for_each_ceremony(check_lagrange);
}

/* --- our own forgeries --- */

static void check_stranger(struct table *table)
{
    struct trustee thief = trustee_at(table, 1);
    struct scalar opened;

    thief.index = 1; /* another trustee's place, the own box key */
    check_fails(trustee_open(&table->ceremony, &thief, &table->dealings[0], &opened), INVALID,
                "share.sealed");
    /* A share sealed again for another place opens, but does not fit. */
    struct dealing moved = table->dealings[0];
    const struct trustee second = trustee_at(table, 1);
    AUTO_BUFFER sealed = BUFFER_INIT;
    uint8_t plain[SHARE_PLAIN_BYTES];
    const struct scalar one = {{1}};
    share_plain(&table->ceremony, 1, 3, &one, plain);
    check_ok(box_seal_fresh(BYTES(plain), &table->box_keys[1], &sealed));
    memcpy(moved.sealed[1].bytes, sealed.data, SEALED_SHARE_BYTES);
    check_fails(trustee_open(&table->ceremony, &second, &moved, &opened), INVALID, "share.value");
}

static void a_share_is_for_one_reader_and_place(void **state)
{
    (void)state;
    for_each_ceremony(check_stranger);
}

static void check_nonces(struct table *table)
{
    struct dealing again, other;
    uint8_t fresh[32] = {1};
    const struct trustee first = trustee_at(table, 0);
    const size_t t = (size_t)table->ceremony.threshold;
    const uint8_t *own = table->dealings[0].proof + 16 + t * SCALAR_SIZE;

    check_ok(trustee_deal(&table->ceremony, &first, table->box_keys, ZEROS, &again));
    assert_memory_equal(&again, &table->dealings[0], sizeof again);
    check_ok(trustee_deal(&table->ceremony, &first, table->box_keys, fresh, &other));
    for (size_t k = 0; k < t; k++) {
        assert_memory_not_equal(own + k * POINT_SIZE,
                                other.proof + 16 + t * SCALAR_SIZE + k * POINT_SIZE, POINT_SIZE);
        assert_memory_not_equal(own + k * POINT_SIZE,
                                table->dealings[1].proof + 16 + t * SCALAR_SIZE + k * POINT_SIZE,
                                POINT_SIZE);
    }
}

static void two_dealings_have_no_nonce_in_common(void **state)
{
    (void)state;
    for_each_ceremony(check_nonces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_and_verifies_the_dealings),
        cmocka_unit_test(opens_the_shares_and_computes_the_keys),
        cmocka_unit_test(refuses_false_dealings),
        cmocka_unit_test(judges_complaints),
        cmocka_unit_test(rehearses_as_the_vectors_do),
        cmocka_unit_test(weighs_every_choice_of_trustees),
        cmocka_unit_test(a_share_is_for_one_reader_and_place),
        cmocka_unit_test(two_dealings_have_no_nonce_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
