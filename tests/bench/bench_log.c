/*
 * bench_log.c - writes whole logs of a year that nobody lived, for tests/bench/run.
 *
 * usage: bench-log elections FOLDER COUNT        COUNT meetings, each 30 members, 30 candidates
 *        bench-log statements FOLDER COUNT       a genesis and COUNT invitations
 *        bench-log notes COUNT LOG-KEY SERVICE-KEY   the same as notes, a zero byte behind each,
 *                                                for a service that has these keys (base64)
 *
 * A folder is an export as a service serves it. Its log is folded as a service folds it, but the
 * proofs of the ballots just made are not verified again: that is what will be measured.
 */
#include <stdlib.h>

#include "base/encoding.h"
#include "check.h"
#include "protocol/ballot.h"
#include "protocol/statement.h"
#include "protocol/tag.h"
#include "protocol/trustee.h"
#include "record/ceremony.h"
#include "record/view.h"
#include "support/publish.h"
#include "support/world.h"

enum { CANDIDATES = 30, MEMBERS = 30, GRADE_2 = 3, GRADE_1 = 6, NAME_SIZE = 64 };

struct name {
    char text[NAME_SIZE];
};

#define NAME(...) name_of(__VA_ARGS__).text

__attribute__((format(printf, 1, 2))) static struct name name_of(const char *form, ...)
{
    struct name name;
    va_list arguments;

    va_start(arguments, form);
    (void)vsnprintf(name.text, sizeof name.text, form, arguments);
    va_end(arguments);
    return name;
}

static struct name member_name(size_t member)
{
    return name_of("m%02zu", member + 1);
}

/* --- people and cycle --- */

static void put_rules(struct world *world)
{
    world_put(world, "等次", "0 0 不授奖");
    world_put(world, "等次", "1 1 提名奖");
    world_put(world, "等次", "2 1024 质量奖");
    world_put(world, "限额", "3 2");
    world_put(world, "限额", "9 1 2");
    world_put(world, "席位", "2 3");
    world_put(world, "席位", "1 6");
    world_put(world, "通过", "2 2/3 实到 不少于");
    world_put(world, "通过", "1 2 1/2 实到 超过");
}

static void open_cycle(struct world *world)
{
    const uint8_t rules[32] = {1};

    world_begin(world, "cycle.open");
    world_put(world, "周期", "cycle-2026");
    world_put_number(world, "年度", 2026);
    world_put_bytes(world, "规则文件", BYTES(rules));
    world_put(world, "细则文号", "示例评委〔2026〕1号");
    world_put(world, "法定人数", "2/3");
    world_put_number(world, "加投上限", 2);
    put_rules(world);
    check_ok(SEND(world, "qiao", "gu"));
}

static void prepare_year(struct world *world)
{
    world_people(world);
    for (size_t i = WORLD_MEMBERS; i < MEMBERS; i++) {
        world_person(world, member_name(i).text, "委员");
    }
    open_cycle(world);
    world_ceremony(world);
}

/* --- a meeting --- */

static void open_meeting(struct world *world, const char *meeting)
{
    world_begin(world, "meeting.open");
    world_put(world, "会议", meeting);
    world_put(world, "周期", "cycle-2026");
    world_put(world, "地点", "示例会议室");
    world_put_time(world, "召开时间", world->time);
    world_put(world, "主持人", "qiao");
    world_put(world, "监票人", "shen");
    world_put(world, "监票人", "tang");
    for (size_t i = 0; i < MEMBERS; i++) {
        world_put(world, "应到", member_name(i).text);
    }
    world_put_number(world, "法定人数", MEMBERS * 2 / 3);
    for (size_t i = 0; i < CANDIDATES; i++) {
        world_put(world, "候选", NAME("org-%02zu 示例机构 org-%02zu", i + 1, i + 1));
    }
    check_ok(SEND(world, "qiao", "gu"));
}

static void sign_in(struct world *world, const char *meeting, const char *person)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    const struct signin_subject subject = {bytes_of_string(meeting), bytes_of_string(person)};
    const uint8_t fresh[32] = {5};
    struct scalar key;
    struct point vote_key;

    world_vote_key(meeting, person, 0, &key);
    check_ok(vote_key_prove(&subject, &key, fresh, &vote_key, &proof));
    world_begin(world, "meeting.signin");
    world_put(world, "会议", meeting);
    world_put(world, "签到人", person);
    world_put_bytes(world, "投票公钥", BYTES(vote_key.bytes));
    world_put_bytes(world, "证明", buffer_view(&proof));
    world_put_bytes(world, "随机数", (struct bytes){key.bytes, 16});
    world_put_seen(world);
    check_ok(SEND(world, person));
}

