#include "protocol/statement.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"

#define HEAD  LITERAL("xiling/v1 ")
#define COLON LITERAL("\xEF\xBC\x9A") /* U+FF1A */
#define LOG   LITERAL("日志")
#define BLANK LITERAL("\n\n")

enum { LINES_BEFORE_FIELDS = 2 };

void statement_free(struct statement *statement)
{
    buffer_free(&statement->fields);
    *statement = (struct statement)STATEMENT_INIT;
}

/* --- the grammar --- */

static struct result refuse(const char *rule, size_t line)
{
    return fail_field(MALFORMED, rule, NULL, line);
}

static struct result check_characters(struct bytes bytes)
{
    REQUIRE(bytes.size <= STATEMENT_SIZE_MAX, MALFORMED, "statement.length");
    struct result checked = text_check(bytes);
    if (!is_ok(checked)) {
        const bool is_utf8 = strcmp(checked.rule, "text.utf8") != 0;
        checked.rule = is_utf8 ? "statement.character" : "statement.utf8";
    }
    return checked;
}

/* Exactly one empty line stands in a note, and not at its end: it parts text from signatures. */
static struct result split_note(struct bytes note, struct bytes *text, struct bytes *lines)
{
    const size_t blank = text_find(note, BLANK);

    REQUIRE(blank != SIZE_MAX, MALFORMED, "statement.blank");
    *text = bytes_slice(note, 0, blank + 1);
    *lines = bytes_slice(note, blank + BLANK.size, note.size);
    REQUIRE(note.data[note.size - 1] == '\n', MALFORMED, "statement.blank");
    REQUIRE(text_find(bytes_slice(note, blank + 1, note.size), BLANK) == SIZE_MAX, MALFORMED,
            "statement.blank");
    return OK;
}

static size_t count_lines(struct bytes text)
{
    size_t lines = 0;

    while (text.size > 0) {
        (void)text_cut(&text, '\n');
        lines++;
    }
    return lines;
}

/* Lower-case letters, at most one dot between them: "ballot", "election.open". */
static bool is_type(struct bytes type)
{
    size_t dots = 0;

    if (type.size == 0 || type.data[0] == '.' || type.data[type.size - 1] == '.') {
        return false;
    }
    for (size_t i = 0; i < type.size; i++) {
        const uint8_t character = type.data[i];
        if (character != '.' && (character < 'a' || character > 'z')) {
            return false;
        }
        dots += character == '.' ? 1 : 0;
    }
    return dots <= 1;
}

static struct result parse_field(struct bytes line, size_t number, struct statement_field *out)
{
    const size_t colon = text_find(line, COLON);

    if (colon == SIZE_MAX || colon == 0) {
        return refuse("statement.line", number);
    }
    out->label = bytes_slice(line, 0, colon);
    out->value = bytes_slice(line, colon + COLON.size, line.size);
    return OK;
}

static struct result parse_head(struct bytes *text, struct statement *out)
{
    const struct bytes first = text_cut(text, '\n');
    const struct bytes second = text_cut(text, '\n');
    struct statement_field log;

    out->type = bytes_slice(first, HEAD.size, first.size);
    if (!bytes_starts_with(first, HEAD) || !is_type(out->type)) {
        return refuse("statement.line", 1);
    }
    TRY(parse_field(second, 2, &log));
    if (!bytes_equal(log.label, LOG)) {
        return refuse("statement.line", 2);
    }
    out->origin = log.value;
    return OK;
}

static struct result check_value(struct bytes value, size_t line)
{
    if (value.size == 0 || value.data[0] == ' ' || value.data[value.size - 1] == ' ') {
        return refuse("statement.value", line);
    }
    return OK;
}

static size_t field_count(const struct statement *statement)
{
    return statement->fields.size / sizeof(struct statement_field);
}

/* malloc aligns the buffer for every type, and only whole fields are appended. */
static const struct statement_field *field_at(const struct statement *statement, size_t index)
{
    return (const struct statement_field *)(const void *)statement->fields.data + index;
}

