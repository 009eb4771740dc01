/*
 * What the objectors of the demonstration do: seal on the own device, commit, send the sealed
 * parts. The parts are kept before the commitment leaves: sealed again they would be other bytes.
 */
#include "server/demo_objection.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/view_case.h"
#include "record/view_notice.h"
#include "server/objection_text.h"
#include "verifier/file.h"

#define COUNT(array)  (sizeof(array) / sizeof(array)[0])
#define SALT_SIZE     32
#define NAME_SIZE     32
#define READERS_MAX   8
#define PAIR_COUNT    3 /* of three keepers */
#define CONTENT_KIND  "正文"
#define IDENTITY_KIND "身份"

const struct objector OBJECTORS[] = {
    {
        .id = "objector-1",
        .body = 0,
        .name = "示例市民甲",
        .number = "11010519491231002X",
        .phone = "13800000000",
        .ground = "申报材料不实",
        .facts = "2025年3月，该公司一处仓库因消防设施不合格被责令整改。\n"
                 "申报材料里写“近三年未受行政处罚”，与事实不符。（演示）",
        .request = "请核实这一处罚，核实前不予授奖。",
        .opened = "电话核验真实姓名（演示）",
        .state = "受理",
        .answer = "您的异议已受理。我们已向主管部门调取处罚记录，5个工作日内查清，查清后3个工作日内"
                  "答复您。（演示）",
    },
    {
        .id = "objector-2",
        .body = 1,
        .name = "示例市民乙",
        .number = "11010519491231002X",
        .phone = "13900000000",
        .ground = "申报材料不实",
        .facts = "该公司公布的顾客满意度与我在2025年参加的调查结果相差很大。（演示）",
        .request = "请核对调查的原始记录。",
        .state = "补正",
        .answer = "请补充您参加调查的时间、地点，或调查表的照片，以便核对。（演示）",
    },
};
const size_t OBJECTOR_COUNT = COUNT(OBJECTORS);

struct result objector_device(struct stage *stage, const struct objector *objector,
                              struct device *out)
{
    SECRET_CODE code;

    TRY(cast_code(stage->data, objector->id, &code));
    return device_make(&code, LITERAL("objector"), buffer_view(&stage->client.origin), out);
}

/* --- what is said, before it is sealed --- */

static struct result load_salt(struct stage *stage, const struct objector *objector,
                               uint8_t salt[static SALT_SIZE])
{
    const struct result kept = cast_recall(stage->data, objector->id, "salt", salt);

    if (kept.failure != NOT_FOUND) {
        return kept;
    }
    secret_random(salt, SALT_SIZE);
    return cast_keep(stage->data, objector->id, "salt", (struct bytes){salt, SALT_SIZE});
}

static const struct cast_body *subject_of(const struct stage *stage,
                                          const struct objector *objector)
{
    return &CAST_BODIES[stage->sitting->first_body + objector->body];
}

static struct result write_content(struct stage *stage, const struct objector *objector,
                                   struct buffer *out)
{
    const struct cast_body *const body = subject_of(stage, objector);
    AUTO_BUFFER salt_text = BUFFER_INIT;
    uint8_t salt[SALT_SIZE];

    TRY(load_salt(stage, objector, salt));
    TRY(base64_append(&salt_text, BYTES(salt)));
    const struct objection_content content = {.notice = bytes_of_string(stage->sitting->notice),
                                              .subject = bytes_of_string(body->id),
                                              .salt = buffer_view(&salt_text),
                                              .name = bytes_of_string(body->name),
                                              .kind = LITERAL("个人"),
                                              .ground = bytes_of_string(objector->ground),
                                              .facts = bytes_of_string(objector->facts),
                                              .request = bytes_of_string(objector->request),
                                              .disclosure = LITERAL("不同意")};
    return objection_text_content(&content, out);
}

static struct result write_identity(const struct objector *objector, struct buffer *out)
{
    const struct objection_line lines[] = {{"类别", LITERAL("个人")},
                                           {"姓名", bytes_of_string(objector->name)},
                                           {"证件类型", LITERAL("居民身份证")},
                                           {"证件号码", bytes_of_string(objector->number)},
                                           {"电话", bytes_of_string(objector->phone)}};

    return objection_text_identity(lines, COUNT(lines), out);
}

/* --- to whom it is sealed --- */

struct readers {
    struct box_public keys[READERS_MAX];
    size_t count;
};

/* Nobody who handles here has declared a conflict, so that all of them read. */
static struct result take_reader(void *context, const struct view_notice_person *row)
{
    struct readers *const readers = context;

    REQUIRE(readers->count < READERS_MAX && row->box_key.size == sizeof readers->keys[0].bytes,
            INVALID, "notice.handler");
    memcpy(readers->keys[readers->count++].bytes, row->box_key.data, row->box_key.size);
    return OK;
}

static struct result seal(uint8_t suite, const struct readers *readers, struct bytes plain,
                          struct buffer *out)
{
    SECRET_PLAN plan;

    TRY(sealed_plan_draw(suite, readers->keys, readers->count, &plan));
    return sealed_make(&plan, plain, out);
}

static struct result seal_content(struct stage *stage, const struct objector *objector,
                                  struct buffer *out)
{
    SECRET_BUFFER plain = BUFFER_INIT;
    struct readers handlers = {.count = 0};

    TRY(view_notice_handlers(client_record(&stage->client), bytes_of_string(stage->sitting->notice),
                             take_reader, &handlers));
    TRY(write_content(stage, objector, &plain));
    return seal(SEALED_ANY, &handlers, buffer_view(&plain), out);
}

