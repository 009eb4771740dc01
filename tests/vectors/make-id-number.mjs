// make-id-number.mjs - makes tests/vectors/id-number.json again: node tests/vectors/make-id-number.mjs
//
// What people type, and the rule each is refused by ("" passes), written down by hand from GB 11643 and
// docs/rules.md C17. Only check characters are computed here, with the standard's own weights.
import { writeFileSync } from "node:fs";

const NOW = 1795392000; // 2026-11-23T00:00:00Z
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const whole = (body) => body + "10X98765432"[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];
const wrong = (body) => whole(body).replace(/.$/, (last) => (last === "0" ? "1" : "0"));
const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const [RESIDENT, PERMIT, HONGKONG, TAIWAN, FOREIGN, PASSPORT] = [
  "居民身份证", "港澳台居民居住证", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "护照",
];

const numbers = [
  // The two samples of the standard, and ways to type them.
  [RESIDENT, "11010519491231002X"], [RESIDENT, "440524188001010014"], [RESIDENT, "11010519491231002x"],
  [RESIDENT, wide("11010519491231002X")], [RESIDENT, wide("11010519491231002x")], [RESIDENT, " 110105 19491231 002X "],
  [RESIDENT, "110105-19491231-002X"], [RESIDENT, "110105\u300019491231\u3000002X"], [RESIDENT, "110105–19491231—002X\u00a0"],
  // Address codes that were abolished belong to living people.
  [RESIDENT, whole("32021919990228001")], [RESIDENT, whole("32111919800101123")],
  [RESIDENT, whole("11010520000229001")], [RESIDENT, whole("11010520261123001")], [RESIDENT, whole("81000019900101001")],
  [RESIDENT, wrong("11010519491231002"), "check"], [RESIDENT, "110105194912310021", "check"],
  [RESIDENT, whole("11010519990229001"), "date"], [RESIDENT, whole("11010519000229001"), "date"],
  [RESIDENT, whole("11010519491301001"), "date"], [RESIDENT, whole("11010519490001001"), "date"],
  [RESIDENT, whole("11010519490100001"), "date"], [RESIDENT, whole("11010520261124001"), "date"],
  [RESIDENT, whole("11010518491231001"), "date"], [RESIDENT, whole("11010500000101001"), "date"],
  [RESIDENT, "110105491231002", "resident_old"], [RESIDENT, "110105 491231 002", "resident_old"],
  [RESIDENT, "", "resident"], [RESIDENT, "11010519491231002", "resident"], [RESIDENT, "11010519491231002X1", "resident"],
  [RESIDENT, "1101051949123100XX", "resident"], [RESIDENT, "01010519491231002X", "resident"], [RESIDENT, whole("91100019850302001"), "resident"],
  [RESIDENT, "11010519491231002Y", "resident"], [RESIDENT, "①1010519491231002X", "resident"], [RESIDENT, "壹10105194912310021", "resident"],
  [RESIDENT, "E12345678", "resident"], [RESIDENT, "##################", "resident"],
  [PERMIT, whole("81000019900101001")], [PERMIT, whole("82000019900101001")], [PERMIT, whole("83000019900101001")],
  [PERMIT, whole("71000019900101001"), "permit"], [PERMIT, whole("84000019900101001"), "permit"], [PERMIT, whole("81000119900101001"), "permit"],
  [PERMIT, "11010519491231002X", "permit"], [PERMIT, wrong("81000019900101001"), "check"], [PERMIT, whole("81000019900230001"), "date"],
  [HONGKONG, "H12345678"], [HONGKONG, "M1234567801"], [HONGKONG, " h 1234 5678 "], [HONGKONG, wide("m12345678")],
  [HONGKONG, "H1234567", "hongkong"], [HONGKONG, "H123456789", "hongkong"], [HONGKONG, "A12345678", "hongkong"],
  [HONGKONG, "H########", "hongkong"], [HONGKONG, "H123456789012", "hongkong"], [HONGKONG, "", "hongkong"],
  [TAIWAN, "12345678"], [TAIWAN, "1234567890B"], [TAIWAN, "1234567890b"], [TAIWAN, "1234567", "taiwan"],
  [TAIWAN, "1234567890", "taiwan"], [TAIWAN, "12345678901", "taiwan"], [TAIWAN, "T12345678", "taiwan"], [TAIWAN, "##########@", "taiwan"],
  [FOREIGN, whole("91100019850302001")], [FOREIGN, "USA110085030212"], [FOREIGN, "usa 1100 8503 0212"],
  [FOREIGN, "11010519491231002X", "foreign"], [FOREIGN, wrong("91100019850302001"), "check"], [FOREIGN, "US1100850302123", "foreign"],
  [FOREIGN, whole("91100019851302001"), "date"], [FOREIGN, "USA11008503021", "foreign"],
  [PASSPORT, "E12345678"], [PASSPORT, "e-1234-5678"], [PASSPORT, "AB123"], [PASSPORT, "A".repeat(17)], [PASSPORT, "362322198709086409".slice(1)],
  [PASSPORT, "E123", "passport"], [PASSPORT, "A".repeat(18), "passport"], [PASSPORT, "护照123456", "passport"], [PASSPORT, "straße1", "passport"],
  [PASSPORT, "*****", "passport"], [PASSPORT, "ıı123", "passport"],
  ["", "11010519491231002X", "type"], ["学生证", "1", "type"], ["constructor", "11010519491231002X", "type"], ["居民身份证 ", "11010519491231002X", "type"],
];

