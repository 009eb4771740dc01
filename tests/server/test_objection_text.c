#include "check.h"
#include "server/objection_text.h"
#include "support/vectors.h"

/* tests/vectors/objection-text.json, which the page prints and reads alike. */

enum { MANY = 8 };

static struct bytes text_of(json_t *object, const char *name)
{
    return bytes_of_string(vector_text(object, name));
}

static struct result print_content(json_t *given, struct buffer *out)
{
    struct bytes files[MANY];
    size_t count;
    json_t *file;

    json_array_foreach(vector_get(given, "files"), count, file)
    {
        files[count] = bytes_of_string(json_string_value(file));
    }
    const struct objection_content content = {
        .notice = text_of(given, "notice"),
        .subject = text_of(given, "subject"),
        .salt = text_of(given, "salt"),
        .name = text_of(given, "name"),
        .kind = text_of(given, "kind"),
        .ground = text_of(given, "ground"),
        .facts = text_of(given, "facts"),
        .request = text_of(given, "request"),
        .files = files,
        .file_count = count,
        .disclosure = text_of(given, "disclosure"),
    };
    return objection_text_content(&content, out);
}

static struct result print_identity(json_t *given, struct buffer *out)
{
    struct objection_line lines[MANY];
    size_t count;
    json_t *line;

    json_array_foreach(given, count, line)
    {
        lines[count].label = json_string_value(json_array_get(line, 0));
        lines[count].value = bytes_of_string(json_string_value(json_array_get(line, 1)));
    }
    return objection_text_identity(lines, count, out);
}

static struct result print_answer(json_t *given, struct buffer *out)
{
    const struct objection_answer answer = {text_of(given, "case"), text_of(given, "state"),
                                            text_of(given, "basis"), text_of(given, "words")};

    return objection_text_answer(&answer, out);
}

static void prints_what_was_typed_as_the_page_does(void **context)
{
    (void)context;
    json_t *root = vectors_open("objection-text.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "texts"), i, vector)
    {
        AUTO_BUFFER text = BUFFER_INIT;
        json_t *given = vector_get(vector, "given");
        const struct bytes kind = text_of(vector, "kind");

        if (bytes_is(kind, "content")) {
            check_ok(print_content(given, &text));
        } else {
            check_ok(bytes_is(kind, "identity") ? print_identity(given, &text)
                                                : print_answer(given, &text));
        }
        check_bytes(buffer_view(&text), text_of(vector, "text"));
    }
    assert_int_equal(i, 13);
    vectors_close(root);
}

static void reads_every_line_of_a_label_and_refuses_a_broken_text(void **context)
{
    (void)context;
    json_t *root = vectors_open("objection-text.json");
    size_t i;
    json_t *vector;

    json_array_foreach(vector_get(root, "reads"), i, vector)
    {
        AUTO_BUFFER value = BUFFER_INIT;
        const struct result read =
            objection_text_read(text_of(vector, "text"), vector_text(vector, "first"),
                                vector_text(vector, "label"), &value);

        if (vector_flag(vector, "refused")) {
            check_fails(read, MALFORMED, "objection.text_form");
        } else {
            check_ok(read);
            check_bytes(buffer_view(&value), text_of(vector, "value"));
        }
    }
    assert_int_equal(i, 13);
    vectors_close(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_what_was_typed_as_the_page_does),
        cmocka_unit_test(reads_every_line_of_a_label_and_refuses_a_broken_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
