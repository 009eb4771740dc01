#include "check.h"
#include "log/entry.h"
#include "record/journal.h"
#include "record/types.h"
#include "server/batch.h"
#include "server/database.h"
#include "support/committee.h"
#include "support/temporary.h"

/* covers: batch */

#define MEMBERS 7
#define OPENS   UINT64_C(2000000000)
#define WINDOW  UINT64_C(60) /* of the committee's manifest */
#define CLOSES  (OPENS + 3600)

/* An election that is open, in a database of its own; the clock is the test's. */
struct hall {
    struct temporary folder;
    struct committee committee;
    sqlite3 *database;
    struct record *record;
    struct buffer notes[MEMBERS];
};

#define AUTO_HALL __attribute__((cleanup(hall_close))) struct hall

static void execute(sqlite3 *database, const char *sql)
{
    char *words = 0;

    if (sqlite3_exec(database, sql, 0, 0, &words) != SQLITE_OK) {
        fail_msg("%s: %s", sql, words);
    }
}

/* The rows that the fold would have made of genesis, meeting and ceremony, and of the opening. */
static void store_election(struct hall *hall)
{
    const struct committee *const committee = &hall->committee;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER raw = BUFFER_INIT;
    struct journal_line line = {
        .text_hash = committee->election.manifest, .type = "election.open", .time = OPENS};
    sqlite3_stmt *insert;
    uint64_t index;

    execute(hall->database,
            "PRAGMA foreign_keys = OFF;"
            "INSERT INTO genesis (only, origin, text_hash, log_key, service_key, rules_hash) VALUES"
            " (0, 'test.example/log', zeroblob(32), zeroblob(32), zeroblob(32), zeroblob(32));"
            "INSERT INTO meeting (id, cycle, position, place, time, chair, first_scrutineer,"
            " second_scrutineer, quorum) VALUES"
            " ('meeting', 'cycle', 0, 'hall', 0, 'chair-1', 'a', 'b', 3);");
    check_ok(buffer_append(&note, buffer_view(&committee->manifest)));
    check_ok(buffer_append_text(&note, "\n— chair-1 AAAAAAA=\n"));
    check_ok(entry_write(&(struct entry){OPENS, buffer_view(&note)}, &raw));
    line.entry = buffer_view(&raw);
    check_ok(journal_append(hall->record, &line, &index));
    assert_int_equal(
        sqlite3_prepare_v2(hall->database,
                           "INSERT INTO election (manifest, id, meeting, round, tied_grade,"
                           " ceremony, position, opens, closes, batch_window, roll, threshold)"
                           " VALUES (?1, 'round-1', 'meeting', 1, 0, zeroblob(32), 0, ?2, ?3, 60,"
                           " ?4, 2)",
                           -1, &insert, 0),
        SQLITE_OK);
    sqlite3_bind_blob(insert, 1, committee->election.manifest.bytes, 32, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 2, (sqlite3_int64)OPENS);
    sqlite3_bind_int64(insert, 3, (sqlite3_int64)CLOSES);
    sqlite3_bind_int64(insert, 4, MEMBERS);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
}

static void hall_open(struct hall *hall)
{
    const struct committee_plan plan = {
        .candidates = 2, .members = MEMBERS, .trustees = 2, .threshold = 2, .grades = 2};
    char path[128];

    *hall = (struct hall){.record = 0};
    temporary_make(&hall->folder);
    committee_open(&plan, &hall->committee);
    snprintf(path, sizeof path, "%s/hall.db", hall->folder.path);
    check_ok(database_open(path, &hall->database));
    check_ok(record_open(hall->database, &hall->record));
    store_election(hall);
    for (size_t i = 0; i < MEMBERS; i++) {
        SECRET_INTENT intent;

        committee_intent(&hall->committee, i, &intent);
        intent.choices[0] = 1;
        intent.choices[1] = 0;
        check_ok(ballot_make(&hall->committee.election, &intent, &hall->notes[i]));
    }
}

