/*
 * What the office of the demonstration has done with the objections so far: one identity opened by
 * two keepers, its objector asked, the objection accepted; another objector asked for more. Each is
 * done once, so that the newcomer may go on with both.
 */
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/view_case.h"
#include "server/demo_objection.h"
#include "server/objection_text.h"
#include "verifier/file.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define HANDLER      "officer-1"

static const char *const HANDLERS[] = {HANDLER, NULL};
static const char *const KEEPERS[] = {"keeper-1", "keeper-2", NULL};

/* What the log says of an objection. */
struct dossier {
    struct stage *stage;
    const struct objector *objector;
    struct hash32 hash;
    bool waits; /* for its parts */
    bool declared;
    bool opened;
    bool verified;
    bool answered;
};

static struct result take_case(void *context, const struct view_case *row)
{
    struct dossier *const dossier = context;

    dossier->waits = bytes_is(row->state, "待材料");
    dossier->verified = row->verified.size > 0;
    return OK;
}

static struct result take_declaration(void *context, struct bytes person, bool conflict)
{
    struct dossier *const dossier = context;

    (void)conflict;
    dossier->declared = dossier->declared || bytes_is(person, HANDLER);
    return OK;
}

static struct result take_opening(void *context, const struct view_identity_opening *row)
{
    (void)row;
    ((struct dossier *)context)->opened = true;
    return OK;
}

static struct result take_file(void *context, const struct view_case_file *row)
{
    struct dossier *const dossier = context;

    dossier->answered = dossier->answered || bytes_is(row->kind, "答复");
    return OK;
}

static struct result look(struct stage *stage, const struct objector *objector, struct dossier *out)
{
    struct record *const record = client_record(&stage->client);
    SECRET_DEVICE device;

    *out = (struct dossier){.stage = stage, .objector = objector};
    TRY(objector_device(stage, objector, &device));
    TRY(view_case_of_key(record, &device.keys.sign_public, &out->hash));
    TRY(view_case(record, &out->hash, take_case, out));
    TRY(view_case_declarations(record, &out->hash, take_declaration, out));
    TRY(view_case_openings(record, &out->hash, take_opening, out));
    return view_case_files(record, &out->hash, take_file, out);
}

static struct result compose(const struct dossier *dossier, const char *type, struct buffer *text)
{
    TRY(stage_compose(dossier->stage, type, NULL, 0, text));
    return statement_add_bytes(text, "案件", BYTES(dossier->hash.bytes));
}

/* --- the handler --- */

static struct result declare(const struct dossier *dossier)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(compose(dossier, "case.declare", &text));
    TRY(statement_add_text(&text, "人员", HANDLER));
    TRY(statement_add_text(&text, "利益关系", "无"));
    return stage_sign(dossier->stage, buffer_view(&text), HANDLERS, NULL);
}

static struct result verify(const struct dossier *dossier)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(compose(dossier, "case.verify", &text));
    TRY(statement_add_text(&text, "核验", "已联系"));
    return stage_sign(dossier->stage, buffer_view(&text), HANDLERS, NULL);
}

/* --- the keepers --- */

static struct result open_identity(const struct dossier *dossier)
{
    struct stage_reason reason = {
        .type = "identity.open", .label = "理由", .value = dossier->objector->opened};
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(compose(dossier, "identity.open", &text));
    TRY(statement_add_text(&text, "交给", HANDLER));
    TRY(stage_add_reason(&reason, &text));
    TRY(stage_sign(dossier->stage, buffer_view(&text), KEEPERS, NULL));
    return stage_open_reason(dossier->stage, &reason, buffer_view(&text));
}

/* A keeper's own half of the key, sealed again to the handler; the service carries it. */
static struct result reseal(const struct device *keeper, struct bytes document,
                            const struct box_public *handler, struct buffer *out)
{
    SECRET_32 share;
    struct sealed_document parsed;

    TRY(sealed_parse(document, &parsed));
    TRY(sealed_open_seal(&parsed, &keeper->keys.box, &share));
    return box_seal_fresh(BYTES(share.bytes), handler, out);
}

static struct result hand_over(struct stage *stage, const char *keeper, struct bytes document)
{
    SECRET_DEVICE device;
    SECRET_DEVICE handler;
    AUTO_BUFFER sealed = BUFFER_INIT;
    const struct hash32 hash = sha256_of(document);
    char cookie[300];