static void freeze_and_draw(struct world *world, const char *meeting)
{
    world_begin(world, "meeting.freeze");
    world_put(world, "会议", meeting);
    world_put_number(world, "实到", MEMBERS);
    world_put_number(world, "应到", MEMBERS);
    world_put_seen(world);
    check_ok(SEND(world, "qiao", "gu"));
    world_begin(world, "draw.record");
    world_put(world, "会议", meeting);
    world_put(world, "抽签", NAME("示例抽签 %s", meeting));
    check_ok(SEND(world, "shen", "tang"));
}

/* --- its election --- */

static struct result put_candidate(void *context, struct bytes id)
{
    world_put(context, "候选",
              NAME("%.*s 示例机构 %.*s", (int)id.size, (const char *)id.data, (int)id.size,
                   (const char *)id.data));
    return OK;
}

/* "<before> <base64><after>" as a line. */
static void put_key(struct world *world, const char *label, const char *before, struct bytes key,
                    const char *after)
{
    AUTO_BUFFER line = BUFFER_INIT;
    const char *text;

    check_ok(buffer_append_text(&line, before));
    check_ok(buffer_append_text(&line, " "));
    check_ok(base64_append(&line, key));
    check_ok(buffer_append_text(&line, after));
    check_ok(buffer_terminate(&line, &text));
    world_put(world, label, text);
}

static void put_member(struct world *world, const char *meeting, const char *person)
{
    AUTO_BUFFER hidden_name = BUFFER_INIT;
    const struct hidden_opening opening = {.value = bytes_of_string(person)};
    struct hash32 hidden;
    struct scalar key;
    struct point vote_key;
    const char *text;

    world_vote_key(meeting, person, 0, &key);
    check_ok(point_base_multiply(&key, &vote_key));
    hidden_of(LITERAL("person.invite"), "姓名", &opening, &hidden);
    check_ok(buffer_append_text(&hidden_name, " #"));
    check_ok(base64_append(&hidden_name, BYTES(hidden.bytes)));
    check_ok(buffer_terminate(&hidden_name, &text));
    put_key(world, "名册", person, BYTES(vote_key.bytes), text);
}

static void put_trustees(struct world *world)
{
    static const char *const places[WORLD_TRUSTEES] = {"1 wen", "2 xu", "3 yan"};
    struct ceremony_state ceremony;
    struct trustee_state trustee;

    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    for (size_t i = 0; i < WORLD_TRUSTEES; i++) {
        check_ok(ceremony_load_trustee(world->record, &world->ceremony, i + 1, &trustee));
        put_key(world, "受托人", places[i], BYTES(trustee.share_key.bytes), "");
    }
    check_ok(ceremony_load(world->record, &world->ceremony, &ceremony));
    world_put_number(world, "门限", ceremony.threshold);
    world_put_bytes(world, "选举公钥", BYTES(ceremony.key.bytes));
}

static const struct election *open_election(struct world *world, const char *meeting)
{
    const struct election *election = 0;

    world_begin(world, "election.open");
    world_put(world, "选举", NAME("election-of-%s", meeting));
    world_put(world, "会议", meeting);
    world_put_number(world, "轮次", 1);
    check_ok(view_meeting_order(world->record, bytes_of_string(meeting), put_candidate, world));
    put_rules(world);
    for (size_t i = 0; i < MEMBERS; i++) {
        put_member(world, meeting, member_name(i).text);
    }
    put_trustees(world);
    world_put_number(world, "批次间隔", 60);
    world_put_time(world, "开始", world->time);
    world_put_time(world, "结束", world->time + 3600);
    check_ok(world_open(world, &election));
    return election;
}

/* --- its ballots --- */

struct cast {
    struct buffer note;
    struct point tag;
};

static int compare_tags(const void *a, const void *b)
{
    return memcmp(((const struct cast *)a)->tag.bytes, ((const struct cast *)b)->tag.bytes,
                  POINT_SIZE);
}

