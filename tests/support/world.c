#include "support/world.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "base/text.h"
#include "check.h"
#include "primitive/signer.h"
#include "protocol/kind.h"
#include "protocol/statement.h"
#include "record/journal.h"

#define MORNING 1795309200u /* 2026-11-22T09:00:00+08:00 */

struct world *world_make(void)
{
    struct world *world = calloc(1, sizeof *world);

    assert_non_null(world);
    assert_true(sodium_init() >= 0);
    assert_int_equal(sqlite3_open(":memory:", &world->database), SQLITE_OK);
    check_ok(record_create(world->database));
    check_ok(record_open(world->database, &world->record));
    world->time = MORNING;
    return world;
}

void world_free(struct world *world)
{
    record_close(world->record);
    sqlite3_close(world->database);
    buffer_free(&world->text);
    buffer_free(&world->note);
    free(world);
}

/* --- persons --- */

void world_keys(const char *person, struct keys *out)
{
    struct key_code code;
    struct hash32 hash;

    hash = sha256_of(bytes_of_string(person));
    memcpy(code.bytes, hash.bytes, sizeof code.bytes);
    check_ok(keys_derive(&code, out));
}

const char *world_member(size_t index)
{
    static const char *const names[WORLD_MEMBERS] = {"m01", "m02", "m03", "m04", "m05",
                                                     "m06", "m07", "m08", "m09", "m10",
                                                     "m11", "m12", "m13", "m14", "m15"};

    assert_true(index < WORLD_MEMBERS);
    return names[index];
}

void world_vote_key(const char *meeting, const char *person, unsigned device, struct scalar *out)
{
    HASH_STATE state;

    hash_begin(&state, "xiling/v1 test vote key");
    hash_text(&state, meeting);
    hash_text(&state, person);
    hash_number(&state, device);
    hash_end_scalar(&state, out);
}

/* --- writing --- */

void world_begin(struct world *world, const char *type)
{
    buffer_clear(&world->text);
    check_ok(statement_begin(&world->text, type, LITERAL(WORLD_ORIGIN)));
}

void world_put(struct world *world, const char *label, const char *value)
{
    check_ok(statement_add_text(&world->text, label, value));
}

void world_put_number(struct world *world, const char *label, uint64_t number)
{
    check_ok(statement_add_number(&world->text, label, number));
}

void world_put_time(struct world *world, const char *label, uint64_t seconds)
{
    check_ok(statement_add_time(&world->text, label, (int64_t)seconds));
}

void world_put_bytes(struct world *world, const char *label, struct bytes bytes)
{
    check_ok(statement_add_bytes(&world->text, label, bytes));
}

void world_put_hidden(struct world *world, const char *type, const char *label, const char *value)
{
    const struct hidden_opening opening = {.value = bytes_of_string(value)};
    struct hash32 hidden;

    hidden_of(bytes_of_string(type), label, &opening, &hidden);
    check_ok(statement_add_hidden(&world->text, label, &hidden));
}

void world_put_seen(struct world *world)
{
    struct merkle_head head;

    check_ok(journal_load_head(world->record, &head));
    world_put_number(world, "日志条数", head.size);
    world_put_bytes(world, "日志根", BYTES(head.root.bytes));
}

/* --- changing what is written --- */

/* Where the line begins, and its size with its LF. */
static void find_line(const struct world *world, const char *label, size_t index, size_t *from,
                      size_t *size)
{
    struct bytes rest = buffer_view(&world->text);
    AUTO_BUFFER start = BUFFER_INIT;

    check_ok(buffer_append_text(&start, label));
    check_ok(buffer_append_text(&start, "："));
    while (rest.size > 0) {
        *from = world->text.size - rest.size;
        const struct bytes line = text_cut(&rest, '\n');

        *size = line.size + 1;
        if (bytes_starts_with(line, buffer_view(&start)) && index-- == 0) {
            return;
        }
    }
    fail_msg("no line %s", label);
}

