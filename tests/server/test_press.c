#include "check.h"
#include "server/press.h"

static struct hash32 key_of(uint8_t number)
{
    return (struct hash32){{number}};
}

static void keep(struct press *press, uint8_t number)
{
    const struct hash32 key = key_of(number);
    AUTO_BUFFER contents = BUFFER_INIT;
    AUTO_BLOB *sheet = NULL;

    check_ok(buffer_append(&contents, (struct bytes){&number, 1}));
    check_ok(blob_make(&contents, &sheet));
    press_keep(press, &key, sheet);
}

static bool holds(struct press *press, uint8_t number)
{
    const struct hash32 key = key_of(number);
    AUTO_BLOB *sheet = press_find(press, &key);

    return sheet && blob_view(sheet).data[0] == number;
}

static void refuses_to_let_more_wait_than_it_can_draw(void **state)
{
    struct press *press;
    (void)state;

    check_ok(press_open(&press));
    for (size_t i = 0; i < PRESS_WAITING_MAX; i++) {
        check_ok(press_enter(press));
    }
    check_fails(press_enter(press), BUSY, "sheet.busy");
    press_leave(press);
    check_ok(press_enter(press));
    check_fails(press_enter(press), BUSY, "sheet.busy");
    press_close(press);
}

static void keeps_the_last_sheets_and_no_more(void **state)
{
    struct press *press;
    (void)state;

    check_ok(press_open(&press));
    assert_false(holds(press, 1));
    for (uint8_t number = 1; number <= PRESS_KEPT + 1; number++) {
        keep(press, number);
        assert_true(holds(press, number));
    }
    assert_false(holds(press, 1));
    assert_true(holds(press, 2));
    press_close(press);
    press_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_to_let_more_wait_than_it_can_draw),
        cmocka_unit_test(keeps_the_last_sheets_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
