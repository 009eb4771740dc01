#include "protocol/manifest.h"

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/group.h"
#include "protocol/kind.h"

static struct result bad_form(const char *label)
{
    return fail_field(MALFORMED, "election.field", label, 0);
}

/* The next word; false at the end and between two spaces. */
static bool take_word(struct bytes *rest, struct bytes *word)
{
    *word = text_cut(rest, ' ');
    return word->size > 0;
}

static bool take_id(struct bytes *rest, struct bytes *id)
{
    return take_word(rest, id) && text_is_id(*id);
}

static bool take_number(struct bytes *rest, uint64_t *number)
{
    struct bytes word;

    return take_word(rest, &word) && is_ok(text_parse_number(word, number));
}

/* What is left of a line, as a name: it may hold spaces, but does not begin with one. */
static bool take_name(const struct bytes *rest, struct bytes *name)
{
    *name = *rest;
    return name->size > 0 && name->data[0] != ' ';
}

/* A key stands as a word of base64; whether it is a point is the caller's rule. */
static bool take_key(struct bytes *rest, uint8_t out[static POINT_SIZE])
{
    struct bytes word;

    return take_word(rest, &word) && is_ok(base64_decode_fixed(word, out, POINT_SIZE));
}

/* Adds a grade from 1, known, and above those that stand there already. */
static bool add_grade(uint64_t grade, size_t grade_count, grade_set *grades)
{
    if (grade < 1 || grade >= grade_count || *grades >> grade != 0) {
        return false;
    }
    *grades = (grade_set)(*grades | (1u << grade));
    return true;
}

struct result manifest_candidate(struct bytes value, struct election_candidate *out)
{
    if (!take_id(&value, &out->id) || !take_name(&value, &out->name)) {
        return bad_form("候选");
    }
    return OK;
}

struct result manifest_grade(struct bytes value, size_t grade, struct election_grade *out)
{
    uint64_t number;

    if (!take_number(&value, &number) || !take_number(&value, &out->weight) ||
        !take_name(&value, &out->name)) {
        return bad_form("等次");
    }
    if (number != grade) {
        return fail_field(INVALID, "election.grade", "等次", 0);
    }
    return OK;
}

struct result manifest_limit(struct bytes value, size_t grade_count, struct election_limit *out)
{
    uint64_t grade;

    out->grades = 0;
    if (!take_number(&value, &out->max) || value.size == 0) {
        return bad_form("限额");
    }
    while (value.size > 0) {
        if (!take_number(&value, &grade)) {
            return bad_form("限额");
        }
        if (!add_grade(grade, grade_count, &out->grades)) {
            return fail_field(INVALID, "election.limits", "限额", 0);
        }
    }
    return OK;
}

struct result manifest_seat(struct bytes value, size_t grade_count, struct election_seat *out)
{
    uint64_t grade;

    if (!take_number(&value, &grade) || !take_number(&value, &out->places) || value.size > 0) {
        return bad_form("席位");
    }
    if (grade < 1 || grade >= grade_count || out->places < 1) {
        return fail_field(INVALID, "election.seats", "席位", 0);
    }
    out->grade = (unsigned)grade;
    return OK;
}

/* <num>/<den>, a part of the persons: above 0, at most 1. */
static bool read_fraction(struct bytes word, struct election_pass *out)
{
    const struct bytes numerator = text_cut(&word, '/');

    return is_ok(text_parse_number(numerator, &out->numerator)) &&
           is_ok(text_parse_number(word, &out->denominator)) && out->numerator > 0 &&
           out->numerator <= out->denominator;
}

static bool read_comparison(struct bytes base, struct bytes comparison, struct election_pass *out)
{
    out->base = bytes_is(base, "应到") ? BASE_APPOINTED : BASE_PRESENT;
    out->comparison = bytes_is(comparison, "超过") ? PASS_MORE_THAN : PASS_AT_LEAST;
    return (bytes_is(base, "应到") || bytes_is(base, "实到")) &&
           (bytes_is(comparison, "超过") || bytes_is(comparison, "不少于"));
}

struct result manifest_pass(struct bytes value, size_t grade_count, struct election_pass *out)
{
    struct bytes word = EMPTY_BYTES, base = EMPTY_BYTES;
    uint64_t grade;

    out->grades = 0;
    while (take_word(&value, &word) && text_find(word, LITERAL("/")) == SIZE_MAX) {
        if (!is_ok(text_parse_number(word, &grade))) {
            return bad_form("通过");
        }
        if (!add_grade(grade, grade_count, &out->grades)) {
            return fail_field(INVALID, "election.passes", "通过", 0);
        }
    }
    if (out->grades == 0 || !read_fraction(word, out) || !take_word(&value, &base) ||
        !read_comparison(base, value, out)) {
        return bad_form("通过");
    }
    return OK;
}

struct result manifest_member(struct bytes value, struct election_member *out)
{
    static const struct field_type hidden_name = FIELD_ONE("名册", KIND_HIDDEN);
    uint8_t key[POINT_SIZE];

    if (!take_id(&value, &out->id) || !take_key(&value, key)) {
        return bad_form("名册");
    }
    TRY(kind_check(&hidden_name, value));
    if (!is_ok(point_decode(BYTES(key), &out->key))) {
        return fail_field(INVALID, "election.roll", "名册", 0);
    }
    out->hidden_name = value;
    return OK;
}

struct result manifest_recusal(struct bytes value, const struct election *election, size_t *member,
                               size_t *candidate)
{
    struct bytes person = EMPTY_BYTES, id = EMPTY_BYTES;

    if (!take_id(&value, &person) || !take_id(&value, &id) || value.size > 0) {
        return bad_form("回避");
    }
    *member = election_find_member(election, person);
    *candidate = election_find_candidate(election, id);
    if (*member == election->roll_count || *candidate == election->candidate_count) {
        return fail_field(INVALID, "election.recusals", "回避", 0);
    }
    return OK;
}

struct result manifest_trustee(struct bytes value, uint64_t index, struct election_trustee *out)
{
    uint8_t key[POINT_SIZE];
    uint64_t number;

    if (!take_number(&value, &number) || !take_id(&value, &out->id) || !take_key(&value, key) ||
        value.size > 0) {
        return bad_form("受托人");
    }
    if (number != index || !is_ok(point_decode(BYTES(key), &out->key))) {
        return fail_field(INVALID, "election.trustees", "受托人", 0);
    }
    return OK;
}
