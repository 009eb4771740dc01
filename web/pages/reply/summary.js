/**
 * summary.js - one summary: opened, read, replied to; and a reply that was signed but not sent whole.
 *
 *   summaryView(room, summary), resuming(room, summary)   summary: a row of GET /api/summaries, kept: of this device
 *   keptName(case)      under which name a signed reply waits on this device until it is sent
 */
import * as api from "../../api.js";
import { base64, equal, hex } from "../../lib/bytes.js";
import { keyCodeParse } from "../../lib/code.js";
import { draftReply, signAsRespondent } from "../../lib/draft_case.js";
import { deriveKeys } from "../../lib/keys.js";
import { SUMMARY, readText, replyText } from "../../lib/objection_text.js";
import { button, card, el, facts, fill, textButton } from "../../ui/dom.js";
import { makeForm, words } from "../../ui/form.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { verifyReceipt } from "../../ui/log.js";
import { explain } from "../../ui/refusal.js";
import { act } from "../../ui/sign.js";
import { verifiedBanner } from "../../ui/state.js";
import { statementBlock } from "../../ui/statement.js";
import { eraseNote, saveNote } from "../../ui/store.js";
import { serverNow, until } from "../../ui/time.js";
import { upload } from "../../ui/upload.js";
import { opener } from "../cases/opener.js";
import { serialOf } from "../cases/scene.js";
import { readSealed, sealToHandlers } from "../cases/sealed.js";

export const keptName = (hash) => `reply ${hash}`;

/** The code must give the very key that the log names: nothing else signs here. */
function readSummary(bytes, held) {
    try {
        const text = readText(new TextDecoder().decode(bytes), SUMMARY);
        const keys = deriveKeys(keyCodeParse(text.get("陈述码").join("")));
        if (equal(keys.sign.publicKey, held.hearing.replyKey)) return { text, keys };
    } catch {
        // said below
    }
    throw explain("reply.form");
}

export function summaryView(room, one) {
    const held = room.caseOf(one.case);
    const work = async (passphrase) => {
        const opened = readSummary(await readSealed(room.desk.person, passphrase, one), held);
        room.open(replyView(room, one, held, opened));
    };
    return () => [el("h1", {}, t("reply.case", { s: serialOf(one) })), room.desk.identity(), opener(t("reply.key"), t("reply.key.body"), t("reply.open"), work), textButton(t("do.back"), room.goHome)];
}

const said = (text, label) => el("div", { class: "typed", lang: "zh" }, (text.get(label) ?? []).join("\n"));

function saidCard({ due }, { text }) {
    return card([el("h2", {}, t("reply.said")), facts([...["理由", "事实", "请求"].map((label) => [t(`reply.${label}`), said(text, label)]), [t("reply.due"), until(due)]]),
        el("p", { class: "small" }, icon("lock", "text"), " ", t("reply.said.body"))]);
}

function replyView(room, one, held, opened) {
    return () => [el("h1", {}, t("reply.case", { s: serialOf(one) })), room.desk.identity(), saidCard(one, opened), one.state === "todo" && !one.kept && writing(room, held, opened), textButton(t("do.back"), room.goHome)];
}

/** Written, sealed, shown as it will be signed; what is typed stays in this tab until it is. */
function writing(room, held, { keys }) {
    const place = el("div", { class: "stack", "aria-live": "polite" });
    const form = makeForm(`case.reply ${held.id}`, [["words", words({ rows: 8 }), { label: t("reply.words"), hint: t("reply.words.hint") }]], { title: t("reply.yours") });
    form.onRefresh(() => fill(place));
    const ready = () => {
        const body = form.raw("words").trim();
        if (body === "") return fill(place, el("p", { class: "said" }, icon("warn", "text"), " ", t("reply.words.none")));
        const sealed = sealToHandlers(held, room.scene.people, new TextEncoder().encode(replyText({ case: base64(held.hash), words: body })));
        const text = draftReply(room.desk.pin.origin, { hash: held.hash, reply: sealed.hash, size: sealed.document.length, time: serverNow() });
        const failed = el("div", { "aria-live": "assertive" });
        const press = button("seal", t("reply.sign"), () => act(press, failed, t("sign.busy"), () => submit(room, held, form, { text, note: signAsRespondent(text, keys), hash: hex(sealed.hash), bytes: new Blob([sealed.document]) })), { icon: "pen" });
        return fill(place, statementBlock(text), el("p", { class: "small" }, t("reply.sign.note")), failed, press);
    };
    return el("section", { class: "stack" }, form, button("ink", t("reply.ready"), ready), place);
}

/** Kept before the first byte leaves: a lost connection loses nothing. A refused text is not kept. */
async function submit(room, held, form, reply) {
    await saveNote(keptName(held.id), reply);
    try {
        await deliver(room, held.id, reply);
        form.forget();
    } catch (error) {
        if (!error.lost && error.status < 500) await eraseNote(keptName(held.id));
        throw error;
    }
}

/** The same text twice gets the same receipt, so this may be tried as often as one likes. */
async function deliver(room, id, { text, note, hash, bytes }) {
    const { receipt } = await api.postEntry(note);
    const proof = verifyReceipt(room.desk.pin, receipt, text);
    await upload(hash, bytes);
    await eraseNote(keptName(id));
    room.settle();
    room.open(() => [el("h1", {}, t("reply.title")), verifiedBanner(proof, t("reply.done"), t("reply.done.body", { n: proof.index })), statementBlock(text, { signed: false, title: t("sign.signed") }),
        textButton(t("together.on"), room.goHome)]);
}

export function resuming(room, { case: id, kept }) {
    const place = el("div", { "aria-live": "assertive" });
    const press = button("ink", t("reply.rest.go"), () => act(press, place, t("sign.busy"), () => deliver(room, id, kept)));
    return () => [el("h1", {}, t("reply.rest")), room.desk.identity(), el("p", {}, t("reply.rest.body")), statementBlock(kept.text), place, press, textButton(t("do.back"), room.goHome)];
}
