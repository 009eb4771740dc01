/**
 * supplement.js - more material, where the office has asked for it: chosen, sealed, signed with the code's
 * own key, and sent.
 *
 *   supplementCard(model, done)   null while nothing is asked for
 */
import * as api from "../../api.js";
import { base64Decode, hex, hexDecode } from "../../lib/bytes.js";
import { draftSupplement, signAsObjector } from "../../lib/draft_objection.js";
import { keyOfNobody, sealPart } from "../../lib/seal_objection.js";
import { ANY } from "../../lib/sealed.js";
import { button, card, el, fill, progress } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { patienceNote } from "../../ui/patience.js";
import { act } from "../../ui/sign.js";
import { statementBlock } from "../../ui/statement.js";
import { serverNow, until } from "../../ui/time.js";
import { upload } from "../../ui/upload.js";
import { attachments, plainFiles } from "../object/attach.js";

/**
 * This page does not know whom the case is about. A handler reads who has declared no interest in it, or has
 * said nothing yet and has none in any organisation of the list; each other gives way to a key of nobody's.
 */
function readersOf({ handlers }, declared) {
    const said = new Map(declared.map(({ person, conflict }) => [person, conflict]));
    const mayRead = ({ person, conflicts }) => (said.has(person) ? !said.get(person) : conflicts.length === 0);
    return handlers.map((handler) => (mayRead(handler) ? base64Decode(handler.box) : keyOfNobody()));
}

async function sealAll(model, list) {
    const parts = [];
    for (const { blob } of plainFiles(list)) {
        parts.push(sealPart("附件", ANY, readersOf(model.notice, model.status.declared), new Uint8Array(await blob.arrayBuffer())));
    }
    return parts;
}

export function supplementCard(model, done) {
    const { status, pin } = model;
    if (status.state !== "补正") return null;
    const held = { files: [], save: async () => {} };
    const place = el("div", { class: "stack", "aria-live": "polite" });

    async function send(parts, text, tell) {
        await api.postEntry(signAsObjector(text, model.keys), { tell, waits: true });
        for (const { hash, document } of parts) {
            await upload(hex(hash), new Blob([document]), { tell: ({ sent, size }) => fill(place, progress(sent, size)) });
        }
        await done();
    }
    async function ready() {
        if (held.files.length === 0) return fill(place, el("p", { class: "said" }, icon("warn", "text"), " ", t("status.more.none")));
        const parts = await sealAll(model, held.files);
        const text = draftSupplement({ origin: pin.origin, hash: hexDecode(status.case), parts, time: serverNow() });
        const said = el("div", { "aria-live": "assertive" });
        const press = button("seal", t("status.more.sign"), () => act(press, said, t("sign.busy"), () => send(parts, text, patienceNote(said))), { icon: "pen" });
        return fill(place, statementBlock(text), said, press);
    }
    return card([el("h2", {}, t("status.more")), el("p", {}, t("status.more.body", { t: until(status.due) })), attachments(held, "files"), button("ink", t("status.more.ready"), ready), place], { kind: "needs" });
}