    TRY(cast_device(stage->data, keeper, buffer_view(&stage->client.origin), &device));
    TRY(cast_device(stage->data, HANDLER, buffer_view(&stage->client.origin), &handler));
    TRY(reseal(&device, document, &handler.keys.box.key, &sealed));
    TRY(client_sign_in(&stage->client, &device, cookie));
    return client_hand_share(&stage->client, cookie,
                             &(struct client_share){&hash, HANDLER, buffer_view(&sealed)});
}

/* Not in the log, so that it is kept here that it was done. */
static struct result hand_over_once(const struct dossier *dossier)
{
    struct stage *const stage = dossier->stage;
    AUTO_BUFFER document = BUFFER_INIT;
    uint8_t done[32];

    if (is_ok(cast_recall(stage->data, dossier->objector->id, "shared", done))) {
        return OK;
    }
    TRY(objector_identity(stage, dossier->objector, 0, &document));
    for (size_t i = 0; KEEPERS[i] != NULL; i++) {
        TRY(hand_over(stage, KEEPERS[i], buffer_view(&document)));
    }
    return cast_keep(stage->data, dossier->objector->id, "shared", BYTES(dossier->hash.bytes));
}

/* --- the answer --- */

static struct result seal_answer(const struct dossier *dossier, struct buffer *out)
{
    SECRET_DEVICE device;
    SECRET_PLAN plan;
    AUTO_BUFFER hash = BUFFER_INIT;
    AUTO_BUFFER plain = BUFFER_INIT;

    TRY(base64_append(&hash, BYTES(dossier->hash.bytes)));
    const struct objection_answer answer = {buffer_view(&hash),
                                            bytes_of_string(dossier->objector->state), LITERAL("-"),
                                            bytes_of_string(dossier->objector->answer)};
    TRY(objection_text_answer(&answer, &plain));
    TRY(objector_device(dossier->stage, dossier->objector, &device));
    TRY(sealed_plan_draw(SEALED_ANY, &device.keys.box.key, 1, &plan));
    return sealed_make(&plan, buffer_view(&plain), out);
}

/* As it was sealed first. */
static struct result load_answer(const struct dossier *dossier, struct buffer *out)
{
    struct cast_file file;

    TRY(cast_file(dossier->stage->data, dossier->objector->id, "answer", &file));
    const struct result kept = file_read(file.path, out);
    if (kept.failure != NOT_FOUND) {
        return kept;
    }
    TRY(seal_answer(dossier, out));
    return file_write(file.path, buffer_view(out));
}

static struct result answer(const struct dossier *dossier)
{
    AUTO_BUFFER document = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(load_answer(dossier, &document));
    const struct hash32 hash = sha256_of(buffer_view(&document));
    TRY(compose(dossier, "objection.answer", &text));
    TRY(statement_add_text(&text, "状态", dossier->objector->state));
    TRY(statement_add_text(&text, "依据", "-"));
    TRY(statement_add_bytes(&text, "答复", BYTES(hash.bytes)));
    TRY(statement_add_number(&text, "大小", document.size));
    return stage_sign(dossier->stage, buffer_view(&text), HANDLERS, NULL);
}

static struct result send_answer(const struct dossier *dossier)
{
    AUTO_BUFFER document = BUFFER_INIT;
    bool stored;

    TRY(load_answer(dossier, &document));
    const struct hash32 hash = sha256_of(buffer_view(&document));
    TRY(client_has_document(&dossier->stage->client, &hash, &stored));
    return stored ? OK : client_put_document(&dossier->stage->client, buffer_view(&document));
}

/* --- one objection after the other, as far as it shall be --- */

static struct result go_on(const struct dossier *dossier, struct step_outcome *outcome)
{
    const bool opens = dossier->objector->opened != NULL;

    if (dossier->answered) {
        return send_answer(dossier);
    }
    outcome->blocked = dossier->waits;
    if (dossier->waits) {
        return OK;
    }
    outcome->acted = true;
    if (!dossier->declared) {
        return declare(dossier);
    }
    if (opens && !dossier->opened) {
        return open_identity(dossier);
    }
    if (opens && !dossier->verified) {
        TRY(hand_over_once(dossier));
        return verify(dossier);
    }
    return answer(dossier);
}

struct result step_cases(struct stage *stage, struct step_outcome *outcome)
{
    for (size_t i = 0; i < OBJECTOR_COUNT && !outcome->acted && !outcome->blocked; i++) {
        struct dossier dossier;

        TRY(look(stage, &OBJECTORS[i], &dossier));
        TRY(go_on(&dossier, outcome));
    }
    return OK;
}
