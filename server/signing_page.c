#include "server/signing_page.h"

#include <string.h>

#include "server/phrase.h"
#include "server/sheet.h"
#include "server/signing_proof.h"

#define OFFICE "西泠 · 质量奖评审"
#define ABOUT  "签署页 · 与报告同存，报告文件本身未作任何改动"

/* --- words --- */

static struct bytes find_word(const struct signing_page *page, struct bytes key)
{
    for (size_t i = 0; i < page->word_count; i++) {
        if (bytes_equal(page->words[i].key, key)) {
            return page->words[i].text;
        }
    }
    return EMPTY_BYTES;
}

/* The name if it may be printed, else the id. */
static struct bytes name_of(const struct signing_page *page, struct bytes id)
{
    const struct bytes word = find_word(page, id);

    return word.size > 0 ? word : id;
}

static struct bytes opinion_of(const struct sign_off_line *line)
{
    static const char *const WORDS[] = {
        [SIGN_OFF_MISSING] = "未签",      [SIGN_OFF_AGREED] = "同意",
        [SIGN_OFF_RESERVED] = "保留意见", [SIGN_OFF_DISAGREED] = "不同意",
        [SIGN_OFF_REFUSED] = "拒绝签字",
    };

    return bytes_of_string(WORDS[line->verdict]);
}

/* --- state --- */

struct count {
    uint64_t done;
    uint64_t reserved;
};

static struct count count_lines(const struct sign_off *sign_off)
{
    struct count count = {0, 0};

    for (size_t i = 0; i < sign_off_line_count(sign_off); i++) {
        const enum sign_off_verdict verdict = sign_off_line_at(sign_off, i)->verdict;

        count.done += verdict == SIGN_OFF_AGREED || verdict == SIGN_OFF_RESERVED ||
                      verdict == SIGN_OFF_REFUSED;
        count.reserved += verdict == SIGN_OFF_RESERVED;
    }
    return count;
}

static enum sheet_mark mark_of(enum sign_off_state state)
{
    static const enum sheet_mark MARKS[] = {
        [SIGN_OFF_OPEN] = SHEET_HALF,
        [SIGN_OFF_COMPLETE] = SHEET_DONE,
        [SIGN_OFF_BLOCKED] = SHEET_CROSS,
        [SIGN_OFF_VOID] = SHEET_CROSS,
    };

    return MARKS[state];
}

/* What stands in the head of every page, so that no single page is taken for more than it is. */
static struct bytes stamp_of(enum sign_off_state state)
{
    static const char *const STAMPS[] = {
        [SIGN_OFF_OPEN] = "未签署齐全",
        [SIGN_OFF_COMPLETE] = "",
        [SIGN_OFF_BLOCKED] = "未签署齐全",
        [SIGN_OFF_VOID] = "已作废",
    };

    return bytes_of_string(STAMPS[state]);
}

static const char *void_reason(const struct sign_off *sign_off)
{
    if (strcmp(sign_off->voided_how, "superseded") == 0) {
        return "已有新的版本替代这一版，这一版上的签署不再算数。";
    }
    if (strcmp(sign_off->voided_how, "team") == 0) {
        return "评审组或组织代表已更换，按规则须重新签署，这一版上的签署不再算数。";
    }
    return "这一版已被作废，这一版上的签署不再算数。";
}

/* Articles 18 and 19 ask different people. */
static const char *rule_of(const struct sign_off *sign_off)
{
    return bytes_is(sign_off->kind, "现场评审报告") ? "第十九条：由该组织和评审组全体成员签字确认。"
                                                    : "第十八条：由评审组全体成员签字确认。";
}

static struct result write_state(const struct signing_page *page, struct sheet *sheet)
{
    static const char *const WORDS[] = {
        [SIGN_OFF_OPEN] = "尚未齐全",
        [SIGN_OFF_COMPLETE] = "签署齐全",
        [SIGN_OFF_BLOCKED] = "停在这里",
        [SIGN_OFF_VOID] = "已作废",
    };
    const struct sign_off *const sign_off = page->sign_off;
    const struct count count = count_lines(sign_off);
    AUTO_BUFFER words = BUFFER_INIT;
    AUTO_BUFFER sentence = BUFFER_INIT;

