/*
 * The log as stored, and the state beside it.
 * covers: state, journal, schema, schema_notice, query, view, view_election, view_task
 */
#include "check.h"
#include "log/tree.h"
#include "record/journal.h"
#include "record/schema.h"
#include "record/view.h"
#include "support/world.h"

static bool runs(struct world *world, const char *sql)
{
    return sqlite3_exec(world->database, sql, 0, 0, 0) == SQLITE_OK;
}

static void the_log_is_never_changed_nor_cut(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_genesis(world);
    assert_false(runs(world, "UPDATE entry SET bytes = x'00'"));
    assert_false(runs(world, "DELETE FROM entry"));
    assert_false(runs(world, "UPDATE node SET hash = x'00'"));
    assert_false(runs(world, "DELETE FROM node"));
    assert_true(runs(world, "SELECT 1"));
    world_free(world);
}

static void creating_twice_changes_nothing(void **state)
{
    struct world *world = world_make();

    (void)state;
    world_genesis(world);
    check_ok(record_create(world->database));
    world_invite(world, "someone");
    assert_true(schema_count() > 20);
    world_free(world);
}

/* A folder of an earlier version has no tables of reviews; its log goes on with them. */
static void a_log_of_an_earlier_version_goes_on(void **state)
{
    static const char *const later[] = {
        "report_act",   "former_signature", "must_sign",    "report_version", "report_subject",
        "report",       "team_change",      "team_subject", "team_member",    "team",
        "conflict",     "declaration",      "undertaking",  "qualified",      "organisation",
        "after_change",
    };
    struct world *world = world_make();

    (void)state;
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
        char sql[60];

        snprintf(sql, sizeof sql, "DROP TABLE %s", later[i]);
        assert_true(runs(world, sql));
    }
    world_review_people(world);
    check_ok(record_create(world->database));
    world_review(world, "重签");
    world_reviewers(world);
    world_team(world);
    world_report(world, "paper", 1, false);
    check_ok(world_agree(world, "paper", 1, "an"));
    world_free(world);
}

/* The stored roots are those of the tree over the stored entries, at every size. */
static void every_size_has_the_root_of_its_entries(void **state)
{
    struct world *world = world_make();
    struct merkle_source source = journal_source(world->record);
    AUTO_TREE tree = {0};
    struct merkle_head head;

    (void)state;
    world_people(world);
    check_ok(journal_load_head(world->record, &head));
    assert_true(head.size > 50);
    for (uint64_t index = 0; index < head.size; index++) {
        AUTO_BUFFER entry = BUFFER_INIT;
        struct hash32 leaf, root, stored, proved;

        check_ok(journal_load_entry(world->record, index, &entry));
        leaf = merkle_leaf(buffer_view(&entry));
        check_ok(tree_append(&tree, &leaf));
        root = tree_root(&tree);
        check_ok(journal_root_at(world->record, index + 1, &stored));
        check_ok(merkle_root_at(&source, index + 1, &proved));
        assert_true(hash32_equal(&root, &stored));
        assert_true(hash32_equal(&root, &proved));
    }
    check_fails(journal_root_at(world->record, head.size + 1, &head.root), NOT_FOUND, "log.size");
    world_free(world);
}

static void a_rolled_back_entry_leaves_no_trace(void **state)
{
    struct world *world = world_make();
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct merkle_head before, after;
    uint64_t index;

    (void)state;
    world_genesis(world);
    check_ok(journal_load_head(world->record, &before));
    world_begin(world, "person.invite");
    world_put(world, "人员", "someone");
    world_put_hidden(world, "person.invite", "姓名", "某人");
    world_sign(world, (const char *const[]){"gu", 0});
    check_ok(record_check(world->record, buffer_view(&world->note), world->time, &prepared));
    assert_true(runs(world, "BEGIN"));
    check_ok(record_admit(world->record, &prepared, world->time));
    check_ok(record_append(world->record, &prepared, world->time, &index));
    assert_true(runs(world, "ROLLBACK"));
    check_ok(journal_load_head(world->record, &after));
    assert_int_equal(before.size, after.size);
    assert_true(hash32_equal(&before.root, &after.root));
    check_ok(world_submit(world));
    world_free(world);
}

static void an_election_rolled_back_is_unknown_again(void **state)
{
    struct world *world = world_make();
    AUTO_PREPARED prepared = PREPARED_INIT;
    const struct election *election;
    struct hash32 manifest;
    uint64_t index;

    (void)state;
    world_ready(world);
    world_manifest(world, "election-1");
    manifest = world_text_hash(world);
    world_sign(world, (const char *const[]){"qiao", "gu", 0});
    check_ok(record_check(world->record, buffer_view(&world->note), world->time, &prepared));
    assert_true(runs(world, "BEGIN"));
    check_ok(record_append(world->record, &prepared, world->time, &index));
    check_ok(record_election(world->record, &manifest, &election));
    assert_true(runs(world, "ROLLBACK"));
    check_fails(record_election(world->record, &manifest, &election), NOT_FOUND,
                "election.unknown");
    world_free(world);
}

