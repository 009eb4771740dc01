/**
 * object.js - an objection under one's real name, in five steps, on a phone. The address names the notice
 * and, from a poster about one organisation, that organisation: #<notice>[.<organisation>].
 *
 * What is typed stays on this device until it is sealed here; the statement goes first, for its receipt
 * at once, and the sealed parts follow (docs/protocol.md section 8).
 */
import words from "../i18n/objection.js";
import * as api from "../api.js";
import { base64Decode } from "../lib/bytes.js";
import { deriveKeys } from "../lib/keys.js";
import { button, el, fill, link, progress } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { openReceipt } from "../ui/log.js";
import { patienceNote } from "../ui/patience.js";
import { explain, refusal } from "../ui/refusal.js";
import { act } from "../ui/sign.js";
import { pinService } from "../ui/signer.js";
import { banner } from "../ui/state.js";
import { statementBlock } from "../ui/statement.js";
import { stepper } from "../ui/stepper.js";
import { clock, moment, remaining, serverNow, until } from "../ui/time.js";
import { eraseFiled, openDraft, readFiled } from "./object/draft.js";
import { openSecond, receiptView } from "./object/receipt.js";
import { filingText, sealDraft } from "./object/seal.js";
import { Sending, askOwn, commit, fileObjection } from "./object/send.js";
import { STEPS } from "./object/steps.js";

const EVERY = 2000;
const FRESH = 120;
const LAST = STEPS.length + 1;
const page = openPage({ title: "obj.title", table: words });
const room = { page, pin: null, notice: null, draft: null, fields: new Map(), sealed: null, text: "", filed: null, proof: null, second: null, status: null, sending: null, clear: null };

/* --- the five steps --- */

function term() {
    const { notice } = room;
    if (notice.state === "upcoming") return banner("wait", t("obj.early.word"), t("obj.early.body", { t: moment(notice.start) }));
    if (notice.state !== "open") return el("p", { class: "note wait" }, icon("warn", "text"), " ", t("obj.over", { t: until(notice.end) }));
    return el("p", { class: "note wait" }, icon("clock", "text"), " ", t("obj.term.before"), el("b", {}, until(notice.end)), t("obj.term.after"), el("b", {}, remaining(notice.end)), el("br"),
        el("span", { class: "small" }, t("time.server", { t: clock(serverNow(), true) })));
}

async function go(step) {
    room.draft.step = step;
    await room.draft.save();
    page.show(step === LAST ? lastView : stepView, true);
    if (step === LAST) seal();
}

function showFault(step, [name, text]) {
    if (room.draft.step !== step) {
        room.draft.step = step;
        page.show(stepView, true);
    }
    room.fields.get(name)?.say(text);
}

function next() {
    const { draft } = room;
    const fault = STEPS[draft.step - 1].fault(draft, room);
    return fault ? showFault(draft.step, fault) : go(draft.step + 1);
}

function stepView() {
    const { step } = room.draft;
    const { label, view } = STEPS[step - 1];
    const following = step === STEPS.length ? "obj.step.check" : STEPS[step].label;
    room.fields.clear();
    return [stepper(t(label), step, LAST), term(), view(room),
        el("div", { class: "pair" }, step > 1 ? button("", t("obj.back"), () => go(step - 1)) : link(t("obj.notice"), `notice.html#${room.notice.id}`, ""), button("ink", t("obj.next", { step: t(following) }), next)),
        el("p", { class: "small" }, t("obj.free"))];
}

/* --- the fifth: read, sealed, signed --- */

let sealing = { done: 0, total: 0, error: null };

/** Somebody who has no conflict has to be left to read it. */
function hasReader({ handlers }, subject) {
    return handlers.some(({ conflicts }) => !conflicts.includes(subject));
}

async function seal() {
    const { draft } = room;
    room.sealed = null;
    sealing = { done: 0, total: 0, error: null };
    const at = STEPS.findIndex((step) => step.fault(draft, room));
    if (at >= 0) {
        draft.step = at + 1;
        page.show(stepView, true);
        return showFault(at + 1, STEPS[at].fault(draft, room));
    }
    try {
        room.notice = await api.readNotice(room.notice.id);
        if (!hasReader(room.notice, draft.values.subject)) throw explain("obj.noreader");
        room.sealed = await sealDraft(room, (done, total) => {
            Object.assign(sealing, { done, total });
            if (draft.step === LAST) fill(room.bar, progress(done, total));
        });
        write();
    } catch (error) {
        sealing.error = error;
    }
    return draft.step === LAST && page.show(lastView, true);
}

/** The text says when; it is written anew while it is read, and what is signed is what stands there. */
function write() {
    room.at = serverNow().getTime();
    room.text = filingText(room, room.sealed, new Date(room.at));
}

