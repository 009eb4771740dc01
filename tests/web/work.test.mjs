/* The proof of work: the same hash as the service's, the first nonce that is enough, a page that lives. */
import assert from "node:assert/strict";
import test from "node:test";
import { solveWork, zeroBits } from "../../web/lib/work.js";
import { timeSlices } from "../../web/lib/pause.js";
import { vectors } from "./vectors.mjs";

const { cases } = vectors("work");
const bytes = (text) => new TextEncoder().encode(text);

test("counts_the_bits_that_the_service_counts", () => {
    for (const { token, note, nonces } of cases) {
        assert.ok(nonces.length > 10);
        for (const { nonce, bits } of nonces) assert.equal(zeroBits(token, bytes(note), nonce), bits, `${note} ${nonce}`);
    }
});

test("finds_the_first_nonce_that_is_enough", async () => {
    for (const { token, note, first } of cases) {
        for (const bits of [0, 1, 7, 8, 9, 12, 15]) {
            assert.equal(await solveWork({ token, bits }, bytes(note), timeSlices()), `${token}.${first[bits]}`);
            assert.equal(await solveWork({ token, bits }, note, timeSlices()), `${token}.${first[bits]}`, "text is its bytes");
        }
    }
});

test("work_for_one_note_is_none_for_another", async () => {
    const [{ token, note, first }] = cases;
    assert.ok(zeroBits(token, bytes(note), first[16]) >= 16);
    assert.ok(zeroBits(token, bytes(`${note} `), first[16]) < 16);
    assert.ok(zeroBits(token.replace(/.$/, (last) => (last === "0" ? "1" : "0")), bytes(note), first[16]) < 16);
});

test("lets_others_run_between_slices", async () => {
    const [{ token, note, first }] = cases;
    let pauses = 0;
    await solveWork({ token, bits: 15 }, bytes(note), async () => { pauses += 1; });
    assert.equal(pauses, Math.floor(first[15] / 512));
});
