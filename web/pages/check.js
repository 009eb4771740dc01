/**
 * check.js - the second device: gives a code, keeps the fingerprint, and says whether the ballot fits.
 *
 * It signs nothing and needs no login; what it keeps is which log it saw, and how far. web/standalone.mjs
 * makes one file of it, so that it need not come from the service it checks. “Found” is said of a ballot
 * in the signed tree of the log, never of an answer (check/find.js). Protocol section 6, “Cast or challenge”.
 */
import booth from "../i18n/booth.js";
import words from "../i18n/check.js";
import { fingerprint } from "../lib/ballot.js";
import { encryptAll } from "../lib/ballot_seed.js";
import { equal, hex, utf8 } from "../lib/bytes.js";
import { ballotCode, matchesShortCode, shortCode } from "../lib/code.js";
import { parseElection } from "../lib/election.js";
import { parseEntry } from "../lib/entry.js";
import { parseStatement } from "../lib/statement.js";
import { inEights, plain, spelled } from "../ui/code.js";
import { button, card, el, facts, field, input, tag } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { learn, t } from "../ui/language.js";
import { qrCode } from "../ui/qr.js";
import { printQr, readQr } from "../ui/qrtext.js";
import { refusal } from "../ui/refusal.js";
import { scanPanel } from "../ui/scan.js";
import { banner, proven, verifiedBanner } from "../ui/state.js";
import { stepper } from "../ui/stepper.js";
import { gradeLook, swatch } from "../ui/tally.js";
import { searchLog } from "./check/find.js";
import { comparePin, isSameKey, pinAgain, pinOf } from "./check/pin.js";

const STEPS = 3;
const EVERY = 3000;
const WEIGHT = 1024;
learn(booth);
const page = openPage({ title: "check.title", table: words });
/** seen: { F?, M?, address?, typed? } as scanned or typed; u: this ballot's code; pin: the log, once known */
const model = { u: ballotCode(), seen: null, pin: null };

function codeView() {
    return [stepper(t("check.step.code"), 1, STEPS),
        card([el("h1", { class: "center" }, t("check.code.title")),
            el("p", { class: "fingerprint-first center", role: "img", "aria-label": spelled(model.u), id: "code" }, inEights(model.u)),
            qrCode(printQr.code(model.u), t("check.code.title")), el("p", {}, t("check.code.body"))], { kind: "document" }),
        button("ink", t("check.code.next"), () => page.show(scanView, true)),
        el("p", { class: "small" }, t("check.note")), el("p", { class: "small" }, t("check.pinned"))];
}

/** Where to look when the fingerprint was typed: the service this page came from, if any. */
function home() {
    return location.protocol.startsWith("http") ? location.origin : "";
}

function scanView() {
    const found = (text, how) => {
        const read = readQr(text.trim());
        if (read?.kind === "fingerprint") model.seen = read;
        else if (how === "typed" && /^[0-9A-HJKMNP-TV-Z]{8,26}$/.test(plain(text))) model.seen = { typed: plain(text), address: home() };
        else return t("check.scan.bad");
        page.show(decideView, true);
        return "";
    };
    return [stepper(t("check.step.scan"), 1, STEPS), el("h1", {}, t("check.scan.title")),
        el("p", { class: "small" }, `${t("check.code.title")} `, el("b", { class: "mono" }, inEights(model.u))),
        scanPanel({ label: t("check.scan.button"), typed: { label: t("check.scan.typed"), button: t("check.scan.keep") }, found })];
}

const seenCode = () => model.seen.typed ?? shortCode(model.seen.F);

function decideView() {
    return [stepper(t("check.step.choose"), 2, STEPS), banner("wait", t("check.kept"), t("check.kept.body")), voiced("check.step.choose"),
        card([facts([[t("check.fingerprint"), el("b", { class: "mono" }, inEights(seenCode()))]])]),
        button("ink", t("check.cast"), castStep), button("", t("check.challenged"), () => page.show(openView, true))];
}

/* --- it was cast: find it --- */

