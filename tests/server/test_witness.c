#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/encoding.h"
#include "check.h"
#include "log/policy.h"
#include "log/signed_note.h"
#include "server/witness.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "verifier/file.h"

/* covers: witness */

#define NOW 1800000000

struct house {
    struct temporary folder;
    struct small_log log;
    struct buffer logs; /* the policy file's text */
    struct witness *witness;
};

#define AUTO_HOUSE __attribute__((cleanup(house_free))) struct house

static void house_free(struct house *house)
{
    witness_close(house->witness);
    buffer_free(&house->logs);
    small_log_free(&house->log);
    temporary_remove(&house->folder);
}

static void house_start(struct house *house)
{
    check_ok(witness_open(house->folder.path, buffer_view(&house->logs), &house->witness));
}

static void house_open(size_t entries, struct house *house)
{
    AUTO_BUFFER vkey = BUFFER_INIT;

    *house = (struct house){.witness = NULL};
    temporary_make(&house->folder);
    small_log_make(entries, &house->log);
    check_ok(buffer_append_text(&house->logs, "log "));
    check_ok(vkey_write(&house->log.key, &house->logs));
    check_ok(buffer_append_text(&house->logs, "\nquorum none\n"));
    check_ok(witness_create(house->folder.path, LITERAL("witness.example/one"), &vkey));
    house_start(house);
}

/* The body of add-checkpoint from size `old` to `size`. */
static void ask(struct house *house, uint64_t old, uint64_t size, struct buffer *body)
{
    const struct merkle_head head = small_log_head(&house->log, size);
    struct witness_request request = {.old_size = old};
    AUTO_BUFFER note = BUFFER_INIT;

    if (old > 0) {
        const struct merkle_source source = tree_source(&house->log.tree);

        check_ok(merkle_prove_consistency(&source, old, size, &request.proof));
    }
    check_ok(checkpoint_sign(&head, &house->log.key, &house->log.secret, &note));
    request.checkpoint = buffer_view(&note);
    buffer_clear(body);
    check_ok(witness_request_write(&request, body));
}

static enum witness_status answer(struct house *house, struct bytes body, struct buffer *out)
{
    enum witness_status status;

    buffer_clear(out);
    check_ok(witness_add_checkpoint(house->witness, body, NOW, &status, out));
    return status;
}

static enum witness_status exchange(struct house *house, uint64_t old, uint64_t size,
                                    struct buffer *out)
{
    AUTO_BUFFER body = BUFFER_INIT;

    ask(house, old, size, &body);
    return answer(house, buffer_view(&body), out);
}

static struct result origin_hex(const struct house *house, struct buffer *out)
{
    const struct hash32 hash = sha256_of(vkey_name(&house->log.key));

    return hex_append(out, BYTES(hash.bytes));
}

static void cosigns_a_log_that_grows(void **state)
{
    AUTO_HOUSE house;
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER hex = BUFFER_INIT;
    AUTO_BUFFER kept = BUFFER_INIT;
    struct signed_note note;
    struct note_seal seal;
    const struct vkey *key;
    (void)state;

    house_open(9, &house);
    key = witness_key(house.witness);
    assert_int_equal(exchange(&house, 0, 4, &line), WITNESS_OK);
    assert_int_equal(exchange(&house, 4, 9, &line), WITNESS_OK);
    check_ok(origin_hex(&house, &hex));
    check_ok(witness_checkpoint(house.witness, buffer_view(&hex), &kept));
    check_ok(signed_note_parse(buffer_view(&kept), &note));
    check_ok(signed_note_verify(&note, &key, 1, &seal));
    assert_true(seal.verified);
    assert_int_equal(seal.time, NOW);
}

static void refuses_a_rollback_even_after_a_restart(void **state)
{
    AUTO_HOUSE house;
    AUTO_BUFFER line = BUFFER_INIT;
    (void)state;

    house_open(9, &house);
    assert_int_equal(exchange(&house, 0, 9, &line), WITNESS_OK);
    witness_close(house.witness);
    house_start(&house);
    assert_int_equal(exchange(&house, 0, 4, &line), WITNESS_CONFLICT);
    assert_true(bytes_equal(buffer_view(&line), LITERAL("9\n")));
    assert_int_equal(exchange(&house, 0, 9, &line), WITNESS_CONFLICT);
}

static void refuses_another_history(void **state)
{
    AUTO_HOUSE house;
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    (void)state;

    house_open(9, &house);
    assert_int_equal(exchange(&house, 0, 5, &line), WITNESS_OK);
    house.log.tree.levels[3].data[0] ^= 1; /* the log now says that an early entry was another */
    ask(&house, 5, 9, &body);
    assert_int_equal(answer(&house, buffer_view(&body), &line), WITNESS_UNPROVEN);
}

static void signs_nothing_that_it_cannot_store(void **state)
{
    AUTO_HOUSE house;
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER body = BUFFER_INIT;
    enum witness_status status;
    (void)state;

    house_open(9, &house);
    ask(&house, 0, 9, &body);
    temporary_remove(&house.folder);
    check_fails(witness_add_checkpoint(house.witness, buffer_view(&body), NOW, &status, &line),
                STORAGE_FAILED, "file.write");
    assert_int_equal(line.size, 0);
}

static void knows_only_its_logs(void **state)
{
    AUTO_HOUSE house;
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER out = BUFFER_INIT;
    (void)state;

    house_open(3, &house);
    assert_int_equal(answer(&house, LITERAL("old 0\n\nelsewhere\n3\n"), &line),
                     WITNESS_UNKNOWN_ORIGIN);
    assert_int_equal(answer(&house, LITERAL("hello"), &line), WITNESS_BAD_REQUEST);
    check_fails(witness_checkpoint(house.witness, LITERAL("00"), &out), NOT_FOUND,
                "witness.unknown");
}

static void does_not_start_over_a_checkpoint_of_somebody_else(void **state)
{
    AUTO_HOUSE house;
    AUTO_BUFFER hex = BUFFER_INIT;
    const char *name;
    struct witness *again = NULL;
    char path[200];
    (void)state;

    house_open(3, &house);
    check_ok(origin_hex(&house, &hex));
    check_ok(buffer_terminate(&hex, &name));
    (void)snprintf(path, sizeof path, "%s/%s.checkpoint", house.folder.path, name);
    check_ok(file_write(path, LITERAL("award.example\n3\nAAAA\n\n")));
    check_fails(witness_open(house.folder.path, buffer_view(&house.logs), &again), INVALID,
                "witness.kept");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cosigns_a_log_that_grows),
        cmocka_unit_test(refuses_a_rollback_even_after_a_restart),
        cmocka_unit_test(refuses_another_history),
        cmocka_unit_test(signs_nothing_that_it_cannot_store),
        cmocka_unit_test(knows_only_its_logs),
        cmocka_unit_test(does_not_start_over_a_checkpoint_of_somebody_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