/* Puts `middle` in the place of `size` bytes from `from`. */
static void splice(struct world *world, size_t from, size_t size, struct bytes middle)
{
    const struct bytes text = buffer_view(&world->text);
    struct buffer changed = BUFFER_INIT;

    check_ok(buffer_append(&changed, bytes_slice(text, 0, from)));
    check_ok(buffer_append(&changed, middle));
    check_ok(buffer_append(&changed, bytes_slice(text, from + size, text.size)));
    buffer_free(&world->text);
    world->text = changed;
}

void world_drop(struct world *world, const char *label, size_t index)
{
    size_t from, size;

    find_line(world, label, index, &from, &size);
    splice(world, from, size, EMPTY_BYTES);
}

void world_replace(struct world *world, const char *label, size_t index, const char *value)
{
    AUTO_BUFFER line = BUFFER_INIT;
    size_t from, size;

    find_line(world, label, index, &from, &size);
    check_ok(buffer_append_text(&line, label));
    check_ok(buffer_append_text(&line, "："));
    check_ok(buffer_append_text(&line, value)); /* unchecked: it may be two lines */
    check_ok(buffer_append_text(&line, "\n"));
    splice(world, from, size, buffer_view(&line));
}

void world_replace_bytes(struct world *world, const char *label, size_t index, struct bytes bytes)
{
    AUTO_BUFFER encoded = BUFFER_INIT;
    const char *value;

    check_ok(base64_append(&encoded, bytes));
    check_ok(buffer_terminate(&encoded, &value));
    world_replace(world, label, index, value);
}

void world_double(struct world *world, const char *label, size_t index)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    size_t from, size;

    find_line(world, label, index, &from, &size);
    for (int i = 0; i < 2; i++) {
        check_ok(buffer_append(&lines, bytes_slice(buffer_view(&world->text), from, size)));
    }
    splice(world, from, size, buffer_view(&lines));
}

void world_swap(struct world *world, const char *label, size_t index)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    size_t from, size, next, next_size;

    find_line(world, label, index, &from, &size);
    find_line(world, label, index + 1, &next, &next_size);
    assert_int_equal(from + size, next);
    check_ok(buffer_append(&lines, bytes_slice(buffer_view(&world->text), next, next_size)));
    check_ok(buffer_append(&lines, bytes_slice(buffer_view(&world->text), from, size)));
    splice(world, from, size + next_size, buffer_view(&lines));
}

/* --- signing and sending --- */

void world_sign(struct world *world, const char *const signers[])
{
    buffer_clear(&world->note);
    check_ok(statement_note(buffer_view(&world->text), &world->note));
    for (size_t i = 0; signers[i]; i++) {
        struct keys keys;

        world_keys(signers[i], &keys);
        check_ok(signature_line_sign(&world->note, buffer_view(&world->text),
                                     bytes_of_string(signers[i]), &keys.sign_secret));
    }
}

void world_sign_as(struct world *world, const char *name, const char *owner)
{
    struct keys keys;

    world_keys(owner, &keys);
    buffer_clear(&world->note);
    check_ok(statement_note(buffer_view(&world->text), &world->note));
    check_ok(signature_line_sign(&world->note, buffer_view(&world->text), bytes_of_string(name),
                                 &keys.sign_secret));
}

static struct result take(struct world *world, struct bytes note)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    uint64_t index;

    TRY(record_check(world->record, note, world->time, &prepared));
    TRY(record_admit(world->record, &prepared, world->time));
    return record_append(world->record, &prepared, world->time, &index);
}

static void run(struct world *world, const char *sql)
{
    assert_int_equal(sqlite3_exec(world->database, sql, 0, 0, 0), SQLITE_OK);
}

struct result world_submit(struct world *world)
{
    struct result taken;

    run(world, "BEGIN");
    taken = take(world, buffer_view(&world->note));
    run(world, is_ok(taken) ? "COMMIT" : "ROLLBACK");
    world->time += is_ok(taken) ? 1 : 0;
    return taken;
}

