#include <string.h>

#include "base/encoding.h"
#include "check.h"
#include "primitive/hash.h"
#include "primitive/sealed.h"
#include "support/items.h"
#include "support/vectors.h"

enum { PEOPLE_MAX = 16 };

static void read_people(json_t *root, struct box_pair people[static PEOPLE_MAX])
{
    size_t i;
    json_t *person;

    json_array_foreach(vector_get(root, "people"), i, person)
    {
        vector_fixed(person, "box_public", people[i].key.bytes, 32);
        vector_fixed(person, "box_secret", people[i].secret.bytes, 32);
    }
    assert_true(i >= 3 && i <= PEOPLE_MAX);
}

/* The plain bytes of every vector: byte i is (31 i + 7) mod 256. */
static void write_plain(size_t size, struct buffer *out)
{
    buffer_clear(out);
    check_ok(buffer_reserve(out, size + 1));
    for (size_t i = 0; i < size; i++) {
        out->data[i] = (uint8_t)((31 * i + 7) % 256);
    }
    out->size = size;
}

static void read_plan(json_t *vector, const struct box_pair people[static PEOPLE_MAX],
                      struct sealed_plan *out)
{
    size_t i;
    json_t *reader;

    *out = (struct sealed_plan){.suite = (uint8_t)vector_number(vector, "suite")};
    vector_fixed(vector, "key", out->key.bytes, 32);
    vector_fixed(vector, "header", out->header, sizeof out->header);
    json_array_foreach(vector_get(vector, "readers"), i, reader)
    {
        out->readers[i].key = people[json_integer_value(reader)].key;
        out->readers[i].share = out->key;
        item_fixed(json_array_get(vector_get(vector, "ephemerals"), i),
                   out->readers[i].ephemeral.bytes, 32);
    }
    out->count = i;
    if (out->suite == SEALED_BOTH) {
        vector_fixed(vector, "part", out->readers[0].share.bytes, 32);
        for (size_t k = 0; k < 32; k++) {
            out->readers[1].share.bytes[k] = out->key.bytes[k] ^ out->readers[0].share.bytes[k];
        }
    }
}

static void open_as_readers(json_t *vector, struct bytes sealed,
                            const struct box_pair people[static PEOPLE_MAX], struct bytes plain)
{
    struct box_pair readers[PEOPLE_MAX];
    struct sealed_document document;
    AUTO_BUFFER opened = BUFFER_INIT;
    size_t i;
    json_t *reader;

    check_ok(sealed_parse(sealed, &document));
    json_array_foreach(vector_get(vector, "readers"), i, reader)
    {
        readers[i] = people[json_integer_value(reader)];
        assert_true(sealed_has_reader(&document, &readers[i].key));
    }
    check_ok(sealed_open(&document, readers, i, &opened));
    check_bytes(buffer_view(&opened), plain);
}

static void check_sha256(json_t *vector, const char *name, const struct buffer *bytes)
{
    const struct hash32 hash = sha256_of(buffer_view(bytes));
    struct hash32 expected;

    vector_fixed(vector, name, expected.bytes, sizeof expected.bytes);
    assert_memory_equal(&hash, &expected, sizeof hash);
}

