/* what is sealed: read back as it was typed */
import assert from "node:assert/strict";
import test from "node:test";
import { ANSWER, CONTENT, IDENTITY, answerText, contentText, identityText, readText } from "../../web/lib/objection_text.js";
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
