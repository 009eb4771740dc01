/*
 * What a stranger reads from the evidence is what the record says: every version of every report,
 * after each thing that can happen to one.
 */
#include "check.h"
#include "record/journal.h"
#include "record/view_report.h"
#include "support/world.h"
#include "verifier/sign_off.h"

#define ENTRIES_MAX 64

struct gathered {
    struct world *world;
    struct buffer raw[ENTRIES_MAX];
    struct sign_off_entry entries[ENTRIES_MAX];
    size_t count;
};

static struct result gather(void *context, uint64_t index)
{
    struct gathered *const gathered = context;
    struct buffer *const raw = &gathered->raw[gathered->count];

    assert_true(gathered->count < ENTRIES_MAX);
    check_ok(journal_load_entry(gathered->world->record, index, raw));
    gathered->entries[gathered->count++] = (struct sign_off_entry){index, buffer_view(raw)};
    return OK;
}

static void free_gathered(struct gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++) {
        buffer_free(&gathered->raw[i]);
    }
}

struct comparison {
    const struct sign_off *read;
    const struct sign_off_line *lines;
    size_t count; /* of the record's lines so far */
};

static enum sign_off_verdict verdict_of(const struct view_report_signer *row)
{
    if (row->refusal != VIEW_NONE) {
        return SIGN_OFF_REFUSED;
    }
    return row->index == VIEW_NONE              ? SIGN_OFF_MISSING
           : bytes_is(row->opinion, "同意")     ? SIGN_OFF_AGREED
           : bytes_is(row->opinion, "保留意见") ? SIGN_OFF_RESERVED
                                                : SIGN_OFF_DISAGREED;
}

static struct result compare_line(void *context, const struct view_report_signer *row)
{
    struct comparison *const comparison = context;
    const struct sign_off_line *const line = &comparison->lines[comparison->count++];
    const uint64_t index = row->refusal != VIEW_NONE ? row->refusal : row->index;

    assert_true(bytes_equal(row->person, line->person));
    assert_true(bytes_equal(row->capacity, line->capacity));
    assert_true(bytes_equal(row->organisation, line->organisation));
    assert_int_equal(verdict_of(row), line->verdict);
    assert_int_equal(index, line->index);
    if (row->index != VIEW_NONE) {
        assert_true(bytes_equal(row->reason, line->reason));
        assert_int_equal(row->time, line->time);
        assert_true(hash32_equal(&row->text, &line->text));
    }
    return OK;
}

static struct result compare_version(void *context, const struct view_report *row)
{
    const struct sign_off *const read = ((struct comparison *)context)->read;

    assert_true(bytes_equal(row->id, read->report));
    assert_int_equal(row->version, read->version);
    assert_true(bytes_equal(row->kind, read->kind));
    assert_true(bytes_equal(row->title, read->title));
    assert_true(hash32_equal(&row->file, &read->file));
    assert_int_equal(row->size, read->size);
    assert_int_equal(row->index, read->index);
    assert_string_equal(row->state, sign_off_state_name(read->state));
    assert_int_equal(row->since_index, read->since);
    assert_string_equal(row->void_how, read->voided_how == NULL ? "" : read->voided_how);
    return OK;
}

static void compare(struct world *world, const char *id, uint64_t version,
                    const struct sign_off *read)
{
    struct comparison lines = {read, sign_off_line_at(read, 0), 0};
    struct comparison former = {read, sign_off_former_at(read, 0), 0};
    const struct bytes report = bytes_of_string(id);

    check_ok(view_report(world->record, report, version, compare_version, &lines));
    check_ok(view_report_signers(world->record, report, version, compare_line, &lines));
    check_ok(view_report_former(world->record, report, version, compare_line, &former));
    assert_int_equal(lines.count, sign_off_line_count(read));
    assert_int_equal(former.count, sign_off_former_count(read));
}

