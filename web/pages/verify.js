/**
 * verify.js - 不用相信我们，请自己算一遍: the whole log, verified in this browser from the pin alone.
 *
 * lib/audit.js does the work and numbers the steps V1 … V21; this page shows what has really held so
 * far. The first failure stops it, and is named with entry, rule, article and the raw text.
 */
import words from "../i18n/public.js";
import { equal, utf8Decode } from "../lib/bytes.js";
import { leafHash } from "../lib/merkle.js";
import { findType } from "../lib/types.js";
import { button, card, el, facts, fill, input, link, progress } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { pick, t } from "../ui/language.js";
import { checklist } from "../ui/list.js";
import { openReceipt, witnessCount } from "../ui/log.js";
import { refusal } from "../ui/refusal.js";
import { pinService, repinService } from "../ui/signer.js";
import { banner, proven, verifiedBanner } from "../ui/state.js";
import { statementBlock } from "../ui/statement.js";
import { readNote, saveNote } from "../ui/store.js";
import { clock, moment, serverNow } from "../ui/time.js";
import { articleText } from "../ui/together.js";
import { chain } from "./verify/chain.js";
import { rowsOf, runVerification } from "./verify/run.js";
import { digestOf, fromFolder, fromService } from "./verify/sources.js";

const LOG_STEPS = ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V20", "V21"];
const VOTE_STEPS = ["V11", "V12", "V13", "V14", "V15", "V16", "V17", "V18", "V19"];
const SODIUM = ["/vendor/libsodium-sumo.mjs", "/vendor/libsodium-wrappers.mjs"];

const page = openPage({ title: "verify.page", width: "wide", table: words });
const model = { pin: null, run: null, marks: [], digests: [], checked: null, at: null };

const places = { count: el("div", { class: "stack" }), chain: el("div", {}), lists: el("div", {}) };

const noteName = () => `checkpoint ${model.pin.vkey}`;

/* --- what is shown --- */

function outcome() {
    const { run } = model;
    if (!run?.report) return working();
    const { report, seconds } = run;
    if (report.failure) return failed(report.failure);
    const count = (step) => run.held.get(step) ?? 0;
    const values = { n: run.types.length, b: count("V13"), s: count("V6"), r: count("V18") };
    return verifiedBanner(report, t("verify.ok.word"), `${t("verify.ok", values)} ${t("verify.time", { s: seconds.toFixed(1), t: moment(model.at) })}`);
}

/** The banner stands still; what counts is painted into its own place. */
function working() {
    return [banner("wait", t("verify.working.word"), t("verify.working.body")), fill(places.count, counting())];
}

function counting() {
    const done = model.run?.done ?? 0;
    const total = model.run?.types.length ?? 0;
    return [el("p", { class: "small" }, total === 0 ? t("wait.loading") : t("verify.working", { done, total })), progress(done, total, "wait")];
}

/** While it runs only what has changed is drawn again, and not more often than eyes follow. */
function paint(now) {
    model.run = now ?? model.run;
    fill(places.count, counting());
    fill(places.chain, chainCard());
    fill(places.lists, lists());
}

function failed({ rule, entry, type, step }) {
    const article = articleText(findType(type)?.article ?? "");
    const raw = entry >= 0 ? model.run.entries[entry] : null;
    const sentence = entry >= 0 ? t("verify.bad", { n: entry, rule, article: article || "–" }) : t("verify.bad.whole", { rule });
    return [banner("stop", t("verify.bad.word"), sentence),
        card([el("h2", {}, t("verify.first")), facts([[t("verify.step"), `${step} ${pick(stepName(step))}`],
            entry >= 0 && [t("verify.entry"), t("verify.number", { n: entry })], [t("verify.rule"), el("span", { class: "mono" }, rule)],
            article && [t("refuse.basis"), article], type && [t("verify.type"), el("span", { class: "mono" }, type)]]),
        raw && statementBlock(utf8Decode(raw), { signed: false, title: t("verify.raw") }), el("p", { class: "small" }, t("verify.bad.do"))], { kind: "needs" })];
}

function stepName(step) {
    return model.run.report.findings.find((finding) => finding.step === step).name;
}

function chainCard() {
    const { run, marks } = model;
    if (!run || run.types.length === 0) return null;
    return card([el("h2", {}, t("chain.title")), chain(run.types, marks),
        el("p", { class: "note wait" }, el("b", {}, t("witness.none")), "　", t("witness.none.why"))]);
}

function lists() {
    const { run } = model;
    if (!run) return null;
    return el("div", { class: "pair" }, card([el("h2", {}, t("verify.list.log")), checklist(rowsOf(run, LOG_STEPS))], { kind: "document" }),
        card([el("h2", {}, t("verify.list.vote")), checklist(rowsOf(run, VOTE_STEPS))], { kind: "document" }));
}

