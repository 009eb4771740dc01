#include <sqlite3.h>

#include "scene.h"

/* covers: api_public, api_meeting, api_election */

/* Rows as the fold makes them of a meeting, a ceremony and an election that has been closed. */
static const char ROWS[] =
    "PRAGMA foreign_keys = OFF;"
    "INSERT INTO cycle (id, year, position, document, quorum_numerator, quorum_denominator,"
    " runoffs, lines) VALUES ('cycle-1', 2026, 1, '细则', 2, 3, 2, '');"
    "INSERT INTO meeting (id, cycle, position, place, time, chair, first_scrutineer,"
    " second_scrutineer, quorum, frozen, present) VALUES"
    " ('meeting-1', 'cycle-1', 2, '三楼会议室', 1795334400, 'chair-1', 'scrutineer-1',"
    " 'scrutineer-2', 3, 5, 4);"
    "INSERT INTO appointed VALUES ('meeting-1', 0, 'member-1'), ('meeting-1', 1, 'member-2');"
    "INSERT INTO candidate (meeting, place, id, name, drawn) VALUES"
    " ('meeting-1', 0, 'org-1', '甲示例公司', 2), ('meeting-1', 1, 'org-2', '乙示例公司', 1);"
    "INSERT INTO election (manifest, id, meeting, round, tied_grade, ceremony, position, opens,"
    " closes, batch_window, roll, threshold, ballots) VALUES"
    " (zeroblob(32), 'round-1', 'meeting-1', 1, 0, zeroblob(32), 6, 1795334400, 1795338000, 60, 4,"
    " 2, 3);"
    "INSERT INTO private_waiting (manifest, tag, text_hash, note, promise) VALUES"
    " (zeroblob(32), zeroblob(32), zeroblob(32), x'00', 1795334400);";

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

static void check_words(struct scene *scene, const char *path, const char *const words[])
{
    AUTO_RESPONSE response;

    scene_get(scene, path, &response);
    check_status(&response, 200);
    for (size_t i = 0; words[i]; i++) {
        if (!scene_says(&response, words[i])) {
            fail_msg("%s does not say %s but %.*s", path, words[i], (int)scene_body(&response).size,
                     (const char *)scene_body(&response).data);
        }
    }
    assert_string_equal(response.cookie, "");
}

static void tells_what_to_pin_before_and_after_the_genesis(void **state)
{
    static const char *const BEFORE[] = {"\"origin\":\"" SCENE_ORIGIN "\"",
                                         "\"genesis\":null",
                                         "\"vkey\":\"" SCENE_ORIGIN "+",
                                         "\"witnesses\":[]",
                                         "\"service_key\":\"",
                                         "+08:00\"",
                                         0};
    static const char *const AFTER[] = {"\"genesis\":\"", 0};
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER hex = BUFFER_INIT;
    AUTO_RESPONSE pin;
    struct hash32 hash;
    (void)state;

    scene_open(&scene);
    check_words(&scene, "/api/pin", BEFORE);
    scene_post_genesis(&scene);
    check_words(&scene, "/api/pin", AFTER);
    scene_write_genesis(&scene, &note);
    assert_true(ticket_hash_text(buffer_view(&note), &hash));
    check_ok(hex_append(&hex, BYTES(hash.bytes)));
    scene_get(&scene, "/api/pin", &pin);
    check_bytes(scene_field(&pin, "genesis"), buffer_view(&hex));
}

static void tells_what_there_is(void **state)
{
    static const char *const OVERVIEW[] = {
        "\"log\":{\"size\":1,\"root\":\"",
        "\"id\":\"cycle-1\",\"year\":2026,\"index\":1",
        "\"id\":\"meeting-1\",\"cycle\":\"cycle-1\",\"state\":\"frozen\"",
        "\"id\":\"round-1\",\"meeting\":\"meeting-1\",\"M\":\"AAAA",
        "\"ceremonies\":[]",
        0};
    static const char *const MEETING[] = {"\"place\":\"三楼会议室\"",
                                          "\"time\":\"2026-11-22T16:00:00+08:00\"",
                                          "\"chair\":\"chair-1\"",
                                          "\"scrutineers\":[\"scrutineer-1\",\"scrutineer-2\"]",
                                          "\"appointed\":[\"member-1\",\"member-2\"]",
                                          "\"quorum\":3",
                                          "{\"id\":\"org-1\",\"name\":\"甲示例公司\"}",
                                          "\"signins\":[]",
                                          "\"recusals\":[]",
                                          "\"draw\":{\"state\":\"none\"",
                                          "\"freeze\":{\"index\":5,\"present\":4}",
                                          "\"elections\":[{\"id\":\"round-1\"",
                                          "\"minutes\":null",
                                          0};
    static const char *const ELECTION[] = {"\"meeting\":\"meeting-1\"",
                                           "\"round\":1",
                                           "\"state\":\"open\"",
                                           "\"opens\":\"2026-11-22T16:00:00+08:00\"",
                                           "\"closes\":\"2026-11-22T17:00:00+08:00\"",
                                           "\"window\":60",
                                           "\"roll\":4",
                                           "\"ballots\":3",
                                           "\"waiting\":1",
                                           "\"burned\":0",
                                           "\"close\":null",
                                           "\"sums_code\":null",
                                           "\"threshold\":2",
                                           "\"result\":null",
                                           "\"cancel\":null",
                                           0};
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    check_words(&scene, "/api/overview", OVERVIEW);
    check_words(&scene, "/api/meetings/meeting-1", MEETING);
    check_words(&scene, "/api/elections/round-1", ELECTION);
}

static void knows_nothing_of_other_ids(void **state)
{
    static const char *const PATHS[] = {"/api/meetings/none", "/api/elections/none",
                                        "/api/ceremonies/none", "/api/meetings/"};
    AUTO_SCENE scene;
    (void)state;

    open_with_rows(&scene);
    for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
        AUTO_RESPONSE response;

        scene_get(&scene, PATHS[i], &response);
        check_refused(&response, 404, "view.unknown");
    }
}

/* The waiting row of ROWS: it cannot be judged, for its election is not in the log. */
static void promises_a_waiting_ballot_in_writing(void **state)
{
    static const char PATH[] =
        "/api/receipts/0000000000000000000000000000000000000000000000000000000000000000";
    AUTO_SCENE scene;
    AUTO_STATEMENT note = STATEMENT_INIT;
    AUTO_RESPONSE response;
    struct signer service;
    (void)state;

    open_with_rows(&scene);
    scene_get(&scene, PATH, &response);
    check_status(&response, 202);
    check_ok(statement_parse(scene_body(&response), &note));
    assert_true(bytes_is(note.type, "acceptance"));
    assert_true(bytes_is(statement_value(&note, "入册不迟于"), "2026-11-22T16:00:00+08:00"));
    check_ok(signer_make(LITERAL("service"), &scene.app->identity->service.key, &service));
    check_ok(statement_verify(&note, &service, 1));
}

static void a_ballot_that_cannot_be_judged_stops_nobody_else(void **state)
{
    AUTO_SCENE scene;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_RESPONSE response;
    (void)state;

    open_with_rows(&scene);
    scene_write_invite(&scene, 1, &note);
    scene_post(&scene, "/api/entries", buffer_view(&note), &response);
    check_status(&response, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_to_pin_before_and_after_the_genesis),
        cmocka_unit_test(tells_what_there_is),
        cmocka_unit_test(knows_nothing_of_other_ids),
        cmocka_unit_test(promises_a_waiting_ballot_in_writing),
        cmocka_unit_test(a_ballot_that_cannot_be_judged_stops_nobody_else),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
