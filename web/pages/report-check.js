/**
 * report-check.js - whoever holds a report and its proof sees who signed what, without asking anybody.
 *
 * The proof is evidence.txt, the bundle, or the codes of a signing page; the file is hashed here and
 * goes nowhere. Nothing is sent but what the person asks for: the proof of a report named in the
 * address (#<report>), and the present state of one. web/standalone.mjs makes one file of this page.
 */
import words from "../i18n/proof.js";
import report from "../i18n/report.js";
import * as api from "../api.js";
import { hex, utf8 } from "../lib/bytes.js";
import { isPart, Parts } from "../lib/parts.js";
import { Refusal } from "../lib/refusal.js";
import { button, card, el, facts, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { learn, pick, t } from "../ui/language.js";
import { refusal, ruleWords } from "../ui/refusal.js";
import { scanPanel } from "../ui/scan.js";
import { dropCard } from "./report-check/inputs.js";
import { digest, openBundle, readFile } from "./report-check/intake.js";
import { judge, originOf } from "./report-check/judge.js";
import { keepKey, keyFor, readKey } from "./report-check/key.js";
import { presentCard } from "./report-check/later.js";
import { readCodes } from "./report-check/photo.js";
import { resultViews, sizeText, wrongView } from "./report-check/result.js";

learn(report);
const page = openPage({ title: "proof.title", width: "wide", table: words });
/** document { name, size, hash }, proof { evidence, vkey, origin, from }, key of key.js; said: of the last taken */
const model = { document: null, proof: null, parts: new Parts(), key: null, result: null, error: null, present: null, said: null };

const named = () => decodeURIComponent(location.hash.slice(1));
const isServed = () => location.protocol.startsWith("http");

/* --- what comes in --- */

async function takeDocument({ name, size, bytes }) {
    model.document = { name, size, hash: await digest(bytes) };
}

async function takeEvidence(evidence, from, vkey = "") {
    const origin = originOf(evidence);
    model.key = await keyFor(origin, vkey);
    model.proof = { evidence, origin, from, vkey };
}

async function takeBundle({ name, bytes }) {
    const { evidence, document, vkey } = openBundle(bytes);
    await takeEvidence(evidence, name, vkey);
    if (document && !model.document) await takeDocument({ name: document.name, size: document.bytes.length, bytes: document.bytes });
}

/** Parts of another signing page begin a new set. */
function addPart(text) {
    try {
        model.parts.add(text);
    } catch (error) {
        if (error.rule !== "parts.mixed") throw error;
        model.parts = new Parts();
        model.parts.add(text);
    }
}

function partsSaid() {
    const { count, missing } = model.parts;
    return missing.length === 0 ? "" : t("proof.parts.missing", { n: count - missing.length, of: count, missing: missing.join(t("proof.comma")) });
}

/** All parts are there: what they spell. */
async function takeWhole() {
    const whole = model.parts;
    model.parts = new Parts();
    await takeEvidence(await whole.text(), t("proof.from.codes"));
}

async function takeParts(texts) {
    texts.forEach(addPart);
    if (model.parts.missing.length > 0) return partsSaid();
    return takeWhole();
}

/** All codes of one page are on the picture: no need to look further. */
function isWhole(texts) {
    const count = Number(/\/(\d+):/.exec(texts.find(isPart) ?? "")?.[1]);
    return texts.filter(isPart).length >= count;
}

async function takePhoto({ file }) {
    const texts = await readCodes(file, isWhole).catch(() => []);
    return texts.some(isPart) ? takeParts(texts.filter(isPart)) : t("proof.photo.none");
}

const INTAKE = {
    evidence: ({ bytes, name }) => takeEvidence(bytes, name),
    bundle: takeBundle,
    parts: ({ texts }) => takeParts(texts),
};
const ELSE = {
    document: () => takeDocument,
    proof: (kind) => (kind === "image" ? takePhoto : () => t("proof.notproof")),
};

/** What it is decides, wherever it was put; only an image is the report in one place and a photograph in the other. */
async function takeFile(file, place) {
    const read = await readFile(file);
    return (await (INTAKE[read.kind] ?? ELSE[place](read.kind))(read)) ?? "";
}

async function sentence(error) {
    if (!(error instanceof Refusal)) throw error;
    return pick((await ruleWords(error.rule))?.what) || error.rule;
}

/** Of several pages photographed, those without codes are not worth a word once there is a proof. */
async function take(files, place) {
    const before = model.proof;
    const none = t("proof.photo.none");
    try {
        const said = [];
        for (const file of files) said.push(await takeFile(file, place).catch(sentence));
        model.said = { place, text: model.proof === before ? said.findLast((one) => one !== none) ?? none : "" };
        decide();
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: () => page.show(view, true) });
    }
}

