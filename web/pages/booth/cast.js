/**
 * cast.js - from “投出” to “已投”: sends one sealed ballot, finds out what became of it, and shows it.
 *
 *   castBallot(job)   job: { page, pin, election, record, elsewhere } - runs until the receipt is verified or refused
 *       record: what store.js keeps of this ballot: { M, person, election, note, hash, u, second, F, sent, acceptance }
 *
 * The mark “sent” is durable before the first byte leaves. After it, a lost connection is answered by
 * looking first and sending the very same bytes again only if they are nowhere (protocol 6, visual 6.2).
 */
import * as api from "../../api.js";
import { shortCode } from "../../lib/code.js";
import { hexDecode } from "../../lib/bytes.js";
import { inEights } from "../../ui/code.js";
import { button, card, el, facts, link, progress } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { verifyAcceptance, verifyBallotReceipt } from "../../ui/log.js";
import { receiptCard } from "../../ui/receipt.js";
import { refusal } from "../../ui/refusal.js";
import { banner, verifiedBanner } from "../../ui/state.js";
import { stepper } from "../../ui/stepper.js";
import { eraseBallot, markSent, saveBallot, saveNote } from "../../ui/store.js";
import { clock, instant, moment, serverNow } from "../../ui/time.js";
import { STEPS } from "./check.js";

const EVERY = 2000;
const BUSY = 5;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export function receiptAddress(hash) {
    return `${location.origin}/receipt.html?ballot=${hash}`;
}

function fileLink(label, name, content) {
    const url = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
    return link(label, url, "", { icon: "save", download: name });
}

function show(job, view) {
    job.page.show(() => view(job), true);
}

const heading = (word) => el("h1", { class: "aside-voice" }, word);

function sendingView() {
    return [stepper(t("booth.step.wait"), STEPS, STEPS), heading(t("booth.step.wait")), banner("wait", t("cast.sending.word"), t("cast.sending"))];
}

function unknownView({ record }) {
    return [stepper(t("booth.step.wait"), STEPS, STEPS), heading(t("booth.step.wait")), banner("wait", t("net.unknown"), t("net.unknown.body")),
        fileLink(t("cast.file"), "ballot.txt", record.note)];
}

function busyView(job) {
    return [stepper(t("booth.step.wait"), STEPS, STEPS), heading(t("booth.step.wait")),
        banner("wait", t("busy"), t("busy.body", { n: job.wait })), fileLink(t("cast.file"), "ballot.txt", job.record.note)];
}

function receivedView({ record, election, acceptance }) {
    const left = Math.max(0, Math.ceil((instant(acceptance.by) - serverNow()) / 1000));
    return [stepper(t("booth.step.wait"), STEPS, STEPS), heading(t("booth.step.wait")),
        banner("wait", t("cast.received"), t("cast.received.body", { t: clock(acceptance.by, left < 60) })),
        card([el("div", { class: "row spread" }, el("h2", {}, t("cast.left", { n: left })), el("span", { class: "small" }, t("cast.batch", { n: election.window }))),
            progress(election.window - left, election.window, "wait"), el("p", { class: "small" }, t("cast.wait"))]),
        card([el("h2", {}, t("cast.ifnot")), el("p", { class: "small" }, t("cast.proof")),
            facts([[t("cast.note.number"), el("span", { class: "mono" }, inEights(shortCode(hexDecode(record.hash))))],
                [t("cast.note.by"), moment(acceptance.by)]])]),
        link(t("cast.note.save"), `/api/receipts/${record.hash}`, "", { icon: "save", download: "note.txt" })];
}

function lateView({ acceptance }) {
    return [stepper(t("booth.step.wait"), STEPS, STEPS), heading(t("booth.step.wait")),
        banner("stop", t("cast.late.word"), t("cast.late", { t: moment(acceptance.by) })),
        fileLink(t("cast.note.save"), "note.txt", acceptance.text)];
}

function doneView({ page, record, receipt, election }) {
    const url = receiptAddress(record.hash);
    page.title(t("cast.done"));
    return [stepper(t("booth.step.done"), STEPS, STEPS), heading(t("booth.step.done")),
        verifiedBanner(receipt, t("cast.done"), t("cast.done.body")),
        receiptCard(receipt, receiptParts({ receipt, F: record.F, M: election.M, second: record.second, url })),
        printFoot(receipt, url),
        link(t("receipt.save"), `/api/receipts/${record.hash}`, "", { icon: "save", download: "receipt.txt" }),
        el("div", { class: "pair always no-print" }, button("quiet", t("receipt.print"), () => window.print(), { icon: "print" }),
            link(t("receipt.other"), url, "quiet", { icon: "scan" })),
        link(t("booth.results"), `result.html?election=${election.id}`, "quiet"),
        el("p", { class: "small no-print" }, t("cast.wechat"))];
}

