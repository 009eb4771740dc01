/* The people of the demonstration: the genesis, then everybody invited, enrolled and confirmed. */
#include <string.h>

#include "base/encoding.h"
#include "pen/acts.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/view.h"
#include "server/demo_stage.h"
#include "verifier/file.h"

static const char *const OFFICERS[] = {"officer-1", "officer-2", NULL};

/* --- entry 0 --- */

static struct result add_founder(struct stage *stage, const struct cast_person *person,
                                 uint8_t salt[static 32], struct buffer *text)
{
    SECRET_DEVICE device;
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER hidden = BUFFER_INIT;

    TRY(cast_device(stage->data, person->id, buffer_view(&stage->client.origin), &device));
    secret_random(salt, 32);
    TRY(stage_hide("log.genesis", "工作人员", person->name, salt, &hidden));
    TRY(buffer_append_text(&line, person->id));
    TRY(buffer_append_text(&line, " "));
    TRY(base64_append(&line, BYTES(device.keys.sign_public.bytes)));
    TRY(buffer_append_text(&line, " "));
    TRY(base64_append(&line, BYTES(device.keys.box.key.bytes)));
    TRY(buffer_append_text(&line, " "));
    TRY(buffer_append(&line, buffer_view(&hidden)));
    return statement_add(text, "工作人员", buffer_view(&line));
}

static struct result open_names(struct stage *stage, struct bytes text, uint8_t salts[2][32])
{
    const struct hash32 hash = sha256_of(text);

    for (size_t i = 0; i < 2; i++) {
        const struct client_opening opening = {"log.genesis", "工作人员",
                                               bytes_of_string(CAST[i].name), salts[i], &hash};

        TRY(client_open_hidden(&stage->client, &opening));
    }
    return OK;
}

struct result step_genesis(struct stage *stage, struct step_outcome *outcome)
{
    AUTO_BUFFER text = BUFFER_INIT;
    uint8_t salts[2][32];
    struct merkle_head head;
    const struct hash32 rules = sha256_of(LITERAL("西湖区政府质量奖管理办法（演示）"));

    TRY(journal_load_head(client_record(&stage->client), &head));
    if (head.size > 0) {
        return OK;
    }
    TRY(stage_compose(stage, "log.genesis", NULL, 0, &text));
    TRY(statement_add_bytes(&text, "记录公钥", BYTES(stage->client.log_key)));
    TRY(statement_add_bytes(&text, "服务公钥", BYTES(stage->client.service_key)));
    TRY(statement_add_bytes(&text, "规则文件", BYTES(rules.bytes)));
    TRY(add_founder(stage, &CAST[0], salts[0], &text));
    TRY(add_founder(stage, &CAST[1], salts[1], &text));
    TRY(stage_sign(stage, buffer_view(&text), OFFICERS, NULL));
    outcome->acted = true;
    return open_names(stage, buffer_view(&text), salts);
}

/* --- people --- */

/* Drawn once and kept before the invitation leaves. */
static struct result keep_salt(struct stage *stage, const char *person, uint8_t salt[static 32])
{
    const struct result kept = cast_recall(stage->data, person, "salt", salt);

    if (kept.failure != NOT_FOUND) {
        return kept;
    }
    secret_random(salt, 32);
    return cast_keep(stage->data, person, "salt", (struct bytes){salt, 32});
}

/* The same note for the same person, always, so that a run that was interrupted before the token
 * was kept asks again and gets another. */
static struct result invite(struct stage *stage, const struct device *officer, const char *cookie,
                            const struct cast_person *person)
{
    AUTO_BUFFER hidden = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    SECRET_BUFFER token = BUFFER_INIT;
    uint8_t salt[32];
    struct cast_file file;

    TRY(keep_salt(stage, person->id, salt));
    TRY(stage_hide("person.invite", "姓名", person->name, salt, &hidden));
    TRY(stage_compose(stage, "person.invite", NULL, 0, &text));
    TRY(statement_add_text(&text, "人员", person->id));
    TRY(statement_add(&text, "姓名", buffer_view(&hidden)));
    TRY(device_note(officer, buffer_view(&text), &note));
    const struct client_invitation invitation = {buffer_view(&note), bytes_of_string(person->name),
                                                 salt};
    TRY(client_invite(&stage->client, cookie, &invitation, &token));
    TRY(cast_file(stage->data, person->id, "token", &file));
    return file_write_secret(file.path, buffer_view(&token));
}

