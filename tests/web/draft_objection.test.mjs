/* what an objector signs: the exact texts, under the code's own key */
import assert from "node:assert/strict";
import test from "node:test";
import { base64, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { draftAsk, draftFiling, draftSupplement, draftWithdrawal, signAsObjector } from "../../web/lib/draft_objection.js";
import { isHiddenOpening, sha256 } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { isSignature } from "../../web/lib/signature.js";
import { parseStatement, value } from "../../web/lib/statement.js";

const keys = deriveKeys(new Uint8Array(16).fill(7));
const origin = "faults.example/log/2026";
const time = new Date("2026-11-23T08:00:00Z");
const part = { kind: "附件", document: new Uint8Array(9), hash: sha256("part") };
const salt = new Uint8Array(32).fill(3);

test("a filing names its parts and hides whom it is about", () => {
    const text = draftFiling({ origin, notice: "2026-1", subject: "org-a", salt, keys, parts: [part], time });
    assert.equal(text, `xiling/v1 objection.file\n日志：${origin}\n公示：2026-1\n对象：${/对象：(.*)/.exec(text)[1]}\n` +
        `签名公钥：${base64(keys.sign.publicKey)}\n封存公钥：${base64(keys.box.publicKey)}\n部分：附件 ${base64(part.hash)} 9\n时间：2026-11-23T16:00:00+08:00\n`);
    assert.ok(isHiddenOpening("objection.file", "对象", /对象：(.*)/.exec(text)[1], salt, "org-a"));
    assert.ok(!text.includes("org-a"));
});

test("everything an objector says is signed by the key that the filing names", () => {
    const hash = sha256("filing");
    for (const text of [draftSupplement({ origin, hash, parts: [part], time }), draftWithdrawal({ origin, hash, time }), draftAsk({ origin, keys, time })]) {
        const statement = parseStatement(signAsObjector(text, keys));
        assert.equal(statement.text, text);
        const [{ name, signature }] = statement.signatures;
        assert.equal(name, "objector");
        assert.ok(isSignature(keys.sign.publicKey, utf8(text), signature));
        assert.ok(value(statement, text.includes("status.ask") ? "签名公钥" : "案件"));
    }
    assert.match(utf8Decode(signAsObjector(draftAsk({ origin, keys, time }), keys)), /\n— objector /);
});
