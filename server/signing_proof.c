#include "server/signing_proof.h"

#include "base/text.h"
#include "log/entry.h"
#include "log/parts.h"
#include "protocol/statement.h"
#include "server/phrase.h"
#include "server/qr.h"

/* --- how to check --- */

static size_t count_parts(struct bytes parts)
{
    size_t count = 0;

    while (parts.size > 0) {
        count += text_cut(&parts, '\n').size > 0;
    }
    return count;
}

static struct result write_advice(const struct signing_page *page, struct sheet *sheet)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(sheet_write(sheet, SHEET_HEADING, LITERAL("怎样核对这一页")));
    TRY(phrase_add(&text, "一、打开 ", page->address, "，扫本页的码（"));
    TRY(phrase_add_number(&text, "", count_parts(page->parts),
                          " 个都扫，次序不限）；断网也能核对。\n"));
    TRY(buffer_append_text(&text, "二、把报告文件拖进去，比对上面的 SHA-256。\n"
                                  "三、看到的状态、名单与本页一致，即为真。"));
    TRY(sheet_write(sheet, SHEET_BODY, buffer_view(&text)));
    return sheet_write(
        sheet, SHEET_SMALL,
        LITERAL("码里有全部签名和入册证明。纸面可以伪造，码不能。也可以取证据包，用 "
                "xiling-audit report 核对。\nScan all codes on the page above, or run "
                "xiling-audit report on the evidence bundle: both work offline."));
}

static struct result write_checkpoint(const struct signing_page *page, struct sheet *sheet)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(phrase_add(&text, "记录：", page->origin, "\n"));
    TRY(phrase_add_number(&text, "检查点：", page->head.size, " 条，至 "));
    TRY(phrase_add_time(&text, page->time));
    TRY(buffer_append_text(&text, "\n根：\n"));
    TRY(phrase_add_hash(&text, &page->head.root));
    return sheet_write(sheet, SHEET_CODE, buffer_view(&text));
}

struct codes {
    struct sheet_code rows[PARTS_MAX];
    struct buffer squares[PARTS_MAX];
    struct buffer captions[PARTS_MAX];
    size_t count;
};

static void codes_free(struct codes *codes)
{
    for (size_t i = 0; i < codes->count; i++) {
        buffer_free(&codes->squares[i]);
        buffer_free(&codes->captions[i]);
    }
}

static struct result add_code(struct codes *codes, struct bytes part, size_t of)
{
    const size_t at = codes->count++;
    struct sheet_code *const row = &codes->rows[at];

    TRY(qr_write_squares(part, &codes->squares[at], &row->size));
    TRY(phrase_add_number(&codes->captions[at], "证明 ", at + 1, " / "));
    TRY(buffer_append_decimal(&codes->captions[at], of));
    row->squares = codes->squares[at].data;
    row->caption = buffer_view(&codes->captions[at]);
    return OK;
}

static struct result write_codes(const struct signing_page *page, struct sheet *sheet)
{
    __attribute__((cleanup(codes_free))) struct codes codes = {.count = 0};
    const size_t of = count_parts(page->parts);
    struct bytes rest = page->parts;

    while (rest.size > 0 && codes.count < PARTS_MAX) {
        TRY(add_code(&codes, text_cut(&rest, '\n'), of));
    }
    return sheet_codes(sheet, codes.rows, codes.count);
}

/* --- every statement's text --- */

static bool is_of_the_report(struct bytes type)
{
    return bytes_starts_with(type, LITERAL("report.")) || bytes_is(type, "team.replace") ||
           bytes_is(type, "organisation.delegate");
}

static struct result write_statement(struct sheet *sheet, uint64_t index, const struct entry *entry,
                                     const struct statement *statement)
{
    AUTO_BUFFER head = BUFFER_INIT;

    TRY(phrase_add_number(&head, "第 ", index, " 号 · "));
    TRY(phrase_add(&head, "", statement->type, " · "));
    TRY(phrase_add_time(&head, entry->time));
    for (size_t i = 0; i < statement->signature_count; i++) {
        TRY(phrase_add(&head, i == 0 ? " · 签名：" : "、", statement->signatures[i].name, ""));
    }
    sheet_keep(sheet, 22);
    TRY(sheet_write(sheet, SHEET_SMALL, buffer_view(&head)));
    return sheet_write(sheet, SHEET_EXACT,
                       bytes_slice(statement->text, 0, statement->text.size - 1));
}

/* What only carries keys is named, not printed: the codes hold it. */
static struct result write_entry(struct sheet *sheet, const struct evidence_entry *proved,
                                 struct buffer *others)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct entry entry;

    TRY(entry_parse(proved->entry, &entry));
    TRY(statement_parse(entry.note, &statement));
    if (is_of_the_report(statement.type)) {
        return write_statement(sheet, proved->index, &entry, &statement);
    }
    return phrase_add_number(others, others->size > 0 ? "、" : "", proved->index, "");
}

static struct result write_statements(const struct signing_page *page, struct sheet *sheet)
{
    AUTO_BUFFER others = BUFFER_INIT;
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(sheet_write(sheet, SHEET_HEADING, LITERAL("签署的原文")));
    TRY(sheet_write(sheet, SHEET_SMALL, LITERAL("签的就是下面这些字，一字不差。")));
    for (size_t i = 0; i < page->evidence->count; i++) {
        TRY(write_entry(sheet, &page->evidence->entries[i], &others));
    }
    TRY(phrase_add(&text, "码里还有证明这些人身份和公钥的条目：第 ", buffer_view(&others),
                   " 号。"));
    return sheet_write(sheet, SHEET_SMALL, buffer_view(&text));
}

struct result signing_proof_write(const struct signing_page *page, struct sheet *sheet)
{
    TRY(write_advice(page, sheet));
    TRY(write_checkpoint(page, sheet));
    TRY(write_codes(page, sheet));
    return write_statements(page, sheet);
}