static struct result parse_body(struct bytes text, struct statement *out)
{
    out->text = text;
    REQUIRE(count_lines(text) <= STATEMENT_LINES_MAX, MALFORMED, "statement.lines");
    TRY(parse_head(&text, out));
    for (size_t line = LINES_BEFORE_FIELDS + 1; text.size > 0; line++) {
        struct statement_field field;
        TRY(parse_field(text_cut(&text, '\n'), line, &field));
        TRY(buffer_append(&out->fields, (struct bytes){(const uint8_t *)&field, sizeof field}));
    }
    TRY(check_value(out->origin, LINES_BEFORE_FIELDS));
    if (out->origin.size > TEXT_VALUE_MAX) {
        return refuse("statement.value", LINES_BEFORE_FIELDS);
    }
    for (size_t i = 0; i < field_count(out); i++) {
        TRY(check_value(field_at(out, i)->value, LINES_BEFORE_FIELDS + 1 + i));
    }
    return OK;
}

static struct result check_signature_lines(const struct statement *statement)
{
    for (size_t i = 0; i < statement->signature_count; i++) {
        if (!signer_name_is_valid(statement->signatures[i].name)) {
            return refuse("statement.keyname", i + 1);
        }
    }
    for (size_t i = 0; i < statement->signature_count; i++) {
        AUTO_BUFFER signature = BUFFER_INIT;
        struct key_id id;
        if (!is_ok(signature_line_decode(&statement->signatures[i], &id, &signature))) {
            return refuse("statement.base64", i + 1);
        }
    }
    return OK;
}

static struct result parse_signatures(struct bytes lines, struct statement *out)
{
    REQUIRE(lines.size > 0, MALFORMED, "statement.signatures");
    while (lines.size > 0) {
        const size_t line = out->signature_count + 1;
        if (out->signature_count == STATEMENT_SIGNATURES_MAX ||
            !is_ok(signature_line_parse(text_cut(&lines, '\n'),
                                        &out->signatures[out->signature_count]))) {
            return refuse("statement.signatures", line);
        }
        out->signature_count++;
    }
    return check_signature_lines(out);
}

static struct result parse_note(struct bytes note, struct statement *out)
{
    struct bytes text;
    struct bytes lines;

    TRY(check_characters(note));
    TRY(split_note(note, &text, &lines));
    out->note = note;
    TRY(parse_body(text, out));
    return parse_signatures(lines, out);
}

static struct result parse_text(struct bytes text, struct statement *out)
{
    TRY(check_characters(text));
    REQUIRE(text.size > 0 && text.data[text.size - 1] == '\n', MALFORMED, "statement.blank");
    REQUIRE(text_find(text, BLANK) == SIZE_MAX, MALFORMED, "statement.blank");
    return parse_body(text, out);
}

static struct result keep_if_ok(struct result parsed, struct statement *out)
{
    if (!is_ok(parsed)) {
        statement_free(out);
    }
    return parsed;
}

struct result statement_parse(struct bytes note, struct statement *out)
{
    statement_free(out);
    return keep_if_ok(parse_note(note, out), out);
}

struct result statement_parse_text(struct bytes text, struct statement *out)
{
    statement_free(out);
    return keep_if_ok(parse_text(text, out), out);
}

/* --- the row --- */

/* The row's own copy of a label, so that a result can name it; NULL for an unknown one. */
static const char *known_label(const struct statement_type *type, struct bytes label)
{
    for (size_t i = 0; i < type->count; i++) {
        if (bytes_is(label, type->fields[i].label)) {
            return type->fields[i].label;
        }
    }
    return NULL;
}

/* Checks the fields from *next on that belong to one field of the row. */
static struct result check_field(const struct statement *statement, const struct field_type *field,
                                 size_t *next)
{
    size_t count = 0;

    while (*next < field_count(statement) && count < field->max &&
           bytes_is(field_at(statement, *next)->label, field->label)) {
        struct result checked = kind_check(field, field_at(statement, *next)->value);
        if (!is_ok(checked)) {
            checked.at = LINES_BEFORE_FIELDS + 1 + *next;
            return checked;
        }
        (*next)++;
        count++;
    }
    if (count < field->min) {
        return fail_field(MALFORMED, "statement.field", field->label,
                          LINES_BEFORE_FIELDS + 1 + *next);
    }
    return OK;
}

struct result statement_check(const struct statement *statement, const struct statement_type *type,
                              struct bytes origin)
{
    size_t next = 0;

    if (origin.size > 0 && !bytes_equal(statement->origin, origin)) {
        return fail_field(INVALID, "statement.origin", "日志", LINES_BEFORE_FIELDS);
    }
    REQUIRE(bytes_is(statement->type, type->name), MALFORMED, "statement.type");
    for (size_t i = 0; i < type->count; i++) {
        TRY(check_field(statement, &type->fields[i], &next));
    }
    if (next < field_count(statement)) {
        return fail_field(MALFORMED, "statement.field",
                          known_label(type, field_at(statement, next)->label),
                          LINES_BEFORE_FIELDS + 1 + next);
    }
    return OK;
}

