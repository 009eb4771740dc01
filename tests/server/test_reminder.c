#include <sqlite3.h>

#include "scene.h"
#include "server/reminder.h"

/* covers: reminder */

#define SENT_MAX 8

/* What was sent, instead of a mail server. */
struct outbox {
    char to[SENT_MAX][64];
    size_t count;
    bool broken;
    sem_t sent;
};

/* Two officers of whom one has an address; tasks are put straight into the state. */
struct office {
    struct scene scene;
    struct outbox outbox;
    struct reminder_setup setup;
    uint64_t now;
};

#define AUTO_OFFICE __attribute__((cleanup(office_close))) struct office

static struct result put_into(void *context, struct bytes to, const char *link)
{
    struct outbox *const outbox = context;

    REQUIRE(!outbox->broken, STORAGE_FAILED, "mail.failed");
    REQUIRE(!bytes_is(to, "nobody@award.example"), INVALID, "mail.refused");
    assert_string_equal(link, "https://award.example/home.html");
    assert_true(outbox->count < SENT_MAX);
    snprintf(outbox->to[outbox->count], sizeof outbox->to[0], "%.*s", (int)to.size,
             (const char *)to.data);
    outbox->count++;
    sem_post(&outbox->sent);
    return OK;
}

static void run_sql(struct office *office, const char *sql)
{
    char path[128];
    sqlite3 *database = 0;

    snprintf(path, sizeof path, "%s/xiling.db", office->scene.folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(database));
    }
    sqlite3_close(database);
}

static void office_open(struct office *office)
{
    *office = (struct office){.now = clock_now()};
    scene_open(&office->scene);
    scene_post_genesis(&office->scene);
    sem_init(&office->outbox.sent, 0, 0);
    office->setup = (struct reminder_setup){
        .readers = office->scene.app->readers,
        .sequencer = office->scene.app->sequencer,
        .documents = office->scene.app->documents,
        .link = "https://award.example/home.html",
        .send = put_into,
        .context = &office->outbox,
    };
    run_sql(office, "INSERT INTO private_contact VALUES ('officer-1', 'one@award.example', 1)");
}

static void office_close(struct office *office)
{
    scene_close(&office->scene);
    sem_destroy(&office->outbox.sent);
}

/* A report that officer-1 has to sign, `seconds` before its deadline. */
static void give_task(struct office *office, const char *report, int64_t seconds)
{
    char sql[512];

    snprintf(
        sql, sizeof sql,
        "INSERT INTO report VALUES ('%s', '资料评审报告', 'team-1', 0, 1);"
        "INSERT INTO report_version VALUES ('%s', 1, 0, '绝密标题', x'%064d', 9, 'PDF', %lld,"
        " 'open', 0, NULL);"
        "INSERT INTO must_sign VALUES ('%s', 1, 0, 'officer-1', '组长', NULL, NULL, NULL, NULL,"
        " NULL)",
        report, report, 1, (long long)((int64_t)office->now + seconds), report);
    run_sql(office, sql);
}

static void look(struct office *office, uint64_t later, size_t sent)
{
    check_ok(reminder_round(&office->setup, office->now + later));
    assert_int_equal(office->outbox.count, sent);
}

/* --- tests --- */

static void reminds_once_of_a_new_task(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    look(&office, 0, 0);
    give_task(&office, "report-1", 5 * 86400);
    look(&office, 0, 1);
    assert_string_equal(office.outbox.to[0], "one@award.example");
    look(&office, 30, 1);
    look(&office, 3 * 86400, 1);
}

static void reminds_once_more_a_day_before_the_deadline(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    look(&office, 0, 1);
    look(&office, 4 * 86400 - 1, 1);
    look(&office, 4 * 86400, 2);
    look(&office, 4 * 86400 + 60, 2);
    look(&office, 6 * 86400, 2); /* late: nothing new to say */
}

static void one_mail_tells_of_all_that_is_new(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    give_task(&office, "report-2", 3600); /* new, and near its deadline */
    look(&office, 0, 1);
    give_task(&office, "report-3", 5 * 86400);
    look(&office, 30, 2);
    look(&office, 60, 2);
}

static void remembers_over_a_restart(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    look(&office, 0, 1);
    /* No log makes these rows, and a service does not start on a state of its own. */
    run_sql(&office, "DELETE FROM must_sign; DELETE FROM report_version; DELETE FROM report");
    scene_stop(&office.scene);
    scene_start(&office.scene);
    give_task(&office, "report-1", 5 * 86400);
    office.setup.readers = office.scene.app->readers;
    office.setup.sequencer = office.scene.app->sequencer;
    office.setup.documents = office.scene.app->documents;
    look(&office, 30, 1);
}

static void tries_again_what_a_dead_server_did_not_take(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    office.outbox.broken = true;
    check_fails(reminder_round(&office.setup, office.now), STORAGE_FAILED, "mail.failed");
    office.outbox.broken = false;
    look(&office, 30, 1);
}

static void a_wrong_address_keeps_nobody_else_from_being_reminded(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    run_sql(&office, "INSERT INTO private_contact VALUES ('officer-0', 'nobody@award.example', 1);"
                     "INSERT INTO must_sign VALUES ('report-1', 1, 1, 'officer-0', '评审员', NULL,"
                     " NULL, NULL, NULL, NULL)");
    look(&office, 0, 1);
    assert_string_equal(office.outbox.to[0], "one@award.example");
    look(&office, 30, 1);
}

static void says_nothing_of_what_is_done_or_to_whom_has_no_address(void **state)
{
    AUTO_OFFICE office;
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    run_sql(&office, "UPDATE must_sign SET signed = 0, opinion = '同意'");
    look(&office, 0, 0);
    run_sql(&office, "UPDATE must_sign SET signed = NULL; UPDATE private_contact SET email = ''");
    look(&office, 0, 0);
}

static void looks_around_on_a_thread_that_ends_when_told_to(void **state)
{
    AUTO_OFFICE office;
    struct reminder *reminder = 0;
    const uint64_t begun = clock_ticks();
    (void)state;

    office_open(&office);
    give_task(&office, "report-1", 5 * 86400);
    check_ok(reminder_start(&office.setup, &reminder));
    sem_wait(&office.outbox.sent);
    reminder_stop(reminder);
    assert_true(clock_ticks() - begun < 10000);
    assert_int_equal(office.outbox.count, 1);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(reminds_once_of_a_new_task),
        cmocka_unit_test(reminds_once_more_a_day_before_the_deadline),
        cmocka_unit_test(one_mail_tells_of_all_that_is_new),
        cmocka_unit_test(remembers_over_a_restart),
        cmocka_unit_test(tries_again_what_a_dead_server_did_not_take),
        cmocka_unit_test(a_wrong_address_keeps_nobody_else_from_being_reminded),
        cmocka_unit_test(says_nothing_of_what_is_done_or_to_whom_has_no_address),
        cmocka_unit_test(looks_around_on_a_thread_that_ends_when_told_to),
    };

    return cmocka_run_group_tests(TESTS, 0, 0);
}
