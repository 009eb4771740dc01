/* what is sealed: read back as it was typed */
import assert from "node:assert/strict";
import test from "node:test";
import { ANSWER, CONTENT, IDENTITY, REPLY, SUMMARY, answerText, contentText, identityText, isSummaryOf, readText, redact, replyText, summaryText } from "../../web/lib/objection_text.js";
import { reasonOf, vectors } from "./vectors.mjs";

const content = {
    notice: "2026-1", subject: "org-a", salt: "c2FsdA==", name: "甲示例公司", kind: "个人", ground: "其他",
    facts: "第一行\r\n标签: 像是标签\n\n第四行", request: "请核实。", files: ["1 aGFzaA== 9 PDF 原件 合同.pdf"], disclosure: "不同意",
};

test("keeps_every_line_of_what_was_typed", () => {
    const text = contentText(content);
    const read = readText(text, CONTENT);
    assert.deepEqual(read.get("事实"), ["第一行", "标签: 像是标签", "", "第四行"]);
    assert.deepEqual([read.get("对象"), read.get("身份披露"), read.get("附件")], [["org-a"], ["不同意"], content.files]);
    assert.deepEqual(readText(identityText([["姓名", "示例市民"]]), IDENTITY), new Map([["姓名", ["示例市民"]]]));
    const answer = answerText({ case: "aGFzaA==", state: "受理", basis: "-", words: "甲\n乙" });
    assert.deepEqual(readText(answer, ANSWER).get("正文"), ["甲", "乙"]);
});

test("refuses_a_text_of_another_kind_and_a_cut_one", () => {
    const text = contentText(content);
    for (const bad of [text.slice(0, -1), `${text}x`, text.replace("公示: ", "公示"), text.replace("\n", "\n: 空\n")]) {
        assert.equal(reasonOf(() => readText(bad, CONTENT)), "text_form", bad);
    }
    assert.equal(reasonOf(() => readText(text, IDENTITY)), "text_form");
});

test("prints_and_reads_as_the_form_without_scripts_does", () => {
    const { texts, reads } = vectors("objection-text");
    const print = { content: contentText, identity: identityText, answer: answerText };
    for (const { kind, given, text } of texts) assert.equal(print[kind](given), text);
    for (const { name, first, label, text, value, refused } of reads) {
        const read = () => (readText(text, first).get(label) ?? []).join("\n");
        if (refused) assert.equal(reasonOf(read), "text_form", name);
        else assert.equal(read(), value, name);
    }
    assert.deepEqual([texts.length, reads.length], [13, 13]);
});

test("hides_each_word_wherever_it_stands_and_not_its_length", () => {
    assert.equal(redact("张示例与李示例同去，张示例先走。", ["张示例"]), "■■与李示例同去，■■先走。");
    assert.equal(redact("电话13800000000", ["1380000", "0000", " "]), "电话■■");
    assert.equal(redact("甲乙丙", ["甲乙", "乙丙"]), "■■");
    assert.equal(redact("第一行\n第二行", ["第二", ""]), "第一行\n■■行");
    assert.equal(redact("𠮷野说", ["𠮷野"]), "■■说");
});

const long = readText(contentText({ ...content, facts: "本人系该公司会计张示例，\n2025年3月见到两本账。", request: "请核实。" }), CONTENT);
const release = { case: "aGFzaA==", words: ["会计", "张示例"], due: "2026-12-08T00:00:00+08:00", code: "AAAA" };

test("a_summary_holds_what_was_left_standing_and_nothing_of_the_objector", () => {
    const read = readText(summaryText(long, release), SUMMARY);
    assert.deepEqual(read.get("事实"), ["本人系该公司■■，", "2025年3月见到两本账。"]);
    assert.deepEqual([read.get("对象名称"), read.get("陈述码"), read.get("陈述期限")], [["甲示例公司"], ["AAAA"], [release.due]]);
    for (const label of ["对象盐", "类别", "附件", "身份披露"]) assert.equal(read.get(label), undefined, label);
    assert.deepEqual(readText(replyText({ case: "aGFzaA==", words: "一\n二" }), REPLY).get("正文"), ["一", "二"]);
});

test("a_summary_that_was_rewritten_is_noticed", () => {
    const read = (text) => isSummaryOf(readText(text, SUMMARY), long);
    const good = summaryText(long, release);
    assert.ok(read(good) && read(summaryText(long, { ...release, words: [] })));
    assert.ok(read(summaryText(long, { ...release, words: ["本人系该公司会计张示例，", "2025年3月见到两本账。", "请核实。"] })));
    for (const [from, to] of [["两本账", "三本账"], ["本人系", ""], ["事实: 2025", "事实: 又\n事实: 2025"], ["请求: 请核实。", "请求: 请核实"], ["甲示例公司", "乙示例公司"], ["■■，", "■■经理，"]]) {
        assert.ok(good.includes(from) && !read(good.replace(from, to)), `${from} for ${to}`);
    }
});
