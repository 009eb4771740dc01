/**
 * forms.js - the acts of a case.
 *
 *   declaring, assigning, joining, verifying, answering, reporting, opening, erasing (context, case) → view
 */
import { base64, hex, hexDecode } from "../../lib/bytes.js";
import * as draft from "../../lib/draft_case.js";
import { answerText } from "../../lib/objection_text.js";
import { el, input } from "../../ui/dom.js";
import { makeForm, radios, wanting, words } from "../../ui/form.js";
import { t } from "../../ui/language.js";
import { filePicker, fileRow, sizeText, upload } from "../../ui/upload.js";
import { acting } from "../review/acting.js";
import { readPicked, readReason, reasonRow } from "../review/forms.js";
import { findingsOf } from "./hearing.js";
import { mayAct, serialOf } from "./scene.js";
import { sealToHandlers, sealToObjector } from "./sealed.js";

const act = (context, type, held, rest) => acting(context, type, { key: held.id, title: `act.${type}`, ...rest });
const formOf = (held, rows) => (name) => makeForm(name, rows, { title: serialOf(held) });
const people = ({ desk }, ids) => ids.map((id) => ({ value: id, label: desk.nameOf(id) }));
const free = (held) => held.handlers.filter((id) => mayAct(held, id));
const send = ({ hash, document }) => upload(hex(hash), new Blob([document]));

export function declaring(context, held) {
    const { desk } = context;
    const form = formOf(held, [el("p", {}, t("cases.declare.body")), ["interest", radios("interest", t("cases.interest"), [{ value: "无", label: t("cases.interest.no") }, { value: "有", label: t("cases.interest.yes") }]
        .filter(({ value }) => held.declared.get(desk.person) === undefined || (value === "有" && held.declared.get(desk.person) === false))), { field: "利益关系" }]]);
    const text = (made) => draft.draftDeclareCase(desk.pin.origin, { hash: held.hash, person: desk.person, interest: readPicked(made, "interest", "cases.interest.none") });
    return act(context, "case.declare", held, { form, text, single: true });
}

export function assigning(context, held) {
    const form = formOf(held, [["person", radios("person", t("cases.assign.whom"), people(context, free(held))), { field: "承办人" }]]);
    const text = (made) => draft.draftAssign(context.desk.pin.origin, { hash: held.hash, person: readPicked(made, "person", "cases.assign.none") });
    return act(context, "case.assign", held, { form, text, single: true });
}

export function joining(context, held) {
    const others = context.scene.cases.filter((one) => one.notice === held.notice && one.id !== held.id && one.joined === "" && !one.closed);
    const form = formOf(held, [el("p", {}, t("cases.join.body")), ["main", radios("main", t("cases.join.whom"), others.map((one) => ({ value: one.id, label: serialOf(one) }))), { field: "并入" }]]);
    const text = (made) => draft.draftJoin(context.desk.pin.origin, { hash: held.hash, main: hexDecode(readPicked(made, "main", "cases.join.none")) });
    return act(context, "case.join", held, { form, text, single: true });
}

export function verifying(context, held) {
    const form = formOf(held, [["how", radios("how", t("cases.verify.how"), ["已联系", "窗口核验", "统一认证"].map((value) => ({ value, label: t(`verify.${value}`) }))), { field: "核验" }]]);
    const text = (made) => draft.draftVerify(context.desk.pin.origin, { hash: held.hash, how: readPicked(made, "how", "cases.verify.none") });
    return act(context, "case.verify", held, { form, text, single: true });
}

export function erasing(context, held) {
    const form = formOf(held, [el("p", {}, t("cases.erase.body"))]);
    return act(context, "identity.erase", held, { form, text: () => draft.draftErase(context.desk.pin.origin, { hash: held.hash }) });
}

/* --- the keepers --- */

