#include "base/encoding.h"
#include "check.h"
#include "protocol/statement.h"
#include "protocol/tag.h"
#include "protocol/trustee.h"
#include "record/ceremony.h"
#include "record/deal.h"
#include "record/draw.h"
#include "support/world.h"

/* --- cycle --- */

void world_cycle_text(struct world *world, const char *id, uint64_t year)
{
    const uint8_t rules[32] = {1};

    world_begin(world, "cycle.open");
    world_put(world, "周期", id);
    world_put_number(world, "年度", year);
    world_put_bytes(world, "规则文件", BYTES(rules));
    world_put(world, "细则文号", "示例评委〔2026〕1号");
    world_put(world, "法定人数", "2/3");
    world_put_number(world, "加投上限", 2);
    world_put(world, "等次", "0 0 不授奖");
    world_put(world, "等次", "1 1 提名奖");
    world_put(world, "等次", "2 1024 质量奖");
    world_put(world, "限额", "2 2");
    world_put(world, "限额", "3 1 2");
    world_put(world, "席位", "2 1");
    world_put(world, "席位", "1 2");
    world_put(world, "通过", "2 2/3 实到 不少于");
    world_put(world, "通过", "1 2 1/2 实到 超过");
}

void world_cycle(struct world *world)
{
    world_cycle_text(world, "cycle-2026", 2026);
    check_ok(SEND(world, "qiao", "gu"));
}

/* --- ceremony --- */

static const char *const TRUSTEES[WORLD_TRUSTEES] = {"wen", "xu", "yan"};

static void put_trustee(struct world *world, size_t place)
{
    AUTO_BUFFER line = BUFFER_INIT;
    AUTO_BUFFER kept = BUFFER_INIT;
    struct hash32 enrolment;
    const char *value;

    /* The text of the enrolment is the same every time it is written. */
    check_ok(buffer_append(&kept, buffer_view(&world->text)));
    world_enrol_text(world, TRUSTEES[place]);
    enrolment = world_text_hash(world);
    buffer_clear(&world->text);
    check_ok(buffer_append(&world->text, buffer_view(&kept)));
    check_ok(buffer_append_decimal(&line, place + 1));
    check_ok(buffer_append_text(&line, " "));
    check_ok(buffer_append_text(&line, TRUSTEES[place]));
    check_ok(buffer_append_text(&line, " "));
    check_ok(base64_append(&line, BYTES(enrolment.bytes)));
    check_ok(buffer_terminate(&line, &value));
    world_put(world, "受托人", value);
}

void world_ceremony_text(struct world *world, const char *id)
{
    world_begin(world, "trustee.ceremony");
    world_put(world, "仪式", id);
    world_put_number(world, "门限", 2);
    world_put_number(world, "人数", WORLD_TRUSTEES);
    for (size_t i = 0; i < WORLD_TRUSTEES; i++) {
        put_trustee(world, i);
    }
}

void world_deal_text(struct world *world, uint64_t index)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct box_public readers[WORLD_TRUSTEES];
    const uint8_t fresh[32] = {(uint8_t)index};
    struct dealing dealing;
    struct keys keys;

    check_ok(ceremony_load_text(world->record, &world->ceremony, &ceremony));
    for (size_t i = 0; i < WORLD_TRUSTEES; i++) {
        world_keys(TRUSTEES[i], &keys);
        readers[i] = keys.box.key;
    }
    world_keys(TRUSTEES[index - 1], &keys);
    const struct trustee trustee = {index, &keys.trustee, &keys.box};
    check_ok(trustee_deal(&ceremony, &trustee, readers, fresh, &dealing));
    buffer_clear(&world->text);
    check_ok(dealing_print(&ceremony, &dealing, &world->text));
}

static void load_dealings(struct world *world, const struct ceremony *ceremony,
                          struct dealing out[])
{
    for (size_t i = 0; i < WORLD_TRUSTEES; i++) {
        check_ok(deal_load(world->record, ceremony, i + 1, &out[i]));
    }
}

static void share_key(struct world *world, uint64_t index, struct ceremony *ceremony,
                      struct scalar *out)
{
    struct dealing dealings[WORLD_TRUSTEES];
    struct keys keys;

    check_ok(ceremony_load_text(world->record, &world->ceremony, ceremony));
    load_dealings(world, ceremony, dealings);
    world_keys(TRUSTEES[index - 1], &keys);
    const struct trustee trustee = {index, &keys.trustee, &keys.box};
    check_ok(trustee_share_key(ceremony, &trustee, dealings, out));
}

void world_confirm_key_text(struct world *world, uint64_t index)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct ceremony_state state;
    struct scalar secret;
    struct point key;

    share_key(world, index, &ceremony, &secret);
    check_ok(point_base_multiply(&secret, &key));
    check_ok(ceremony_load(world->record, &world->ceremony, &state));
    world_begin(world, "trustee.confirm");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", index);
    world_put_bytes(world, "分发", BYTES(state.dealings.bytes));
    world_put_bytes(world, "份额公钥", BYTES(key.bytes));
}

