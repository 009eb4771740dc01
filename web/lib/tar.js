/*
 * tar.js - the names and bytes of the plain files in an ustar archive (POSIX.1-2017, pax, "ustar").
 *
 *   readTar(bytes) -> [{ name, bytes }]     tar.form
 *   isTar(bytes)
 *
 * What is no plain file is passed over. Nothing is written anywhere, so names are only names.
 */
import { utf8Decode } from "./bytes.js";
import { Refusal, must, refuse } from "./refusal.js";

const BLOCK = 512;
const MAGIC = "ustar";
/** Where the fields of a header stand: [from, bytes]. @type {Record<string, [number, number]>} */
const PLACE = { name: [0, 100], size: [124, 12], checksum: [148, 8], magic: [257, 5], prefix: [345, 155] };
const TYPE = 156;
/** "0", or NUL as before 1988. */
const PLAIN = [0x30, 0];

/** @param {Uint8Array} header @param {string} field */
function text(header, field) {
    const [from, size] = PLACE[field];
    const held = header.subarray(from, from + size);
    const end = held.indexOf(0);
    try {
        return utf8Decode(end < 0 ? held : held.subarray(0, end));
    } catch (error) {
        if (error instanceof Refusal) {
            refuse("tar.form");
        }
        throw error;
    }
}

/** Octal digits, ended by NUL or space. @param {Uint8Array} header @param {string} field */
function octal(header, field) {
    const digits = /^ *([0-7]+) *$/.exec(text(header, field));
    must(digits !== null, "tar.form");
    return parseInt(digits[1], 8);
}

/** All bytes of the header, its own sum counted as spaces. @param {Uint8Array} header */
function sumOf(header) {
    const [from, size] = PLACE.checksum;
    return header.reduce((sum, byte, i) => sum + (i >= from && i < from + size ? 0x20 : byte), 0);
}

/** @param {Uint8Array} bytes */
export function isTar(bytes) {
    const [from, size] = PLACE.magic;
    return new TextDecoder("latin1").decode(bytes.subarray(from, from + size)) === MAGIC;
}

/** @param {Uint8Array} bytes @param {number} at */
function readHeader(bytes, at) {
    const header = bytes.subarray(at, at + BLOCK);
    must(header.length === BLOCK && isTar(header), "tar.form");
    must(octal(header, "checksum") === sumOf(header), "tar.form");
    const [prefix, name] = [text(header, "prefix"), text(header, "name")];
    return {
        name: prefix === "" ? name : `${prefix}/${name}`,
        size: octal(header, "size"),
        plain: PLAIN.includes(header[TYPE]),
    };
}

/** @param {Uint8Array} bytes */
export function readTar(bytes) {
    const files = [];
    let at = 0;
    while (at < bytes.length && bytes[at] !== 0) {
        const { name, size, plain } = readHeader(bytes, at);
        const from = at + BLOCK;
        must(from + size <= bytes.length, "tar.form");
        if (plain) {
            files.push({ name, bytes: bytes.slice(from, from + size) });
        }
        at = from + Math.ceil(size / BLOCK) * BLOCK;
    }
    return files;
}