static void hall_close(struct hall *hall)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        buffer_free(&hall->notes[i]);
    }
    record_close(hall->record);
    database_close(hall->database);
    committee_close(&hall->committee);
    temporary_remove(&hall->folder);
}

/* Member number `member` casts; the ticket is the caller's. */
static struct result cast(struct hall *hall, size_t member, uint64_t now, struct ticket **ticket)
{
    TRY(ticket_make(buffer_view(&hall->notes[member]), ticket));
    TRY(record_check(hall->record, buffer_view(&hall->notes[member]), now, &(*ticket)->prepared));
    return batch_accept(hall->record, *ticket, now);
}

static uint64_t cast_well(struct hall *hall, size_t member, uint64_t now)
{
    struct ticket *ticket = 0;
    uint64_t promise;

    check_ok(cast(hall, member, now, &ticket));
    assert_int_equal(ticket->outcome, TICKET_ACCEPTED);
    promise = ticket->promise;
    ticket_free(ticket);
    return promise;
}

static bool flush(struct hall *hall, uint64_t last, uint64_t now)
{
    bool waiting;

    check_ok(batch_flush_due(hall->record, last, now, &waiting));
    return waiting;
}

static uint64_t log_size(struct hall *hall)
{
    struct merkle_head head;

    check_ok(journal_load_head(hall->record, &head));
    return head.size;
}

/* The ballots at [first, size) are of one time and ascend by tag. */
static void check_batch(struct hall *hall, uint64_t first, uint64_t time)
{
    AUTO_BUFFER all = BUFFER_INIT;

    for (uint64_t index = first; index < log_size(hall); index++) {
        AUTO_BUFFER raw = BUFFER_INIT;
        AUTO_BALLOT ballot = BALLOT_INIT;
        struct entry entry;

        check_ok(journal_load_entry(hall->record, index, &raw));
        check_ok(entry_parse(buffer_view(&raw), &entry));
        assert_int_equal(entry.time, time);
        check_ok(ballot_parse(&hall->committee.election, entry.note, &ballot));
        check_ok(buffer_append(&all, BYTES(ballot.tag.bytes)));
        if (all.size > 32) {
            assert_true(memcmp(all.data + all.size - 64, all.data + all.size - 32, 32) < 0);
        }
    }
}

static void logs_a_window_together_in_the_order_of_tags(void **state)
{
    AUTO_HALL hall;
    (void)state;

    hall_open(&hall);
    cast_well(&hall, 3, OPENS + 5);
    cast_well(&hall, 0, OPENS + 6);
    cast_well(&hall, 5, OPENS + 7);
    cast_well(&hall, 1, OPENS + 8);
    assert_true(flush(&hall, OPENS + 8, OPENS + 59));
    assert_int_equal(log_size(&hall), 1);
    assert_false(flush(&hall, OPENS + 59, OPENS + 60));
    assert_int_equal(log_size(&hall), 5);
    check_batch(&hall, 1, OPENS + 60);
}

static void fewer_than_three_wait_for_another_window(void **state)
{
    AUTO_HALL hall;
    (void)state;

    hall_open(&hall);
    cast_well(&hall, 0, OPENS + 5);
    cast_well(&hall, 1, OPENS + 6);
    assert_true(flush(&hall, OPENS + 6, OPENS + 60));
    assert_true(flush(&hall, OPENS + 60, OPENS + 120));
    assert_int_equal(log_size(&hall), 1);
    /* A third one, in the middle of a window, does not show itself by being logged at once. */
    cast_well(&hall, 2, OPENS + 130);
    assert_true(flush(&hall, OPENS + 120, OPENS + 130));
    assert_int_equal(log_size(&hall), 1);
    assert_false(flush(&hall, OPENS + 130, OPENS + 180));
    assert_int_equal(log_size(&hall), 4);
}