function summary() {
    const { draft: { values, files }, notice } = room;
    const { name } = notice.list.find(({ organisation }) => organisation === values.subject);
    const rows = [["obj.subject", name], ["obj.ground", t(`obj.ground.${values.ground}`)], ["obj.facts", values.facts], ["obj.request", values.request],
        ["obj.files", files.length > 0 ? files.map((file) => file.name).join("、") : t("obj.files.no")], ["obj.id.kind", values.kind === "单位" ? `${values.unit}（${values.agent}）` : values.name],
        ["obj.id.number", `${values.type} ${values.number}`], ["obj.id.phone", values.phone], ["obj.id.disclosure", t(values.disclosure === "同意" ? "obj.id.disclosure.yes" : "obj.id.disclosure.no")]];
    return el("dl", { class: "facts stacked" }, rows.map(([label, value]) => [el("dt", {}, t(label)), el("dd", { lang: "zh", class: "typed" }, value)]));
}

function signPart() {
    const block = statementBlock(room.text, { title: t("sign.title") });
    const promise = el("input", { type: "checkbox", onchange: () => said.replaceChildren() });
    const said = el("p", { class: "said", role: "alert" });
    const place = el("div", { "aria-live": "assertive" });
    const timer = setInterval(() => {
        if (!block.isConnected) clearInterval(timer);
        else if (press.getAttribute("aria-busy") !== "true" && serverNow().getTime() - room.at > FRESH * 1000) {
            write();
            block.update(room.text);
        }
    }, 1000);
    const press = button("seal", t("obj.button"), () => {
        if (!promise.checked) {
            said.replaceChildren(icon("warn", "text"), ` ${t("obj.promise.none")}`);
            return promise.focus();
        }
        return act(press, place, t("sign.busy"), async () => follow(await fileObjection(room, room.sealed, room.text, patienceNote(place))));
    }, { icon: "pen" });
    return [block, el("label", { class: "choice" }, promise, el("span", {}, t("obj.promise"))), said, place, press, el("p", { class: "small" }, t("obj.button.note"))];
}

function lastView() {
    room.bar = el("div", {}, progress(sealing.done, sealing.total));
    return [stepper(t("obj.step.check"), LAST, LAST), term(), el("h1", {}, t("obj.check.head")), room.isStale && el("p", { class: "note info" }, icon("clock", "text"), " ", t("obj.stale")), el("section", { class: "card" }, summary()),
        sealing.error ? refusal(sealing.error, { label: t("do.again"), press: () => go(LAST) }) : room.sealed ? signPart() : el("section", { class: "card" }, el("p", { role: "status" }, icon("lock", "text"), " ", t("obj.sealing")), room.bar),
        button("", t("obj.back"), () => go(LAST - 1))];
}

/* --- afterwards --- */

async function watch() {
    const keys = deriveKeys(base64Decode(room.filed.code));
    try {
        const status = await askOwn(room.pin, keys);
        const changed = status.state !== room.status?.state;
        room.status = status;
        if (status.state !== "待材料") room.second = await openSecond(room.pin, status);
        if (changed) page.refresh();
        if (status.state !== "待材料") return;
    } catch (error) {
        if (!error.lost && error.status < 500 && error.status !== 429) throw error;
    }
    setTimeout(watch, EVERY);
}

/** It is in the log: the draft is no longer needed, the receipt and the sealed parts are. */
async function follow(filed) {
    room.filed = filed;
    room.proof = openReceipt(room.pin, filed.receipt);
    room.sending = new Sending(filed);
    await room.draft.erase();
    page.show(() => receiptView(room), true);
    let shown = 0;
    const tell = () => {
        if (performance.now() - shown < 200 && room.sending.state === "sending") return;
        shown = performance.now();
        page.refresh();
    };
    watch();
    room.sending.go(tell).catch((error) => page.fail(error, { label: t("do.again"), press: () => location.reload() }));
}

room.clear = async () => {
    const isSent = room.status && room.status.state !== "待材料";
    if (!confirm(t(isSent ? "obj.clear.sure" : "obj.clear.unsent"))) return;
    await eraseFiled(room.notice.id);
    location.assign("status.html");
};

/** Filed here before, or still on its way when the page was closed. */
async function resume(filed) {
    const place = el("div", { "aria-live": "polite" });
    page.show(() => [el("h1", {}, t("obj.title")), el("p", { role: "status" }, t("obj.resuming")), place]);
    try {
        return follow(filed.receipt ? filed : await commit(room.pin, room.notice, filed, patienceNote(place)));
    } catch (error) {
        if (error.rule !== "statement.clock") throw error;
    }
    // It never arrived, and its time has passed: the draft is still here, and is signed anew.
    await eraseFiled(room.notice.id);
    room.isStale = true;
    return go(LAST);
}

async function start() {
    try {
        const [, notice, organisation] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+))?$/.exec(decodeURIComponent(location.hash.slice(1))) ?? [];
        if (!notice) throw explain("obj.nonotice");
        room.pin = await pinService();
        room.notice = await api.readNotice(notice);
        room.draft = await openDraft(notice);
        const filed = await readFiled(notice);
        if (filed) return await resume(filed);
        if (organisation && !room.draft.values.subject) room.draft.values.subject = organisation;
        return room.draft.step === LAST ? go(LAST) : page.show(stepView, true);
    } catch (error) {
        return page.fail(error, { label: t("do.again"), press: () => location.reload() });
    }
}

start();
