/*
 * covers: election_rules, election_print, manifest
 */
#include "base/text.h"
#include "check.h"
#include "protocol/election.h"
#include "support/polling.h"
#include "support/vectors.h"

/* --- vectors --- */

static void check_text(json_t *object, const char *path, struct bytes bytes)
{
    check_bytes(bytes_of_string(vector_text(object, path)), bytes);
}

static void check_hex(json_t *object, const char *path, const void *bytes, size_t size)
{
    AUTO_BUFFER expected = BUFFER_INIT;

    (void)vector_bytes(object, path, &expected);
    check_bytes(buffer_view(&expected), ((struct bytes){bytes, size}));
}

static grade_set grades_of(json_t *list)
{
    grade_set grades = 0;
    size_t i;
    json_t *grade;

    json_array_foreach(list, i, grade)
    {
        grades = (grade_set)(grades | (1u << json_integer_value(grade)));
    }
    return grades;
}

static void check_rules(json_t *read, const struct election *election)
{
    size_t i;
    json_t *item;

    assert_int_equal(json_array_size(vector_get(read, "limits")), election->limit_count);
    json_array_foreach(vector_get(read, "limits"), i, item)
    {
        assert_int_equal(vector_number(item, "max"), election->limits[i].max);
        assert_int_equal(grades_of(vector_get(item, "grades")), election->limits[i].grades);
    }
    json_array_foreach(vector_get(read, "seats"), i, item)
    {
        assert_int_equal(vector_number(item, "grade"), election->seats[i].grade);
        assert_int_equal(vector_number(item, "k"), election->seats[i].places);
    }
    json_array_foreach(vector_get(read, "passes"), i, item)
    {
        const struct election_pass *pass = &election->passes[i];
        assert_int_equal(grades_of(vector_get(item, "grades")), pass->grades);
        assert_int_equal(vector_number(item, "num"), pass->numerator);
        assert_int_equal(vector_number(item, "den"), pass->denominator);
        assert_int_equal(strcmp(vector_text(item, "base"), "应到") == 0,
                         pass->base == BASE_APPOINTED);
        assert_int_equal(strcmp(vector_text(item, "comparison"), "不少于") == 0,
                         pass->comparison == PASS_AT_LEAST);
    }
}

static void check_roll(json_t *read, const struct election *election)
{
    size_t i, k;
    json_t *item, *candidate;

    assert_int_equal(json_array_size(vector_get(read, "roll")), election->roll_count);
    json_array_foreach(vector_get(read, "roll"), i, item)
    {
        const struct election_member *member = &election->roll[i];
        check_text(item, "id", member->id);
        check_hex(item, "P", member->key.bytes, POINT_SIZE);
        check_text(item, "name", member->hidden_name);
        assert_int_equal(json_array_size(vector_get(item, "recused")), member->recused_count);
        json_array_foreach(vector_get(item, "recused"), k, candidate)
        {
            assert_int_equal(json_integer_value(candidate), member->recused[k] + 1);
        }
    }
}

static void check_people(json_t *read, const struct election *election)
{
    size_t i;
    json_t *item;

    json_array_foreach(vector_get(read, "candidates"), i, item)
    {
        check_text(item, "id", election->candidates[i].id);
        check_text(item, "name", election->candidates[i].name);
    }
    assert_int_equal(i, election->candidate_count);
    json_array_foreach(vector_get(read, "grades"), i, item)
    {
        assert_int_equal(vector_number(item, "weight"), election->grades[i].weight);
        check_text(item, "name", election->grades[i].name);
    }
    assert_int_equal(i, election->grade_count);
    json_array_foreach(vector_get(read, "trustees"), i, item)
    {
        check_text(item, "id", election->trustees[i].id);
        check_hex(item, "X", election->trustees[i].key.bytes, POINT_SIZE);
    }
    assert_int_equal(i, election->trustee_count);
}

static void check_time(json_t *read, const char *name, int64_t seconds)
{
    int64_t expected;

    check_ok(text_parse_time(bytes_of_string(vector_text(read, name)), &expected));
    assert_int_equal(seconds, expected);
}

static void check_read(json_t *read, const struct election *election)
{
    check_text(read, "origin", election->origin);
    check_text(read, "id", election->id);
    check_text(read, "meeting", election->meeting);
    assert_int_equal(vector_number(read, "round"), election->round);
    check_hex(read, "ceremony", election->ceremony.bytes, 32);
    assert_int_equal(vector_number(read, "t"), election->threshold);
    check_hex(read, "K", election->key.bytes, POINT_SIZE);
    assert_int_equal(vector_number(read, "window"), election->window);
    check_time(read, "opens", election->opens);
    check_time(read, "closes", election->closes);
    check_people(read, election);
    check_rules(read, election);
    check_roll(read, election);
}