/** The notes of a scan hold F; what was typed is its beginning. */
function isSeen(code, F) {
    if (code !== model.u) return false;
    return model.seen.F ? equal(F, model.seen.F) : matchesShortCode(model.seen.typed, F);
}

const pause = () => new Promise((resolve) => { setTimeout(resolve, EVERY); });

/** Looks until the ballot stands in the log. No answer is no proof of anything: it asks again. */
async function findBallot(tell) {
    for (;;) {
        try {
            model.pin ??= await pinOf(model.seen.address);
            const { found, size } = await searchLog(model.pin.pin, model.seen.M, isSeen);
            if (found) return found;
            tell(size - 1);
        } catch (error) {
            if (error.status === undefined) throw error;
        }
        await pause();
    }
}

/** The banner is what eyes read first; the heading is there for who listens. */
const voiced = (key) => el("h1", { class: "aside-voice" }, t(key));

const resultHead = () => [stepper(t("check.step.result"), 3, STEPS), el("h1", {}, t("check.cast.title"))];

function castStep() {
    if (!model.seen.address) return page.show(addressView, true);
    const waiting = (n) => page.show(() => [...resultHead(), el("p", { class: "note wait", role: "status" }, t("check.cast.looking", { n }))]);
    waiting("…");
    return findBallot(waiting).then((found) => page.show(() => foundView(found), true), (error) => page.show(() => wrongView(error), true));
}

/** A typed fingerprint does not say where the log is. */
function addressView() {
    const line = field({ label: t("check.address"), hint: t("check.address.hint"), input: input({ type: "url", inputmode: "url", autocomplete: "url" }) });
    function use() {
        const typed = line.querySelector("input").value.trim();
        if (!/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i.test(typed)) return line.say(t("check.address.bad"));
        model.seen.address = new URL(typed).origin;
        return castStep();
    }
    return [...resultHead(), el("p", { class: "note" }, t("check.cast.offline")), line, button("ink", t("check.address.use"), use), again()];
}

function foundView(found) {
    return [stepper(t("check.step.result"), 3, STEPS), verifiedBanner(found, t("check.cast.found"), t("check.cast.found.body", { n: found.index })),
        voiced("check.cast.title"), keyCard(found), again()];
}

/** Which key the answer rests on, and who said so. */
function keyCard(found) {
    const { pin, known } = model.pin;
    return card([el("h2", {}, t("check.key")), el("p", { class: known === "sheet" ? "small" : "note wait" }, t(`check.key.${known}`)),
        facts([[t("check.key.log"), el("span", { class: "mono" }, pin.vkey)], [t("check.key.size"), t("check.key.entries", { n: found.size })]]),
        known !== "sheet" && compareField()], { kind: "document" });
}

function compareField() {
    const line = field({ label: t("check.key.typed"), hint: t("check.key.hint"), input: input({ autocomplete: "off", spellcheck: "false", autocapitalize: "none" }) });
    async function compare() {
        const typed = line.querySelector("input").value.trim();
        if (typed === "") return line.say(t("check.key.empty"));
        if (!isSameKey(model.pin, typed)) return page.show(otherKeyView, true);
        model.pin = await comparePin(model.seen.address, model.pin);
        return page.refresh();
    }
    return el("div", { class: "stack" }, line, button("", t("check.key.compare"), compare));
}

function otherKeyView() {
    return [...resultHead(), banner("stop", t("check.key.other"), t("check.key.other.body")), again()];
}

/** Signed by another key, a tree that does not add up, a ballot out of its time: nothing was found. */
function wrongView(error) {
    const isOther = error.message === "refuse.origin";
    const repin = async () => {
        model.pin = await pinAgain(model.seen.address);
        castStep();
    };
    return [...resultHead(), banner("stop", t("check.wrong"), t("check.wrong.body")),
        isOther ? el("p", {}, t("check.key.changed")) : refusal(error, { label: t("do.again"), press: castStep }),
        isOther && button("", t("check.key.repin"), repin), again()];
}

/* --- it was challenged: recompute it --- */

