/**
 * qrtext.js - every text that a QR code of ours holds, written and read in one place.
 *
 *   printQr.list(M, address)          清单 on the wall and on the meeting sheet
 *   printQr.code(u)                   附码 shown by the second device
 *   printQr.fingerprint({ F, M, address })      shown by the booth before cast or challenge
 *   printQr.opening({ M, K, seed, grades, address })   shown by the booth after a challenge
 *   printQr.nonce(n)                  16 bytes, shown by the officer at the confirmation in person
 *   readQr(text) → { kind: "list" | "code" | …, … } or null
 *
 * Bytes are base64url without padding; grades are digits; address is the service's, "https://host".
 */
const WORDS = { list: "xiling:list:", code: "xiling:code:", fingerprint: "xiling:fingerprint:", opening: "xiling:opening:", nonce: "xiling:nonce:" };

function encode(bytes) {
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function decode(text, size) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(plain, (character) => character.charCodeAt(0));
    if (bytes.length !== size || encode(bytes) !== text) throw new Error("qr.bytes");
    return bytes;
}

function address(text) {
    if (text === "") return "";
    const url = new URL(text);
    if (url.protocol !== "https:" && url.protocol !== "http:") throw new Error("qr.address");
    return url.origin;
}

export const printQr = {
    list: (M, from) => `${WORDS.list}${encode(M)}.${from}`,
    code: (u) => WORDS.code + u,
    fingerprint: ({ F, M, address: from }) => `${WORDS.fingerprint}${encode(F)}.${encode(M)}.${from}`,
    opening: ({ M, K, seed, grades, address: from }) =>
        `${WORDS.opening}${encode(M)}.${encode(K)}.${encode(seed)}.${[...grades].join("")}.${from}`,
    nonce: (n) => WORDS.nonce + encode(n),
};

function take(text, count) {
    const parts = text.split(".");
    return [...parts.slice(0, count), parts.slice(count).join(".")];
}

const READERS = {
    list(rest) {
        const [M, from] = take(rest, 1);
        return { M: decode(M, 32), address: address(from) };
    },
    code(rest) {
        if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(rest)) throw new Error("qr.code");
        return { u: rest };
    },
    fingerprint(rest) {
        const [F, M, from] = take(rest, 2);
        return { F: decode(F, 32), M: decode(M, 32), address: address(from) };
    },
    opening(rest) {
        const [M, K, seed, grades, from] = take(rest, 4);
        if (!/^[0-3]+$/.test(grades)) throw new Error("qr.grades");
        return { M: decode(M, 32), K: decode(K, 32), seed: decode(seed, 32), grades: Uint8Array.from(grades, Number), address: address(from) };
    },
    nonce: (rest) => ({ n: decode(rest, 16) }),
};

export function readQr(text) {
    const kind = Object.keys(WORDS).find((word) => text.startsWith(WORDS[word]));
    if (!kind) return null;
    try {
        return { kind, ...READERS[kind](text.slice(WORDS[kind].length)) };
    } catch {
        return null;
    }
}
