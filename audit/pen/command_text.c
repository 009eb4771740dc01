#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "pen/commands.h"
#include "protocol/statement.h"
#include "record/types.h"
#include "verifier/file.h"

#define LABEL_SIZE 128

/* `hide TYPE LABEL VALUE`: the field's value, then the opening's salt. */
struct result command_hide(const struct options *options)
{
    AUTO_BUFFER out = BUFFER_INIT;
    struct hidden_opening opening;
    struct hash32 hidden;

    if (options->word_count != 3) {
        return fail_field(INVALID, "options.missing", "TYPE LABEL VALUE", 0);
    }
    secret_random(opening.salt, sizeof opening.salt);
    opening.value = bytes_of_string(options->words[2]);
    hidden_of(bytes_of_string(options->words[0]), options->words[1], &opening, &hidden);
    TRY(buffer_append_text(&out, "#"));
    TRY(base64_append(&out, BYTES(hidden.bytes)));
    TRY(buffer_append_text(&out, "\n"));
    TRY(base64_append(&out, BYTES(opening.salt)));
    TRY(buffer_append_text(&out, "\n"));
    return pen_print(buffer_view(&out));
}

/* One word "LABEL=VALUE". */
static struct result add_field(const char *word, struct buffer *text)
{
    const char *equals = strchr(word, '=');
    char label[LABEL_SIZE];

    REQUIRE(equals != NULL && (size_t)(equals - word) < sizeof label, INVALID, "pen.field");
    memcpy(label, word, (size_t)(equals - word));
    label[equals - word] = 0;
    return statement_add(text, label, bytes_of_string(equals + 1));
}

/* The text must be one that its row allows, so that nobody signs what nobody takes. */
static struct result check_text(struct bytes text, struct bytes origin)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(statement_parse_text(text, &statement));
    const struct type *type = type_find(statement.type);
    REQUIRE(type != NULL, INVALID, "statement.type");
    return statement_check(&statement, type->row, origin);
}

struct result command_compose(const struct options *options)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const char *origin;

    TRY(option_require(options, "origin", &origin));
    if (options->word_count < 1) {
        return fail_field(INVALID, "options.missing", "TYPE", 0);
    }
    TRY(statement_begin(&text, options->words[0], bytes_of_string(origin)));
    for (size_t i = 1; i < options->word_count; i++) {
        TRY(add_field(options->words[i], &text));
    }
    TRY(check_text(buffer_view(&text), bytes_of_string(origin)));
    return pen_print(buffer_view(&text));
}

/* A text alone becomes a note without lines. */
static struct result read_note(const char *path, struct buffer *note)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(file_read(path, &file));
    buffer_clear(note);
    if (is_ok(statement_parse_text(buffer_view(&file), &statement))) {
        return statement_note(buffer_view(&file), note);
    }
    return buffer_append(note, buffer_view(&file));
}

struct result command_sign(const struct options *options)
{
    SECRET_DEVICE device;
    AUTO_BUFFER note = BUFFER_INIT;
    const char *origin;

    TRY(option_require(options, "origin", &origin));
    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "FILE", 0);
    }
    TRY(pen_device(options, bytes_of_string(origin), &device));
    TRY(read_note(options->words[0], &note));
    TRY(device_sign(&device, &note));
    return pen_print(buffer_view(&note));
}

static void print_lines(const struct statement *statement)
{
    for (size_t i = 0; i < statement->signature_count; i++) {
        const struct bytes name = statement->signatures[i].name;

        (void)printf("— %.*s\n", (int)name.size, (const char *)name.data);
    }
}

struct result command_show(const struct options *options)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    AUTO_BUFFER code = BUFFER_INIT;

    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "FILE", 0);
    }
    TRY(file_read(options->words[0], &file));
    struct result result = statement_parse_text(buffer_view(&file), &statement);
    if (!is_ok(result)) {
        result = statement_parse(buffer_view(&file), &statement);
    }
    TRY(result);
    TRY(check_text(statement.text, EMPTY_BYTES));
    const struct hash32 hash = sha256_of(statement.text);
    TRY(hex_append(&code, BYTES(hash.bytes)));
    TRY(pen_print(statement.text));
    (void)printf("SHA-256 %.*s\n", (int)code.size, (const char *)code.data);
    print_lines(&statement);
    return OK;
}