    TRY(buffer_append_text(&words, WORDS[sign_off->state]));
    if (sign_off->state == SIGN_OFF_VOID) {
        TRY(buffer_append_text(&sentence, void_reason(sign_off)));
    } else {
        TRY(phrase_add_number(&words, " ", count.done, " / "));
        TRY(buffer_append_decimal(&words, sign_off_line_count(sign_off)));
        TRY(buffer_append_text(&sentence, rule_of(sign_off)));
    }
    if (sign_off->state == SIGN_OFF_BLOCKED) {
        TRY(buffer_append_text(&sentence, "有人不同意，须改为新的版本再签。"));
    } else if (sign_off->state != SIGN_OFF_VOID && count.reserved > 0) {
        TRY(phrase_add_number(&sentence, "其中保留意见 ", count.reserved, " 人。"));
    }
    if (sign_off->state == SIGN_OFF_OPEN) {
        TRY(buffer_append_text(&sentence, "\n签署期限 "));
        TRY(phrase_add_time(&sentence, sign_off->deadline));
        TRY(buffer_append_text(&sentence, "。"));
    }
    return sheet_state(sheet, mark_of(sign_off->state), buffer_view(&words),
                       buffer_view(&sentence));
}

/* --- who signed --- */

enum { WHO, CAPACITY, OPINION, WHEN, PLACE, COLUMNS };

static struct result write_table_head(struct sheet *sheet)
{
    const struct sheet_cell cells[COLUMNS] = {
        [WHO] = {.text = LITERAL("签署人")},
        [CAPACITY] = {.width = 21, .text = LITERAL("身份")},
        [OPINION] = {.width = 21, .text = LITERAL("意见")},
        [WHEN] = {.width = 36, .text = LITERAL("时间")},
        [PLACE] = {.width = 25, .right = true, .text = LITERAL("入册")},
    };

    return sheet_row(sheet, true, cells, COLUMNS);
}

/* An organisation stands above the person who represents it; a name above its id. */
static struct result describe_signer(const struct signing_page *page,
                                     const struct sign_off_line *line, struct buffer *who,
                                     struct buffer *note)
{
    const struct bytes name = find_word(page, line->person);

    if (line->organisation.size > 0) {
        TRY(buffer_append(who, name_of(page, line->organisation)));
        TRY(phrase_add(note, "代表 ", name, name.size > 0 ? " " : ""));
        return buffer_append(note, line->person);
    }
    TRY(buffer_append(who, name_of(page, line->person)));
    return name.size > 0 ? buffer_append(note, line->person) : OK;
}

static struct result write_line(const struct signing_page *page, struct sheet *sheet,
                                const struct sign_off_line *line, struct bytes remark)
{
    AUTO_BUFFER who = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    AUTO_BUFFER when = BUFFER_INIT;
    AUTO_BUFFER place = BUFFER_INIT;
    struct sheet_cell cells[COLUMNS] = {
        [WHO] = {.bold = true},
        [CAPACITY] = {.width = 21, .text = line->capacity},
        [OPINION] = {.width = 21, .bold = true, .text = opinion_of(line), .note = remark},
        [WHEN] = {.width = 36},
        [PLACE] = {.width = 25, .right = true},
    };

    TRY(describe_signer(page, line, &who, &note));
    if (line->index != SIGN_OFF_NONE) {
        TRY(phrase_add_time(&when, line->time));
        TRY(phrase_add_number(&place, "第 ", line->index, " 号"));
    }
    cells[WHO].text = buffer_view(&who);
    cells[WHO].note = buffer_view(&note);
    cells[WHEN].text = buffer_view(&when);
    cells[PLACE].text = buffer_view(&place);
    return sheet_row(sheet, false, cells, COLUMNS);
}

static bool names_somebody(const struct signing_page *page)
{
    for (size_t i = 0; i < sign_off_line_count(page->sign_off); i++) {
        if (find_word(page, sign_off_line_at(page->sign_off, i)->person).size > 0) {
            return true;
        }
    }
    return false;
}

static struct result write_table(const struct signing_page *page, struct sheet *sheet)
{
    const struct sign_off *const sign_off = page->sign_off;

    TRY(write_table_head(sheet));
    for (size_t i = 0; i < sign_off_line_count(sign_off); i++) {
        const struct sign_off_line *const line = sign_off_line_at(sign_off, i);
        const bool refused = line->verdict == SIGN_OFF_REFUSED;

        TRY(write_line(page, sheet, line, refused ? LITERAL("已见证") : EMPTY_BYTES));
    }
    for (size_t i = 0; i < sign_off_former_count(sign_off); i++) {
        TRY(write_line(page, sheet, sign_off_former_at(sign_off, i), LITERAL("已换人，不计")));
    }
    if (!names_somebody(page)) {
        sheet_skip(sheet, 2);
        return sheet_write(sheet, SHEET_SMALL, LITERAL("没有登录：本页只印编号，不印姓名。"));
    }
    return OK;
}

