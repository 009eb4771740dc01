/**
 * keyring.js - the trustee's key, open while this page is: rounds run by themselves, so the passphrase
 * is asked once. What is kept is the key code, in memory only; it is wiped when the page goes.
 *
 *   keyring(person) → { isOpen, open(passphrase), use(call(keys)), sign(text) → note, close() }
 */
import { wipe } from "../../lib/bytes.js";
import { deriveKeys, wipeKeys } from "../../lib/keys.js";
import { explain } from "../../ui/refusal.js";
import { pinService, signWith, withKeys } from "../../ui/signer.js";
import { clockError } from "../../ui/time.js";

const CLOCK_LIMIT = 10;

export function keyring(person) {
    let code = null;
    const ring = { open, use, sign, close, get isOpen() { return code !== null; } };
    addEventListener("pagehide", close);
    return ring;

    async function open(passphrase) {
        await withKeys(person, passphrase, (keys, held) => { code = held.slice(); });
    }
    async function use(call) {
        const keys = deriveKeys(code);
        try {
            return await call(keys);
        } finally {
            wipeKeys(keys);
        }
    }
    async function sign(text) {
        await pinService();
        if (clockError() >= CLOCK_LIMIT) throw explain("refuse.clock", { n: clockError() });
        return use((keys) => signWith(person, keys, text));
    }
    function close() {
        if (code) wipe(code);
        code = null;
    }
}
