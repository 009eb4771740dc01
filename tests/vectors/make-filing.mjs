// make-filing.mjs - makes tests/vectors/filing.json again: node tests/vectors/make-filing.mjs
//
// What the page with scripts makes of what is filled in; the form without scripts makes the same of the same.
import { readFileSync, writeFileSync } from "node:fs";
import { filed } from "../support/filed.mjs";

const hex = (text) => Buffer.from(text).toString("hex");
const pdf = { name: "整改通知书.pdf", bytes: hex("%PDF-1.7\nexample") };
const text = { name: "  C:\\路径\\a\tb\u200b\u3000c.txt ", bytes: hex("说明\r\n第二行") };
const long = { name: `${"长".repeat(90)}😀.txt`, bytes: hex("x") };
const png = { name: "", bytes: "89504e470d0a1a0a00" };
const person = { subject: "org-b", kind: "个人", ground: "申报材料不实", facts: "第一行\n\n第三行 𠮷 😀", request: "请核实。", name: "示例市民", type: "居民身份证",
  number: "11010519491231002X", phone: "13800000000", disclosure: "不同意" };
const unit = { ...person, kind: "单位", name: "", unit: "丙示例公司", uscc: "91330106ma00000016", legal: "陈示例", agent: "林示例", disclosure: "同意" };

const cases = [
  { name: "a person", values: person, files: [], seals: [] },
  { name: "a person with files", values: { ...person, files: undefined }, files: [pdf, text, long], seals: [] },
  { name: "spaces at the ends", values: { ...person, facts: "\u3000\n 事实 \n\ufeff", request: " 请核实。\u00a0", name: " 示例市民 ", phone: " 0571-87654321 " }, files: [], seals: [] },
  { name: "a number as people type it", values: { ...person, number: " １１０１０５-19491231 002ｘ " }, files: [], seals: [] },
  { name: "what looks like another line", values: { ...person, facts: "请求: 像是标签\nxiling/v1 异议人" }, files: [], seals: [] },
  { name: "a passport", values: { ...person, type: "护照", number: "e12345678", phone: "+1 212 555 0100" }, files: [], seals: [] },
  { name: "a unit", values: unit, files: [pdf], seals: [png] },
  { name: "a unit with two seals", values: { ...unit, uscc: " 91330106MA00000016 " }, files: [], seals: [png, pdf] },
];
const given = { origin: "award.example/log/2026", notice: "2026-1", subject_name: "乙示例公司", code: "000102030405060708090a0b0c0d0e0f",
  salt: "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f", time: 1795334400 };
const note = "values as filled in (line ends are LF here, CR LF as a browser posts them); content and identity as they are sealed; text and note with parts that are made up";
const made = [];
for (const one of cases) made.push({ ...one, ...(await filed(given, one)) });
const path = new URL("filing.json", import.meta.url);
writeFileSync(path, `${JSON.stringify({ note, given, cases: made }, null, 2)}\n`);
console.log(`${made.length} cases, ${readFileSync(path).length} bytes`);