/* --- views --- */

static struct result count_row(void *context, struct bytes word)
{
    (void)word;
    ++*(size_t *)context;
    return OK;
}

static struct result keep_meeting(void *context, const struct view_meeting *row)
{
    *(struct view_meeting *)context = *row;
    return OK;
}

static struct result stop(void *context, const struct view_meeting *row)
{
    (void)context;
    (void)row;
    return fail(BUSY, "test.stop");
}

static void a_meeting_is_seen_as_it_is(void **state)
{
    struct world *world = world_make();
    struct view_meeting meeting;
    size_t appointed = 0, scrutineers = 0, order = 0;

    (void)state;
    world_ready(world);
    check_ok(view_meeting(world->record, LITERAL(WORLD_MEETING), keep_meeting, &meeting));
    assert_string_equal(meeting.state, "frozen");
    assert_string_equal(meeting.draw, "revealed");
    assert_int_equal(meeting.present, WORLD_MEMBERS);
    assert_int_equal(meeting.minutes_index, VIEW_NONE);
    check_ok(view_meeting_appointed(world->record, LITERAL(WORLD_MEETING), count_row, &appointed));
    check_ok(
        view_meeting_scrutineers(world->record, LITERAL(WORLD_MEETING), count_row, &scrutineers));
    check_ok(view_meeting_order(world->record, LITERAL(WORLD_MEETING), count_row, &order));
    assert_int_equal(appointed, WORLD_MEMBERS);
    assert_int_equal(scrutineers, 2);
    assert_int_equal(order, WORLD_CANDIDATES);
    check_fails(view_meetings(world->record, stop, 0), BUSY, "test.stop");
    check_fails(view_meeting(world->record, LITERAL("none"), keep_meeting, &meeting), NOT_FOUND,
                "view.unknown");
    world_free(world);
}

struct wanted {
    const char *kind;
    const char *state;
    size_t found;
};

static struct result look_for(void *context, const struct view_task *row)
{
    struct wanted *wanted = context;

    wanted->found += strcmp(row->kind, wanted->kind) == 0 && strcmp(row->state, wanted->state) == 0;
    return OK;
}

static size_t tasks(struct world *world, const char *person, const char *kind, const char *state)
{
    struct wanted wanted = {kind, state, 0};

    check_ok(view_tasks(&(struct view_asker){world->record, bytes_of_string(person), world->time},
                        look_for, &wanted));
    return wanted.found;
}

static void everybody_sees_what_waits_for_them(void **state)
{
    struct world *world = world_make();
    struct hash32 enrolment;
    const struct election *election;

    (void)state;
    world_ready(world);
    world_invite(world, "ada");
    world_enrol(world, "ada", &enrolment);
    assert_int_equal(tasks(world, "gu", "person.confirm", "todo"), 1);
    assert_int_equal(tasks(world, "m01", "person.confirm", "todo"), 0);
    assert_int_equal(tasks(world, "wen", "trustee.rehearsal", "done"), 1);
    election = world_first_round(world);
    assert_int_equal(tasks(world, "m01", "ballot", "todo"), 1);
    assert_int_equal(tasks(world, "qiao", "meeting.minutes", "waiting"), 1);
    check_ok(world_vote_alike(world, election, WORLD_MEMBERS, "0000"));
    check_ok(world_close_election(world, election));
    assert_int_equal(tasks(world, "m01", "ballot", "todo"), 0);
    assert_int_equal(tasks(world, "wen", "election.share", "todo"), 1);
    assert_int_equal(tasks(world, "tang", "election.result", "waiting"), 1);
    check_ok(world_share(world, election, 1));
    assert_int_equal(tasks(world, "wen", "election.share", "done"), 1);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_log_is_never_changed_nor_cut),
        cmocka_unit_test(creating_twice_changes_nothing),
        cmocka_unit_test(a_log_of_an_earlier_version_goes_on),
        cmocka_unit_test(every_size_has_the_root_of_its_entries),
        cmocka_unit_test(a_rolled_back_entry_leaves_no_trace),
        cmocka_unit_test(an_election_rolled_back_is_unknown_again),
        cmocka_unit_test(a_meeting_is_seen_as_it_is),
        cmocka_unit_test(everybody_sees_what_waits_for_them),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