static struct result enrol(struct stage *stage, const struct cast_person *person)
{
    SECRET_DEVICE device;
    SECRET_BUFFER token = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    const char *const signer[] = {person->id, NULL};
    struct cast_file file;
    const char *token_text;

    TRY(cast_file(stage->data, person->id, "token", &file));
    TRY(file_read(file.path, &token));
    TRY(buffer_terminate(&token, &token_text));
    TRY(cast_device(stage->data, person->id, buffer_view(&stage->client.origin), &device));
    TRY(act_enrol(&device, &text));
    return stage_sign(stage, buffer_view(&text), signer, token_text);
}

static struct result take_enrolment(void *context, const struct view_person *row)
{
    *(struct hash32 *)context = row->enrol_hash;
    return OK;
}

struct result stage_enrolment(struct stage *stage, const char *person, struct hash32 *out)
{
    return view_person(client_record(&stage->client), bytes_of_string(person), take_enrolment, out);
}

static struct result confirm(struct stage *stage, const struct cast_person *person)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct hash32 enrolment;
    uint8_t nonce[16];

    TRY(stage_enrolment(stage, person->id, &enrolment));
    secret_random(nonce, sizeof nonce);
    TRY(stage_compose(stage, "person.confirm", NULL, 0, &text));
    TRY(statement_add_text(&text, "人员", person->id));
    TRY(statement_add_bytes(&text, "登记", BYTES(enrolment.bytes)));
    TRY(statement_add_bytes(&text, "核对随机数", BYTES(nonce)));
    TRY(statement_add_text(&text, "角色", person->role));
    return stage_sign(stage, buffer_view(&text), OFFICERS, NULL);
}

/* Not invited, or the token was lost on the way. */
static struct result needs_invitation(struct stage *stage, const char *person, bool *out)
{
    SECRET_BUFFER token = BUFFER_INIT;
    struct cast_file file;
    const char *state;

    TRY(stage_person(stage, person, &state));
    *out = strcmp(state, "none") == 0;
    if (strcmp(state, "invited") == 0) {
        TRY(cast_file(stage->data, person, "token", &file));
        *out = file_read(file.path, &token).failure == NOT_FOUND;
    }
    return OK;
}

/* One session of the officer's serves all invitations. */
static struct result invite_everybody(struct stage *stage, struct step_outcome *outcome)
{
    SECRET_DEVICE officer;
    char cookie[300] = "";
    bool needed;

    TRY(cast_device(stage->data, "officer-1", buffer_view(&stage->client.origin), &officer));
    for (size_t i = 2; i < CAST_COUNT; i++) {
        TRY(needs_invitation(stage, CAST[i].id, &needed));
        if (!needed) {
            continue;
        }
        if (cookie[0] == 0) {
            TRY(client_sign_in(&stage->client, &officer, cookie));
        }
        TRY(invite(stage, &officer, cookie, &CAST[i]));
        outcome->acted = true;
    }
    return OK;
}

/* Everybody takes the same stride, so that one look at the log serves all. */
struct result step_people(struct stage *stage, struct step_outcome *outcome)
{
    const char *state;

    TRY(invite_everybody(stage, outcome));
    for (size_t i = 2; i < CAST_COUNT; i++) {
        const struct cast_person *person = &CAST[i];

        TRY(stage_person(stage, person->id, &state));
        if (strcmp(state, "invited") == 0) {
            TRY(enrol(stage, person));
        } else if (strcmp(state, "enrolled") == 0) {
            TRY(confirm(stage, person));
        } else {
            continue;
        }
        outcome->acted = true;
    }
    return OK;
}
