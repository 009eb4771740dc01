#include "check.h"
#include "log/entry.h"

static const char GOOD[] = "xiling/entry/v1 2026-11-22T16:00:00+08:00\ntext\n\n— a AAAAAA==\n";

static void reads_what_it_writes(void **state)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    struct entry entry;
    (void)state;

    check_ok(entry_parse(bytes_of_string(GOOD), &entry));
    assert_int_equal(entry.time, 1795334400);
    check_bytes(entry.note, bytes_of_string("text\n\n— a AAAAAA==\n"));
    check_ok(entry_write(&entry, &raw));
    check_bytes(buffer_view(&raw), bytes_of_string(GOOD));
}

static void refuses_a_cut_entry(void **state)
{
    struct entry entry;
    (void)state;

    for (size_t size = 0; size <= ENTRY_HEAD_SIZE; size++) {
        check_fails(entry_parse(bytes_slice(bytes_of_string(GOOD), 0, size), &entry), MALFORMED,
                    "entry.form");
    }
}

static void refuses_every_other_head(void **state)
{
    uint8_t raw[sizeof GOOD - 1];
    struct entry entry;
    (void)state;

    for (size_t i = 0; i < ENTRY_HEAD_SIZE; i++) {
        memcpy(raw, GOOD, sizeof raw);
        raw[i] ^= 0x40;
        assert_int_equal(entry_parse(BYTES(raw), &entry).failure, MALFORMED);
    }
}

static void refuses_a_time_that_no_calendar_has(void **state)
{
    struct entry entry;
    (void)state;

    check_fails(
        entry_parse(bytes_of_string("xiling/entry/v1 2026-02-30T16:00:00+08:00\nx"), &entry),
        MALFORMED, "entry.time");
    check_fails(
        entry_parse(bytes_of_string("xiling/entry/v1 1969-12-31T16:00:00+08:00\nx"), &entry),
        MALFORMED, "entry.time");
}

static void holds_the_size_limit(void **state)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    AUTO_BUFFER bundle = BUFFER_INIT;
    static uint8_t note[ENTRY_SIZE_MAX - ENTRY_HEAD_SIZE + 1];
    struct entry entry = {1795334400, {note, sizeof note - 1}};
    (void)state;

    memset(note, 'x', sizeof note);
    check_ok(entry_write(&entry, &raw));
    assert_int_equal(raw.size, ENTRY_SIZE_MAX);
    check_ok(entry_parse(buffer_view(&raw), &entry));
    check_ok(bundle_append(&bundle, buffer_view(&raw)));

    check_ok(buffer_append_text(&raw, "x"));
    check_fails(entry_parse(buffer_view(&raw), &entry), MALFORMED, "entry.size");
    check_fails(bundle_append(&bundle, buffer_view(&raw)), MALFORMED, "entry.size");
    entry.note = BYTES(note);
    check_fails(entry_write(&entry, &raw), MALFORMED, "entry.size");
}

/* Tessera's test data: the first two entries of its log of fifteen. */
static void frames_entries_as_others_do(void **state)
{
    static const uint8_t expected[] = {0, 3, 'o', 'n', 'e', 0, 3, 't', 'w', 'o'};
    AUTO_BUFFER bundle = BUFFER_INIT;
    struct bytes rest = BYTES(expected);
    struct bytes entry;
    (void)state;

    check_ok(bundle_append(&bundle, LITERAL("one")));
    check_ok(bundle_append(&bundle, LITERAL("two")));
    check_bytes(buffer_view(&bundle), BYTES(expected));
    check_ok(bundle_next(&rest, &entry));
    check_bytes(entry, LITERAL("one"));
    check_ok(bundle_next(&rest, &entry));
    check_bytes(entry, LITERAL("two"));
    assert_int_equal(rest.size, 0);
}

static void refuses_a_cut_bundle(void **state)
{
    static const uint8_t raw[] = {0, 3, 'o', 'n', 'e'};
    struct bytes entry;
    (void)state;

    for (size_t size = 1; size < sizeof raw; size++) {
        struct bytes rest = {raw, size};

        check_fails(bundle_next(&rest, &entry), MALFORMED, "bundle.form");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_a_cut_entry),
        cmocka_unit_test(refuses_every_other_head),
        cmocka_unit_test(refuses_a_time_that_no_calendar_has),
        cmocka_unit_test(holds_the_size_limit),
        cmocka_unit_test(frames_entries_as_others_do),
        cmocka_unit_test(refuses_a_cut_bundle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