/* The pairs in the order in which the filing names them: 1 2, 1 3, 2 3. */
static struct result seal_identity(struct stage *stage, const struct objector *objector,
                                   size_t pair, struct buffer *out)
{
    static const size_t PAIRS[PAIR_COUNT][2] = {{0, 1}, {0, 2}, {1, 2}};
    SECRET_BUFFER plain = BUFFER_INIT;
    struct readers keepers = {.count = 0};

    TRY(view_notice_keepers(client_record(&stage->client), bytes_of_string(stage->sitting->notice),
                            take_reader, &keepers));
    REQUIRE(keepers.count == PAIR_COUNT, INVALID, "notice.keeper");
    TRY(write_identity(objector, &plain));
    const struct readers two = {{keepers.keys[PAIRS[pair][0]], keepers.keys[PAIRS[pair][1]]}, 2};
    return seal(SEALED_BOTH, &two, buffer_view(&plain), out);
}

/* --- the parts: content first, then the identity for each pair of keepers --- */

#define PART_COUNT (1 + PAIR_COUNT)

static struct result seal_part(struct stage *stage, const struct objector *objector, size_t part,
                               struct buffer *out)
{
    return part == 0 ? seal_content(stage, objector, out)
                     : seal_identity(stage, objector, part - 1, out);
}

/* As it was sealed first. */
static struct result load_part(struct stage *stage, const struct objector *objector, size_t part,
                               struct buffer *out)
{
    char what[NAME_SIZE];
    struct cast_file file;

    (void)snprintf(what, sizeof what, "part-%zu", part);
    TRY(cast_file(stage->data, objector->id, what, &file));
    const struct result kept = file_read(file.path, out);
    if (kept.failure != NOT_FOUND) {
        return kept;
    }
    TRY(seal_part(stage, objector, part, out));
    return file_write(file.path, buffer_view(out));
}

struct result objector_identity(struct stage *stage, const struct objector *objector, size_t pair,
                                struct buffer *out)
{
    return load_part(stage, objector, 1 + pair, out);
}

/* --- filing --- */

static struct result add_part(struct stage *stage, const struct objector *objector, size_t part,
                              struct buffer *text)
{
    AUTO_BUFFER document = BUFFER_INIT;
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(load_part(stage, objector, part, &document));
    const struct hash32 hash = sha256_of(buffer_view(&document));
    TRY(buffer_append_text(&line, part == 0 ? CONTENT_KIND : IDENTITY_KIND));
    TRY(buffer_append_text(&line, " "));
    TRY(base64_append(&line, BYTES(hash.bytes)));
    TRY(buffer_append_text(&line, " "));
    TRY(buffer_append_decimal(&line, document.size));
    return statement_add(text, "部分", buffer_view(&line));
}

static struct result compose(struct stage *stage, const struct objector *objector,
                             const struct device *device, struct buffer *text)
{
    const struct stage_field fields[] = {{"公示", stage->sitting->notice}};
    AUTO_BUFFER subject = BUFFER_INIT;
    uint8_t salt[SALT_SIZE];

    TRY(load_salt(stage, objector, salt));
    TRY(stage_hide("objection.file", "对象", subject_of(stage, objector)->id, salt, &subject));
    TRY(stage_compose(stage, "objection.file", fields, COUNT(fields), text));
    TRY(statement_add(text, "对象", buffer_view(&subject)));
    TRY(statement_add_bytes(text, "签名公钥", BYTES(device->keys.sign_public.bytes)));
    TRY(statement_add_bytes(text, "封存公钥", BYTES(device->keys.box.key.bytes)));
    for (size_t part = 0; part < PART_COUNT; part++) {
        TRY(add_part(stage, objector, part, text));
    }
    return statement_add_time(text, "时间", (int64_t)time(NULL));
}

static struct result commit(struct stage *stage, const struct objector *objector,
                            const struct device *device)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(compose(stage, objector, device, &text));
    TRY(device_note(device, buffer_view(&text), &note));
    return client_post(&stage->client, buffer_view(&note), NULL);
}

/* --- sending --- */

static struct result take_state(void *context, const struct view_case *row)
{
    *(bool *)context = bytes_is(row->state, "待材料");
    return OK;
}

/* What the service has not yet; its own word that all is there follows in the log. */
static struct result send_parts(struct stage *stage, const struct objector *objector,
                                const struct hash32 *hash)
{
    bool waits = false;

    TRY(view_case(client_record(&stage->client), hash, take_state, &waits));
    for (size_t part = 0; waits && part < PART_COUNT; part++) {
        AUTO_BUFFER document = BUFFER_INIT;
        bool stored;

        TRY(load_part(stage, objector, part, &document));
        const struct hash32 file = sha256_of(buffer_view(&document));
        TRY(client_has_document(&stage->client, &file, &stored));
        if (!stored) {
            TRY(client_put_document(&stage->client, buffer_view(&document)));
        }
    }
    return OK;
}

struct result step_objections(struct stage *stage, struct step_outcome *outcome)
{
    for (size_t i = 0; i < OBJECTOR_COUNT; i++) {
        SECRET_DEVICE device;
        struct hash32 hash;

        TRY(objector_device(stage, &OBJECTORS[i], &device));
        const struct result found =
            view_case_of_key(client_record(&stage->client), &device.keys.sign_public, &hash);
        if (found.failure == NOT_FOUND) {
            outcome->acted = true;
            TRY(commit(stage, &OBJECTORS[i], &device));
            continue;
        }
        TRY(found);
        TRY(send_parts(stage, &OBJECTORS[i], &hash));
    }
    return OK;
}