static void check_version(struct world *world, const char *id, uint64_t version, const char *state)
{
    AUTO_SIGN_OFF read = SIGN_OFF_INIT;
    struct gathered gathered = {.world = world};

    check_ok(view_report_evidence(world->record, bytes_of_string(id), version, gather, &gathered));
    const struct sign_off_evidence evidence = {
        .origin = LITERAL(WORLD_ORIGIN), .entries = gathered.entries, .count = gathered.count};
    check_ok(sign_off_read(&evidence, &read));
    if (!sign_off_holds(&read)) {
        fail_msg("%s v%llu: %s", id, (unsigned long long)version,
                 sign_off_problem_at(&read, 0)->result.rule);
    }
    assert_string_equal(sign_off_state_name(read.state), state);
    compare(world, id, version, &read);
    free_gathered(&gathered);
}

static void sign(struct world *world, const char *id, const char *person, const char *opinion)
{
    const struct opinion given = {person, "评审员", opinion};

    world_sign_off_text(world, id, 1, &given);
    check_ok(SEND(world, person));
}

static void replace(struct world *world, const char *out, const char *in, const char *leader)
{
    world_team_change_text(world, out, in, leader);
    check_ok(SEND(world, "gu", "he"));
}

static void says_of_every_version_what_the_record_says(void **state)
{
    struct world *world = world_make();
    (void)state;

    world_reports(world);
    check_version(world, "paper", 1, "complete");
    check_version(world, "site", 1, "void");
    check_version(world, "site", 2, "open");
    check_version(world, "gone", 1, "void");
    check_version(world, "refused", 1, "open");
    check_version(world, "plain", 1, "open");
    sign(world, "plain", "bo", "不同意");
    sign(world, "plain", "ci", "保留意见");
    check_version(world, "plain", 1, "blocked");
    world_report(world, "paper", 2, false);
    check_version(world, "paper", 1, "void");
    check_version(world, "paper", 2, "open");
    world_free(world);
}

static void follows_a_change_of_persons(void **state)
{
    struct world *world = world_make();
    (void)state;

    world_reports(world);
    sign(world, "plain", "bo", "不同意");
    replace(world, "bo", "du", "an");
    check_version(world, "plain", 1, "open");
    check_version(world, "site", 2, "open");
    check_version(world, "paper", 1, "complete");
    sign(world, "plain", "du", "同意");
    replace(world, "an", "bo", "ci");
    check_version(world, "plain", 1, "open");
    check_version(world, "refused", 1, "open");
    world_delegate_text(world, "xixi", "mo");
    check_ok(SEND(world, "gu", "he"));
    check_version(world, "site", 2, "open");
    check_version(world, "refused", 1, "open");
    world_free(world);
}

/* Whoever leads by then voids what was complete before; the evidence says how that came. */
static void knows_who_leads_when_a_complete_version_is_voided(void **state)
{
    struct world *world = world_make();
    (void)state;

    world_reports(world);
    replace(world, "an", "du", "ci");
    world_void_text(world, "paper", 1);
    check_ok(SEND(world, "ci"));
    check_version(world, "paper", 1, "void");
    world_void_text(world, "plain", 1);
    check_ok(SEND(world, "gu", "he"));
    check_version(world, "plain", 1, "void");
    world_free(world);
}

static void knows_the_cycles_rule_where_all_sign_again(void **state)
{
    struct world *world = world_make();
    (void)state;

    world_team_ready(world, "重签");
    world_report(world, "paper", 1, false);
    check_ok(world_agree(world, "paper", 1, "an"));
    world_report(world, "site", 1, true);
    replace(world, "bo", "du", "an");
    check_version(world, "paper", 1, "void");
    check_version(world, "site", 1, "void");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_of_every_version_what_the_record_says),
        cmocka_unit_test(follows_a_change_of_persons),
        cmocka_unit_test(knows_who_leads_when_a_complete_version_is_voided),
        cmocka_unit_test(knows_the_cycles_rule_where_all_sign_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
