/**
 * log.js - 公开记录: every entry as it stands, newest first, with its raw text and its receipt.
 *
 * The tree and the checkpoint's signature are checked here; rules and proofs are what 验证 is for.
 * #<n> opens entry n.
 */
import words from "../i18n/public.js";
import * as api from "../api.js";
import { hex, utf8Decode } from "../lib/bytes.js";
import { parseEntry } from "../lib/entry.js";
import { parseStatement } from "../lib/statement.js";
import { printTime } from "../lib/text.js";
import { card, el, field, fill, link, textButton } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { openLog, readEntries, witnessCount } from "../ui/log.js";
import { pinService } from "../ui/signer.js";
import { proven, verifiedBanner } from "../ui/state.js";
import { statementBlock } from "../ui/statement.js";
import { clock, day, moment } from "../ui/time.js";
import { chain } from "./verify/chain.js";

const EVERY = 5000;
const STEP = 50;
const page = openPage({ title: "log.title", width: "wide", table: words });
const model = { pin: null, log: null, entries: [], kind: "", shown: STEP, open: new Set(), at: null };

function readRow({ index, entry }) {
    const { time, note } = parseEntry(entry);
    const { type, hash, signatures } = parseStatement(note);
    return { index, entry, type, hash: hex(hash), time: printTime(time), signed: signatures.map(({ name }) => name) };
}

async function read() {
    const log = await openLog(model.pin);
    const fresh = await readEntries(log, model.entries.length, log.size);
    model.entries.push(...fresh.map(readRow));
    model.log = proven(log);
    model.at = new Date();
    return fresh.length > 0;
}

function chainCard() {
    const { log: { checkpoint }, entries, at } = model;
    const mark = { size: checkpoint.size, when: clock(at), witnesses: witnessCount(model.pin, checkpoint) };
    return card([el("h2", {}, t("chain.title")), chain(entries.map(({ type }) => type), [mark])]);
}

function kinds() {
    return [...new Set(model.entries.map(({ type }) => type))].sort();
}

function filterRow() {
    const select = el("select", { class: "input" }, el("option", { value: "" }, t("log.all")),
        kinds().map((kind) => el("option", { value: kind, selected: kind === model.kind }, kind)));
    select.addEventListener("change", () => { Object.assign(model, { kind: select.value, shown: STEP }); draw(); });
    return field({ label: t("log.filter"), hint: t("log.newest"), input: select });
}

function toggle(index) {
    if (model.open.has(index)) model.open.delete(index);
    else model.open.add(index);
    draw();
}

function opened({ index, entry, hash }) {
    return el("div", { class: "open stack" }, statementBlock(utf8Decode(entry), { signed: false, title: t("log.raw", { n: index }) }),
        el("div", { class: "row" }, link(t("log.receipt"), `/api/receipts/${hash}`, "quiet narrow", { icon: "save", download: `receipt-${index}.txt` })));
}

function row(item) {
    const isOpen = model.open.has(item.index);
    return el("li", { id: `entry-${item.index}` }, el("b", {}, t("verify.number", { n: item.index })),
        el("span", {}, el("span", { class: "mono" }, item.type), el("span", { class: "caption block" }, item.signed.join(" · "))),
        el("span", { class: "row when" }, el("span", { class: "caption" }, `${day(item.time)} ${clock(item.time, true)}`),
            textButton(t(isOpen ? "log.close" : "log.open"), () => toggle(item.index), { "aria-expanded": String(isOpen), class: "link small" })),
        isOpen && opened(item));
}

const list = el("ol", { class: "entries", reversed: true });

function draw() {
    const rows = model.entries.filter(({ type }) => model.kind === "" || type === model.kind).reverse();
    const rest = rows.length - model.shown;
    fill(list, rows.slice(0, model.shown).map(row), rest > 0 && el("li", {}, textButton(t("log.more", { n: Math.min(rest, STEP) }),
        () => { model.shown += STEP; draw(); })));
    return list;
}

function view() {
    const { log, entries } = model;
    return [el("div", { class: "row spread" }, el("div", {}, el("h1", { class: "display" }, t("log.title")), el("p", {}, t("log.body"))),
        el("div", { class: "row" }, link(t("log.reports"), "reports.html", "narrow"), link(t("log.verify"), "verify.html", "narrow", { icon: "check" }))),
    verifiedBanner(log, t("log.checked.word"), `${t("log.checked", { n: entries.length })} ${moment(model.at)}`), chainCard(),
    card([filterRow(), draw()])];
}

/** The entry that the address names is opened, and shown even if it is an old one. */
function openNamed() {
    const index = Number(location.hash.slice(1));
    if (location.hash.length < 2 || !model.entries[index]) return;
    model.open.add(index);
    model.shown = Math.max(STEP, model.entries.length - index);
    model.kind = "";
    page.show(view);
    document.getElementById(`entry-${index}`)?.scrollIntoView();
}

async function follow() {
    const { log } = await api.readOverview().catch(() => ({ log: { size: 0 } }));
    if (log.size > model.entries.length) {
        try {
            if (await read()) page.refresh();
        } catch (error) {
            return page.fail(error, { label: t("do.again"), press: start });
        }
    }
    return setTimeout(follow, EVERY);
}

async function start() {
    try {
        model.pin = await pinService();
        Object.assign(model, { entries: [] });
        await read();
        page.show(view, true);
        openNamed();
        follow();
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: start });
    }
}

addEventListener("hashchange", openNamed);
start();
