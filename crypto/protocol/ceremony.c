#include "protocol/ceremony.h"

#include "base/encoding.h"
#include "base/text.h"
#include "protocol/interpolation.h"

static const struct field_type FIELDS[] = {
    FIELD_ONE("仪式", KIND_ID),
    FIELD_ONE("门限", KIND_NUMBER),
    FIELD_ONE("人数", KIND_NUMBER),
    FIELD_ANY("受托人", KIND_LINE),
};

const struct statement_type CEREMONY_TYPE = {"trustee.ceremony", FIELDS,
                                             sizeof FIELDS / sizeof FIELDS[0]};

/* <index> <person id> <base64 SHA-256 of the confirmed enrol text> */
static struct result read_trustee(struct bytes value, size_t place, struct ceremony *ceremony)
{
    struct ceremony_trustee *const trustee = &ceremony->trustees[place];
    const struct bytes index = text_cut(&value, ' ');
    uint64_t number;

    trustee->id = text_cut(&value, ' ');
    if (!is_ok(text_parse_number(index, &number)) || !text_is_id(trustee->id) ||
        !is_ok(base64_decode_fixed(value, trustee->enrolment.bytes,
                                   sizeof trustee->enrolment.bytes))) {
        return fail_field(MALFORMED, "ceremony.field", "受托人", place + 1);
    }
    if (number != place + 1 || ceremony_find(ceremony, trustee->id) != place) {
        return fail_field(INVALID, "ceremony.trustees", "受托人", place + 1);
    }
    return OK;
}

static struct result read_trustees(const struct statement *statement, struct ceremony *ceremony)
{
    const size_t count = statement_count(statement, "受托人");
    uint64_t stated;

    TRY(statement_number(statement, "人数", &stated));
    if (stated != count || count < 2 || count > TRUSTEES_MAX || ceremony->threshold > count ||
        ceremony->threshold * 2 <= count) {
        return fail_field(INVALID, "ceremony.trustees", "人数", 0);
    }
    for (size_t i = 0; i < count; i++) {
        ceremony->trustee_count = i + 1;
        TRY(read_trustee(statement_value_at(statement, "受托人", i), i, ceremony));
    }
    return OK;
}

static struct result read_all(struct bytes text, struct ceremony *ceremony)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(buffer_append(&ceremony->text, text));
    ceremony->hash = sha256_of(text);
    TRY(statement_parse_text(buffer_view(&ceremony->text), &statement));
    TRY(statement_check(&statement, &CEREMONY_TYPE, EMPTY_BYTES));
    ceremony->origin = statement.origin;
    ceremony->id = statement_value(&statement, "仪式");
    TRY(statement_number(&statement, "门限", &ceremony->threshold));
    return read_trustees(&statement, ceremony);
}

struct result ceremony_parse(struct bytes text, struct ceremony *out)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;

    *out = (struct ceremony)CEREMONY_INIT;
    TRY(read_all(text, &ceremony));
    *out = ceremony;
    ceremony = (struct ceremony)CEREMONY_INIT; /* transferred */
    return OK;
}

void ceremony_free(struct ceremony *ceremony)
{
    buffer_free(&ceremony->text);
    *ceremony = (struct ceremony)CEREMONY_INIT;
}

size_t ceremony_find(const struct ceremony *ceremony, struct bytes person)
{
    size_t i = 0;

    while (i < ceremony->trustee_count && !bytes_equal(ceremony->trustees[i].id, person)) {
        i++;
    }
    return i;
}

static struct result print_trustee(const struct ceremony_trustee *trustee, size_t index,
                                   struct buffer *out)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_decimal(&line, index));
    TRY(buffer_append_text(&line, " "));
    TRY(buffer_append(&line, trustee->id));
    TRY(buffer_append_text(&line, " "));
    TRY(base64_append(&line, BYTES(trustee->enrolment.bytes)));
    return statement_add(out, "受托人", buffer_view(&line));
}

struct result ceremony_print(const struct ceremony *parts, struct buffer *out)
{
    TRY(statement_begin(out, CEREMONY_TYPE.name, parts->origin));
    TRY(statement_add(out, "仪式", parts->id));
    TRY(statement_add_number(out, "门限", parts->threshold));
    TRY(statement_add_number(out, "人数", parts->trustee_count));
    for (size_t i = 0; i < parts->trustee_count; i++) {
        TRY(print_trustee(&parts->trustees[i], i + 1, out));
    }
    return OK;
}

struct result ceremony_keys_agree(const struct point *election_key,
                                  const struct election_trustee trustees[], size_t count,
                                  uint64_t threshold)
{
    struct interpolation_point points[TRUSTEES_MAX + 1];
    bool is_one = false;

    points[0] = (struct interpolation_point){0, *election_key};
    for (size_t i = 0; i < count; i++) {
        points[i + 1] = (struct interpolation_point){i + 1, trustees[i].key};
    }
    TRY(interpolation_agrees(points, count + 1, threshold, &is_one));
    REQUIRE(is_one, INVALID, "ceremony.keys");
    return OK;
}