void world_rehearse_text(struct world *world, uint64_t index)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    const uint8_t fresh[32] = {(uint8_t)index};
    struct rehearsal rehearsal;
    struct scalar secret;

    share_key(world, index, &ceremony, &secret);
    check_ok(trustee_rehearse(&ceremony, index, &secret, fresh, &rehearsal));
    world_begin(world, "trustee.rehearsal");
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    world_put_number(world, "序号", index);
    world_put_bytes(world, "预演", BYTES(rehearsal.point.bytes));
    world_put_bytes(world, "证明", BYTES(rehearsal.proof));
}

void world_trustee_sends(struct world *world, uint64_t index)
{
    check_ok(SEND(world, TRUSTEES[index - 1]));
}

void world_ceremony(struct world *world)
{
    static void (*const rounds[])(struct world *, uint64_t) = {
        world_deal_text, world_confirm_key_text, world_rehearse_text};

    world_ceremony_text(world, "keys-2026");
    check_ok(SEND(world, "qiao", "gu"));
    world->ceremony = world_text_hash(world);
    for (size_t round = 0; round < 3; round++) {
        for (uint64_t index = 1; index <= WORLD_TRUSTEES; index++) {
            rounds[round](world, index);
            world_trustee_sends(world, index);
        }
    }
}

/* --- meeting --- */

void world_meeting_text(struct world *world, const char *id)
{
    world_begin(world, "meeting.open");
    world_put(world, "会议", id);
    world_put(world, "周期", "cycle-2026");
    world_put(world, "地点", "示例会议室");
    world_put_time(world, "召开时间", world->time + 3600);
    world_put(world, "主持人", "qiao");
    world_put(world, "监票人", "shen");
    world_put(world, "监票人", "tang");
    for (size_t i = 0; i < WORLD_MEMBERS; i++) {
        world_put(world, "应到", world_member(i));
    }
    world_put_number(world, "法定人数", 10);
    world_put(world, "候选", "gudang 古荡示例建设工程有限公司");
    world_put(world, "候选", "longjing 龙井示例茶业有限公司");
    world_put(world, "候选", "xixi 西溪示例精密仪器有限公司");
    world_put(world, "候选", "yunqi 云栖示例软件股份有限公司");
}

void world_meeting(struct world *world)
{
    world_meeting_text(world, WORLD_MEETING);
    check_ok(SEND(world, "qiao", "he"));
}

void world_sign_in_text(struct world *world, const char *person, unsigned device)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    const struct signin_subject subject = {LITERAL(WORLD_MEETING), bytes_of_string(person)};
    const uint8_t fresh[32] = {5};
    struct scalar key;
    struct point vote_key;

    world_vote_key(WORLD_MEETING, person, device, &key);
    check_ok(vote_key_prove(&subject, &key, fresh, &vote_key, &proof));
    world_begin(world, "meeting.signin");
    world_put(world, "会议", WORLD_MEETING);
    world_put(world, "签到人", person);
    world_put_bytes(world, "投票公钥", BYTES(vote_key.bytes));
    world_put_bytes(world, "证明", buffer_view(&proof));
    world_put_bytes(world, "随机数", (struct bytes){key.bytes, 16});
    world_put_seen(world);
}

void world_sign_in(struct world *world, size_t members)
{
    for (size_t i = 0; i < members; i++) {
        world_sign_in_text(world, world_member(i), 0);
        check_ok(SEND(world, world_member(i)));
    }
}

void world_recuse_text(struct world *world, const char *person, const char *candidate)
{
    world_begin(world, "meeting.recuse");
    world_put(world, "会议", WORLD_MEETING);
    world_put(world, "人员", person);
    world_put(world, "候选", candidate);
    world_put_hidden(world, "meeting.recuse", "理由", "亲属任职");
}

static const uint8_t DRAWN[32] = {42};

void world_commit(struct world *world)
{
    const struct hash32 hash = draw_commitment(LITERAL(WORLD_MEETING), BYTES(DRAWN));

    world_begin(world, "draw.commit");
    world_put(world, "会议", WORLD_MEETING);
    world_put_bytes(world, "承诺", BYTES(hash.bytes));
    check_ok(SEND(world, "gu"));
}

void world_freeze_text(struct world *world, size_t present)
{
    world_begin(world, "meeting.freeze");
    world_put(world, "会议", WORLD_MEETING);
    world_put_number(world, "实到", present);
    world_put_number(world, "应到", WORLD_MEMBERS);
    world_put_seen(world);
}

void world_freeze(struct world *world, size_t present)
{
    world_freeze_text(world, present);
    check_ok(SEND(world, "qiao", "gu"));
}

void world_reveal_text(struct world *world)
{
    world_begin(world, "draw.reveal");
    world_put(world, "会议", WORLD_MEETING);
    world_put_bytes(world, "随机数", BYTES(DRAWN));
}

void world_reveal(struct world *world)
{
    world_reveal_text(world);
    check_ok(SEND(world, "he"));
}

void world_ready(struct world *world)
{
    world_people(world);
    world_cycle(world);
    world_ceremony(world);
    world_meeting(world);
    world_commit(world);
    world_sign_in(world, WORLD_MEMBERS);
    world_recuse_text(world, "m02", "xixi");
    check_ok(SEND(world, "m02"));
    world_freeze(world, WORLD_MEMBERS);
    world_reveal(world);
}
