#include "protocol/kind.h"

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/group.h"

typedef struct result check_function(const struct field_type *field, struct bytes value);

static struct result check_text(const struct field_type *field, struct bytes value)
{
    (void)field;
    REQUIRE(value.size <= TEXT_VALUE_MAX, MALFORMED, "statement.value");
    return OK;
}

static struct result check_id(const struct field_type *field, struct bytes value)
{
    TRY(check_text(field, value));
    REQUIRE(text_is_id(value), MALFORMED, "statement.id");
    return OK;
}

static struct result check_number(const struct field_type *field, struct bytes value)
{
    uint64_t number;

    TRY(check_text(field, value));
    REQUIRE(is_ok(text_parse_number(value, &number)), MALFORMED, "statement.number");
    return OK;
}

static struct result check_time(const struct field_type *field, struct bytes value)
{
    int64_t seconds;

    TRY(check_text(field, value));
    REQUIRE(is_ok(text_parse_time(value, &seconds)), MALFORMED, "statement.time");
    return OK;
}

static struct result check_word(const struct field_type *field, struct bytes value)
{
    TRY(check_text(field, value));
    for (const char *const *word = field->words; *word != NULL; word++) {
        if (bytes_is(value, *word)) {
            return OK;
        }
    }
    return fail(MALFORMED, "statement.word");
}

static struct result check_size(struct bytes value, size_t size)
{
    size_t decoded;

    REQUIRE(is_ok(base64_check(value, &decoded)), MALFORMED, "statement.base64");
    REQUIRE(size == 0 || decoded == size, MALFORMED, "statement.length");
    return OK;
}

static struct result check_bytes16(const struct field_type *field, struct bytes value)
{
    TRY(check_text(field, value));
    return check_size(value, 16);
}

static struct result check_bytes32(const struct field_type *field, struct bytes value)
{
    TRY(check_text(field, value));
    return check_size(value, 32);
}

static struct result check_point(const struct field_type *field, struct bytes value)
{
    uint8_t bytes[POINT_SIZE];
    struct point point;

    TRY(check_bytes32(field, value));
    TRY(base64_decode_fixed(value, bytes, sizeof bytes));
    REQUIRE(is_ok(point_decode(BYTES(bytes), &point)), MALFORMED, "statement.point");
    return OK;
}

/* Computed, so it may be as long as it is. */
static struct result check_proof(const struct field_type *field, struct bytes value)
{
    return check_size(value, field->size);
}

static struct result check_hidden(const struct field_type *field, struct bytes value)
{
    TRY(check_text(field, value));
    REQUIRE(bytes_starts_with(value, LITERAL("#")), MALFORMED, "statement.hidden");
    return check_size(bytes_slice(value, 1, value.size), 32);
}

static const struct {
    const char *name;
    check_function *check;
} KINDS[KIND_COUNT] = {
    [KIND_TEXT] = {"text", check_text},          [KIND_ID] = {"id", check_id},
    [KIND_NUMBER] = {"number", check_number},    [KIND_TIME] = {"time", check_time},
    [KIND_WORD] = {"word", check_word},          [KIND_HASH] = {"hash", check_bytes32},
    [KIND_BYTES16] = {"bytes16", check_bytes16}, [KIND_BYTES32] = {"bytes32", check_bytes32},
    [KIND_KEY] = {"key", check_bytes32},         [KIND_POINT] = {"point", check_point},
    [KIND_PROOF] = {"proof", check_proof},       [KIND_HIDDEN] = {"hidden", check_hidden},
    [KIND_LINE] = {"line", check_text},
};

const char *kind_name(enum value_kind kind)
{
    return KINDS[kind].name;
}

struct result kind_check(const struct field_type *field, struct bytes value)
{
    struct result checked = KINDS[field->kind].check(field, value);

    checked.field = is_ok(checked) ? NULL : field->label;
    return checked;
}

void hidden_of(struct bytes type, const char *label, const struct hidden_opening *opening,
               struct hash32 *out)
{
    struct hash_state state;

    hash_begin(&state, "xiling/v1 hidden");
    hash_part(&state, type);
    hash_text(&state, label);
    hash_part(&state, BYTES(opening->salt));
    hash_part(&state, opening->value);
    hash_end_32(&state, out);
}

struct result hidden_open(struct bytes type, const char *label, struct bytes field,
                          const struct hidden_opening *opening)
{
    struct hash32 stated;
    struct hash32 expected;
    const struct bytes encoded = bytes_slice(field, 1, field.size);

    REQUIRE(bytes_starts_with(field, LITERAL("#")), INVALID, "hidden.opening");
    REQUIRE(is_ok(base64_decode_fixed(encoded, stated.bytes, sizeof stated.bytes)), INVALID,
            "hidden.opening");
    hidden_of(type, label, opening, &expected);
    REQUIRE(hash32_equal(&stated, &expected), INVALID, "hidden.opening");
    return OK;
}
