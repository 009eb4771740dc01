/* the receipt code: shown in threes, read as people write it down */
import assert from "node:assert/strict";
import test from "node:test";
import { keyCodePrint } from "../../web/lib/code.js";
import { printReceiptCode, readReceiptCode, receiptRows } from "../../web/lib/objection_code.js";
import { reasonOf } from "./vectors.mjs";

const code = Uint8Array.from({ length: 16 }, (_, i) => 255 - 15 * i);
const printed = printReceiptCode(code);

test("is shown in nine groups of three", () => {
    assert.match(printed, /^([0-9A-Z*~$=]{3} ){8}[0-9A-Z*~$=]{3}$/);
    assert.equal(printed.replaceAll(" ", ""), keyCodePrint(code).replaceAll("-", ""));
    assert.equal(receiptRows(code).join(" "), printed);
    assert.deepEqual(receiptRows(code).map((row) => row.length), [11, 11, 11]);
});

test("is read as people write it down", () => {
    const wide = printed.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    for (const typed of [printed, printed.toLowerCase(), printed.replaceAll(" ", ""), printed.replaceAll(" ", "-"), printed.replaceAll(" ", "—"),
        keyCodePrint(code), wide, wide.replaceAll(" ", "\u3000"), ` ${printed}\n`, printed.replaceAll("1", "l").replaceAll("0", "o")]) {
        assert.deepEqual(readReceiptCode(typed), code, typed);
    }
});

test("a_slip_of_the_pen_is_noticed", () => {
    const bare = printed.replaceAll(" ", "");
    assert.equal(reasonOf(() => readReceiptCode(bare.slice(1))), "length");
    assert.equal(reasonOf(() => readReceiptCode(`${bare}0`)), "length");
    assert.equal(reasonOf(() => readReceiptCode(`é${bare.slice(1)}`)), "character");
    for (let i = 0; i + 1 < 26; i += 1) {
        const swapped = bare.slice(0, i) + bare[i + 1] + bare[i] + bare.slice(i + 2);
        if (swapped !== bare) assert.notEqual(reasonOf(() => readReceiptCode(swapped)), "", swapped);
    }
});