static void seals_and_opens_the_documents_of_the_vectors(void **context)
{
    (void)context;
    json_t *root = vectors_open("sealed.json");
    struct box_pair people[PEOPLE_MAX];
    size_t i;
    json_t *vector;

    read_people(root, people);
    json_array_foreach(vector_get(root, "documents"), i, vector)
    {
        AUTO_BUFFER plain = BUFFER_INIT;
        AUTO_BUFFER expected = BUFFER_INIT;
        AUTO_BUFFER sealed = BUFFER_INIT;
        SECRET_PLAN plan;
        const size_t size = vector_number(vector, "size");
        write_plain(size, &plain);
        check_sha256(vector, "plain_sha256", &plain);
        assert_int_equal(sealed_padded_size(size), vector_number(vector, "padded"));
        read_plan(vector, people, &plan);
        (void)vector_bytes(vector, "sealed_b64", &expected);
        check_ok(sealed_make(&plan, buffer_view(&plain), &sealed));
        check_bytes(buffer_view(&sealed), buffer_view(&expected));
        check_sha256(vector, "sealed_sha256", &sealed);
        assert_int_equal(sealed.size, vector_number(vector, "sealed_size"));
        assert_int_equal(sealed.size, sealed_size(plan.count, size));
        open_as_readers(vector, buffer_view(&sealed), people, buffer_view(&plain));
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* The document a case is made of: given whole, or cut out of and put into another one. */
static void false_document(json_t *root, json_t *vector, struct buffer *out)
{
    AUTO_BUFFER base = BUFFER_INIT;
    AUTO_BUFFER put = BUFFER_INIT;

    if (vector_get(vector, "sealed_b64") != NULL) {
        (void)vector_bytes(vector, "sealed_b64", out);
        return;
    }
    const size_t number = vector_number(vector, "base");
    const size_t at = vector_number(vector, "at");
    const size_t cut = vector_number(vector, "cut");
    (void)vector_bytes(json_array_get(vector_get(root, "documents"), number), "sealed_b64", &base);
    (void)vector_bytes(vector, "put_hex", &put);
    check_ok(buffer_append(out, bytes_slice(buffer_view(&base), 0, at)));
    check_ok(buffer_append(out, buffer_view(&put)));
    check_ok(buffer_append(out, bytes_slice(buffer_view(&base), at + cut, base.size)));
}

static struct result open_as(struct bytes sealed, const struct box_pair *reader, struct buffer *out)
{
    struct sealed_document document;

    TRY(sealed_parse(sealed, &document));
    return sealed_open(&document, reader, 1, out);
}

/* As those whom the case names: one by `reader`, several by `readers`, else the first. */
static struct result open_as_named(json_t *vector, struct bytes sealed,
                                   const struct box_pair people[static PEOPLE_MAX],
                                   struct buffer *out)
{
    struct box_pair readers[PEOPLE_MAX];
    struct sealed_document document;
    json_t *list = vector_get(vector, "readers");
    const json_t *one = vector_get(vector, "reader");
    size_t count = 0;

    readers[0] = people[one == NULL ? 0 : json_integer_value(one)];
    for (; count < json_array_size(list); count++) {
        readers[count] = people[json_integer_value(json_array_get(list, count))];
    }
    TRY(sealed_parse(sealed, &document));
    return sealed_open(&document, readers, count == 0 ? 1 : count, out);
}

static void refuses_each_false_document_for_its_reason(void **context)
{
    (void)context;
    json_t *root = vectors_open("sealed.json");
    struct box_pair people[PEOPLE_MAX];
    size_t i;
    json_t *vector;

    read_people(root, people);
    json_array_foreach(vector_get(root, "must_fail"), i, vector)
    {
        AUTO_BUFFER sealed = BUFFER_INIT;
        AUTO_BUFFER opened = BUFFER_INIT;
        char rule[32];
        false_document(root, vector, &sealed);
        (void)snprintf(rule, sizeof rule, "sealed.%s", vector_text(vector, "reason"));
        const struct result opening = open_as_named(vector, buffer_view(&sealed), people, &opened);
        if (is_ok(opening) || strcmp(opening.rule, rule) != 0) {
            fail_msg("%s: %s, not %s", vector_text(vector, "name"),
                     opening.rule ? opening.rule : "opened", rule);
        }
        assert_int_equal(opened.size, 0);
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* Pieces of a document, and other bytes between them. */
static void put_together(json_t *root, json_t *vector, struct buffer *out)
{
    AUTO_BUFFER base = BUFFER_INIT;
    const size_t number = vector_number(vector, "base");
    size_t i;
    json_t *piece;

    (void)vector_bytes(json_array_get(vector_get(root, "documents"), number), "sealed_b64", &base);
    json_array_foreach(vector_get(vector, "pieces"), i, piece)
    {
        const char *const hex = json_string_value(piece);
        AUTO_BUFFER bytes = BUFFER_INIT;

        if (hex != NULL) {
            check_ok(buffer_reserve(&bytes, strlen(hex) / 2));
            check_ok(hex_decode(bytes_of_string(hex), bytes.data, strlen(hex) / 2));
            bytes.size = strlen(hex) / 2;
            check_ok(buffer_append(out, buffer_view(&bytes)));
        } else {
            const size_t from = (size_t)json_integer_value(json_array_get(piece, 0));
            const size_t end = (size_t)json_integer_value(json_array_get(piece, 1));

            check_ok(buffer_append(out, bytes_slice(buffer_view(&base), from, end)));
        }
    }
}

static void refuses_chunks_that_were_moved_dropped_repeated_or_ended_otherwise(void **context)
{
    (void)context;
    json_t *root = vectors_open("sealed.json");
    json_t *order = vectors_open("sealed-order.json");
    struct box_pair people[PEOPLE_MAX];
    size_t i;
    json_t *vector;

    read_people(root, people);
    json_array_foreach(vector_get(order, "must_fail"), i, vector)
    {
        AUTO_BUFFER sealed = BUFFER_INIT;
        AUTO_BUFFER opened = BUFFER_INIT;
        const size_t reader = vector_number(vector, "reader");

        put_together(root, vector, &sealed);
        const struct result opening = open_as(buffer_view(&sealed), &people[reader], &opened);
        if (is_ok(opening) || strcmp(opening.rule, "sealed.chunk") != 0) {
            fail_msg("%s: %s", vector_text(vector, "name"), opening.rule ? opening.rule : "opened");
        }
        assert_int_equal(opened.size, 0);
    }
    assert_true(i > 0);
    vectors_close(order);
    vectors_close(root);
}

static void pads_to_the_smallest_power_of_two_chunks(void **context)
{
    (void)context;
    json_t *root = vectors_open("sealed.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "padding"), i, vector)
    {
        assert_int_equal(sealed_padded_size(vector_number(vector, "size")),
                         vector_number(vector, "padded"));
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void a_drawn_plan_seals_for_exactly_its_readers(void **context)
{
    (void)context;
    json_t *root = vectors_open("sealed.json");
    struct box_pair people[PEOPLE_MAX];
    SECRET_PLAN plan;
    AUTO_BUFFER sealed = BUFFER_INIT;
    AUTO_BUFFER opened = BUFFER_INIT;
    struct sealed_document document;

    read_people(root, people);
    const struct box_public readers[] = {people[2].key, people[0].key};
    check_ok(sealed_plan_draw(SEALED_ANY, readers, 2, &plan));
    check_ok(sealed_make(&plan, LITERAL("text"), &sealed));
    check_ok(open_as(buffer_view(&sealed), &people[0], &opened));
    check_bytes(buffer_view(&opened), LITERAL("text"));
    check_fails(open_as(buffer_view(&sealed), &people[1], &opened), INVALID, "sealed.reader");
    buffer_clear(&sealed);
    buffer_clear(&opened);
    check_ok(sealed_plan_draw(SEALED_BOTH, readers, 2, &plan));
    check_ok(sealed_make(&plan, LITERAL("text"), &sealed));
    check_fails(open_as(buffer_view(&sealed), &people[0], &opened), INVALID, "sealed.reader");
    check_ok(sealed_parse(buffer_view(&sealed), &document));
    const struct box_pair both[] = {people[2], people[0]};
    check_ok(sealed_open(&document, both, 2, &opened));
    check_bytes(buffer_view(&opened), LITERAL("text"));
    const struct box_pair twice[] = {people[0], people[0]};
    check_fails(sealed_open(&document, twice, 2, &opened), INVALID, "sealed.key");
    vectors_close(root);
}

static void refuses_plans_that_nobody_could_read(void **context)
{
    (void)context;
    json_t *root = vectors_open("sealed.json");
    struct box_pair people[PEOPLE_MAX];
    SECRET_PLAN plan;
    const struct box_public low_order = {{1}};

    read_people(root, people);
    const struct box_public twice[] = {people[0].key, people[0].key};
    check_fails(sealed_plan_draw(SEALED_ANY, twice, 0, &plan), INVALID, "sealed.readers");
    check_fails(sealed_plan_draw(SEALED_ANY, twice, 2, &plan), INVALID, "sealed.readers");
    check_fails(sealed_plan_draw(SEALED_BOTH, twice, 1, &plan), INVALID, "sealed.readers");
    check_fails(sealed_plan_draw(SEALED_ANY, &low_order, 1, &plan), INVALID, "sealed.readers");
    check_fails(sealed_plan_draw(3, twice, 1, &plan), INVALID, "sealed.suite");
    check_ok(sealed_plan_draw(SEALED_ANY, twice, 1, &plan));
    AUTO_BUFFER sealed = BUFFER_INIT;
    const struct bytes huge = {people[0].key.bytes, SEALED_PLAIN_MAX + 1}; /* never read */
    check_fails(sealed_make(&plan, huge, &sealed), INVALID, "sealed.size");
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seals_and_opens_the_documents_of_the_vectors),
        cmocka_unit_test(refuses_each_false_document_for_its_reason),
        cmocka_unit_test(refuses_chunks_that_were_moved_dropped_repeated_or_ended_otherwise),
        cmocka_unit_test(pads_to_the_smallest_power_of_two_chunks),
        cmocka_unit_test(a_drawn_plan_seals_for_exactly_its_readers),
        cmocka_unit_test(refuses_plans_that_nobody_could_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