static void logs_all_once_everybody_has_cast(void **state)
{
    AUTO_HALL hall;
    (void)state;

    hall_open(&hall);
    for (size_t i = 0; i < MEMBERS; i++) {
        assert_true(i == 0 || flush(&hall, OPENS + 5, OPENS + 6));
        cast_well(&hall, i, OPENS + 6);
    }
    assert_false(flush(&hall, OPENS + 6, OPENS + 6));
    assert_int_equal(log_size(&hall), 1 + MEMBERS);
    check_batch(&hall, 1, OPENS + 6);
}

static void logs_what_waits_before_the_closing_time(void **state)
{
    AUTO_HALL hall;
    struct ticket *late = 0;
    (void)state;

    hall_open(&hall);
    cast_well(&hall, 0, CLOSES - 30);
    assert_true(flush(&hall, CLOSES - 30, CLOSES - BATCH_CLOSING_MARGIN - 1));
    check_fails(cast(&hall, 1, CLOSES - BATCH_CLOSING_MARGIN, &late), CONFLICT, "ballot.late");
    ticket_free(late);
    assert_false(flush(&hall, CLOSES - BATCH_CLOSING_MARGIN - 1, CLOSES - BATCH_CLOSING_MARGIN));
    assert_int_equal(log_size(&hall), 2);
}

static void promises_only_what_is_certain(void **state)
{
    AUTO_HALL hall;
    (void)state;

    hall_open(&hall);
    assert_int_equal(cast_well(&hall, 0, OPENS + 5), CLOSES);
    assert_int_equal(cast_well(&hall, 1, OPENS + 6), CLOSES);
    assert_int_equal(cast_well(&hall, 2, OPENS + 7), OPENS + 2 * WINDOW);
    assert_int_equal(cast_well(&hall, 3, CLOSES - 50), CLOSES);
}

static void gives_the_same_promise_for_the_same_text(void **state)
{
    AUTO_HALL hall;
    uint64_t first;
    uint64_t waiting;
    (void)state;

    hall_open(&hall);
    cast_well(&hall, 1, OPENS + 1);
    cast_well(&hall, 2, OPENS + 2);
    first = cast_well(&hall, 0, OPENS + 5);
    assert_int_equal(cast_well(&hall, 0, OPENS + 59), first);
    check_ok(batch_count(hall.record, &hall.committee.election.manifest, &waiting));
    assert_int_equal(waiting, 3);
}

static void refuses_a_second_ballot_while_the_first_waits(void **state)
{
    AUTO_HALL hall;
    AUTO_BUFFER other = BUFFER_INIT;
    SECRET_INTENT intent;
    struct ticket *ticket = 0;
    (void)state;

    hall_open(&hall);
    cast_well(&hall, 0, OPENS + 5);
    committee_intent(&hall.committee, 0, &intent);
    intent.choices[0] = 0;
    intent.choices[1] = 1;
    check_ok(ballot_make_fresh(&hall.committee.election, &intent, &other));
    buffer_free(&hall.notes[0]);
    hall.notes[0] = other;
    other = (struct buffer)BUFFER_INIT; /* transferred */
    check_fails(cast(&hall, 0, OPENS + 6, &ticket), CONFLICT, "ballot.tag");
    ticket_free(ticket);
}

/* Found proved while the same text, sent a moment earlier, is logged: it is known, not refused. */
static void knows_a_ballot_that_was_logged_while_it_was_proved(void **state)
{
    AUTO_HALL hall;
    struct ticket *again = 0;
    (void)state;

    hall_open(&hall);
    check_ok(ticket_make(buffer_view(&hall.notes[0]), &again));
    for (size_t i = 0; i < 3; i++) {
        cast_well(&hall, i, OPENS + 5);
    }
    assert_false(flush(&hall, OPENS + 5, OPENS + 60));
    check_ok(batch_accept(hall.record, again, OPENS + 60));
    assert_int_equal(again->outcome, TICKET_LOGGED);
    assert_in_range(again->index, 1, 3);
    ticket_free(again);
}

