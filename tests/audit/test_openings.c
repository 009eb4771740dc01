/*
 * An auditor is told whom cases are about in a file: lists are held to what its lines tell, and a
 * line that tells nothing true is named. covers: openings
 */
#include "base/encoding.h"
#include "check.h"
#include "record/notice.h"
#include "support/world_notice.h"
#include "verifier/openings.h"

#define SALT  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define OTHER "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

/* After the term: one case about xixi, upheld, and one about gudang, open and accepted. */
static struct world *world;
static struct buffer upheld; /* hex */
static struct buffer open;

static void publish(uint64_t seen)
{
    world_begin(world, "notice.publish");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "媒体", "示例日报");
    world_put(world, "网址", "https://news.example/1");
    world_put_bytes(world, "内容", BYTES(world->ceremony.bytes));
    world_put_time(world, "所见时间", seen);
    check_ok(SEND(world, "gu"));
}

static struct hash32 accept_about_gudang(void)
{
    struct hash32 objection;

    world_objection_text(world, "objector-2", "gudang");
    check_ok(world_objector_sends(world, "objector-2"));
    objection = world_text_hash(world);
    world_receive_text(world, &objection, &objection);
    check_ok(SEND(world, "service"));
    check_ok(world_declare_case(world, &objection, "gu", "无"));
    world_verified(world, &objection);
    check_ok(world_answer(world, &objection, "受理"));
    return objection;
}

static int make_world(void **state)
{
    struct hash32 first, second;
    struct notice notice;

    (void)state;
    world = world_make();
    world_notice(world, world_notice_ready(world));
    world_notice_time(world, false, 10);
    first = world_case(world, "objector-1");
    world_concluded(world, &first, "成立");
    second = accept_about_gudang();
    publish(world->time);
    world_notice_time(world, true, 10);
    check_ok(notice_load(world->record, LITERAL(WORLD_NOTICE), &notice));
    publish(notice.closes - 3600);
    check_ok(hex_append(&upheld, BYTES(first.bytes)));
    return is_ok(hex_append(&open, BYTES(second.bytes))) ? 0 : 1;
}

static int free_world(void **state)
{
    (void)state;
    buffer_free(&upheld);
    buffer_free(&open);
    world_free(world);
    return 0;
}

/* Lines before it, the hex of a case, and what follows it. */
static void write(struct buffer *text, const char *before, const struct buffer *hex,
                  const char *after)
{
    check_ok(buffer_append_text(text, before));
    check_ok(buffer_append(text, buffer_view(hex)));
    check_ok(buffer_append_text(text, after));
}

static void check_line(struct result failed, const char *rule, uint64_t line)
{
    check_fails(failed, INVALID, rule);
    assert_int_equal(failed.at, line);
}

static void true_lines_are_counted(void **state)
{
    AUTO_BUFFER text = BUFFER_INIT;
    uint64_t count = 7;

    (void)state;
    write(&text, "# of the office\n\n", &upheld, " " SALT " xixi\n");
    write(&text, "", &open, " " SALT " gudang");
    check_ok(openings_read(buffer_view(&text)));
    check_ok(openings_check(world->record, buffer_view(&text), &count));
    assert_int_equal(count, 2);
    check_ok(openings_check(world->record, LITERAL("# nothing\n"), &count));
    assert_int_equal(count, 0);
    check_ok(openings_read(EMPTY_BYTES));
}

static void a_line_that_is_none_is_named(void **state)
{
    static const char *const AFTER[] = {
        "",
        " ",
        " " SALT,
        " " SALT " ",
        " " SALT " xixi ",
        " AAAA xixi",
        " xixi",
        " " SALT "  xixi",
        " " SALT " xi xi",
        "\t" SALT " xixi",
        "00 " SALT " xixi",
        " " SALT " a234567890123456789012345678901234567890123456789012345678901234",
    };
    (void)state;

    for (size_t i = 0; i < sizeof AFTER / sizeof AFTER[0]; i++) {
        AUTO_BUFFER text = BUFFER_INIT;

        write(&text, "#\n", &upheld, AFTER[i]);
        check_line(openings_read(buffer_view(&text)), "openings.form", 2);
    }
}

