/* numbers of identity documents: what passes, what is refused and by which rule */
import assert from "node:assert/strict";
import test from "node:test";
import { ID_TYPES, idFault, nameFault, phoneFault, tidy } from "../../web/lib/id_number.js";
import { bytesOf, vectors } from "./vectors.mjs";

const TODAY = new Date("2026-11-23T00:00:00Z");
const [RESIDENT, PERMIT, HONGKONG, TAIWAN, FOREIGN, PASSPORT] = ID_TYPES;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const complete = (body) => body + "10X98765432"[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];

test("numbers_of_the_standard_pass", () => {
    for (const [type, typed] of [
        [RESIDENT, "11010519491231002X"], [RESIDENT, "440524188001010014"], [RESIDENT, "１１０１０５19491231002x"],
        [RESIDENT, " 110105 19491231 002X "], [RESIDENT, complete("32021919990229001".replace("0229", "0228"))],
        [PERMIT, complete("81000019900101001")], [PERMIT, complete("83000019900101001")],
        [HONGKONG, "H12345678"], [HONGKONG, "m1234567801"], [TAIWAN, "12345678"], [TAIWAN, "1234567890B"],
        [FOREIGN, complete("91100019850302001")], [FOREIGN, "USA110085030212"], [PASSPORT, "e12345678"],
    ]) assert.equal(idFault(type, typed, TODAY), "", `${type} ${typed}`);
});

test("refuses_a_number_that_is_mistyped_and_says_why", () => {
    const good = "11010519491231002X";
    for (const [type, typed, rule] of [
        [RESIDENT, good.slice(0, 17), "resident"], [RESIDENT, `${good}1`, "resident"], [RESIDENT, "", "resident"],
        [RESIDENT, "110105491231002", "resident_old"], [RESIDENT, complete("11010519490230001"), "date"],
        [RESIDENT, complete("11010520490101001"), "date"], [RESIDENT, complete("11010517990101001"), "date"],
        [RESIDENT, "0".repeat(18), "resident"], [PERMIT, good, "permit"], [PERMIT, complete("71000019900101001"), "permit"],
        [HONGKONG, "H1234567", "hongkong"], [HONGKONG, "A12345678", "hongkong"], [TAIWAN, "1234567", "taiwan"],
        [FOREIGN, good, "foreign"], [PASSPORT, "E123", "passport"], [PASSPORT, "护照123", "passport"], ["学生证", "1", "type"],
    ]) assert.equal(idFault(type, typed, TODAY), `identity.${rule}`, `${type} ${typed}`);
});

test("notices_every_wrong_digit_and_every_two_neighbours_swapped", () => {
    const good = "110105194912310021".replace(/.$/, "X");
    for (let i = 0; i < 17; i += 1) {
        for (let digit = 0; digit < 10; digit += 1) {
            const bad = good.slice(0, i) + digit + good.slice(i + 1);
            if (bad !== good) assert.notEqual(idFault(RESIDENT, bad, TODAY), "", bad);
        }
        const swapped = good.slice(0, i) + good[i + 1] + good[i] + good.slice(i + 2);
        if (swapped !== good) assert.notEqual(idFault(RESIDENT, swapped, TODAY), "", swapped);
    }
});

test("never_guesses_the_type", () => {
    assert.equal(idFault(PASSPORT, "11010519491231002", TODAY), "");
    assert.equal(idFault(RESIDENT, complete("81000019900101001"), TODAY), "");
    assert.equal(tidy(" h-1234 5678 "), "H12345678");
});

test("telephones_and_names_as_people_have_them", () => {
    for (const phone of ["13800000000", "138 0000 0000", "+86 13800000000", "0571-87654321", "0571-87654321-801", "010 12345678", "+85291234567", "85366123456", "+886912345678", "+4915112345678"]) {
        assert.equal(phoneFault(phone), "", phone);
    }
    for (const phone of ["", "12345678901", "1380000000", "电话", "5555", "0571-87654321-1234567"]) assert.equal(phoneFault(phone), "identity.phone", phone);
    for (const name of ["李", "示例市民", "阿卜杜热合曼·买买提", "𠮷野", "Anne-Marie O’Neill", "王 小明"]) assert.equal(nameFault(name), "", name);
    for (const name of ["", " ", "12", "张三1", "·", "甲".repeat(51)]) assert.equal(nameFault(name), "identity.name", name);
});

test("what_the_form_without_scripts_refuses_is_refused_here", () => {
    const { cases, now } = vectors("id-number");
    for (const { what, type, typed_hex: typed, rule } of cases) {
        const held = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(typed));
        const faults = { number: () => idFault(type, held, new Date(now * 1000)), phone: () => phoneFault(held), name: () => nameFault(held) };
        assert.equal(faults[what](), rule && `identity.${rule}`, `${what} ${type ?? ""} ${held}`);
    }
    assert.ok(cases.length > 150);
});
