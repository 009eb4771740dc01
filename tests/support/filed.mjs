// filed.mjs - what the page with scripts makes of an objection: filed(given, { values, files, seals }) → texts.
import { base64, hexDecode, utf8, utf8Decode } from "../../web/lib/bytes.js";
import { draftSupplement, signAsObjector } from "../../web/lib/draft_objection.js";
import { sha256 } from "../../web/lib/hash.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { documentReader } from "../../web/lib/document.js";
import { contentOf, filingText, identityOf } from "../../web/pages/object/seal.js";

const NAME_MOST = 80;
/** As web/pages/object/attach.js keeps a name. */
const tidyName = (name) => [...name.normalize("NFC").replace(/[\p{C}\p{Z}]+/gu, " ").trim()].slice(-NAME_MOST).join("") || "file";

function lineOf({ name, bytes }, i) {
  const held = hexDecode(bytes);
  const reader = documentReader();
  reader.add(held);
  return `${i + 1} ${base64(sha256(held))} ${held.length} ${reader.end().format} 原件 ${tidyName(name)}`;
}

/** Parts of made-up hashes: three pairs of keepers. */
function partsOf({ files, seals }) {
  const kinds = ["正文", ...Array(3).fill("身份"), ...files.map(() => "附件"), ...seals.flatMap(() => Array(3).fill("身份附件"))];
  return kinds.map((kind, i) => ({ kind, hash: sha256(utf8(`part ${i}`)), document: { length: 65964 + i } }));
}

export async function filed(given, one) {
  const keys = deriveKeys(hexDecode(given.code));
  const salt = hexDecode(given.salt);
  const notice = { id: given.notice, list: [{ organisation: one.values.subject, name: given.subject_name }] };
  const draft = { values: one.values };
  const room = { pin: { origin: given.origin }, notice, draft };
  const text = filingText(room, { keys, salt, parts: partsOf(one) }, new Date(given.time * 1000));
  const more = draftSupplement({ origin: given.origin, hash: sha256(utf8(text)), parts: partsOf(one).slice(-1), time: new Date(given.time * 1000) });
  return { more, content: contentOf(room, salt, one.files.map(lineOf)), identity: identityOf(draft, one.seals.map(lineOf)), text, note: utf8Decode(signAsObjector(text, keys)) };
}