static void a_line_that_opens_nothing_is_named(void **state)
{
    static const char *const AFTER[] = {" " SALT " gudang", " " OTHER " xixi"};
    AUTO_BUFFER unknown = BUFFER_INIT;
    uint64_t count;
    (void)state;

    for (size_t i = 0; i < sizeof AFTER / sizeof AFTER[0]; i++) {
        AUTO_BUFFER text = BUFFER_INIT;

        write(&text, "#\n\n", &upheld, AFTER[i]);
        check_ok(openings_read(buffer_view(&text)));
        check_line(openings_check(world->record, buffer_view(&text), &count), "openings.value", 3);
    }
    /* A text that is logged and is no filing. */
    check_ok(hex_append(&unknown, BYTES(world->ceremony.bytes)));
    check_ok(buffer_append_text(&unknown, " " SALT " xixi\n"));
    check_line(openings_check(world->record, buffer_view(&unknown), &count), "openings.value", 1);
}

/* --- lists --- */

static struct result hold(const struct buffer *text, const char *first, const char *second)
{
    AUTO_PREPARED prepared = PREPARED_INIT;

    world_sign(world, (const char *const[]){first, second, 0});
    check_ok(record_read(world->record, buffer_view(&world->note), world->time, &prepared));
    return openings_hold(world->record, &prepared, buffer_view(text));
}

static struct result settle(const struct buffer *text, const char *line)
{
    world_begin(world, "list.settle");
    world_put(world, "公示", WORLD_NOTICE);
    if (line) {
        world_put(world, "名单", line);
    }
    return hold(text, "qiao", "gu");
}

static struct result remove_one(const struct buffer *text, const char *organisation)
{
    world_begin(world, "list.remove");
    world_put(world, "公示", WORLD_NOTICE);
    world_put(world, "组织", organisation);
    world_put_hidden(world, "list.remove", "案件", "案件");
    world_put_hidden(world, "list.remove", "理由", "异议成立");
    return hold(text, "gu", "he");
}

static void lists_are_held_to_what_the_lines_tell(void **state)
{
    AUTO_BUFFER both = BUFFER_INIT;
    AUTO_BUFFER one = BUFFER_INIT;

    (void)state;
    write(&one, "", &open, " " SALT " gudang\n");
    write(&both, "", &open, " " SALT " gudang\n");
    write(&both, "", &upheld, " " SALT " xixi\n");
    check_line(settle(&both, "2 gudang"), "list.suspended", 1);
    check_line(settle(&both, "1 xixi"), "list.unremoved", 1);
    check_ok(settle(&both, 0));
    check_line(settle(&one, "2 gudang"), "list.suspended", 1);
    check_ok(settle(&one, "1 xixi"));
    check_fails(remove_one(&both, "gudang"), INVALID, "list.upheld");
    check_ok(remove_one(&both, "xixi"));
    check_ok(remove_one(&one, "gudang")); /* the upheld case may be about anybody */
}

static void lines_that_tell_nothing_change_nothing(void **state)
{
    AUTO_BUFFER none = BUFFER_INIT;
    AUTO_BUFFER wrong = BUFFER_INIT;

    (void)state;
    write(&wrong, "", &open, " " OTHER " gudang\n");
    write(&wrong, "", &upheld, " " SALT " gudang\n");
    check_ok(settle(&none, "2 gudang"));
    check_ok(settle(&wrong, "2 gudang"));
    check_ok(remove_one(&none, "gudang"));
    check_ok(remove_one(&wrong, "gudang"));
    /* A true line after a wrong one of the same case counts. */
    write(&wrong, "", &open, " " SALT " gudang\n");
    check_line(settle(&wrong, "2 gudang"), "list.suspended", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_lines_are_counted),
        cmocka_unit_test(a_line_that_is_none_is_named),
        cmocka_unit_test(a_line_that_opens_nothing_is_named),
        cmocka_unit_test(lists_are_held_to_what_the_lines_tell),
        cmocka_unit_test(lines_that_tell_nothing_change_nothing),
    };

    return cmocka_run_group_tests(tests, make_world, free_world);
}
