/**
 * hearing.js - the organisation's right of reply, on the office's side (rule C23).
 *
 *   summarising(context, case)        opens the objection, then: which words stay hidden, and the text that is released
 *   proposedCard(room, proposal)      what a second handler reads before signing: the summary or the report itself;
 *                                     null for other proposals
 *   hearingCards(room, case)          what was released, and the reply once it is there
 *   isHeardNow(case), findingsOf(case)   whether a report must wait, and what it can find
 */
import { base64, hex } from "../../lib/bytes.js";
import { keyCodePrint } from "../../lib/code.js";
import { draftSummary } from "../../lib/draft_case.js";
import { deriveKeys, keyCodeDraw } from "../../lib/keys.js";
import { CONTENT, REPLY, SUMMARY, isSummaryOf, readText, redact, summaryText } from "../../lib/objection_text.js";
import { replyTermOf, summaryReaders } from "../../lib/record_hearing.js";
import { bytes, number, parseText } from "../../lib/statement.js";
import { printTime } from "../../lib/text.js";
import { card, el, facts, fill, link, textButton } from "../../ui/dom.js";
import { makeForm, words } from "../../ui/form.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { explain } from "../../ui/refusal.js";
import { serverNow, until } from "../../ui/time.js";
import { upload } from "../../ui/upload.js";
import { acting } from "../review/acting.js";
import { opener } from "./opener.js";
import { serialOf } from "./scene.js";
import { readCase, readSealed, sealToOrganisation } from "./sealed.js";

const typed = (text) => el("pre", { class: "statement typed", lang: "zh" }, text);
const textOf = (held, label) => (held.get(label) ?? []).join("\n");

/** An objection that another program wrote may be no such text. */
function readContent(text) {
    try {
        return readText(text, CONTENT);
    } catch {
        throw explain("cases.summary.form");
    }
}

/** Whom the objection is about, and who represents that organisation now. */
function representativeOf({ scene }, content) {
    const organisation = scene.organisations.get(textOf(content, "对象"));
    const person = organisation && scene.people.get(organisation.representative);
    if (!person || person.revoked !== null) throw explain("cases.summary.nobody");
    return { organisation, person };
}

/* --- releasing --- */

export function summarising(room, held) {
    const work = async (passphrase) => {
        const content = readContent((await readCase(room.desk.person, passphrase, held)).content);
        room.open(releasing(room, held, content, representativeOf(room, content)));
    };
    return () => [el("h1", {}, t("act.case.summary")), room.desk.identity(), el("p", {}, t("cases.summary.body")),
        opener(serialOf(held), t("cases.content.body"), t("cases.content.open"), work), textButton(t("do.back"), room.goHome)];
}

const wordsIn = (made) => made.raw("words").split("\n").map((word) => word.trim()).filter(Boolean);

function summaryForm(held, content, { organisation, person }) {
    return (name) => {
        const preview = el("div", { class: "stack", "aria-live": "polite" });
        const made = makeForm(name, [el("p", {}, t("cases.summary.to", { name: organisation.name, person: person.id })),
            ["words", words({ rows: 5 }), { label: t("cases.summary.words"), hint: t("cases.summary.words.hint") }], el("p", { class: "label" }, t("cases.summary.preview")), preview], { title: serialOf(held) });
        const draw = () => fill(preview, ["理由", "事实", "请求"].map((label) => [el("p", { class: "small" }, t(`cases.summary.${label}`)), typed(redact(textOf(content, label), wordsIn(made)))]));
        made.onRefresh(draw);
        draw();
        return made;
    };
}

/** One code for this view: the same words are sealed once, so that what is signed names the bytes that follow. */
function sealing({ scene }, held, content, person) {
    const code = keyCodeDraw();
    const key = deriveKeys(code).sign.publicKey;
    const readers = summaryReaders(scene.state.notices.get(held.notice));
    let last = { text: null, sealed: null };
    return (hidden, due) => {
        const text = summaryText(content, { case: base64(held.hash), words: hidden, due: printTime(due), code: keyCodePrint(code) });
        if (last.text !== text) last = { text, sealed: sealToOrganisation(held, scene.people, person, readers, new TextEncoder().encode(text)) };
        return { ...last.sealed, key };
    };
}