/* --- the signatures --- */

static bool is_line_of(const struct signature_line *line, const struct signer *signer)
{
    AUTO_BUFFER signature = BUFFER_INIT;
    struct key_id id;

    return bytes_equal(line->name, (struct bytes){signer->name, signer->name_size}) &&
           is_ok(signature_line_decode(line, &id, &signature)) &&
           bytes_equal(BYTES(id.bytes), BYTES(signer->id.bytes));
}

static bool is_signed_by(const struct statement *statement, size_t line,
                         const struct signer *signer)
{
    AUTO_BUFFER bytes = BUFFER_INIT;
    struct signature signature;
    struct key_id id;

    if (!is_ok(signature_line_decode(&statement->signatures[line], &id, &bytes)) ||
        bytes.size != sizeof signature.bytes) {
        return false;
    }
    memcpy(signature.bytes, bytes.data, sizeof signature.bytes);
    return is_ok(signature_verify(&signer->key, statement->text, &signature));
}

struct result statement_verify(const struct statement *statement, const struct signer *signers,
                               size_t count)
{
    REQUIRE(statement->signature_count == count, UNAUTHORIZED, "statement.signers");
    for (size_t i = 0; i < count; i++) {
        if (!is_line_of(&statement->signatures[i], &signers[i])) {
            return fail_field(UNAUTHORIZED, "statement.signers", NULL, i + 1);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_signed_by(statement, i, &signers[i])) {
            return fail_field(UNAUTHORIZED, "statement.signature", NULL, i + 1);
        }
    }
    return OK;
}

struct hash32 statement_digest(const struct statement *statement)
{
    return sha256_of(statement->text);
}

/* --- values --- */

size_t statement_count(const struct statement *statement, const char *label)
{
    size_t count = 0;

    for (size_t i = 0; i < field_count(statement); i++) {
        count += bytes_is(field_at(statement, i)->label, label) ? 1 : 0;
    }
    return count;
}

bool statement_has(const struct statement *statement, const char *label)
{
    return statement_value(statement, label).size > 0;
}

struct bytes statement_value(const struct statement *statement, const char *label)
{
    return statement_value_at(statement, label, 0);
}

struct bytes statement_value_at(const struct statement *statement, const char *label, size_t index)
{
    for (size_t i = 0; i < field_count(statement); i++) {
        if (bytes_is(field_at(statement, i)->label, label) && index-- == 0) {
            return field_at(statement, i)->value;
        }
    }
    return EMPTY_BYTES;
}

/* Names the field in a refusal, and says so if the field is not there at all. */
static struct result in_field(struct result read, struct bytes value, const char *label,
                              const char *rule)
{
    if (value.size == 0) {
        return fail_field(MALFORMED, "statement.field", label, 0);
    }
    return is_ok(read) ? OK : fail_field(MALFORMED, rule, label, 0);
}

struct result statement_number(const struct statement *statement, const char *label, uint64_t *out)
{
    const struct bytes value = statement_value(statement, label);

    return in_field(text_parse_number(value, out), value, label, "statement.number");
}

struct result statement_time(const struct statement *statement, const char *label, int64_t *out)
{
    const struct bytes value = statement_value(statement, label);

    return in_field(text_parse_time(value, out), value, label, "statement.time");
}

struct result statement_fixed(const struct statement *statement, const char *label, size_t index,
                              uint8_t *out, size_t size)
{
    const struct bytes value = statement_value_at(statement, label, index);

    return in_field(base64_decode_fixed(value, out, size), value, label, "statement.length");
}

struct result statement_hash(const struct statement *statement, const char *label,
                             struct hash32 *out)
{
    return statement_fixed(statement, label, 0, out->bytes, sizeof out->bytes);
}

struct result statement_point(const struct statement *statement, const char *label, size_t index,
                              struct point *out)
{
    uint8_t bytes[POINT_SIZE];
    const struct bytes value = statement_value_at(statement, label, index);

    TRY(statement_fixed(statement, label, index, bytes, sizeof bytes));
    return in_field(point_decode(BYTES(bytes), out), value, label, "statement.point");
}

struct result statement_bytes(const struct statement *statement, const char *label, size_t index,
                              struct buffer *out)
{
    const struct bytes value = statement_value_at(statement, label, index);

    return in_field(base64_decode_append(value, out), value, label, "statement.base64");
}