/* Logged first, a burn would keep out the ballot that was promised to stand. */
static void refuses_a_burn_while_a_ballot_of_its_tag_waits(void **state)
{
    static const struct statement_type BURN = {"ballot.burn", 0, 0};
    static const struct type BURN_ROW = {.row = &BURN};
    AUTO_HALL hall;
    struct ticket *ticket = 0;
    struct prepared burn = PREPARED_INIT;
    (void)state;

    hall_open(&hall);
    check_ok(cast(&hall, 0, OPENS + 5, &ticket));
    burn.subject = ticket->prepared.subject;
    burn.tag = ticket->prepared.tag;
    burn.type = &BURN_ROW;
    check_fails(batch_check_burn(hall.record, &burn), CONFLICT, "burn.tag");
    burn.tag.bytes[0] ^= 1;
    check_ok(batch_check_burn(hall.record, &burn));
    check_ok(batch_check_burn(hall.record, &ticket->prepared));
    ticket_free(ticket);
}

static void still_waits_after_a_restart(void **state)
{
    AUTO_HALL hall;
    char path[128];
    (void)state;

    hall_open(&hall);
    for (size_t i = 0; i < 3; i++) {
        cast_well(&hall, i, OPENS + 5);
    }
    record_close(hall.record);
    hall.record = 0;
    database_close(hall.database);
    snprintf(path, sizeof path, "%s/hall.db", hall.folder.path);
    check_ok(database_open(path, &hall.database));
    check_ok(record_open(hall.database, &hall.record));
    assert_false(flush(&hall, OPENS + 5, OPENS + 60));
    assert_int_equal(log_size(&hall), 4);
    check_batch(&hall, 1, OPENS + 60);
}

/* Cancelled while it waited: the ballot cannot be logged, and whoever asks is told so. */
static void tells_why_a_ballot_was_kept_out(void **state)
{
    AUTO_HALL hall;
    struct hash32 hash;
    uint64_t promise;
    bool waits;
    (void)state;

    hall_open(&hall);
    cast_well(&hall, 0, OPENS + 5);
    execute(hall.database, "UPDATE election SET cancelled = 1");
    assert_false(flush(&hall, OPENS + 5, OPENS + 6));
    assert_int_equal(log_size(&hall), 1);
    assert_true(ticket_hash_text(buffer_view(&hall.notes[0]), &hash));
    assert_false(is_ok(batch_find(hall.record, &hash, &waits, &promise)));
}

static void two_batches_never_have_one_time(void **state)
{
    AUTO_HALL hall;
    (void)state;

    hall_open(&hall);
    for (size_t i = 0; i < 3; i++) {
        cast_well(&hall, i, OPENS + 5);
    }
    assert_false(flush(&hall, OPENS + 5, OPENS + 60));
    for (size_t i = 3; i < MEMBERS; i++) {
        cast_well(&hall, i, OPENS + 60);
    }
    assert_true(flush(&hall, OPENS + 60, OPENS + 60));
    assert_int_equal(log_size(&hall), 4);
    assert_false(flush(&hall, OPENS + 60, OPENS + 61));
    assert_int_equal(log_size(&hall), 1 + MEMBERS);
    check_batch(&hall, 4, OPENS + 61);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_a_window_together_in_the_order_of_tags),
        cmocka_unit_test(fewer_than_three_wait_for_another_window),
        cmocka_unit_test(logs_all_once_everybody_has_cast),
        cmocka_unit_test(logs_what_waits_before_the_closing_time),
        cmocka_unit_test(promises_only_what_is_certain),
        cmocka_unit_test(gives_the_same_promise_for_the_same_text),
        cmocka_unit_test(refuses_a_second_ballot_while_the_first_waits),
        cmocka_unit_test(knows_a_ballot_that_was_logged_while_it_was_proved),
        cmocka_unit_test(refuses_a_burn_while_a_ballot_of_its_tag_waits),
        cmocka_unit_test(still_waits_after_a_restart),
        cmocka_unit_test(tells_why_a_ballot_was_kept_out),
        cmocka_unit_test(two_batches_never_have_one_time),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
