#include <sqlite3.h>

#include "record/people.h"
#include "scene.h"
#include "server/audience.h"
#include "server/disclosures.h"
#include "server/documents.h"
#include "server/readers.h"
#include "server/session.h"

/* covers: api_reports, api_reviews, audience, disclosures, exchange, routes */

/*
 * Rows as the fold makes them: a team of three with one spare reviewer who has a conflict, a paper
 * report whose first version is void, and a site report with a reservation, a former signature and
 * a refusal. Everything happened at entry 0, the one that there is.
 */
static const char ROWS[] =
    "PRAGMA foreign_keys = OFF;"
    "INSERT INTO person (id, hidden_name, invited, confirmed) VALUES"
    " ('reviewer-1', '#', 0, 0), ('reviewer-2', '#', 0, 0), ('reviewer-3', '#', 0, 0),"
    " ('reviewer-4', '#', 0, 0), ('delegate-1', '#', 0, 0), ('delegate-2', '#', 0, 0),"
    " ('member-1', '#', 0, 0), ('chair-1', '#', 0, 0), ('trustee-1', '#', 0, 0);"
    "INSERT INTO role (person, role, granted) VALUES ('reviewer-1', '评审员', 0),"
    " ('reviewer-2', '评审员', 0), ('reviewer-3', '评审员', 0), ('reviewer-4', '评审员', 0),"
    " ('delegate-1', '组织代表', 0), ('delegate-2', '组织代表', 0), ('member-1', '委员', 0),"
    " ('chair-1', '主持人', 0), ('trustee-1', '受托人', 0);"
    "INSERT INTO cycle (id, year, position, document, quorum_numerator, quorum_denominator,"
    " runoffs, lines) VALUES ('cycle-1', 2026, 0, '细则', 2, 3, 2, ''),"
    " ('cycle-2', 2027, 0, '细则', 2, 3, 2, '');"
    "INSERT INTO after_change VALUES ('cycle-2', '重签');"
    "INSERT INTO organisation VALUES"
    " ('org-1', '西溪示例精密仪器有限公司', '91330106MA99X001XD', 'delegate-1', 0),"
    " ('org-2', '云栖示例软件股份有限公司', '91330106MA99X0028D', 'delegate-2', 0);"
    "INSERT INTO qualified VALUES ('cycle-1', 'org-1', 0), ('cycle-1', 'org-2', 0);"
    "INSERT INTO undertaking VALUES ('cycle-1', 'reviewer-1', 0);"
    "INSERT INTO declaration VALUES ('cycle-1', 'reviewer-4', 0);"
    "INSERT INTO conflict VALUES ('cycle-1', 'reviewer-4', 'org-2', 0, NULL);"
    "INSERT INTO team VALUES ('team-1', 'cycle-1', 'reviewer-1', 0);"
    "INSERT INTO team_member VALUES ('team-1', 'reviewer-1'), ('team-1', 'reviewer-2'),"
    " ('team-1', 'reviewer-3');"
    "INSERT INTO team_subject VALUES ('team-1', 'org-1'), ('team-1', 'org-2');"
    "INSERT INTO team_change VALUES (0, 'team-1', 'reviewer-0', 'reviewer-3');"
    "INSERT INTO report VALUES ('paper-1', '资料评审报告', 'team-1', 0, 2),"
    " ('site-1', '现场评审报告', 'team-1', 0, 1);"
    "INSERT INTO report_subject VALUES ('paper-1', 'org-1'), ('paper-1', 'org-2'),"
    " ('site-1', 'org-2');"
    "INSERT INTO report_version VALUES"
    " ('paper-1', 1, 0, '初稿', zeroblob(32), 7, 'PDF', 1795334400, 'void', 0, 'superseded'),"
    " ('paper-1', 2, 0, '定稿', zeroblob(32), 8, 'PDF', 1795334400, 'complete', 0, NULL),"
    " ('site-1', 1, 0, '现场', zeroblob(32), 9, 'TXT', 1795334400, 'open', 0, NULL);"
    "INSERT INTO must_sign VALUES"
    " ('paper-1', 2, 0, 'reviewer-1', '组长', NULL, 0, '同意', NULL, NULL),"
    " ('paper-1', 2, 1, 'reviewer-2', '评审员', NULL, 0, '保留意见', '#why', NULL),"
    " ('site-1', 1, 0, 'reviewer-1', '组长', NULL, NULL, NULL, NULL, NULL),"
    " ('site-1', 1, 1, 'delegate-2', '受评组织', 'org-2', NULL, NULL, NULL, 0);"
    "INSERT INTO former_signature VALUES"
    " (0, 'site-1', 1, 'reviewer-0', '评审员', NULL, '不同意', '#no');"
    "INSERT INTO report_act VALUES ('site-1', 1, 40);";

