/* bytes, text, codes, hashes: tests/vectors/hash-framing.json, key-code.json, ristretto255.json */
import assert from "node:assert/strict";
import test from "node:test";
import { base64, base64Decode, be64, hex, utf8 } from "../../web/lib/bytes.js";
import { checkDigits, keyCodeParse, keyFingerprint, keyCodePrint, matchesShortCode, shortCode } from "../../web/lib/code.js";
import { fromHash, isCanonicalPoint } from "../../web/lib/group.js";
import { H, H32, Hp, Hs, drawOrder, hidden, isHiddenOpening, sha256 } from "../../web/lib/hash.js";
import { deriveKeys, unwrapSecret, wrapSecret } from "../../web/lib/keys.js";
import { ED25519, RING, isBoxKey, isSignKey, keyId } from "../../web/lib/signature.js";
import { checkCharacters, convert, parseTime, printTime } from "../../web/lib/text.js";
import { bytesOf, reasonOf, vectors } from "./vectors.mjs";

const framing = vectors("hash-framing");
const codes = vectors("key-code");

test("hashes frame every part by its length", () => {
    for (const vector of framing.H) {
        const parts = vector.parts.map(bytesOf);
        assert.equal(hex(H(...parts)), vector.H);
        assert.equal(hex(H32(...parts)), vector.H32);
        assert.equal(hex(Hs(...parts)), vector.Hs);
        assert.equal(hex(Hp(...parts)), vector.Hp);
    }
    for (const { n, be64: bytes } of framing.be64) {
        assert.equal(hex(be64(n)), bytes);
    }
});

test("base64 has one spelling", () => {
    for (const { bytes, text } of framing.base64.good) {
        assert.equal(base64(bytesOf(bytes)), text);
        assert.equal(hex(base64Decode(text)), bytes);
    }
    for (const text of framing.base64.bad) {
        assert.equal(reasonOf(() => base64Decode(text)), "base64", JSON.stringify(text));
    }
});

test("short codes, hidden fields, draw order, check digits and key ids are the vectors'", () => {
    for (const { hash, code } of framing.short_code) {
        assert.equal(shortCode(bytesOf(hash)), code);
        assert.ok(matchesShortCode(code.slice(0, 8).toLowerCase(), bytesOf(hash)));
        assert.ok(!matchesShortCode(code.slice(0, 7), bytesOf(hash)));
    }
    for (const { type, label, salt, value, field } of framing.hidden) {
        assert.equal(hidden(type, label, bytesOf(salt), value), field);
        assert.ok(isHiddenOpening(type, label, field, bytesOf(salt), value));
        assert.ok(!isHiddenOpening(type, label, field, bytesOf(salt), `${value}。`));
    }
    const { bytes, randoms, candidates, order } = framing.draw;
    assert.deepEqual(drawOrder(bytesOf(bytes), randoms.map(bytesOf), candidates), order);
    for (const { text, n, digits } of framing.check_digits) {
        assert.equal(checkDigits(sha256(text), bytesOf(n)), digits);
    }
    for (const vector of framing.key_id) {
        assert.equal(hex(keyId(vector.name, ED25519, bytesOf(vector.public))), vector.id);
    }
    for (const { M, id } of framing.ring_key_id) {
        assert.equal(hex(keyId("ring", RING, bytesOf(M))), id);
    }
});

test("a key code is shown, read back tolerantly and gives all keys", () => {
    for (const vector of codes.codes) {
        const code = bytesOf(vector.code);
        const keys = deriveKeys(code);
        assert.equal(keyCodePrint(code), vector.shown);
        assert.equal(hex(keyCodeParse(vector.shown)), vector.code);
        assert.equal(hex(keys.seed), vector.seed);
        assert.equal(hex(keys.signSeed), vector.sign_seed);
        assert.equal(hex(keys.sign.publicKey), vector.sign_public);
        assert.equal(hex(keys.boxSeed), vector.box_seed);
        assert.equal(hex(keys.box.publicKey), vector.box_public);
        assert.equal(hex(keys.box.privateKey), vector.box_secret);
        assert.equal(hex(keys.trustee), vector.trustee_secret);
    }
    for (const { typed, code } of codes.typed) {
        assert.equal(hex(keyCodeParse(typed)), code);
    }
});

test("refuses key codes that were mistyped", () => {
    for (const { typed, reason } of codes.bad) {
        assert.equal(reasonOf(() => keyCodeParse(typed)), reason, typed);
    }
});

test("refuses public keys of small order or in a second spelling", () => {
    for (const key of codes.bad_public_keys.sign) {
        assert.ok(!isSignKey(bytesOf(key)), key);
    }
    for (const key of codes.bad_public_keys.box) {
        assert.ok(!isBoxKey(bytesOf(key)), key);
    }
    assert.ok(isSignKey(bytesOf(codes.codes[0].sign_public)));
    assert.ok(isBoxKey(bytesOf(codes.codes[0].box_public)));
});

test("a device keeps the code under a passphrase and under no other", () => {
    const code = bytesOf(codes.codes[1].code);
    const wrapped = wrapSecret(code, "西泠印社八个汉字");
    assert.equal(wrapped.length, 72);
    assert.deepEqual(unwrapSecret(wrapped, "西泠印社八个汉字"), code);
    assert.equal(reasonOf(() => unwrapSecret(wrapped, "西泠印社八个字字")), "passphrase");
    assert.equal(reasonOf(() => wrapSecret(code, "seven77")), "passphrase");
});

test("ristretto255 is the RFC's", () => {
    const rfc = vectors("ristretto255");
    for (const encoding of rfc.must_reject_encodings) {
        assert.ok(!isCanonicalPoint(bytesOf(encoding)), encoding);
    }
    for (const { uniform, element } of rfc.hash_to_group) {
        assert.equal(hex(fromHash(bytesOf(uniform))), element);
    }
});

test("characters at the edges of every range", () => {
    for (const { code_point: code, allowed } of vectors("statement").characters) {
        const number = parseInt(code, 16);
        if (number >= 0xd800 && number <= 0xdfff) {
            continue;
        }
        const text = `a${String.fromCodePoint(number)}`;
        assert.equal(reasonOf(() => checkCharacters(text)), allowed ? "" : "character", code);
    }
});

test("what a person types is made of allowed characters before it is shown", () => {
    assert.equal(convert("\u3000甲\u00a0乙\t丙\u200b，Ａ（1）\uf900\r\n"), "甲 乙 丙，Ａ（1）豈");
    checkCharacters(convert("示例 – 甲•乙\u202e"));
});

test("times have one spelling", () => {
    assert.equal(printTime(parseTime("2026-11-22T16:00:00+08:00")), "2026-11-22T16:00:00+08:00");
    assert.equal(parseTime("1970-01-01T08:00:00+08:00"), 0);
    assert.equal(utf8("—").length, 3);
});

/* tests/audit/test_vkey.c has the same. */
test("prints of a log's key what people compare with a poster", () => {
    const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert.equal(keyFingerprint(key), "N0QJ 9H4C KVGG");
});