/* Whoever does not hold a reason's opening sees the opinion in the table, and no more. */
static struct result write_reasons(const struct signing_page *page, struct sheet *sheet)
{
    const struct sign_off *const sign_off = page->sign_off;
    bool headed = false;

    for (size_t i = 0; i < sign_off_line_count(sign_off); i++) {
        const struct sign_off_line *const line = sign_off_line_at(sign_off, i);
        const struct bytes reason = find_word(page, line->reason);
        AUTO_BUFFER text = BUFFER_INIT;

        if (reason.size > 0) {
            TRY(headed ? OK : sheet_write(sheet, SHEET_HEADING, LITERAL("保留意见与不同意")));
            headed = true;
            TRY(phrase_add(&text, "", name_of(page, line->person), "（"));
            TRY(phrase_add(&text, "", opinion_of(line), "）："));
            TRY(buffer_append(&text, reason));
            TRY(sheet_write(sheet, SHEET_QUOTE, buffer_view(&text)));
        }
    }
    return OK;
}

/* --- what was signed --- */

static struct result join_subjects(const struct signing_page *page, struct buffer *out)
{
    const struct bytes *const subjects = (const void *)page->sign_off->subjects.data;

    for (size_t i = 0; i < page->sign_off->subjects.size / sizeof *subjects; i++) {
        const struct bytes name = find_word(page, subjects[i]);

        TRY(phrase_add(out, i > 0 ? "、" : "", name, name.size > 0 ? "（" : ""));
        TRY(phrase_add(out, "", subjects[i], name.size > 0 ? "）" : ""));
    }
    return OK;
}

static struct result write_file(const struct signing_page *page, struct sheet *sheet)
{
    const struct sign_off *const sign_off = page->sign_off;
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(phrase_add(&text, "报告：", sign_off->report, "  "));
    TRY(phrase_add_number(&text, "版本：", sign_off->version, "  "));
    TRY(phrase_add(&text, "种类：", sign_off->kind, "  "));
    TRY(phrase_add(&text, "评审组：", sign_off->team, "\n"));
    TRY(buffer_append_text(&text, "受评组织："));
    TRY(join_subjects(page, &text));
    TRY(phrase_add(&text, "\n格式：", sign_off->format, "  大小："));
    TRY(phrase_add_grouped(&text, sign_off->size));
    TRY(buffer_append_text(&text, " 字节\nSHA-256：\n"));
    TRY(phrase_add_hash(&text, &sign_off->file));
    TRY(sheet_write(sheet, SHEET_HEADING, LITERAL("被签署的文件")));
    return sheet_write(sheet, SHEET_CODE, buffer_view(&text));
}

/* --- the sheet --- */

static struct result compose(void *context, struct sheet *sheet)
{
    const struct signing_page *const page = context;
    AUTO_BUFFER subtitle = BUFFER_INIT;

    TRY(phrase_add(&subtitle, "", page->sign_off->title, " "));
    TRY(phrase_add_number(&subtitle, "第 ", page->sign_off->version, " 版"));
    TRY(sheet_write(sheet, SHEET_TITLE, LITERAL("签署页")));
    TRY(sheet_write(sheet, SHEET_SUBTITLE, buffer_view(&subtitle)));
    TRY(write_state(page, sheet));
    TRY(write_table(page, sheet));
    TRY(write_reasons(page, sheet));
    TRY(write_file(page, sheet));
    return signing_proof_write(page, sheet);
}

struct result signing_page_make(const struct signing_page *page, struct buffer *out)
{
    struct signing_page copy = *page;
    AUTO_BUFFER footer = BUFFER_INIT;
    AUTO_BUFFER title = BUFFER_INIT;
    struct sheet_form form = {.office = LITERAL(OFFICE),
                              .about = LITERAL(ABOUT),
                              .stamp = stamp_of(page->sign_off->state),
                              .time = page->time};

    TRY(phrase_add(&title, "签署页 ", page->sign_off->report, " "));
    TRY(phrase_add_number(&title, "第 ", page->sign_off->version, " 版"));
    TRY(phrase_add(&footer, "记录 ", page->origin, " · "));
    TRY(phrase_add_number(&footer, "检查点 ", page->head.size, ""));
    form.title = buffer_view(&title);
    form.footer = buffer_view(&footer);
    return sheet_make(&form, compose, &copy, out);
}