function releasing(room, held, content, told) {
    const { desk, scene } = room;
    const seal = sealing(room, held, content, told.person);
    let sealed = null;
    const text = (made) => {
        const due = replyTermOf(scene.state, held, Math.floor(serverNow().getTime() / 1000));
        sealed = seal(wordsIn(made), due);
        return draftSummary(desk.pin.origin, { hash: held.hash, summary: sealed.hash, size: sealed.document.length, key: sealed.key, due: new Date(due * 1000) });
    };
    return acting(room, "case.summary", { key: held.id, form: summaryForm(held, content, told), text, beside: () => upload(hex(sealed.hash), new Blob([sealed.document])) });
}

/* --- what the second handler reads before signing --- */

const PROPOSED = { "case.summary": "摘要", "case.report": "文件" };

function comparison(summary, content) {
    const same = isSummaryOf(readText(summary, SUMMARY), readContent(content));
    return same ? el("p", { class: "is-done" }, icon("check", "text"), " ", t("cases.summary.same")) : el("p", { class: "note wait" }, icon("warn", "text"), " ", t("cases.summary.differs"));
}

/** The code is the organisation's: nobody here needs to see it. */
const withoutCode = (text) => text.replace(/陈述码: .*/, `陈述码: ${t("cases.summary.code")}`);

export function proposedCard(room, { type, text }) {
    if (!(type in PROPOSED)) return null;
    const statement = parseText(text);
    const held = room.caseOf(hex(bytes(statement, "案件")));
    const file = { hash: hex(bytes(statement, PROPOSED[type])), size: number(statement, "大小") };
    if (!held) return null;
    return opener(t("cases.proposed"), t(`cases.proposed.${type}`), t("cases.proposed.open"), async (passphrase) => {
        const read = await readSealed(room.desk.person, passphrase, file);
        if (type === "case.report") return link(t("cases.proposed.save"), URL.createObjectURL(new Blob([read])), "quiet", { icon: "save", download: `${serialOf(held)}.pdf` });
        const summary = new TextDecoder().decode(read);
        const { content } = await readCase(room.desk.person, passphrase, held);
        return [comparison(summary, content), typed(withoutCode(summary))];
    }, t("cases.proposed.pass"));
}

/* --- what stands --- */

export function hearingCards({ desk }, held) {
    const { hearing } = held;
    if (!hearing) return null;
    const reply = hearing.replied;
    const over = !reply && hearing.due * 1000 < serverNow().getTime();
    return [card([el("h2", {}, t("cases.hearing")), facts([[t("cases.hearing.told"), link(t("status.entry", { n: hearing.index }), `log.html#${hearing.index}`)], [t("cases.hearing.due"), until(hearing.due * 1000)],
        [t("cases.hearing.reply"), reply ? link(t("status.entry", { n: reply.index }), `log.html#${reply.index}`) : t(over ? "cases.hearing.none" : "cases.hearing.wait")]])]),
    opener(t("cases.hearing.summary"), t("cases.content.body"), t("cases.hearing.summary.open"), async (passphrase) =>
        typed(withoutCode(new TextDecoder().decode(await readSealed(desk.person, passphrase, { hash: hearing.summary, size: hearing.size }))))),
    reply && opener(t("cases.hearing.read"), t("cases.hearing.read.body"), t("cases.hearing.read.open"), async (passphrase) =>
        typed(textOf(readText(new TextDecoder().decode(await readSealed(desk.person, passphrase, reply)), REPLY), "正文")))];
}

/** The reply is awaited, and its term runs. */
export const isHeardNow = ({ hearing }) => Boolean(hearing && !hearing.replied && hearing.due * 1000 >= serverNow().getTime());
/** Nothing is upheld of which the organisation was told nothing. */
export const findingsOf = ({ hearing }) => (hearing ? ["成立", "部分成立", "不成立"] : ["不成立"]);