static void open_with_rows(struct scene *scene)
{
    char path[128];
    char *words = 0;
    sqlite3 *database;

    scene_open(scene);
    scene_post_genesis(scene);
    snprintf(path, sizeof path, "%s/xiling.db", scene->folder.path);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5000);
    if (sqlite3_exec(database, ROWS, 0, 0, &words)) {
        fail_msg("%s", words);
    }
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

/* GET, with ?version= if it is given. */
static void ask(struct scene *scene, const char *path, const char *version,
                struct response *response)
{
    struct request request = {
        .method = METHOD_GET, .path = bytes_of_string(path), .version = bytes_of_string(version)};

    scene_ask(scene, &request, response);
}

static void check_words(struct scene *scene, const char *path, const char *version,
                        const char *const words[])
{
    AUTO_RESPONSE response;

    ask(scene, path, version, &response);
    check_status(&response, 200);
    for (size_t i = 0; words[i]; i++) {
        if (!scene_says(&response, words[i])) {
            fail_msg("%s does not say %s but %.*s", path, words[i], (int)scene_body(&response).size,
                     (const char *)scene_body(&response).data);
        }
    }
    assert_string_equal(response.cookie, "");
}

static void tells_who_is_reviewed_and_who_may_not_review(void **state)
{
    static const char *const ORGANISATIONS[] = {
        "{\"id\":\"org-1\",\"name\":\"西溪示例精密仪器有限公司\",\"code\":\"91330106MA99X001XD\","
        "\"representative\":\"delegate-1\",\"index\":0}",
        "\"id\":\"org-2\"", 0};
    static const char *const REVIEW[] = {
        "\"qualified\":[\"org-1\",\"org-2\"]",
        "{\"person\":\"reviewer-1\",\"undertaken\":0,\"declared\":null,\"conflicts\":[]}",
        "{\"person\":\"reviewer-4\",\"undertaken\":null,\"declared\":0,\"conflicts\":["
        "{\"organisation\":\"org-2\",\"how\":\"declared\",\"index\":0}]}",
        "\"teams\":[\"team-1\"]",
        "\"after_change\":\"保留\"",
        0};
    static const char *const EMPTY[] = {"\"qualified\":null", "\"teams\":[]",
                                        "\"after_change\":\"重签\"", 0};
    static const char *const TEAM[] = {
        "\"leader\":\"reviewer-1\"",
        "\"reviewers\":[\"reviewer-1\",\"reviewer-2\",\"reviewer-3\"]",
        "\"organisations\":[\"org-1\",\"org-2\"]",
        "\"changes\":[{\"index\":0,\"out\":\"reviewer-0\",\"in\":\"reviewer-3\"}]",
        "\"reports\":[\"paper-1\",\"site-1\"]",
        0};
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    check_words(&scene, "/api/organisations", "", ORGANISATIONS);
    check_words(&scene, "/api/reviews/cycle-1", "", REVIEW);
    check_words(&scene, "/api/reviews/cycle-2", "", EMPTY);
    check_words(&scene, "/api/teams/team-1", "", TEAM);
}

static void tells_who_has_signed_and_who_is_missing(void **state)
{
    static const char *const LIST[] = {
        "\"id\":\"paper-1\",\"version\":2",
        "\"state\":\"complete\",\"signed\":2,\"of\":2,"
        "\"reservations\":1",
        "\"id\":\"site-1\",\"version\":1",
        "\"state\":\"open\",\"signed\":1,\"of\":2,\"reservations\":0", 0};
    static const char *const OVERVIEW[] = {
        "\"teams\":[{\"id\":\"team-1\",\"cycle\":\"cycle-1\",\"index\":0}]",
        "\"version\":2,\"state\":\"complete\"", 0};
    static const char *const SITE[] = {
        "\"newest\":true",
        "\"void\":null",
        "\"document\":\"missing\"",
        "\"size\":9",
        "\"format\":\"TXT\"",
        "\"deadline\":\"2026-11-22T16:00:00+08:00\"",
        "{\"person\":\"reviewer-1\",\"capacity\":\"组长\",\"organisation\":null,\"index\":null,"
        "\"opinion\":null,\"reason\":null,\"time\":null,\"text\":null,\"refusal\":null}",
        "\"organisation\":\"org-2\",\"index\":null,\"opinion\":null,\"reason\":null,"
        "\"time\":null,\"text\":null,\"refusal\":0}",
        "\"former\":[{\"person\":\"reviewer-0\",\"capacity\":\"评审员\",\"index\":0,"
        "\"opinion\":\"不同意\",\"how\":\"replaced\"}]",
        0};
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    check_words(&scene, "/api/reports", "", LIST);
    check_words(&scene, "/api/overview", "", OVERVIEW);
    check_words(&scene, "/api/reports/site-1", "", SITE);
}