static void check_computed(json_t *manifest, const struct election *election)
{
    size_t i;
    json_t *total;
    json_t *totals = vector_get(manifest, "S");
    const size_t expected = election->limit_count > 0 ? json_array_size(totals) : 0;

    check_hex(manifest, "M", election->manifest.bytes, 32);
    check_hex(manifest, "h", election->tag_base.bytes, POINT_SIZE);
    assert_int_equal(expected, election->total_count);
    if (expected > 0) {
        json_array_foreach(totals, i, total)
        {
            assert_int_equal(json_integer_value(total), election->totals[i]);
        }
    }
    assert_int_equal(vector_number(manifest, "note_size"), election->sizes.note);
    assert_int_equal(vector_number(manifest, "entry_size"), election->sizes.entry);
}

static void reads_and_prints_the_manifests_of_the_vectors(void **state)
{
    json_t *root = vectors_open("ballot.json");
    size_t i;
    json_t *item;

    (void)state;
    json_array_foreach(vector_get(root, "elections"), i, item)
    {
        AUTO_ELECTION election = ELECTION_INIT;
        AUTO_BUFFER printed = BUFFER_INIT;
        json_t *manifest = vector_get(item, "manifest");
        const struct bytes text = bytes_of_string(vector_text(manifest, "text"));

        check_ok(election_parse(text, &election));
        check_read(vector_get(manifest, "read"), &election);
        check_computed(manifest, &election);
        check_ok(election_print(&election, &printed));
        check_bytes(buffer_view(&printed), text);
    }
    assert_true(i > 0);
    vectors_close(root);
}

static void refuses_every_bad_manifest_by_its_rule(void **state)
{
    json_t *root = vectors_open("ballot.json");
    size_t i;
    json_t *item;

    (void)state;
    json_array_foreach(vector_get(root, "manifests_must_fail"), i, item)
    {
        AUTO_ELECTION election = ELECTION_INIT;
        const struct result verdict =
            election_parse(bytes_of_string(vector_text(item, "text")), &election);
        const char *dot = verdict.rule != NULL ? strchr(verdict.rule, '.') : NULL;

        if (is_ok(verdict) || dot == NULL || strcmp(dot + 1, vector_text(item, "class")) != 0) {
            fail_msg("%s: %s instead of %s", vector_text(item, "name"),
                     verdict.rule ? verdict.rule : "accepted", vector_text(item, "class"));
        }
    }
    assert_true(i > 0);
    vectors_close(root);
}

/* --- our own forgeries: one line of a good manifest is replaced --- */

/* The manifest of forgery.json with `line` (up to its LF) replaced, if it is there. */
static void replace_line(const char *line, const char *by, struct buffer *out)
{
    json_t *root = vectors_open("forgery.json");
    const char *text = vector_text(root, "manifest");
    const char *found = strstr(text, line);

    assert_non_null(found);
    const char *end = strchr(found, '\n');
    buffer_clear(out);
    check_ok(buffer_append(out, (struct bytes){(const uint8_t *)text, (size_t)(found - text)}));
    check_ok(buffer_append_text(out, by));
    check_ok(buffer_append_text(out, by[0] != 0 ? end : end + 1));
    vectors_close(root);
}

static void check_refused(const char *line, const char *by, enum failure failure, const char *rule)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_ELECTION election = ELECTION_INIT;

    replace_line(line, by, &text);
    const struct result verdict = election_parse(buffer_view(&text), &election);
    if (verdict.failure != failure || strcmp(verdict.rule, rule) != 0) {
        fail_msg("%s: %s", by, verdict.rule != NULL ? verdict.rule : "accepted");
    }
    assert_null(election.candidates);
}

static void refuses_lines_of_another_form(void **state)
{
    (void)state;
    check_refused("候选：org-02", "候选：org-02", MALFORMED, "election.field");
    check_refused("候选：org-02", "候选：org-02  示例机构", MALFORMED, "election.field");
    check_refused("候选：org-02", "候选：ORG-02 示例机构", MALFORMED, "election.field");
    check_refused("等次：1", "等次：1 1", MALFORMED, "election.field");
    check_refused("等次：1", "等次：01 1 提名奖", MALFORMED, "election.field");
    check_refused("限额：1 2", "限额：1", MALFORMED, "election.field");
    check_refused("限额：1 2", "限额：1  2", MALFORMED, "election.field");
    check_refused("席位：2 1", "席位：2 1 1", MALFORMED, "election.field");
    check_refused("通过：2 2/3", "通过：2 2/0 实到 不少于", MALFORMED, "election.field");
    check_refused("通过：2 2/3", "通过：2 0/3 实到 不少于", MALFORMED, "election.field");
    check_refused("通过：2 2/3", "通过：2/3 实到 不少于", MALFORMED, "election.field");
    check_refused("通过：2 2/3", "通过：2 2/3 实到 不少于 1", MALFORMED, "election.field");
    check_refused("受托人：2", "受托人：2 x", MALFORMED, "election.field");
}