/* --- a receipt, an exported folder --- */

async function checkReceipt(file) {
    const place = document.getElementById("checked");
    try {
        const receipt = openReceipt(model.pin, await file.text());
        const leaf = model.run?.report?.state.tree.leaves[receipt.index];
        if (!leaf || !equal(leaf, leafHash(receipt.entry))) throw Object.assign(new Error("receipt.log"), { rule: "receipt.log" });
        fill(place, verifiedBanner(receipt, t("verify.receipt.word"), t("verify.receipt.ok", { n: receipt.index, type: receipt.statement.type, t: moment(receipt.time) })));
    } catch (error) {
        fill(place, refusal({ what: t("verify.receipt.bad"), basis: error.rule ?? error.message, do: t("verify.receipt.do") }));
    }
}

function chooser(label, attributes, chosen) {
    const control = input({ type: "file", class: "aside-voice", tabindex: "-1", "aria-hidden": "true", ...attributes });
    control.addEventListener("change", () => control.files.length > 0 && chosen([...control.files]));
    return [button("", label, () => control.click(), { icon: "file" }), control];
}

function ownCard() {
    return card([el("div", { class: "row spread" }, el("h2", {}, t("verify.own")), el("p", { class: "small" }, t("verify.own.body"))),
        el("div", { class: "pair" }, el("div", { class: "stack" }, chooser(t("verify.receipt"), { accept: ".txt,text/plain" }, ([file]) => checkReceipt(file))),
            el("div", { class: "stack" }, chooser(t("verify.folder"), { webkitdirectory: true }, verifyFolder))), el("div", { id: "checked" })],
    { ondragover: (event) => event.preventDefault(), ondrop: (event) => { event.preventDefault(); checkReceipt(event.dataTransfer.files[0]); } });
}

function verifyFolder(files) {
    const source = fromFolder(files);
    if (source) return go(source);
    return fill(document.getElementById("checked"), refusal({ what: t("verify.folder.bad"), basis: "checkpoint", do: t("verify.folder.do") }));
}

/* --- the page --- */

function toolsCard() {
    const { pin, digests } = model;
    return card([el("h2", {}, t("verify.tools")), el("p", { class: "small" }, t("verify.tools.body")),
        facts([[t("verify.origin"), el("span", { class: "mono" }, pin.origin)], [t("verify.vkey"), el("span", { class: "mono" }, pin.vkey)],
            [t("verify.genesis"), el("span", { class: "mono" }, pin.genesis)],
            ...digests.map(([path, digest]) => [path.split("/").at(-1), el("span", { class: "mono" }, digest)])]),
        el("p", { class: "small" }, t("verify.command")), el("code", { class: "statement" }, `xiling-audit verify ${location.origin}`)], { kind: "tools" });
}

function view() {
    const isOver = Boolean(model.run?.report);
    return [el("div", { class: "row spread" }, el("div", {}, el("h1", { class: "display" }, t("verify.title")), el("p", {}, t("verify.body"))),
        isOver && el("div", {}, button("narrow", t("verify.again"), () => go(fromService()), { icon: "check" }))),
    model.run?.source.name && model.run.source.name !== location.origin && el("p", { class: "note" }, t("verify.of", { name: model.run.source.name })),
    outcome(), fill(places.chain, chainCard()), fill(places.lists, lists()), isOver && ownCard(), isOver && toolsCard(), link(t("verify.log"), "log.html", "quiet", { icon: "chain" })];
}

async function go(source) {
    Object.assign(model, { run: null, checked: null });
    page.show(view, true);
    const known = (await readNote(noteName())) ?? undefined;
    try {
        const run = await runVerification({ source, pin: model.pin, known, changed: paint });
        await finish(run, known);
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: () => go(source) });
    }
}

async function finish(run, known) {
    const { report } = run;
    model.run = run;
    model.at = serverNow();
    const { checkpoint } = report;
    const now = checkpoint && { size: checkpoint.size, when: clock(model.at), witnesses: witnessCount(model.pin, checkpoint) };
    model.marks = [known && known.size < (now?.size ?? 0) && { size: known.size, when: t("chain.seen"), witnesses: 0 }, now].filter(Boolean);
    if (report.holds) {
        proven(report);
        await saveNote(noteName(), { size: checkpoint.size, root: checkpoint.root });
    }
    page.show(view, true);
    if (model.digests.length === 0) {
        model.digests = await Promise.all(SODIUM.map(async (path) => [path, await digestOf(path)]));
        page.refresh();
    }
}

async function start() {
    try {
        model.pin = await pinService();
    } catch (error) {
        const again = { label: t("verify.repin"), press: async () => { await repinService(); location.reload(); } };
        return page.fail(error, error.message === "refuse.origin" ? again : { label: t("do.again"), press: start });
    }
    return go(fromService());
}

start();
