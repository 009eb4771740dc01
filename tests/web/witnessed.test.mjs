/* what a witness saw bounds when entries can have been made: protocol section 9, step V3 */
import assert from "node:assert/strict";
import test from "node:test";
import { base64, concat, utf8 } from "../../web/lib/bytes.js";
import { verifyLog } from "../../web/lib/audit.js";
import { parsePolicy } from "../../web/lib/checkpoint.js";
import { parseEntry } from "../../web/lib/entry.js";
import { vkeyParse, vkeyPrint } from "../../web/lib/signature.js";
import sodium from "../../web/lib/sodium.js";
import { World } from "./world.mjs";

const NAME = "witness.example";
const pair = sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(7));
const vkey = vkeyPrint(NAME, Uint8Array.of(4), pair.publicKey);
const policy = parsePolicy(`witness one ${vkey}\nquorum one\n`);
const world = new World();
world.genesis();
const made = parseEntry(world.entries[0]).time;

/** The checkpoint of the world, seen by the witness at this time. */
function seenAt(time) {
    const served = world.served();
    const body = new TextDecoder().decode(served.checkpoint).split("\n\n")[0];
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const signature = sodium.crypto_sign_detached(utf8(`cosignature/v1\ntime ${time}\n${body}\n`), pair.privateKey);
    const line = `— ${NAME} ${base64(concat(vkeyParse(vkey).id, new Uint8Array(stamp), signature))}\n`;
    return { ...served, policy, checkpoint: concat(served.checkpoint, utf8(line)) };
}

test("entries that were there when a witness looked are in order, give or take two clocks", async () => {
    for (const time of [made - 120, made, made + 86400]) assert.ok((await verifyLog(seenAt(time))).holds, String(time));
});

test("an entry dated after a witness saw it is refused", async () => {
    const { failure } = await verifyLog(seenAt(made - 121));
    assert.deepEqual([failure.step, failure.rule, failure.entry], ["V3", "growth.time", 0]);
});

test("without its witness a log does not fulfil the policy", async () => {
    const { failure } = await verifyLog({ ...world.served(), policy });
    assert.equal(failure.rule, "growth.witnesses");
});