/** What stands under the receipt on paper: which log, which entry, where to look. */
export function printFoot(receipt, url) {
    return el("p", { class: "only-print small" }, t("receipt.origin", { origin: receipt.statement.origin, n: receipt.index }), url && ` · ${url}`);
}

/** The same card on the booth's last screen and on the receipt page. `second` undefined: not told. */
export function receiptParts({ receipt, F, M, second, url }) {
    return { title: t("receipt.title"), index: receipt.index, time: receipt.time,
        rows: [[t("receipt.time"), moment(receipt.time)],
            [t("receipt.fingerprint"), el("b", { class: "mono" }, inEights(F))],
            [t("receipt.list"), el("span", { class: "mono" }, inEights(shortCode(M)))],
            [t("receipt.witness"), receipt.witnesses > 0 ? t("receipt.witnesses", { n: receipt.witnesses }) : t("witness.none")],
            second === false && [t("receipt.checked"), t("second.unchecked")]],
        ticks: ["signature", "log", "grown"].map((word) => t(`receipt.tick.${word}`)),
        qrSrc: url && api.qrImage(url), note: t("cast.receipt") };
}

function badReceiptView({ error }) {
    return [banner("stop", t("cast.bad.word"), t("cast.bad", { rule: error.rule ?? error.message }))];
}

function refusedView({ error, election, elsewhere }) {
    const closed = election.closes * 1000 <= serverNow().getTime() || /close/.test(error.rule ?? "");
    return [heading(t("booth.step.check")), closed ? closedCard(election) : refusal(error),
        button("", t("do.again"), elsewhere)];
}

export function closedCard(election) {
    const inTime = election.closes * 1000 <= serverNow().getTime();
    return card([el("h2", {}, inTime ? t("vote.closed", { t: clock(election.closes * 1000) }) : t("vote.closed.early")), el("p", { class: "small" }, t("vote.closed.body"))]);
}

/** What the service knows of it: nothing (null), a note, or a receipt. */
async function lookUp(hash) {
    try {
        return await api.readReceipt(hash);
    } catch (error) {
        if (error.status === 404) return null;
        throw error;
    }
}

/** One round of sending: the answer, or null to try again. Only a definite refusal is thrown. */
async function attempt(job) {
    try {
        if (job.looksFirst) {
            const known = await lookUp(job.record.hash);
            if (known) return known;
        }
        job.looksFirst = true;
        return await api.postEntry(job.record.note);
    } catch (error) {
        if (error.lost || error.status >= 500 || error.status === 429) {
            job.wait = error.retryAfter ?? BUSY;
            show(job, error.lost ? unknownView : busyView);
            await pause(job.wait * 1000);
            return null;
        }
        throw error;
    }
}

async function deliver(job) {
    let answer = null;
    while (!answer) answer = await attempt(job);
    return answer;
}

/** Waits for the receipt; a note that says when, and the time passing it, is proof of a drop. */
async function awaitReceipt(job, first) {
    let answer = first;
    for (;;) {
        if (answer?.receipt) return answer.receipt;
        if (answer?.acceptance && !job.acceptance) {
            job.acceptance = verifyAcceptance(job.pin, answer.acceptance, job.record.hash);
            await saveBallot({ ...job.record, acceptance: answer.acceptance });
        }
        const late = job.acceptance && serverNow() > instant(job.acceptance.by).getTime() + 60000;
        job.page.show(() => (late ? lateView(job) : receivedView(job)), !job.told);
        job.told = true;
        await pause(EVERY);
        answer = await lookUp(job.record.hash).catch(() => null);
    }
}

export async function castBallot(job) {
    const { record } = job;
    job.looksFirst = record.sent;
    show(job, sendingView);
    try {
        await markSent(record.M, record.person);
        const text = await awaitReceipt(job, await deliver(job));
        job.receipt = await verifyBallotReceipt(job.pin, text, record.hash, job.election);
        await saveNote(`receipt ${record.M} ${record.person}`, { person: record.person, text, hash: record.hash, F: record.F, second: record.second });
        await saveNote(`cast ${record.election} ${record.person}`, { index: job.receipt.index });
        await eraseBallot(record.M, record.person);
        show(job, doneView);
    } catch (error) {
        job.error = error;
        show(job, error.status ? refusedView : badReceiptView);
    }
}

/** Opened again after 已投: the receipt kept on the device is verified anew. */
export async function showKept(job, kept) {
    job.record = { ...kept };
    job.receipt = await verifyBallotReceipt(job.pin, kept.text, kept.hash, job.election);
    show(job, doneView);
}