export function opening(context, held) {
    const form = formOf(held, [el("p", {}, t("cases.open.body")), ["reader", radios("reader", t("cases.open.whom"), people(context, free(held))), { field: "交给" }],
        free(held).length === 0 && el("p", { class: "note wait" }, t("cases.open.nobody")), reasonRow(t("cases.open.reason"))].filter(Boolean));
    const text = (made, hide) => draft.draftOpenIdentity(context.desk.pin.origin, { hash: held.hash, reader: readPicked(made, "reader", "cases.open.none"), reason: hide("理由", readReason(made)) });
    return act(context, "identity.open", held, { form, text });
}

/* --- what is sealed to the objector, or to the handlers --- */

/** Sealed once for the same words: what is signed names the very bytes that follow. */
function once(seal) {
    let last = { words: null, sealed: null };
    return (wanted) => {
        if (last.words !== wanted) last = { words: wanted, sealed: seal(wanted) };
        return last.sealed;
    };
}

const BASES = ["匿名", "逾期", "与评审无关", "无书面材料", "重复"];

export function answering(context, held) {
    const main = held.joined === "" ? null : context.scene.cases.find(({ id }) => id === held.joined);
    const states = draft.answersOf(held, main);
    const form = formOf(held, [["state", radios("state", t("cases.answer.state"), states.map((value) => ({ value, label: t(`case.${value}`) })), states.length === 1 ? states : []), { field: "状态" }],
        ["basis", input({ lang: "zh", placeholder: BASES.join("、") }), { label: t("cases.answer.basis"), hint: t("cases.answer.basis.hint"), field: "依据" }],
        ["words", words({ rows: 6 }), { label: t("cases.answer.words"), hint: t("cases.answer.words.hint"), field: "答复" }]]);
    const seal = once((wanted) => sealToObjector(held, new TextEncoder().encode(wanted)));
    let sealed = null;
    const text = (made) => {
        const state = readPicked(made, "state", "cases.answer.state.none");
        const basis = made.read("basis").trim() || "-";
        const body = made.raw("words").trim();
        if (body === "") throw wanting("cases.answer.none");
        if ((state === "不予受理" || state === "延期") && basis === "-") throw wanting("cases.answer.basis.none");
        sealed = seal(answerText({ case: base64(held.hash), state, basis, words: body }));
        return draft.draftAnswer(context.desk.pin.origin, { hash: held.hash, state, basis, answer: sealed.hash, size: sealed.document.length });
    };
    return act(context, "objection.answer", held, { form, text, single: true, done: () => send(sealed) });
}

export function reporting(context, held) {
    const { desk, scene } = context;
    const file = { bytes: null };
    const seal = once((bytes) => sealToHandlers(held, scene.people, bytes));
    let sealed = null;
    const form = (name) => {
        const row = fileRow();
        const choose = async (chosen) => {
            file.bytes = new Uint8Array(await chosen.arrayBuffer());
            row.show({ name: chosen.name, size: chosen.size, done: 1, total: 1, kind: "done", words: t("cases.report.sealed", { size: sizeText(chosen.size) }) });
            made.dispatchEvent(new Event("input", { bubbles: true }));
        };
        const made = makeForm(name, [["finding", radios("finding", t("cases.finding"), findingsOf(held).map((value) => ({ value, label: t(`case.${value}`) }))), { field: "结论" }], !held.hearing && el("p", { class: "note" }, t("cases.unheard")),
            filePicker(t("cases.report.file"), t("cases.report.hint"), choose), row], { title: serialOf(held) });
        return made;
    };
    const text = (made) => {
        const finding = readPicked(made, "finding", "cases.finding.none");
        if (!file.bytes) throw wanting("cases.report.none");
        sealed = seal(file.bytes);
        return draft.draftReport(desk.pin.origin, { hash: held.hash, finding, file: sealed.hash, size: sealed.document.length });
    };
    return act(context, "case.report", held, { form, text, beside: () => send(sealed) });
}
