#include "check.h"
#include "pen/opened.h"
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
    (void)snprintf(memory->path, sizeof memory->path, "%s/key.opened", memory->folder.path);
}

static void opens_the_same_sums_again(void **state)
{
    (void)state;
    AUTO_MEMORY memory;
    AUTO_BUFFER file = BUFFER_INIT;
    const struct hash32 manifest = hash_of(1);
    const struct hash32 sums = hash_of(2);

    memory_begin(&memory);
    check_ok(opened_remember(memory.path, &manifest, &sums));
    check_ok(opened_remember(memory.path, &manifest, &sums));
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
    check_ok(opened_remember(memory.path, &manifest, &sums));
    check_ok(opened_remember(memory.path, &other_election, &other_sums));
    check_fails(opened_remember(memory.path, &manifest, &other_sums), CONFLICT, "share.other");
    check_fails(opened_remember(memory.path, &other_election, &sums), CONFLICT, "share.other");
}

static void opens_nothing_it_cannot_remember(void **state)
{
    (void)state;
    const struct hash32 manifest = hash_of(1);
    const struct hash32 sums = hash_of(2);

    assert_int_equal(opened_remember("no/such/folder/key.opened", &manifest, &sums).failure,
                     STORAGE_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_the_same_sums_again),
        cmocka_unit_test(refuses_other_sums_of_an_election_it_has_opened),
        cmocka_unit_test(opens_nothing_it_cannot_remember),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
