/* The verdict of many threads is the verdict of one: the earliest entry that fails. */
#include "check.h"
#include "record/journal.h"
#include "support/world.h"
#include "verifier/crew.h"

enum { BALLOTS = 6 };

/* An election with ballots made and not handed in. */
struct setting {
    struct world *world;
    struct prepared prepared[BALLOTS];
};

static void setting_begin(struct setting *setting)
{
    *setting = (struct setting){.world = world_make()};
    world_ready(setting->world);
    const struct election *election = world_first_round(setting->world);

    for (size_t i = 0; i < BALLOTS; i++) {
        AUTO_BUFFER note = BUFFER_INIT;

        world_ballot(setting->world, election, world_member(i), "2100", &note);
        check_ok(record_read(setting->world->record, buffer_view(&note), setting->world->time,
                             &setting->prepared[i]));
    }
}

static void setting_end(struct setting *setting)
{
    for (size_t i = 0; i < BALLOTS; i++) {
        prepared_free(&setting->prepared[i]);
    }
    world_free(setting->world);
}

/* Another proof of the right form: the note's last character but the line end and padding. */
static void spoil(struct prepared *prepared)
{
    uint8_t *const place = prepared->note.data + prepared->note.size - 8;

    *place = *place == 'A' ? 'B' : 'A';
}

/* Hands everything in, with these spoiled, and says what comes out. */
static struct result judge(unsigned threads, const size_t spoiled[], size_t count, uint64_t *index)
{
    struct setting setting;
    struct crew *crew = NULL;
    struct result verdict;
    const char *type = NULL;

    setting_begin(&setting);
    for (size_t i = 0; i < count; i++) {
        spoil(&setting.prepared[spoiled[i]]);
    }
    check_ok(crew_start(setting.world->record, threads, &crew));
    for (size_t i = 0; i < BALLOTS; i++) {
        if (!is_ok(crew_check(crew, &setting.prepared[i], 100 + i))) {
            break; /* it may know already */
        }
    }
    verdict = crew_wait(crew, index, &type);
    assert_true(is_ok(verdict) || strcmp(type, "ballot") == 0);
    crew_stop(crew);
    setting_end(&setting);
    return verdict;
}

static void good_ballots_hold(void **state)
{
    uint64_t index = 0;

    (void)state;
    check_ok(judge(1, NULL, 0, &index));
    check_ok(judge(3, NULL, 0, &index));
}

static void the_earliest_failure_is_named(void **state)
{
    static const size_t SPOILED[] = {4, 2};
    uint64_t index = 0;

    (void)state;
    assert_false(is_ok(judge(1, SPOILED, 2, &index)));
    assert_int_equal(102, index);
    assert_false(is_ok(judge(4, SPOILED, 2, &index)));
    assert_int_equal(102, index);
}

static void a_crew_that_is_stopped_drops_what_waits(void **state)
{
    struct setting setting;
    struct crew *crew = NULL;

    (void)state;
    setting_begin(&setting);
    check_ok(crew_start(setting.world->record, 2, &crew));
    for (size_t i = 0; i < BALLOTS; i++) {
        check_ok(crew_check(crew, &setting.prepared[i], i));
        assert_int_equal(0, setting.prepared[i].note.size); /* taken over */
    }
    crew_stop(crew);
    crew_stop(NULL);
    setting_end(&setting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_ballots_hold),
        cmocka_unit_test(the_earliest_failure_is_named),
        cmocka_unit_test(a_crew_that_is_stopped_drops_what_waits),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
