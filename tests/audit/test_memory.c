#include "check.h"
#include "pen/memory.h"
#include "support/temporary.h"
#include "verifier/file.h"

static struct hash32 hash_of(uint8_t byte)
{
    struct hash32 hash;

    memset(hash.bytes, byte, sizeof hash.bytes);
    return hash;
}

struct memory {
    struct temporary folder;
    char path[128];
};

#define AUTO_MEMORY __attribute__((cleanup(memory_end))) struct memory

static void memory_end(struct memory *memory)
{
    temporary_remove(&memory->folder);
}

static void memory_begin(struct memory *memory)
{
    temporary_make(&memory->folder);
    (void)snprintf(memory->path, sizeof memory->path, "%s/device.memory", memory->folder.path);
}

static void opens_the_same_sums_again(void **state)
{
    (void)state;
    AUTO_MEMORY memory;
    AUTO_BUFFER file = BUFFER_INIT;
    const struct hash32 manifest = hash_of(1);
    const struct hash32 sums = hash_of(2);

    memory_begin(&memory);
    check_ok(memory_keep(memory.path, &manifest, &sums, "share.other"));
    check_ok(memory_keep(memory.path, &manifest, &sums, "share.other"));
    check_ok(file_read(memory.path, &file));
    assert_int_equal(file.size, 2 * 64 + 2); /* one line */
}

static void refuses_other_sums_of_an_election_it_has_opened(void **state)
{
    (void)state;
    AUTO_MEMORY memory;
    const struct hash32 manifest = hash_of(1);
    const struct hash32 other_election = hash_of(3);
    const struct hash32 sums = hash_of(2);
    const struct hash32 other_sums = hash_of(4);

    memory_begin(&memory);
    check_ok(memory_keep(memory.path, &manifest, &sums, "share.other"));
    check_ok(memory_keep(memory.path, &other_election, &other_sums, "share.other"));
    check_fails(memory_keep(memory.path, &manifest, &other_sums, "share.other"), CONFLICT,
                "share.other");
    check_fails(memory_keep(memory.path, &other_election, &sums, "share.other"), CONFLICT,
                "share.other");
}

static void opens_nothing_it_cannot_remember(void **state)
{
    (void)state;
    const struct hash32 manifest = hash_of(1);
    const struct hash32 sums = hash_of(2);

    assert_int_equal(
        memory_keep("no/such/folder/device.memory", &manifest, &sums, "share.other").failure,
        STORAGE_FAILED);
}

static void a_ballot_made_is_remembered_by_its_manifest(void **state)
{
    (void)state;
    AUTO_MEMORY memory;
    const struct hash32 manifest = hash_of(1);
    const struct hash32 another = hash_of(2);
    bool known = true;

    memory_begin(&memory);
    check_ok(memory_has(memory.path, &manifest, &known));
    assert_false(known);
    check_ok(memory_keep(memory.path, &manifest, &manifest, "burn.sent"));
    check_ok(memory_has(memory.path, &manifest, &known));
    assert_true(known);
    check_ok(memory_has(memory.path, &another, &known));
    assert_false(known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_the_same_sums_again),
        cmocka_unit_test(refuses_other_sums_of_an_election_it_has_opened),
        cmocka_unit_test(a_ballot_made_is_remembered_by_its_manifest),
        cmocka_unit_test(opens_nothing_it_cannot_remember),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
