/*
 * What may be read of reviews: lists, tasks, who may read a document, what a report's evidence is.
 * covers: view_review, view_report, view_document, view_task
 */
#include "check.h"
#include "record/journal.h"
#include "record/view_report.h"
#include "support/world.h"

/* --- texts of lists: "a b c " --- */

static struct result tell_word(void *context, struct bytes word)
{
    TRY(buffer_append(context, word));
    return buffer_append_text(context, " ");
}

static void check_text(struct buffer *text, const char *expected)
{
    const char *told;

    check_ok(buffer_terminate(text, &told));
    assert_string_equal(told, expected);
    buffer_clear(text);
}

static struct result tell_organisation(void *context, const struct view_organisation *row)
{
    TRY(tell_word(context, row->id));
    TRY(tell_word(context, row->code));
    return tell_word(context, row->representative);
}

static struct result tell_reviewer(void *context, const struct view_reviewer *row)
{
    TRY(tell_word(context, row->person));
    TRY(tell_word(context, row->undertaken == VIEW_NONE ? LITERAL("-") : LITERAL("u")));
    return tell_word(context, row->declared == VIEW_NONE ? LITERAL("-") : LITERAL("d"));
}

static struct result tell_conflict(void *context, const struct view_conflict *row)
{
    TRY(tell_word(context, row->person));
    TRY(tell_word(context, row->organisation));
    return tell_word(context, bytes_of_string(row->how));
}

static struct result tell_change(void *context, const struct view_team_change *row)
{
    TRY(tell_word(context, row->out));
    return tell_word(context, row->in);
}

static struct result tell_team(void *context, const struct view_team *row)
{
    TRY(tell_word(context, row->id));
    return tell_word(context, row->leader);
}

static struct result tell_report(void *context, const struct view_report *row)
{
    TRY(tell_word(context, row->id));
    TRY(buffer_append_decimal(context, row->version));
    TRY(buffer_append_text(context, row->newest ? "! " : " "));
    return tell_word(context, bytes_of_string(row->state));
}

static struct result tell_review(void *context, const struct view_review *row)
{
    TRY(tell_word(context, bytes_of_string(row->after_change)));
    return tell_word(context, row->qualified_index == VIEW_NONE ? LITERAL("-") : LITERAL("q"));
}

/* --- lists --- */

static void a_review_is_read_as_it_stands(void **state)
{
    struct world *world = world_make();
    AUTO_BUFFER text = BUFFER_INIT;

    (void)state;
    world_team_ready(world, "重签");
    world_person(world, "new", "评审员");
    world_declare_text(world, "du", "xixi");
    check_ok(SEND(world, "du"));
    world_find_text(world, "du", "xixi");
    check_ok(SEND(world, "gu", "he"));
    check_ok(view_organisations(world->record, tell_organisation, &text));
    check_text(&text, "gudang 91330106MA00000016 ma xixi 91330106MA00000029 mei ");
    check_ok(view_review(world->record, LITERAL(WORLD_CYCLE), tell_review, &text));
    check_text(&text, "重签 q ");
    check_ok(view_review_qualified(world->record, LITERAL(WORLD_CYCLE), tell_word, &text));
    check_text(&text, "gudang xixi ");
    check_ok(view_review_reviewers(world->record, LITERAL(WORLD_CYCLE), tell_reviewer, &text));
    check_text(&text, "an u d bo u d ci u d du u d new - - ");
    check_ok(view_review_conflicts(world->record, LITERAL(WORLD_CYCLE), EMPTY_BYTES, tell_conflict,
                                   &text));
    check_text(&text, "du xixi declared du xixi found ");
    check_ok(view_review_conflicts(world->record, LITERAL(WORLD_CYCLE), LITERAL("an"),
                                   tell_conflict, &text));
    check_text(&text, "");
    check_fails(view_review(world->record, LITERAL("none"), tell_review, &text), NOT_FOUND,
                "view.unknown");
    check_fails(view_organisation(world->record, LITERAL("none"), tell_organisation, &text),
                NOT_FOUND, "view.unknown");
    world_free(world);
}