static void an_older_version_says_that_it_is_void(void **state)
{
    static const char *const NEWEST[] = {
        "\"version\":2,\"newest\":true",
        "\"title\":\"定稿\"",
        "\"void\":null",
        "\"opinion\":\"保留意见\",\"reason\":\"#why\"",
        "\"versions\":[{\"version\":1,\"index\":0,\"state\":\"void\"",
        0};
    static const char *const OLDER[] = {"\"version\":1,\"newest\":false",
                                        "\"title\":\"初稿\"",
                                        "\"state\":\"void\"",
                                        "\"void\":{\"index\":0,\"how\":\"superseded\"}",
                                        "\"signers\":[]",
                                        0};
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    check_words(&scene, "/api/reports/paper-1", "", NEWEST);
    check_words(&scene, "/api/reports/paper-1", "2", NEWEST);
    check_words(&scene, "/api/reports/paper-1", "1", OLDER);
}

static void knows_nothing_of_other_ids_and_versions(void **state)
{
    static const struct {
        const char *path;
        const char *version;
        unsigned status;
        const char *rule;
    } CASES[] = {
        {"/api/reviews/none", "", 404, "view.unknown"},
        {"/api/teams/none", "", 404, "view.unknown"},
        {"/api/reports/none", "", 404, "view.unknown"},
        {"/api/reports/", "", 404, "view.unknown"},
        {"/api/reports/paper-1", "3", 404, "view.unknown"},
        {"/api/reports/paper-1", "0", 422, "service.version"},
        {"/api/reports/paper-1", "-1", 422, "service.version"},
        {"/api/reports/paper-1", "1e3", 422, "service.version"},
    };
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        AUTO_RESPONSE response;

        ask(&scene, CASES[i].path, CASES[i].version, &response);
        check_refused(&response, CASES[i].status, CASES[i].rule);
    }
}

/* --- addresses --- */

static void a_star_takes_one_step_and_nothing_else(void **state)
{
    static const char *const OTHERS[] = {"/api/documents/ab/cd/state", "/api/documents//state",
                                         "/api/documents/state", "/api/documents/ab/state/"};
    struct bytes tail;
    const struct route *route;
    (void)state;

    route = route_find(METHOD_GET, LITERAL("/api/documents/ab/state"), &tail);
    assert_non_null(route);
    assert_string_equal(route->path, "/api/documents/*/state");
    assert_true(bytes_is(tail, "ab"));
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        route = route_find(METHOD_GET, bytes_of_string(OTHERS[i]), &tail);
        assert_true(!route || strcmp(route->path, "/api/documents/*/state") != 0);
    }
}

/* An address for guests answers with a stale cookie as with none: here that there is no such
 * report. One for sessions does not. */
static void a_guest_with_a_stale_cookie_is_a_guest(void **state)
{
    AUTO_SCENE scene;
    AUTO_RESPONSE guest;
    AUTO_RESPONSE stale;
    AUTO_RESPONSE refused;
    (void)state;

    open_with_rows(&scene);
    scene_get(&scene, "/api/reports/none/signing-page.pdf", &guest);
    check_refused(&guest, 404, "view.unknown");
    memset(scene.cookie, 'a', SESSION_COOKIE_SIZE);
    scene.cookie[SESSION_COOKIE_SIZE] = 0;
    scene_get(&scene, "/api/reports/none/signing-page.pdf", &stale);
    check_refused(&stale, 404, "view.unknown");
    scene_get(&scene, "/api/openings", &refused);
    check_refused(&refused, 401, "session.none");
}

/* --- who may read what was hidden --- */

static const char SIGNED[] = "xiling/v1 report.sign\n…\n\n— reviewer-4 abcd\n";

static bool may_read(struct scene *scene, const char *person, const char *type, const char *label)
{
    const struct audience_field field = {.type = bytes_of_string(type),
                                         .label = bytes_of_string(label),
                                         .entry = bytes_of_string(SIGNED),
                                         .index = 40};
    AUTO_READER reader = READER_INIT;
    struct audience audience;
    bool readable;

    check_ok(readers_lend(scene->app->readers, &reader));
    check_ok(audience_open(reader.record, bytes_of_string(person), &audience));
    check_ok(audience_may_read(&audience, &field, &readable));
    return readable;
}