struct result world_send(struct world *world, const char *const signers[])
{
    world_sign(world, signers);
    return world_submit(world);
}

struct hash32 world_text_hash(const struct world *world)
{
    struct hash32 hash;

    hash = sha256_of(buffer_view(&world->text));
    return hash;
}

/* --- people --- */

static void put_founder(struct world *world, const char *person)
{
    AUTO_BUFFER line = BUFFER_INIT;
    const struct hidden_opening opening = {.value = bytes_of_string(person)};
    struct hash32 hidden;
    struct keys keys;
    const char *value;

    world_keys(person, &keys);
    hidden_of(LITERAL("log.genesis"), "工作人员", &opening, &hidden);
    check_ok(buffer_append_text(&line, person));
    check_ok(buffer_append_text(&line, " "));
    check_ok(base64_append(&line, BYTES(keys.sign_public.bytes)));
    check_ok(buffer_append_text(&line, " "));
    check_ok(base64_append(&line, BYTES(keys.box.key.bytes)));
    check_ok(buffer_append_text(&line, " #"));
    check_ok(base64_append(&line, BYTES(hidden.bytes)));
    check_ok(buffer_terminate(&line, &value));
    world_put(world, "工作人员", value);
}

void world_genesis_text(struct world *world)
{
    struct keys keys;

    world_begin(world, "log.genesis");
    world_keys("log", &keys);
    world_put_bytes(world, "记录公钥", BYTES(keys.sign_public.bytes));
    world_keys("service", &keys);
    world_put_bytes(world, "服务公钥", BYTES(keys.sign_public.bytes));
    world_put_bytes(world, "规则文件", BYTES(keys.box.key.bytes));
    put_founder(world, "gu");
    put_founder(world, "he");
}

void world_genesis(struct world *world)
{
    world_genesis_text(world);
    check_ok(SEND(world, "gu", "he"));
}

void world_invite(struct world *world, const char *person)
{
    world_begin(world, "person.invite");
    world_put(world, "人员", person);
    world_put_hidden(world, "person.invite", "姓名", person);
    check_ok(SEND(world, "gu"));
}

void world_enrol_text(struct world *world, const char *person)
{
    struct keys keys;

    world_keys(person, &keys);
    world_begin(world, "person.enrol");
    world_put(world, "人员", person);
    world_put_bytes(world, "签名公钥", BYTES(keys.sign_public.bytes));
    world_put_bytes(world, "封存公钥", BYTES(keys.box.key.bytes));
}

void world_enrol(struct world *world, const char *person, struct hash32 *enrolment)
{
    world_enrol_text(world, person);
    check_ok(SEND(world, person));
    *enrolment = world_text_hash(world);
}

void world_confirm_text(struct world *world, const char *person, const struct hash32 *enrolment,
                        const char *role)
{
    const uint8_t drawn[16] = {7};

    world_begin(world, "person.confirm");
    world_put(world, "人员", person);
    world_put_bytes(world, "登记", BYTES(enrolment->bytes));
    world_put_bytes(world, "核对随机数", BYTES(drawn));
    world_put(world, "角色", role);
}

void world_person(struct world *world, const char *person, const char *role)
{
    struct hash32 enrolment;

    world_invite(world, person);
    world_enrol(world, person, &enrolment);
    world_confirm_text(world, person, &enrolment, role);
    check_ok(SEND(world, "gu", "he"));
}

void world_people(struct world *world)
{
    world_genesis(world);
    world_person(world, "lu", "工作人员");
    world_person(world, "qiao", "主持人");
    world_person(world, "shen", "监票人");
    world_person(world, "tang", "监票人");
    world_person(world, "wen", "受托人");
    world_person(world, "xu", "受托人");
    world_person(world, "yan", "受托人");
    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        world_person(world, world_member(i), "委员");
    }
}