static void a_team_and_its_reports_are_read_as_they_stand(void **state)
{
    struct world *world = world_make();
    AUTO_BUFFER text = BUFFER_INIT;

    (void)state;
    world_reports(world);
    world_team_change_text(world, "an", "du", "ci");
    check_ok(SEND(world, "gu", "he"));
    check_ok(view_teams(world->record, tell_team, &text));
    check_text(&text, "team-one ci ");
    check_ok(view_team_reviewers(world->record, LITERAL(WORLD_TEAM), tell_word, &text));
    check_text(&text, "bo ci du ");
    check_ok(view_team_organisations(world->record, LITERAL(WORLD_TEAM), tell_word, &text));
    check_text(&text, "gudang xixi ");
    check_ok(view_team_changes(world->record, LITERAL(WORLD_TEAM), tell_change, &text));
    check_text(&text, "an du ");
    check_ok(view_review_teams(world->record, LITERAL(WORLD_CYCLE), tell_word, &text));
    check_text(&text, "team-one ");
    check_ok(view_team_reports(world->record, LITERAL(WORLD_TEAM), tell_word, &text));
    check_text(&text, "paper site gone refused plain ");
    check_ok(view_reports(world->record, tell_report, &text));
    check_text(&text, "paper 1! complete site 2! open gone 1! void refused 1! open plain 1! open ");
    check_ok(view_report_versions(world->record, LITERAL("site"), tell_report, &text));
    check_text(&text, "site 1 void site 2! open ");
    check_ok(view_report_organisations(world->record, LITERAL("paper"), tell_word, &text));
    check_text(&text, "gudang xixi ");
    check_fails(view_report(world->record, LITERAL("site"), 3, tell_report, &text), NOT_FOUND,
                "view.unknown");
    check_fails(view_team(world->record, LITERAL("none"), tell_team, &text), NOT_FOUND,
                "view.unknown");
    world_free(world);
}

/* --- tasks --- */

static struct result tell_task(void *context, const struct view_task *row)
{
    const bool of_file = row->file.bytes[0] != 0 || row->file.bytes[1] != 0;

    if (bytes_is(bytes_of_string(row->kind), "report.sign")) {
        assert_true(row->deadline != VIEW_NONE && row->deadline > row->since);
        assert_true(of_file);
    } else {
        assert_true(row->deadline == VIEW_NONE);
    }
    TRY(tell_word(context, bytes_of_string(row->kind)));
    TRY(tell_word(context, row->object));
    return tell_word(context, bytes_of_string(row->state));
}

static void check_tasks(struct world *world, const char *person, const char *expected)
{
    AUTO_BUFFER text = BUFFER_INIT;

    check_ok(view_tasks(&(struct view_asker){world->record, bytes_of_string(person), world->time},
                        tell_task, &text));
    check_text(&text, expected);
}

static void a_reviewer_sees_what_waits(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_review_people(world);
    check_tasks(world, "an", "");
    world_cycle_text(world, WORLD_CYCLE, 2026);
    check_ok(SEND(world, "qiao", "gu"));
    check_tasks(world, "an",
                "secrecy.undertake cycle-2026 todo conflict.declare cycle-2026 waiting ");
    world_free(world);

    world = world_make();
    world_team_ready(world, 0);
    check_tasks(world, "bo", "secrecy.undertake cycle-2026 done conflict.declare cycle-2026 done ");
    check_tasks(world, "an",
                "secrecy.undertake cycle-2026 done conflict.declare cycle-2026 done"
                " report.file team-one todo ");
    check_tasks(world, "mei", "");
    world_report(world, "site", 1, true);
    check_tasks(world, "mei", "report.sign site todo ");
    check_ok(world_agree(world, "site", 1, "mei"));
    check_tasks(world, "mei", "report.sign site done ");
    check_tasks(world, "an",
                "secrecy.undertake cycle-2026 done conflict.declare cycle-2026 done"
                " report.file team-one done report.upload site todo report.sign site todo ");
    world_void_text(world, "site", 1);
    check_ok(SEND(world, "an"));
    check_tasks(world, "mei", "");
    world_free(world);
}

/* --- documents --- */

static bool may_read(struct world *world, const char *person, const struct hash32 *file)
{
    bool may;

    check_ok(view_may_read_document(world->record, bytes_of_string(person), file, &may));
    return may;
}

static bool leads(struct world *world, const char *person, const struct hash32 *file)
{
    bool may;

    check_ok(view_leads_document(world->record, bytes_of_string(person), file, &may));
    return may;
}

static struct result tell_document(void *context, const struct view_document *row)
{
    TRY(tell_word(context, row->report));
    TRY(buffer_append_decimal(context, row->version));
    TRY(buffer_append_text(context, " "));
    return tell_word(context, row->format);
}

static void only_those_entitled_read_a_document(void **state)
{
    static const char *const readers[] = {"gu", "qiao", "m01", "an", "bo", "ci", "mei"};
    static const char *const strangers[] = {"du", "ma", "mo", "nobody", ""};
    struct world *world = world_make();
    const struct hash32 site = world_report_file("site", 2);
    const struct hash32 unnamed = world_report_file("site", 9);

    (void)state;
    world_reports(world);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        assert_true(may_read(world, readers[i], &site));
        assert_false(may_read(world, readers[i], &unnamed));
    }
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        assert_false(may_read(world, strangers[i], &site));
    }
    assert_true(leads(world, "an", &site));
    assert_false(leads(world, "bo", &site));
    world_free(world);
}

