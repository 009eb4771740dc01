/* Keys come from the command line, from a file, or, said aloud, from the log itself. */
#include "check.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "verifier/pinned.h"

static const char *const KNOWN[] = {"vkey", "genesis", "policy", NULL};

struct place {
    struct temporary folder;
    struct archive archive;
    struct small_log log;
    struct buffer key; /* the log's, as text */
    char path[128];    /* of a file that holds it */
};

#define AUTO_PLACE __attribute__((cleanup(place_end))) struct place

static void place_begin(struct place *place)
{
    *place = (struct place){.archive = {.directory = ""}};
    temporary_make(&place->folder);
    small_log_make(3, &place->log);
    small_log_export(&place->log, place->folder.path);
    check_ok(archive_at(place->folder.path, &place->archive));
    check_ok(vkey_write(&place->log.key, &place->key));
    small_log_write_file(place->folder.path, "printed", buffer_view(&place->key));
    (void)snprintf(place->path, sizeof place->path, "%s/printed", place->folder.path);
}

static void place_end(struct place *place)
{
    buffer_free(&place->key);
    small_log_free(&place->log);
    temporary_remove(&place->folder);
}

static struct options given(const char *name, const char *value)
{
    char *arguments[] = {(char *)(uintptr_t)name, (char *)(uintptr_t)value};
    struct options options;

    check_ok(options_read(name == NULL ? 0 : 2, arguments, KNOWN, &options));
    return options;
}

static void check_key(const struct vkey *key, const struct place *place)
{
    check_bytes(BYTES(key->key.bytes), BYTES(place->log.key.key.bytes));
}

static void a_key_is_given_as_text_or_as_a_file(void **state)
{
    AUTO_PLACE place;
    struct vkey key;
    const char *text;

    (void)state;
    place_begin(&place);
    check_ok(buffer_terminate(&place.key, &text));
    check_ok(pinned_key(text, &key));
    check_key(&key, &place);
    check_ok(pinned_key(place.path, &key));
    check_key(&key, &place);
    check_fails(pinned_key("/nowhere/at/all", &key), NOT_FOUND, "file.open");
}

static void a_borrowed_key_is_called_borrowed(void **state)
{
    AUTO_PLACE place;
    struct options options;
    struct pin pin;
    bool borrowed;

    (void)state;
    place_begin(&place);
    options = given(NULL, NULL);
    check_ok(pinned_of(&options, &place.archive, &pin, &borrowed));
    assert_true(borrowed);
    assert_false(pin.has_genesis);
    check_key(&pin.log, &place);
    options = given("--vkey", place.path);
    check_ok(pinned_of(&options, &place.archive, &pin, &borrowed));
    assert_false(borrowed);
}

static void a_genesis_is_64_hex_digits(void **state)
{
    static const char GOOD[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    AUTO_PLACE place;
    struct options options;
    struct pin pin;
    bool borrowed;

    (void)state;
    place_begin(&place);
    options = given("--genesis", GOOD);
    check_ok(pinned_of(&options, &place.archive, &pin, &borrowed));
    assert_true(pin.has_genesis);
    assert_int_equal(0xff, pin.genesis.bytes[31]);
    options = given("--genesis", GOOD + 2);
    assert_false(is_ok(pinned_of(&options, &place.archive, &pin, &borrowed)));
}

static void a_policy_is_read_where_it_is_named(void **state)
{
    AUTO_PLACE place;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER file = BUFFER_INIT;
    struct options options;
    struct policy policy;
    char path[128];
    bool has;

    (void)state;
    place_begin(&place);
    options = given(NULL, NULL);
    check_ok(pinned_policy(&options, &text, &policy, &has));
    assert_false(has);
    small_log_policy(&place.log, "quorum none\n", &file);
    small_log_write_file(place.folder.path, "policy", buffer_view(&file));
    (void)snprintf(path, sizeof path, "%s/policy", place.folder.path);
    options = given("--policy", path);
    check_ok(pinned_policy(&options, &text, &policy, &has));
    assert_true(has);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_given_as_text_or_as_a_file),
        cmocka_unit_test(a_borrowed_key_is_called_borrowed),
        cmocka_unit_test(a_genesis_is_64_hex_digits),
        cmocka_unit_test(a_policy_is_read_where_it_is_named),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