const phones = {
  "": ["13800000000", "138 0000 0000", "138-0000-0000", wide("13800000000"), "+86 13800000000", "8613800000000", "19912345678",
    "0571-87654321", "0571 87654321", "057187654321", "(0571)87654321", "010-12345678", "0571-8765432", "0571-87654321-801",
    "010 12345678-1", "+86 571 87654321", "+86 10 12345678", "+85291234567", "852 9123 4567", "85366123456", "+886912345678",
    "+49 151 12345678", "\u300013800000000\n"],
  phone: ["", " ", "12345678901", "1380000000", "138000000000", "电话", "5555", "87654321", "0571-87654321-1234567", "0571--87654321-801",
    "+8612345678901", "+86 1 3800", "+0 1234567", "+", "138000a0000", "138\u00000000000", "１３８０００００００", "+4915112345678901", "852912345678", "*13800000000"],
};

const names = {
  "": ["李", "示例市民", "阿卜杜热合曼·买买提", "阿卜杜热合曼・买买提", "阿卜杜热合曼•买买提", "𠮷野", "𬭎", "㻏", "王〇", "佐々木", "Anne-Marie O’Neill",
    "O'Neill Jr.", "王 小明", "  王小明\u3000", "王\u3000小明", "Ｊｏｈｎ", "Nguyễn Văn A", "Åsa", "김철수", "葛\u{e0100}", "甲".repeat(50), "བསྟན་འཛིན"],
  name: ["", " ", "\u3000", "12", "张三1", "张三１", "·", "-甲", "甲".repeat(51), "张三（", "张三，", "<b>", "张\n三", "张\u00a0三", "张😀", "张\ue000", "×", "①", "张\u0000"],
};

const cases = [
  ...numbers.map(([type, typed, rule = ""]) => ({ what: "number", type, typed, rule })),
  ...Object.entries(phones).flatMap(([rule, all]) => all.map((typed) => ({ what: "phone", typed, rule }))),
  ...Object.entries(names).flatMap(([rule, all]) => all.map((typed) => ({ what: "name", typed, rule }))),
];
const note = 'typed_hex: what was typed, as UTF-8; rule: without "identity.", "" passes; now: seconds since 1970';
const printed = cases.map((one) => `    ${JSON.stringify({ ...one, typed_hex: Buffer.from(one.typed).toString("hex") })}`);
writeFileSync(new URL("id-number.json", import.meta.url),
  `{\n  "note": ${JSON.stringify(note)},\n` +
  `  "now": ${NOW},\n  "cases": [\n${printed.join(",\n")}\n  ]\n}\n`);
console.log(`${cases.length} cases`);