/* One row a statement: which of READERS may read the field. reviewer-4 has signed it. */
static const char *const READERS[] = {"officer-1",  "reviewer-4", "reviewer-1",
                                      "member-1",   "chair-1",    "delegate-2",
                                      "delegate-1", "trustee-1",  "nobody-here"};
static const struct {
    const char *type;
    const char *label;
    const char *marks; /* y or n a reader */
} AUDIENCES[] = {
    {"report.sign", "理由", "yyyyynnnn"},      {"report.void", "理由", "yyyyynnnn"},
    {"report.refusal", "理由", "yyyyyynnn"},   {"report.refusal", "组织说明", "yyyyyynnn"},
    {"conflict.declare", "说明", "yynnnnnnn"}, {"conflict.find", "理由", "yynnnnnnn"},
    {"team.replace", "理由", "yynnnnnnn"},     {"meeting.recuse", "理由", "yynnnnnnn"},
    {"person.invite", "姓名", "yyyyyyyyy"},
};

static void a_reason_is_read_by_those_it_is_for_and_nobody_else(void **state)
{
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    for (size_t i = 0; i < sizeof AUDIENCES / sizeof AUDIENCES[0]; i++) {
        for (size_t k = 0; k < sizeof READERS / sizeof READERS[0]; k++) {
            if (may_read(&scene, READERS[k], AUDIENCES[i].type, AUDIENCES[i].label) !=
                (AUDIENCES[i].marks[k] == 'y')) {
                fail_msg("%s, %s: %s", AUDIENCES[i].type, AUDIENCES[i].label, READERS[k]);
            }
        }
    }
}

/* Before it is logged, nobody can tell what a reason is about. */
static void a_reason_that_is_only_proposed_is_for_officers_and_signers(void **state)
{
    const struct audience_field field = {.type = LITERAL("report.refusal"),
                                         .label = LITERAL("理由"),
                                         .proposal = bytes_of_string(SIGNED)};
    AUTO_SCENE scene;
    AUTO_READER reader = READER_INIT;
    struct audience audience;
    bool readable;
    (void)state;

    open_with_rows(&scene);
    check_ok(readers_lend(scene.app->readers, &reader));
    check_ok(audience_open(reader.record, LITERAL("member-1"), &audience));
    check_ok(audience_may_read(&audience, &field, &readable));
    assert_false(readable);
    check_ok(audience_open(reader.record, LITERAL("reviewer-4"), &audience));
    check_ok(audience_may_read(&audience, &field, &readable));
    assert_true(readable);
}

/* The note of a statement of this type with one hidden field, of this label. */
static void write_hidden(const char *type, const char *label, struct buffer *note)
{
    const struct hidden_opening opening = {{7}, LITERAL("理由在此")};
    struct hash32 hidden;

    hidden_of(bytes_of_string(type), label, &opening, &hidden);
    check_ok(statement_begin(note, type, LITERAL(SCENE_ORIGIN)));
    check_ok(statement_add_hidden(note, label, &hidden));
}

static void an_opening_opens_its_own_label_only(void **state)
{
    static const struct {
        const char *type;
        const char *label;
        const char *said; /* by whoever opens */
        bool opens;
    } CASES[] = {
        {"conflict.declare", "说明", "说明", true},
        {"report.refusal", "组织说明", "组织说明", true},
        {"report.refusal", "理由", "组织说明", false},
        {"report.refusal", "组织说明", "理由", false},
        {"report.refusal", "标题", "标题", false},
    };
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const struct disclosure opening = {.type = bytes_of_string(CASES[i].type),
                                           .label = bytes_of_string(CASES[i].said),
                                           .salt = {7},
                                           .value = LITERAL("理由在此")};
        AUTO_BUFFER note = BUFFER_INIT;
        AUTO_BUFFER hidden = BUFFER_INIT;

        write_hidden(CASES[i].type, CASES[i].label, &note);
        assert_int_equal(is_ok(disclosure_check(&opening, buffer_view(&note), &hidden)),
                         CASES[i].opens);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_who_is_reviewed_and_who_may_not_review),
        cmocka_unit_test(tells_who_has_signed_and_who_is_missing),
        cmocka_unit_test(an_older_version_says_that_it_is_void),
        cmocka_unit_test(knows_nothing_of_other_ids_and_versions),
        cmocka_unit_test(a_star_takes_one_step_and_nothing_else),
        cmocka_unit_test(a_guest_with_a_stale_cookie_is_a_guest),
        cmocka_unit_test(a_reason_is_read_by_those_it_is_for_and_nobody_else),
        cmocka_unit_test(a_reason_that_is_only_proposed_is_for_officers_and_signers),
        cmocka_unit_test(an_opening_opens_its_own_label_only),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
