/**
 * seal.js - a finished draft sealed on this device, and the text that names the sealed parts.
 *
 *   sealDraft(room, tell)  → sealed { code, keys, salt, parts }     tell(done, total) after each part
 *   filingText(room, sealed, time)      the exact statement
 *   contentOf(room), identityOf(draft)  the texts that are sealed, as they are read
 */
import { base64, randomBytes } from "../../lib/bytes.js";
import { draftFiling } from "../../lib/draft_objection.js";
import { sha256 } from "../../lib/hash.js";
import { tidy } from "../../lib/id_number.js";
import { deriveKeys, keyCodeDraw } from "../../lib/keys.js";
import { contentText, identityText } from "../../lib/objection_text.js";
import { pairsOf, readersOf, sealPart } from "../../lib/seal_objection.js";
import { ANY, BOTH } from "../../lib/sealed.js";
import { breathe } from "../../ui/signer.js";
import { plainFiles } from "./attach.js";

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());
const lineOf = (n, { name, format, size, copy }, hash) => `${n} ${base64(hash)} ${size} ${format} ${copy ? "副本" : "原件"} ${name}`;

/** What is said of each file, before it is sealed. */
async function describe(files) {
    const lines = [];
    for (const file of files) lines.push(lineOf(lines.length + 1, file, sha256(await bytesOf(file.blob))));
    return lines;
}

export function contentOf({ notice, draft }, salt, files) {
    const { values } = draft;
    const { name } = notice.list.find(({ organisation }) => organisation === values.subject);
    return contentText({ notice: notice.id, subject: values.subject, salt: base64(salt), name, kind: values.kind, ground: values.ground,
        facts: values.facts.trim(), request: values.request.trim(), files, disclosure: values.disclosure });
}

export function identityOf({ values }, files) {
    const document = [["证件类型", values.type], ["证件号码", tidy(values.number)], ["电话", values.phone.trim()]];
    const who = values.kind === "单位"
        ? [["单位名称", values.unit.trim()], ["统一社会信用代码", tidy(values.uscc)], ["法定代表人", values.legal.trim()], ["代理人", values.agent.trim()]]
        : [["姓名", values.name.trim()]];
    return identityText([["类别", values.kind], ...who, ...document, ...files.map((line) => ["附件", line])]);
}

export async function sealDraft(room, tell = () => {}) {
    const { notice, draft } = room;
    const { subject, kind } = draft.values;
    const code = keyCodeDraw();
    const salt = randomBytes(32);
    const files = plainFiles(draft.files);
    const idFiles = kind === "单位" ? plainFiles(draft.idFiles) : [];
    const encoder = new TextEncoder();
    const content = encoder.encode(contentOf(room, salt, await describe(files)));
    const identity = encoder.encode(identityOf(draft, await describe(idFiles)));
    const pairs = pairsOf(notice.keepers);
    const readers = () => readersOf(notice, subject);
    const plan = [["正文", ANY, readers(), content], ...pairs.map((pair) => ["身份", BOTH, pair, identity]),
        ...files.map(({ blob }) => ["附件", ANY, readers(), blob]), ...idFiles.flatMap(({ blob }) => pairs.map((pair) => ["身份附件", BOTH, pair, blob]))];
    const parts = [];
    for (const [name, suite, keys, plain] of plan) {
        parts.push(sealPart(name, suite, keys, plain instanceof Blob ? await bytesOf(plain) : plain));
        tell(parts.length, plan.length);
        await breathe();
    }
    return { code, keys: deriveKeys(code), salt, parts };
}

export function filingText({ pin, notice, draft }, { keys, salt, parts }, time) {
    return draftFiling({ origin: pin.origin, notice: notice.id, subject: draft.values.subject, salt, keys, parts, time });
}
