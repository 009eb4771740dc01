/**
 * intake.js - what a file is that a stranger brings: by its first bytes, never by its name.
 *
 *   readFile(File) → { kind: "evidence", bytes } | { kind: "bundle", … } | { kind: "parts", texts }
 *                  | { kind: "image" | "file", bytes }, each with name and size
 *   openBundle(bytes) → { evidence, vkey: text or "", document: { name, bytes } or null }
 *   digest(bytes) → Promise of SHA-256
 */
import { utf8, utf8Decode } from "../../lib/bytes.js";
import { sha256 } from "../../lib/hash.js";
import { isPart } from "../../lib/parts.js";
import { must } from "../../lib/refusal.js";
import { isTar, readTar } from "../../lib/tar.js";

const EVIDENCE = utf8("xiling/evidence/");
const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47];
const PARTS_MAX = 1 << 20;

const begins = (bytes, first) => first.every((byte, i) => bytes[i] === byte);

function textOf(bytes) {
    try {
        return bytes.length <= PARTS_MAX ? utf8Decode(bytes) : "";
    } catch {
        return "";
    }
}

/** Lines that QR codes hold, saved as a text. */
function partsOf(bytes) {
    const lines = textOf(bytes).split(/\r?\n/).filter((line) => line !== "");
    return lines.length > 0 && lines.every(isPart) ? lines : null;
}

function kindOf(bytes) {
    if (begins(bytes, EVIDENCE)) return { kind: "evidence" };
    if (isTar(bytes)) return { kind: "bundle" };
    if (begins(bytes, JPEG) || begins(bytes, PNG)) return { kind: "image" };
    const texts = partsOf(bytes);
    return texts ? { kind: "parts", texts } : { kind: "file" };
}

export async function readFile(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { ...kindOf(bytes), name: file.name, size: bytes.length, bytes, file };
}

export function openBundle(bytes) {
    const files = readTar(bytes);
    const named = (pattern) => files.find(({ name }) => pattern.test(name)) ?? null;
    const evidence = named(/^[^/]+\/evidence\.txt$/);
    must(evidence !== null, "report_bundle.missing");
    const document = named(/^[^/]+\/document\.(pdf|jpg|png|txt)$/);
    const vkey = named(/^[^/]+\/log\.vkey$/);
    return { evidence: evidence.bytes, document, vkey: vkey === null ? "" : textOf(vkey.bytes).trim() };
}

/** The browser's own, where it gives it: it is faster and waits for nobody. */
export async function digest(bytes) {
    if (!globalThis.crypto?.subtle) return sha256(bytes);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
