/*
 * strip_image.js - a photograph without what the camera wrote into it: place, time, model.
 *
 *   stripImage(bytes) -> { bytes, removed: [names] } or null if it is neither JPEG nor PNG, or broken
 *
 * JPEG (ITU T.81 annex B): segments APP0…APP15 and COM go, but for JFIF, the colour profile and
 * Adobe's colour transform, without which colours change; whatever follows the image's end goes too.
 * PNG (W3C PNG 3): the chunks tEXt, zTXt, iTXt, eXIf and tIME. No pixel is touched.
 */
import { concat, utf8 } from "./bytes.js";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_DROPPED = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME"];

/** @typedef {{ bytes: Uint8Array, removed: string[] }} Stripped */

/** @param {Uint8Array} bytes @param {string} word @param {number} at */
const begins = (bytes, word, at) => utf8(word).every((byte, i) => bytes[at + i] === byte);

/** @param {Uint8Array} bytes @param {number} marker @param {number} at where its content begins */
function isColour(bytes, marker, at) {
    return (
        (marker === 0xe0 && begins(bytes, "JFIF\0", at)) ||
        (marker === 0xe2 && begins(bytes, "ICC_PROFILE\0", at)) ||
        (marker === 0xee && begins(bytes, "Adobe", at))
    );
}

/** @param {Uint8Array} bytes @param {number} marker @param {number} at */
function nameOf(bytes, marker, at) {
    if (marker === COM) {
        return "COM";
    }
    const end = bytes.indexOf(0, at);
    const name = String.fromCharCode(...bytes.slice(at, Math.min(end, at + 28)));
    return /^[\x20-\x7e]{2,}$/.test(name) ? name : `APP${marker - 0xe0}`;
}

/** The end of a scan: the next marker that is no stuffed byte and no restart. @param {Uint8Array} bytes @param {number} at */
function scanEnd(bytes, at) {
    let end = bytes.indexOf(0xff, at);
    while (end >= 0 && (bytes[end + 1] === 0 || bytes[end + 1] === 0xff || (bytes[end + 1] >= 0xd0 && bytes[end + 1] <= 0xd7))) {
        end = bytes.indexOf(0xff, end + 1);
    }
    return end;
}

/** One segment at `at`: where it ends, and what it is. @param {Uint8Array} bytes @param {number} at */
function segmentAt(bytes, at) {
    if (bytes[at] !== 0xff || at + 4 > bytes.length) {
        return null;
    }
    const marker = bytes[at + 1];
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    const whole = marker === SOS ? scanEnd(bytes, end) : end;
    return whole > at + 3 && whole <= bytes.length ? { marker, end: whole } : null;
}

/** @param {Uint8Array} bytes @returns {Stripped | null} */
function stripJpeg(bytes) {
    const kept = [bytes.subarray(0, 2)];
    const removed = [];
    let at = 2;
    while (bytes[at] === 0xff && bytes[at + 1] !== EOI) {
        const segment = segmentAt(bytes, at);
        if (!segment) {
            return null;
        }
        const { marker, end } = segment;
        const isTold = marker === COM || (marker >= 0xe0 && marker <= 0xef);
        if (isTold && !isColour(bytes, marker, at + 4)) {
            removed.push(nameOf(bytes, marker, at + 4));
        } else {
            kept.push(bytes.subarray(at, end));
        }
        at = end;
    }
    if (bytes[at + 1] !== EOI) {
        return null;
    }
    if (at + 2 < bytes.length) {
        removed.push("EOI");
    }
    return { bytes: concat(...kept, bytes.subarray(at, at + 2)), removed };
}

/** @param {Uint8Array} bytes @returns {Stripped | null} */
function stripPng(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const kept = [bytes.subarray(0, 8)];
    const removed = [];
    for (let at = 8, name = ""; name !== "IEND"; ) {
        const end = at + 12 > bytes.length ? bytes.length + 1 : at + 12 + view.getUint32(at);
        if (end > bytes.length) {
            return null;
        }
        name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
        (PNG_DROPPED.includes(name) ? removed : kept).push(PNG_DROPPED.includes(name) ? name : bytes.subarray(at, end));
        at = end;
    }
    return { bytes: concat(.../** @type {Uint8Array[]} */ (kept)), removed: /** @type {string[]} */ (removed) };
}

/** @param {Uint8Array} bytes @returns {Stripped | null} */
export function stripImage(bytes) {
    if (bytes[0] === 0xff && bytes[1] === SOI) {
        return stripJpeg(bytes);
    }
    return PNG_HEAD.every((byte, i) => bytes[i] === byte) ? stripPng(bytes) : null;
}