/* --- what it says --- */

function decide() {
    Object.assign(model, { result: null, error: null, present: null });
    const { proof, key, document, said } = model;
    try {
        if (proof && key) model.result = judge({ evidence: proof.evidence, ...key, document: document?.hash ?? null });
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        model.error = error;
    }
    page.show(view, !said?.text && (model.result ?? model.error) !== null);
    if (said?.text || !(model.result ?? model.error)) page.main.querySelector("[data-focus]")?.focus();
    model.said = null;
}

/* --- the cards --- */

const saidOf = (place) => ({ said: model.said?.place === place ? model.said.text : "", fresh: model.said?.place === place });

function documentCard() {
    const { document } = model;
    return dropCard({ title: t("proof.document"), body: t("proof.document.body"), take: (files) => take(files, "document"), ...saidOf("document"),
        control: { label: t("proof.document.choose"), accept: ".pdf,.jpg,.jpeg,.png,.txt,.tar" },
        held: document && t("proof.document.held", { name: document.name, size: sizeText(document.size), hash: hex(document.hash).slice(0, 16) }) });
}

function scanCodes() {
    const found = (text) => {
        try {
            addPart(text.trim());
        } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            return t("proof.parts.not");
        }
        if (partsSaid() === "") takeWhole().then(decide, (error) => { model.error = error; page.show(view, true); });
        return partsSaid();
    };
    return el("details", { open: model.parts.count > 0 }, el("summary", {}, t("proof.scan.summary")),
        scanPanel({ label: t("proof.scan"), hint: t("proof.scan.hint"), found, fine: true,
            typed: { label: t("proof.scan.typed"), button: t("proof.scan.add"), input: { code: false } } }));
}

function proofCard() {
    const { proof } = model;
    return dropCard({ title: t("proof.proof"), body: t("proof.proof.body"), take: (files) => take(files, "proof"), ...saidOf("proof"),
        control: { label: t("proof.proof.choose"), multiple: true, accept: ".txt,.tar,.png,.jpg,.jpeg" },
        held: proof && t("proof.proof.held", { from: proof.from }), more: scanCodes() });
}

function useKey(text) {
    const { origin } = model.proof;
    try {
        keepKey(origin, readKey(origin, text)).then((key) => { model.key = key; decide(); });
        return "";
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return t(error.rule === "checkpoint.origin" ? "proof.key.other" : "proof.key.bad");
    }
}

function keyCard() {
    const { proof, key } = model;
    const mono = (text) => el("span", { class: "mono hash" }, text);
    return card([el("h2", {}, t("proof.key")), el("p", { class: key && key.known !== "bundle" ? "small" : "note wait" }, t(`proof.known.${key?.known ?? "none"}`)),
        facts([[t("proof.key.log"), mono(proof.origin)], key && [t("proof.key.now"), mono(key.vkey)]]),
        key?.known !== "typed" && scanPanel({ label: t("proof.key.scan"), hint: t("proof.key.hint"), found: useKey,
            typed: { label: t("proof.key.typed"), button: t("proof.key.use"), input: { code: false, spellcheck: "false", autocapitalize: "none" } } })]);
}

/* --- the page --- */

const inputs = () => [documentCard(), proofCard(), model.proof && keyCard()];

/** As one file from a disk the page is its own witness: what it was yesterday it is today. */
function ownPage() {
    return el("div", { class: "stack" }, el("p", { class: "small" }, t("proof.own")),
        isServed() && link(t("proof.save"), "/vendor/report-check-standalone.html", "quiet", { icon: "save", download: "report-check-standalone.html" }));
}

function view() {
    const { result, error, key, document } = model;
    if (!result) {
        return [el("h1", {}, t("proof.title")), error ? wrongView(error, key) : el("p", {}, t("proof.intro")),
            el("div", { class: "pair" }, inputs()), ownPage()];
    }
    return [el("h1", {}, t("proof.title")), el("div", { class: "panes" },
        el("div", { class: "stack wide" }, resultViews({ result, key, document, present: model.present })),
        el("div", { class: "stack wide" }, result.filed && presentCard(model, () => page.refresh()), inputs(), againButton()))];
}

function againButton() {
    return button("quiet", t("proof.again"), () => {
        Object.assign(model, { document: null, proof: null, parts: new Parts(), key: null, result: null, error: null, present: null });
        page.show(view, true);
    });
}

/** A link or a printed address names the report; its proof is public. */
async function start() {
    page.show(view);
    if (!isServed() || named() === "") return;
    try {
        await takeEvidence(utf8(await api.readEvidence(named())), t("proof.from.service"));
        decide();
    } catch (error) {
        page.show(() => [el("h1", {}, t("proof.title")), refusal(error), el("div", { class: "pair" }, inputs())], true);
    }
}

start();