function openView() {
    const found = (text) => {
        const read = readQr(text.trim());
        if (read?.kind !== "opening") return t("check.open.bad");
        recompute(read);
        return "";
    };
    return [stepper(t("check.step.result"), 3, STEPS), el("h1", {}, t("check.open.title")),
        scanPanel({ label: t("check.open.button"), typed: { label: t("check.open.typed"), button: t("check.open.use"), input: { code: false } }, found })];
}

/** The manifest by its hash: from wherever it comes, it is the one or it is nothing. */
async function fetchManifest({ M, address }) {
    try {
        const response = await fetch(`${address}/api/texts/${hex(M)}`, { credentials: "omit" });
        const election = parseElection(parseStatement(parseEntry(utf8(await response.text())).note).text);
        return equal(election.M, M) ? election : null;
    } catch {
        return null; // without a network numbers must do
    }
}

/** F does not hold K: whoever may name it can open a lone ciphertext as any grade. Two bind each other. */
function needsList() {
    return [stepper(t("check.step.result"), 3, STEPS), el("h1", {}, t("check.open.title")), el("p", { class: "note wait" }, t("check.needlist")),
        button("ink", t("check.open.button"), () => page.show(openView, true))];
}

async function recompute(opening) {
    const election = await fetchManifest(opening);
    if (!election && opening.grades.length < 2) return page.show(needsList, true);
    const K = election?.K ?? opening.K;
    const grades = election?.grades ?? [0, 1, 2, 3].map((grade) => ({ weight: grade === 0 ? 0 : WEIGHT ** (grade - 1) }));
    const { ciphertexts } = encryptAll({ M: opening.M, K, grades }, opening.seed, [...opening.grades]);
    const F = fingerprint(opening.M, model.u, ciphertexts);
    const same = model.seen.F ? equal(F, model.seen.F) && equal(opening.M, model.seen.M) : matchesShortCode(model.seen.typed, F);
    const result = same ? proven({ F, election, opening }) : { F, election, opening };
    return page.show(() => (same ? sameView(result) : differView(result)), true);
}

function comparison({ F }, same) {
    const line = (code) => el("b", { class: "mono" }, code.match(/.{1,4}/g).join(" "));
    return card([el("div", { class: "row spread" }, el("h2", {}, t("check.fingerprint")), same && tag("done", t("check.agree"), "check")),
        facts([[t("check.seen"), line(seenCode())], [t("check.own"), line(shortCode(F))]])], { kind: "document" });
}

function gradeWord(election, grade) {
    const name = election?.grades[grade].name;
    if (!name) return t("check.grade", { n: grade });
    return ["质量奖", "提名奖", "不授奖"].includes(name) ? t(`grade.${name}`) : name;
}

function contents({ election, opening }) {
    const count = election?.grades.length ?? 3;
    return card([el("h2", {}, t("check.holds")), !election && el("p", { class: "small" }, t("check.noname")),
        el("ol", { class: "opened" }, [...opening.grades].map((grade, i) => el("li", {}, el("span", { class: "choice-number" }, String(i + 1)),
            el("span", { lang: "zh" }, election?.candidates[i].name ?? t("check.row", { n: i + 1 })),
            el("span", { class: "summary-grade" }, swatch(gradeLook(count - 1 - grade, count)), gradeWord(election, grade)))))]);
}

function sameView(result) {
    return [stepper(t("check.step.result"), 3, STEPS), verifiedBanner(result, t("check.same"), t("check.same.body")),
        voiced("check.open.title"), comparison(result, true), contents(result), el("p", { class: "small" }, t("check.ask")), el("p", { class: "note wait" }, t("check.void")), again()];
}

function differView(result) {
    return [stepper(t("check.step.result"), 3, STEPS), banner("stop", t("check.differ"), t("check.differ.body")), voiced("check.open.title"), comparison(result, false), again()];
}

function again() {
    return button("", t("check.again"), () => {
        Object.assign(model, { u: ballotCode(), seen: null, pin: null });
        page.show(codeView, true);
    }, { icon: "scan" });
}

page.show(codeView, true);
