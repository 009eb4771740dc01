/* The signing page of reports in every state, read back by other programs. covers: phrase */
#include "paper.h"
#include "server/phrase.h"
#include "server/signing_page.h"

#define TEXT "pdftotext -layout $f -"

/* What somebody with a session may read; the rare characters are in a person's name. */
static const char *const WORDS[][2] = {
    {"an", "何示例"},
    {"bo", "吕㻏䶮"},
    {"ci", "施𬭎𬒔"},
    {"mei", "孔示例"},
    {"xixi", "西溪示例精密仪器有限公司"},
    {"gudang", "古荡示例食品有限公司"},
};

#define WORD_COUNT (sizeof WORDS / sizeof WORDS[0])

static struct signing_page_word known_words[WORD_COUNT];

static struct signing_page page_of(const struct paper *paper, bool named)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        known_words[i].key = bytes_of_string(WORDS[i][0]);
        known_words[i].text = bytes_of_string(WORDS[i][1]);
    }
    return (struct signing_page){
        .sign_off = &paper->sign_off,
        .evidence = &paper->evidence,
        .origin = LITERAL(WORLD_ORIGIN),
        .head = paper->head,
        .time = paper->time,
        .parts = buffer_view(&paper->parts),
        .address = LITERAL("award.example/report-check.html"),
        .words = known_words,
        .word_count = named ? WORD_COUNT : 0,
    };
}

static void make_text(const struct signing_page *page, struct buffer *out)
{
    AUTO_BUFFER pdf = BUFFER_INIT;
    const char *folder = getenv("XILING_SIGNING_PAGES"); /* to look at them */

    check_ok(signing_page_make(page, &pdf));
    pdf_ask(TEXT, buffer_view(&pdf), out);
    if (folder) {
        char name[128];

        (void)snprintf(name, sizeof name, "%.*s-%s-%zu.pdf", (int)page->sign_off->report.size,
                       (const char *)page->sign_off->report.data,
                       sign_off_state_name(page->sign_off->state), page->word_count);
        small_log_write_file(folder, name, buffer_view(&pdf));
    }
}

struct expectation {
    const char *report;
    uint64_t version;
    const char *said;    /* in large */
    const char *stamp;   /* on every page, or NULL */
    const char *opinion; /* of somebody */
};

static void prints_what_the_evidence_says_in_every_state(void **state)
{
    static const struct expectation CASES[] = {
        {"paper", 1, "签署齐全 3 / 3", NULL, "同意"},
        {"site", 2, "尚未齐全 1 / 4", "未签署齐全", "未签"},
        {"site", 1, "已作废", "已作废", "未签"},
        {"gone", 1, "已作废", "已作废", "未签"},
        {"refused", 1, " / 4", NULL, "拒绝签字"},
        {"plain", 1, "尚未齐全 0 / 3", "未签署齐全", "未签"},
    };
    struct world *world = world_make();
    (void)state;

    world_reports(world);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const struct expectation *const one = &CASES[i];
        struct paper *paper = paper_of(world, one->report, one->version);
        const struct signing_page page = page_of(paper, true);
        AUTO_BUFFER text = BUFFER_INIT;

        make_text(&page, &text);
        if (!sign_off_holds(&paper->sign_off) || !pdf_says(buffer_view(&text), one->said) ||
            (one->stamp && !pdf_says(buffer_view(&text), one->stamp)) ||
            !pdf_says(buffer_view(&text), one->opinion)) {
            fail_msg("%s v%llu", one->report, (unsigned long long)one->version);
        }
        paper_free(paper);
    }
    world_free(world);
}

/* Line by line, whatever the page breaks: each statement's line stands there in its own words. */
static void prints_every_byte_of_every_statement(void **state)
{
    struct world *world = world_make();
    struct paper *paper;
    struct signing_page page;
    AUTO_BUFFER text = BUFFER_INIT;
    (void)state;

    world_reports(world);
    paper = paper_of(world, "paper", 1);
    page = page_of(paper, true);
    make_text(&page, &text);
    for (size_t i = 0; i < paper->evidence.count; i++) {
        struct entry entry;
        struct bytes rest;

        check_ok(entry_parse(paper->evidence.entries[i].entry, &entry));
        rest = entry.note;
        while (bytes_starts_with(entry.note, LITERAL("xiling/v1 report.")) && rest.size > 0) {
            const struct bytes line = text_cut(&rest, '\n');

            if (line.size == 0) {
                break; /* signatures are in the codes */
            }
            if (text_find(buffer_view(&text), line) == SIZE_MAX) {
                fail_msg("%.*s", (int)line.size, (const char *)line.data);
            }
        }
    }
    paper_free(paper);
    world_free(world);
}

static void prints_names_and_rare_characters_only_for_whom_may_read_them(void **state)
{
    struct world *world = world_make();
    struct paper *paper;
    struct signing_page page;
    AUTO_BUFFER named = BUFFER_INIT;
    AUTO_BUFFER bare = BUFFER_INIT;
    (void)state;

    world_reports(world);
    paper = paper_of(world, "paper", 1);
    page = page_of(paper, true);
    make_text(&page, &named);
    assert_true(pdf_says(buffer_view(&named), "吕㻏䶮"));
    assert_true(pdf_says(buffer_view(&named), "施𬭎𬒔"));
    page = page_of(paper, false);
    make_text(&page, &bare);
    assert_false(pdf_says(buffer_view(&bare), "何示例"));
    assert_true(pdf_says(buffer_view(&bare), "组长"));
    paper_free(paper);
    world_free(world);
}

