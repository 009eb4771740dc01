/* tests/vectors/evidence.json, which tests/web/evidence.test.mjs reads alike; and what C writes. */
#include "base/text.h"
#include "check.h"
#include "log/parts.h"
#include "support/vectors.h"

static void join_lines(json_t *parts, struct buffer *out)
{
    json_t *part;
    size_t i;

    json_array_foreach(parts, i, part)
    {
        check_ok(buffer_append_text(out, json_string_value(part)));
        check_ok(buffer_append_text(out, "\n"));
    }
}

static void check_case(json_t *one, struct bytes good)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    struct result result;

    join_lines(vector_get(one, "parts"), &lines);
    result = parts_read(buffer_view(&lines), &text);
    if (strcmp(is_ok(result) ? "" : result.rule, vector_text(one, "rule")) != 0) {
        fail_msg("%s: %s", vector_text(one, "name"), result.rule);
    }
    if (json_object_get(one, "at") && result.at != vector_number(one, "at")) {
        fail_msg("%s: at %llu", vector_text(one, "name"), (unsigned long long)result.at);
    }
    if (json_object_get(one, "size")) {
        assert_int_equal(text.size, vector_number(one, "size"));
    } else if (is_ok(result)) {
        check_bytes(buffer_view(&text), good);
    } else {
        assert_int_equal(text.size, 0);
    }
}

static void judges_as_the_vectors_say(void **state)
{
    json_t *root = vectors_open("evidence.json");
    const struct bytes good = bytes_of_string(vector_text(root, "good"));
    json_t *one;
    size_t i;
    (void)state;

    assert_true(json_array_size(vector_get(root, "parts")) > 20);
    json_array_foreach(vector_get(root, "parts"), i, one)
    {
        check_case(one, good);
    }
    vectors_close(root);
}

/* Text that hardly compresses: hashes in hex would halve, so digits of a generator. */
static void append_noise(size_t size, struct buffer *out)
{
    uint32_t state = 1;

    check_ok(buffer_reserve(out, size));
    for (size_t i = 0; i < size; i++) {
        state = state * 1664525u + 1013904223u;
        out->data[out->size++] = (uint8_t)(state >> 24);
    }
}

static bool is_alphanumeric(struct bytes part)
{
    static const char ALPHABET[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    size_t i = 0;

    while (i < part.size && memchr(ALPHABET, part.data[i], sizeof ALPHABET - 1)) {
        i++;
    }
    return i == part.size;
}

static void check_parts(struct bytes text, size_t count)
{
    AUTO_BUFFER parts = BUFFER_INIT;
    AUTO_BUFFER again = BUFFER_INIT;
    struct bytes rest;
    size_t shortest = SIZE_MAX;
    size_t longest = 0;
    size_t seen = 0;

    check_ok(parts_write(text, &parts));
    check_ok(parts_read(buffer_view(&parts), &again));
    check_bytes(buffer_view(&again), text);
    for (rest = buffer_view(&parts); rest.size > 0; seen++) {
        const struct bytes part = text_cut(&rest, '\n');

        assert_true(is_alphanumeric(part) && part.size <= PART_SIZE_MAX);
        shortest = part.size < shortest ? part.size : shortest;
        longest = part.size > longest ? part.size : longest;
    }
    assert_int_equal(seen, count);
    assert_true(longest - shortest <= 3); /* a number may have a digit more */
}

static void cuts_a_text_into_equal_parts_that_give_it_back(void **state)
{
    AUTO_BUFFER text = BUFFER_INIT;
    (void)state;

    check_parts(LITERAL("x"), 1);
    append_noise(6000, &text);
    check_parts((struct bytes){text.data, 1000}, 1);
    check_parts((struct bytes){text.data, 2000}, 2);
    check_parts(buffer_view(&text), 5);
}

static void refuses_a_text_that_no_number_of_codes_can_carry(void **state)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER parts = BUFFER_INIT;
    (void)state;

    check_fails(parts_write(EMPTY_BYTES, &parts), INVALID, "parts.size");
    append_noise(PARTS_TEXT_MAX + 1, &text);
    check_fails(parts_write(buffer_view(&text), &parts), INVALID, "parts.size");
    text.size = 130000;
    check_fails(parts_write(buffer_view(&text), &parts), INVALID, "parts.size");
    assert_int_equal(parts.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_as_the_vectors_say),
        cmocka_unit_test(cuts_a_text_into_equal_parts_that_give_it_back),
        cmocka_unit_test(refuses_a_text_that_no_number_of_codes_can_carry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