static void who_leaves_or_is_revoked_reads_no_more(void **state)
{
    struct world *world = world_make();
    const struct hash32 site = world_report_file("site", 2);

    (void)state;
    world_reports(world);
    world_team_change_text(world, "an", "du", "ci");
    check_ok(SEND(world, "gu", "he"));
    assert_false(may_read(world, "an", &site));
    assert_true(may_read(world, "du", &site));
    assert_true(leads(world, "ci", &site));
    world_begin(world, "person.revoke");
    world_put(world, "人员", "ci");
    world_put_hidden(world, "person.revoke", "理由", "遗失");
    check_ok(SEND(world, "gu", "he"));
    assert_false(may_read(world, "ci", &site));
    assert_false(leads(world, "ci", &site));
    world_free(world);
}

static void a_file_names_its_versions_the_newest_first(void **state)
{
    struct world *world = world_make();
    const struct hash32 file = world_report_file("paper", 1);
    const struct hash32 unnamed = world_report_file("paper", 9);
    AUTO_BUFFER text = BUFFER_INIT;

    (void)state;
    world_reports(world);
    world_report_text(world, "same", 1, false);
    world_replace_bytes(world, "文件", 0, BYTES(file.bytes));
    check_ok(SEND(world, "an"));
    check_ok(view_document(world->record, &file, tell_document, &text));
    check_text(&text, "same 1 PDF paper 1 PDF ");
    check_ok(view_document(world->record, &unnamed, tell_document, &text));
    check_text(&text, "");
    world_free(world);
}

/* --- evidence --- */

static struct result tell_entry(void *context, uint64_t index)
{
    TRY(buffer_append_decimal(context, index));
    return buffer_append_text(context, " ");
}

static uint64_t log_size(struct world *world)
{
    struct merkle_head head;

    check_ok(journal_load_head(world->record, &head));
    return head.size;
}

/* The entry in which a person of world_review_people() offered the keys. */
static uint64_t keys_of(size_t place)
{
    return 1 + 3 * place + 1;
}

static void check_evidence(struct world *world, uint64_t version, const uint64_t expected[],
                           size_t count)
{
    AUTO_BUFFER told = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    const char *list;

    for (size_t i = 0; i < count; i++) {
        check_ok(tell_entry(&text, expected[i]));
    }
    check_ok(buffer_terminate(&text, &list));
    check_ok(view_report_evidence(world->record, LITERAL("site"), version, tell_entry, &told));
    check_text(&told, list);
}

enum { QIAO, M01, AN, BO, CI, DU, MA, MEI, MO };

static void evidence_is_every_act_and_the_keys_of_who_acted(void **state)
{
    struct world *world = world_make();
    uint64_t first;

    (void)state;
    world_team_ready(world, 0);
    first = log_size(world);
    world_report(world, "site", 1, true);           /* first */
    check_ok(world_agree(world, "site", 1, "mei")); /* + 1 */
    world_report(world, "other", 1, false);
    check_ok(world_agree(world, "other", 1, "ci"));
    world_team_change_text(world, "bo", "du", "an"); /* + 4, by gu and he of entry 0 */
    check_ok(SEND(world, "gu", "he"));
    check_evidence(
        world, 1, (const uint64_t[]){0, keys_of(AN), keys_of(MEI), first, first + 1, first + 4}, 6);
    world_report_text(world, "site", 2, true); /* + 5 */
    world_replace(world, "须签", 1, "ci 评审员");
    world_replace(world, "须签", 2, "du 评审员");
    check_ok(SEND(world, "an"));
    check_ok(world_agree(world, "site", 2, "ci")); /* + 6 */
    check_evidence(
        world, 1,
        (const uint64_t[]){0, keys_of(AN), keys_of(MEI), first, first + 1, first + 4, first + 5},
        7);
    check_evidence(world, 0, (const uint64_t[]){keys_of(AN), keys_of(CI), first + 5, first + 6}, 4);
    world_void_text(world, "site", 2); /* + 7 */
    check_ok(SEND(world, "he", "gu"));
    check_evidence(world, 2,
                   (const uint64_t[]){0, keys_of(AN), keys_of(CI), first + 5, first + 6, first + 7},
                   6);
    check_fails(view_report_evidence(world->record, LITERAL("site"), 3, tell_entry, 0), NOT_FOUND,
                "view.unknown");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_review_is_read_as_it_stands),
        cmocka_unit_test(a_team_and_its_reports_are_read_as_they_stand),
        cmocka_unit_test(a_reviewer_sees_what_waits),
        cmocka_unit_test(only_those_entitled_read_a_document),
        cmocka_unit_test(who_leaves_or_is_revoked_reads_no_more),
        cmocka_unit_test(a_file_names_its_versions_the_newest_first),
        cmocka_unit_test(evidence_is_every_act_and_the_keys_of_who_acted),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
