// make-objection-text.mjs - makes tests/vectors/objection-text.json again: node tests/vectors/make-objection-text.mjs
//
// Printed by hand here, so that neither twin is the other's judge: one line for each label, a value of
// several lines repeats it.
import { writeFileSync } from "node:fs";

const PROMISE = "本人对所提交内容的真实性负责。";
const plain = { notice: "2026-1", subject: "org-a", salt: "AAECAwQFBgcICQoLDA0ODw==", name: "甲示例公司", kind: "个人",
  ground: "申报材料不实", facts: "营业收入与审计报告不符。", request: "请核实。", files: [], disclosure: "不同意" };
const fileLine = "1 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= 12345 PDF 原件 合同: 第一页.pdf";
const copyLine = "2 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= 99 JPEG 副本 1 现场.jpg";

const content = (change, facts, files = "") => {
  const held = { ...plain, ...change };
  return { kind: "content", given: held, text: `xiling/v1 异议书\n公示: ${held.notice}\n对象: ${held.subject}\n对象盐: ${held.salt}\n` +
    `对象名称: ${held.name}\n类别: ${held.kind}\n理由: ${held.ground}\n${facts}请求: ${held.request}\n${files}` +
    `身份披露: ${held.disclosure}\n承诺: ${PROMISE}\n` };
};
const identity = (given, text) => ({ kind: "identity", given, text: `xiling/v1 异议人\n${text}` });
const answer = (words, text) => ({ kind: "answer", given: { case: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", state: "受理", basis: "-", words },
  text: `xiling/v1 答复\n案件: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n状态: 受理\n依据: -\n${text}` });

const texts = [
  content({}, "事实: 营业收入与审计报告不符。\n"),
  content({ facts: "第一行\r\n第二行\n\n第四行\r第五行" }, "事实: 第一行\n事实: 第二行\n事实: \n事实: 第四行\n事实: 第五行\n"),
  content({ facts: "请求: 像是标签\nxiling/v1 异议人" }, "事实: 请求: 像是标签\n事实: xiling/v1 异议人\n"),
  content({ facts: "" }, "事实: \n"),
  content({ facts: "末尾有空行\n" }, "事实: 末尾有空行\n事实: \n"),
  content({ facts: "\r\n\r\n" }, "事实: \n事实: \n事实: \n"),
  content({ facts: "𠮷野 𬭎 😀 \u00a0 空格" }, "事实: 𠮷野 𬭎 😀 \u00a0 空格\n"),
  content({ kind: "单位", disclosure: "同意", files: [fileLine, copyLine] }, "事实: 营业收入与审计报告不符。\n", `附件: ${fileLine}\n附件: ${copyLine}\n`),
  identity([["类别", "个人"], ["姓名", "示例市民"], ["证件类型", "居民身份证"], ["证件号码", "11010519491231002X"], ["电话", "13800000000"]],
    "类别: 个人\n姓名: 示例市民\n证件类型: 居民身份证\n证件号码: 11010519491231002X\n电话: 13800000000\n"),
  identity([["类别", "单位"], ["单位名称", "丙示例公司\n（分公司）"], ["附件", fileLine]], `类别: 单位\n单位名称: 丙示例公司\n单位名称: （分公司）\n附件: ${fileLine}\n`),
  identity([], ""),
  answer("已受理。", "正文: 已受理。\n"),
  answer("一、已受理。\r\n二、五个工作日内答复。", "正文: 一、已受理。\n正文: 二、五个工作日内答复。\n"),
];
const whole = texts[1].text;
const reads = [
  { name: "a value of several lines", first: "xiling/v1 异议书", label: "事实", text: whole, value: "第一行\n第二行\n\n第四行\n第五行" },
  { name: "one line", first: "xiling/v1 异议书", label: "请求", text: whole, value: "请核实。" },
  { name: "a value that looks like a label", first: "xiling/v1 异议书", label: "事实", text: texts[2].text, value: "请求: 像是标签\nxiling/v1 异议人" },
  { name: "no such label", first: "xiling/v1 异议书", label: "附件", text: whole, value: "" },
  { name: "an empty first line of a value", first: "xiling/v1 异议书", label: "事实", text: texts[5].text, value: "\n\n" },
  { name: "another kind of text", first: "xiling/v1 异议人", label: "事实", text: whole, refused: true },
  { name: "cut by a byte", first: "xiling/v1 异议书", label: "事实", text: whole.slice(0, -1), refused: true },
  { name: "bytes after the end", first: "xiling/v1 异议书", label: "事实", text: `${whole}x`, refused: true },
  { name: "an empty line", first: "xiling/v1 异议书", label: "事实", text: whole.replace("\n请求", "\n\n请求"), refused: true },
  { name: "a label without a colon", first: "xiling/v1 异议书", label: "事实", text: whole.replace("公示: ", "公示"), refused: true },
  { name: "a line without a label", first: "xiling/v1 异议书", label: "事实", text: whole.replace("\n公示", "\n: 空\n公示"), refused: true },
  { name: "nothing", first: "xiling/v1 异议书", label: "事实", text: "", refused: true },
  { name: "only a line feed", first: "xiling/v1 异议书", label: "事实", text: "\n", refused: true },
];
const note = "given as typed, text as sealed; reads: all values of a label, a line feed between two, or refused as objection.text_form";
writeFileSync(new URL("objection-text.json", import.meta.url), `${JSON.stringify({ note, texts, reads }, null, 2)}\n`);