static void make_cast(const struct election *election, const char *meeting, size_t member,
                      struct cast *out)
{
    SECRET_INTENT intent = {.member = member, .code = {"ABCDEFGH"}};

    world_vote_key(meeting, member_name(member).text, 0, &intent.vote_key);
    for (size_t i = 0; i < GRADE_2 + GRADE_1; i++) {
        intent.choices[i] = i < GRADE_2 ? 2 : 1;
    }
    check_ok(ballot_make_fresh(election, &intent, &out->note));
    check_ok(tag_compute(election, &intent.vote_key, &out->tag));
}

static void enter(struct world *world, struct bytes note)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    uint64_t index;

    check_ok(record_read(world->record, note, world->time, &prepared));
    check_ok(record_admit(world->record, &prepared, world->time));
    check_ok(record_append(world->record, &prepared, world->time, &index));
}

static void vote(struct world *world, const char *meeting, const struct election *election)
{
    struct cast casts[MEMBERS] = {0};

    for (size_t i = 0; i < MEMBERS; i++) {
        make_cast(election, meeting, i, &casts[i]);
    }
    qsort(casts, MEMBERS, sizeof casts[0], compare_tags);
    for (size_t i = 0; i < MEMBERS; i++) {
        enter(world, buffer_view(&casts[i].note));
        buffer_free(&casts[i].note);
    }
    world->time += 60;
}

static void elect(struct world *world, const char *meeting)
{
    const struct election *election;

    open_meeting(world, meeting);
    for (size_t i = 0; i < MEMBERS; i++) {
        sign_in(world, meeting, member_name(i).text);
    }
    freeze_and_draw(world, meeting);
    election = open_election(world, meeting);
    vote(world, meeting, election);
    check_ok(world_close_election(world, election));
    check_ok(world_share(world, election, 1));
    check_ok(world_share(world, election, 2));
    check_ok(world_result(world, election));
}

/* --- commands --- */

static void sign_invitation(struct world *world, size_t number)
{
    world_begin(world, "person.invite");
    world_put(world, "人员", NAME("invited-%06zu", number));
    world_put_hidden(world, "person.invite", "姓名", "示例");
    world_sign(world, (const char *const[]){"gu", 0});
}

static void write_elections(const char *folder, size_t count)
{
    struct world *world = world_make();

    prepare_year(world);
    for (size_t i = 0; i < count; i++) {
        elect(world, NAME("meeting-%03zu", i + 1));
    }
    publish(world, publish_size(world), NULL, folder);
    world_free(world);
}

static void write_statements(const char *folder, size_t count)
{
    struct world *world = world_make();

    world_genesis(world);
    for (size_t i = 0; i < count; i++) {
        sign_invitation(world, i);
        enter(world, buffer_view(&world->note));
    }
    publish(world, publish_size(world), NULL, folder);
    world_free(world);
}

static void print_note(const struct world *world)
{
    (void)fwrite(world->note.data, 1, world->note.size, stdout);
    (void)fputc(0, stdout);
}

static void print_notes(size_t count, const char *log_key, const char *service_key)
{
    struct world *world = world_make();

    world_genesis_text(world);
    world_replace(world, "记录公钥", 0, log_key);
    world_replace(world, "服务公钥", 0, service_key);
    world_sign(world, (const char *const[]){"gu", "he", 0});
    print_note(world);
    for (size_t i = 0; i < count; i++) {
        sign_invitation(world, i);
        print_note(world);
    }
    world_free(world);
}

static bool is_command(int count, char **arguments, const char *name, int expected)
{
    return count == expected && strcmp(arguments[1], name) == 0;
}

int main(int count, char **arguments)
{
    if (is_command(count, arguments, "elections", 4)) {
        write_elections(arguments[2], strtoull(arguments[3], NULL, 10));
    } else if (is_command(count, arguments, "statements", 4)) {
        write_statements(arguments[2], strtoull(arguments[3], NULL, 10));
    } else if (is_command(count, arguments, "notes", 5)) {
        print_notes(strtoull(arguments[2], NULL, 10), arguments[3], arguments[4]);
    } else {
        (void)fprintf(stderr, "usage: bench-log elections|statements FOLDER COUNT\n"
                              "       bench-log notes COUNT LOG-KEY SERVICE-KEY\n");
        return 2;
    }
    return 0;
}