static void prints_a_reason_only_for_whom_it_was_opened(void **state)
{
    static const struct opinion RESERVED = {"bo", "评审员", "保留意见"};
    struct world *world = world_make();
    struct paper *paper;
    struct signing_page page;
    struct signing_page_word reason = {EMPTY_BYTES, LITERAL("顾客满意度调查样本仅 41 份")};
    AUTO_BUFFER open = BUFFER_INIT;
    AUTO_BUFFER shut = BUFFER_INIT;
    (void)state;

    world_reports(world);
    world_sign_off_text(world, "plain", 1, &RESERVED);
    check_ok(world_send(world, (const char *const[]){"bo", NULL}));
    paper = paper_of(world, "plain", 1);
    for (size_t i = 0; i < sign_off_line_count(&paper->sign_off); i++) {
        const struct sign_off_line *const line = sign_off_line_at(&paper->sign_off, i);

        reason.key = line->reason.size > 0 ? line->reason : reason.key;
    }
    assert_true(reason.key.size > 0);
    page = page_of(paper, false);
    make_text(&page, &shut);
    assert_true(pdf_says(buffer_view(&shut), "其中保留意见 1 人"));
    assert_false(pdf_says(buffer_view(&shut), "样本仅"));
    page.words = &reason;
    page.word_count = 1;
    make_text(&page, &open);
    assert_true(pdf_says(buffer_view(&open), "bo（保留意见）：顾客满意度调查样本仅 41 份"));
    paper_free(paper);
    world_free(world);
}

static void says_the_same_bytes_of_the_same_evidence(void **state)
{
    struct world *world = world_make();
    struct paper *paper;
    struct signing_page page;
    AUTO_BUFFER one = BUFFER_INIT;
    AUTO_BUFFER two = BUFFER_INIT;
    (void)state;

    world_reports(world);
    paper = paper_of(world, "refused", 1);
    page = page_of(paper, true);
    check_ok(signing_page_make(&page, &one));
    check_ok(signing_page_make(&page, &two));
    check_bytes(buffer_view(&one), buffer_view(&two));
    paper_free(paper);
    world_free(world);
}

/* The parts, as another program reads them off the printed page, are the whole evidence. */
static void carries_the_whole_proof_in_its_codes(void **state)
{
    static const char READ[] =
        "pdftoppm -r 150 -gray -png $f $d/page && "
        "zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable $d/page*.png; true";
    struct world *world = world_make();
    struct paper *paper;
    struct signing_page page;
    struct policy policy;
    struct receipt_meaning meaning;
    struct evidence *again = test_malloc(sizeof *again);
    AUTO_BUFFER pdf = BUFFER_INIT;
    AUTO_BUFFER scanned = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;
    (void)state;

    world_reports(world);
    paper = paper_of(world, "paper", 1);
    page = page_of(paper, false);
    check_ok(signing_page_make(&page, &pdf));
    pdf_ask(READ, buffer_view(&pdf), &scanned);
    check_ok(parts_read(buffer_view(&scanned), &text));
    check_bytes(buffer_view(&text), buffer_view(&paper->text));
    policy_of_log(&paper->key, &policy);
    check_ok(evidence_parse(buffer_view(&text), again));
    check_ok(evidence_verify(again, &policy, &meaning));
    assert_int_equal(again->count, paper->evidence.count);
    test_free(again);
    paper_free(paper);
    world_free(world);
}

static void phrases_read_as_people_write_them(void **state)
{
    static const struct {
        uint64_t number;
        const char *text;
    } CASES[] = {{0, "0"},         {7, "7"},        {999, "999"},
                 {1000, "1,000"},  {1007, "1,007"}, {52428800, "52,428,800"},
                 {10010, "10,010"}};
    AUTO_BUFFER time = BUFFER_INIT;
    struct hash32 hash = {{0x01, 0xab, 0xff}};
    AUTO_BUFFER groups = BUFFER_INIT;
    (void)state;

    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        AUTO_BUFFER text = BUFFER_INIT;

        check_ok(phrase_add_grouped(&text, CASES[i].number));
        check_bytes(buffer_view(&text), bytes_of_string(CASES[i].text));
    }
    check_ok(phrase_add_time(&time, 1795334400));
    check_bytes(buffer_view(&time), LITERAL("2026-11-22 16:00"));
    check_ok(phrase_add_hash(&groups, &hash));
    assert_true(bytes_starts_with(buffer_view(&groups), LITERAL("01ab ff00 0000 ")));
    assert_int_equal(groups.size, 79);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_what_the_evidence_says_in_every_state),
        cmocka_unit_test(prints_every_byte_of_every_statement),
        cmocka_unit_test(prints_names_and_rare_characters_only_for_whom_may_read_them),
        cmocka_unit_test(prints_a_reason_only_for_whom_it_was_opened),
        cmocka_unit_test(says_the_same_bytes_of_the_same_evidence),
        cmocka_unit_test(carries_the_whole_proof_in_its_codes),
        cmocka_unit_test(phrases_read_as_people_write_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
