/*
 * code.js - what people read out and type: short codes, key codes, ballot codes, check digits.
 *
 *   shortCode(hash)            26 Crockford characters of its first 16 bytes
 *   matchesShortCode(typed, hash)  8 or more typed characters, read tolerantly, begin its short code
 *   keyCodePrint(16 bytes)     "XVZ9-K9J6-…", keyCodeParse(typed) (code.length .character .check .padding)
 *   keyFingerprint(vkey text)  "M7TD 20QX 5KRE", what a poster prints of a log's key
 *   ballotCode(), isBallotCode(text)   u: 8 Crockford characters
 *   checkDigits(enrolHash, nonce)      12 digits that officer and person compare
 *
 * Protocol sections 2, 4 and 6.
 */
import { randomBytes, readBe64, utf8 } from "./bytes.js";
import { H, sha256 } from "./hash.js";
import { must } from "./refusal.js";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Check characters go on to 37. */
const CHECK = `${CROCKFORD}*~$=U`;

/** @param {Uint8Array} bytes most significant first, padded with zero bits */
function crockford(bytes) {
    let out = "";
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
        const pair = (bytes[bit >> 3] << 8) | (bytes[(bit >> 3) + 1] ?? 0);
        out += CROCKFORD[(pair >> (11 - (bit & 7))) & 31];
    }
    return out;
}

/** Without regard to case, spaces and hyphens; I and L are 1, O is 0. @param {string} typed */
function tidy(typed) {
    return typed
        .replace(/[\s-]/g, "")
        .toUpperCase()
        .replace(/[IL]/g, "1")
        .replace(/O/g, "0");
}

/** @param {Uint8Array} hash at least 16 bytes */
export function shortCode(hash) {
    return crockford(hash.slice(0, 16));
}

/**
 * What people compare with a poster; the twin of vkey_print_fingerprint.
 * @param {string} vkey as it is written
 */
export function keyFingerprint(vkey) {
    const code = shortCode(sha256(utf8(vkey)));
    return `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8, 12)}`;
}

/**
 * @param {string} typed
 * @param {Uint8Array} hash
 */
export function matchesShortCode(typed, hash) {
    const start = tidy(typed);
    return start.length >= 8 && shortCode(hash).startsWith(start);
}

/** The number that the characters spell, mod 37. @param {string} characters */
function checkValue(characters) {
    let value = 0;
    for (const character of characters) {
        value = (value * 32 + CROCKFORD.indexOf(character)) % 37;
    }
    return value;
}

/** @param {Uint8Array} code 16 bytes */
export function keyCodePrint(code) {
    const characters = crockford(code);
    const whole = characters + CHECK[checkValue(characters)];
    return /** @type {string[]} */ (whole.match(/.{1,4}/g)).join("-");
}

/** @param {string} typed */
export function keyCodeParse(typed) {
    const text = tidy(typed);
    must(text.length === 27, "code.length");
    const values = [...text.slice(0, 26)].map((character) => CROCKFORD.indexOf(character));
    const check = CHECK.indexOf(text[26]);
    must(check >= 0 && values.every((value) => value >= 0), "code.character");
    must(check === checkValue(text.slice(0, 26)), "code.check");
    must((values[25] & 3) === 0, "code.padding");
    const out = new Uint8Array(16);
    values.forEach((value, i) => {
        const at = i * 5;
        const shifted = value << (11 - (at & 7));
        out[at >> 3] |= shifted >> 8;
        if ((at >> 3) + 1 < 16) {
            out[(at >> 3) + 1] |= shifted & 255;
        }
    });
    return out;
}

/** @returns {string} */
export function ballotCode() {
    return crockford(randomBytes(5));
}

/** @param {string} text */
export function isBallotCode(text) {
    return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(text);
}

/**
 * @param {Uint8Array} enrolHash SHA-256 of the enrol text
 * @param {Uint8Array} nonce 16 bytes
 */
export function checkDigits(enrolHash, nonce) {
    const number = readBe64(H("xiling/v1 check", enrolHash, nonce)) % 1000000000000n;
    return number.toString().padStart(12, "0");
}