static void refuses_rules_that_cannot_be(void **state)
{
    (void)state;
    check_refused("席位：2 1", "席位：2 0", INVALID, "election.seats");
    check_refused("席位：1 2", "席位：2 2", INVALID, "election.seats");
    check_refused("通过：1 2 1/2", "通过：2 1/2 实到 超过", INVALID, "election.passes");
    check_refused("通过：1 2 1/2", "通过：0 1/2 实到 超过", INVALID, "election.passes");
    check_refused("通过：1 2 1/2", "", INVALID, "election.passes");
    check_refused("限额：1 2", "限额：1 1 1", INVALID, "election.limits");
    check_refused("轮次：1", "轮次：0", INVALID, "election.round");
    check_refused("轮次：1",
                  "轮次：1\n上一轮清单：E0Hb1dbg9bPBuWR1vy3Dc4WL5Gs9QKAIxnAB9uAM9MY=", INVALID,
                  "election.round");
    check_refused("开始：", "开始：2026-11-22T16:00:00+08:00", INVALID, "election.time");
}

static void refuses_the_same_recusal_twice(void **state)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_ELECTION election = ELECTION_INIT;
    struct polling desk;

    (void)state;
    polling_open(needs_recusal, &desk);
    const struct bytes manifest = buffer_view(&desk.election.text);
    const size_t found = text_find(manifest, LITERAL("回避："));
    const struct bytes rest = bytes_slice(manifest, found, manifest.size);
    const size_t line = text_find(rest, LITERAL("\n")) + 1;
    check_ok(buffer_append(&text, bytes_slice(manifest, 0, found)));
    check_ok(buffer_append(&text, bytes_slice(rest, 0, line)));
    check_ok(buffer_append(&text, rest));
    check_fails(election_parse(buffer_view(&text), &election), INVALID, "election.recusals");
    polling_close(&desk);
}

static void refuses_a_text_of_another_type_or_cut_short(void **state)
{
    AUTO_ELECTION election = ELECTION_INIT;
    json_t *root = vectors_open("forgery.json");
    const struct bytes text = bytes_of_string(vector_text(root, "manifest"));
    const struct bytes ceremony = bytes_of_string(vector_text(root, "ceremony"));

    (void)state;
    for (size_t size = 0; size < text.size; size += 7) {
        assert_false(is_ok(election_parse(bytes_slice(text, 0, size), &election)));
    }
    check_fails(election_parse(ceremony, &election), MALFORMED, "statement.type");
    vectors_close(root);
}

/* --- limits: how many totals a manifest may have --- */

/* Prints the small manifest with so many candidates, all of whom a ballot may grade. */
static void print_loose_manifest(size_t candidate_count, struct buffer *out)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_ELECTION election = ELECTION_INIT;
    struct election_candidate candidates[CANDIDATES_MAX];
    static char ids[CANDIDATES_MAX][8];

    replace_line("轮次：1", "轮次：1", &text);
    check_ok(election_parse(buffer_view(&text), &election));
    struct election parts = election;
    for (size_t i = 0; i < candidate_count; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "org-%03zu", i + 1);
        candidates[i] = (struct election_candidate){bytes_of_string(ids[i]), LITERAL("示例机构")};
    }
    parts.candidates = candidates;
    parts.candidate_count = candidate_count;
    parts.limits[0].max = candidate_count;
    parts.limits[1].max = candidate_count;
    check_ok(election_print(&parts, out));
}

static void refuses_more_than_512_totals(void **state)
{
    AUTO_BUFFER most = BUFFER_INIT;
    AUTO_BUFFER more = BUFFER_INIT;
    AUTO_ELECTION election = ELECTION_INIT;

    (void)state;
    print_loose_manifest(20, &most); /* 21 * 22 / 2 = 231 totals */
    check_ok(election_parse(buffer_view(&most), &election));
    assert_int_equal(election.total_count, 231);
    election_free(&election);
    print_loose_manifest(31, &more); /* 528 */
    check_fails(election_parse(buffer_view(&more), &election), INVALID, "election.limits");
}

static void refuses_a_ballot_too_large_for_an_entry(void **state)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_ELECTION election = ELECTION_INIT;

    (void)state;
    print_loose_manifest(25, &text); /* 351 totals: 52 KB of base64 beside 25 choices */
    check_fails(election_parse(buffer_view(&text), &election), INVALID, "election.size");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_prints_the_manifests_of_the_vectors),
        cmocka_unit_test(refuses_every_bad_manifest_by_its_rule),
        cmocka_unit_test(refuses_lines_of_another_form),
        cmocka_unit_test(refuses_rules_that_cannot_be),
        cmocka_unit_test(refuses_the_same_recusal_twice),
        cmocka_unit_test(refuses_a_text_of_another_type_or_cut_short),
        cmocka_unit_test(refuses_more_than_512_totals),
        cmocka_unit_test(refuses_a_ballot_too_large_for_an_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
