/**
 * report.js - one report: who has signed and who is missing, for anybody; the document and the signing
 * panel for those whom it concerns. The address names it: report.html#<id>, or #<id>.v<n> for a version.
 *
 * What the service says of a report is compared with the log on this device before anything is signed;
 * the page asks again every few seconds and never takes away what is being read or typed.
 */
import words from "../i18n/report.js";
import * as api from "../api.js";
import { hex } from "../lib/bytes.js";
import { parseEntry } from "../lib/entry.js";
import { bytes, parseStatement, value } from "../lib/statement.js";
import { button, card, el, fill, link, tag, textButton } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { openLog, readEntries } from "../ui/log.js";
import { explain } from "../ui/refusal.js";
import { act, passphraseField } from "../ui/sign.js";
import { openMySession, pinService } from "../ui/signer.js";
import { stateLine } from "../ui/state.js";
import { choosePerson, lastPerson, listPeople, readPerson } from "../ui/store.js";
import { instant, moment, remaining, serverNow } from "../ui/time.js";
import { factsCard, proofLine, stateBanner, takeCard, versionsCard, voidBanner } from "./report/more.js";
import { readNames, readOpenings } from "./report/names.js";
import { loadFile, openPane } from "./report/pane.js";
import { isSettled, signedBar, signersList } from "./report/people.js";
import { proveReport } from "./report/proof.js";
import { openDesk } from "./report/sign.js";

const EVERY = 4000;
const READERS = ["工作人员", "委员", "主持人"];
const TALL = matchMedia("(min-height: 900px) and (min-width: 1024px)");
const page = openPage({ title: "report.title", width: "wide", table: words });
const model = { pin: null, asked: null, status: null, log: null, me: null, people: [], hasKey: false, mayRead: false, names: new Map(),
    organisations: new Map(), openings: new Map(), file: { state: "none" }, seen: new Set(), proof: null };
let desk = null;
let pane = null;

const [topBox, signersBox, deskBox, moreBox, sideBox] = [0, 1, 2, 3, 4].map(() => el("div", { class: "stack wide" }));

const isAbsent = ({ document: held }) => held === "missing" || held === "partial";

function askedFor() {
    const [, id, version] = /^([a-z0-9][a-z0-9-]{0,62})(?:\.v([1-9][0-9]{0,5}))?$/.exec(decodeURIComponent(location.hash.slice(1))) ?? [];
    return id ? { id, version: version ? Number(version) : undefined } : null;
}

/* --- who reads --- */

const myRow = () => model.me && model.status.signers.find(({ person }) => person === model.me.person);

/** There is something left for this reader to sign on this version. */
function isMyTurn() {
    const row = myRow();
    return Boolean(row && !isSettled(row) && model.status.newest && ["open", "blocked"].includes(model.status.state));
}

function readerCard() {
    const person = model.person;
    if (!person) return card([el("h2", {}, t("report.reader")), el("p", { class: "small" }, t("report.file.private")), link(t("report.reader.enter"), "enter.html", "quiet")]);
    const pass = passphraseField();
    const place = el("div", {});
    const press = button("ink", t("report.reader.open"), submit, { icon: "lock" });
    const others = model.people.filter((one) => one.person !== person);
    pass.onEnter(submit);
    function submit() {
        if (!pass.value()) return pass.say(t("pass.empty"));
        pass.say("");
        return act(press, place, t("report.reader.busy"), async () => {
            await openMySession(person, pass.value());
            choosePerson(person);
            await readMe();
            await enter();
        });
    }
    return card([el("h2", {}, t("report.reader")), el("p", { class: "small" }, `${t("report.reader.who", { person })}${t("report.reader.body")}`), pass, place, press,
        others.length > 0 && el("p", { class: "row small" }, t("report.reader.be"), others.map((one) => textButton(one.person, () => { model.person = one.person; drawDesk(); })))]);
}

async function readMe() {
    model.people = await listPeople();
    const last = lastPerson();
    model.person = model.people.some(({ person }) => person === last) ? last : model.people[0]?.person ?? null;
    model.me = await api.readMe().catch((error) => (error.status === 401 ? null : Promise.reject(error)));
    model.hasKey = Boolean(model.me && (await readPerson(model.me.person)));
    page.setup.who = model.me?.person ?? null;
    const row = myRow();
    model.mayRead = Boolean(model.me && (row || model.me.roles.some((role) => READERS.includes(role))));
}

/* --- what is drawn --- */

function timeTag() {
    const { deadline } = model.status;
    if (!["open", "blocked"].includes(model.status.state)) return null;
    if (instant(deadline) < serverNow()) return tag("wait", t("report.late", { t: moment(deadline) }), "clock");
    return tag("wait", remaining(deadline), "clock");
}

function mine() {
    if (!isMyTurn() || (desk && desk.stage !== "form")) return null;
    const { file, seen } = model;
    const words = file.state === "ok" ? `${t("report.file.ok.short")} · ${t("report.seen", { n: seen.size, of: file.count })}` : t("report.unsigned.wait");
    return stateLine("none", t("report.unsigned"), words);
}

function drawTop() {
    const { status } = model;
    fill(topBox, el("div", {}, el("p", { class: "small" }, `${t(`report.kind.${status.kind}`)} · ${t("report.version", { v: status.version })}`),
        el("h1", { lang: "zh" }, status.title), el("p", { class: "row small" }, t(`report.article.${status.kind}`))), voidBanner(model));
}

function drawSigners() {
    const summary = el("summary", {}, signedBar(model));
    const isFolded = !TALL.matches && isMyTurn();
    const isOpen = signersBox.querySelector("details")?.open ?? !isFolded;
    const own = mine();
    const isSaid = own || model.status.state === "void" || (desk && desk.stage !== "form" && !model.proof?.rule);
    const left = timeTag();
    fill(signersBox, card([(own || left) && el("div", { class: "row spread" }, own, left), !isSaid && stateBanner(model),
        own && model.status.state === "blocked" && el("p", { class: "note wait" }, t("report.blocked.body")),
        el("details", { class: "signers-fold", open: isOpen }, summary, signersList(model)), proofLine(model)]));
}

function drawDesk() {
    if (!model.me) return fill(deskBox, readerCard());
    if (!desk) return fill(deskBox, !myRow() && el("p", { class: "note" }, t("report.notreader")));
    if (desk.stage === "form" && !isMyTurn()) return fill(deskBox);
    if (!deskBox.contains(desk.element)) fill(deskBox, desk.element);
    return desk.draw();
}

function drawMore() {
    fill(moreBox, factsCard(model), el("div", { class: "stack wide" }, versionsCard(model), takeCard(model)));
}

function draw() {
    drawTop();
    drawSigners();
    drawDesk();
    drawMore();
}

function view() {
    draw();
    pane?.relabel();
    desk?.relabel();
    moreBox.className = "stack wide";
    if (!pane) return [topBox, el("div", { class: "panes" }, signersBox, el("div", { class: "stack wide" }, deskBox, moreBox))];
    const isSigning = isMyTurn();
    moreBox.className = isSigning ? "pair" : "stack wide";
    return [topBox, el("div", { class: "panes" }, el("div", { class: "stack wide" }, pane.element, !isSigning && moreBox),
        fill(sideBox, desk?.stage === "done" ? [deskBox, signersBox] : [signersBox, deskBox])), isSigning && moreBox];
}

/* --- the log --- */

/** The version that the service describes is the one in the log, word for word where it matters. */
async function checkFiling() {
    const { pin, status } = model;
    const log = await openLog(pin);
    const [{ entry }] = await readEntries(log, status.index, status.index + 1);
    const filing = parseStatement(parseEntry(entry).note);
    const same = filing.type === "report.file" && filing.origin === pin.origin && value(filing, "报告") === status.id &&
        value(filing, "版本") === String(status.version) && value(filing, "标题") === status.title && value(filing, "种类") === status.kind &&
        value(filing, "大小") === String(status.size) && value(filing, "格式") === status.format && hex(bytes(filing, "文件")) === status.file;
    if (!same) throw explain("report.filing");
    model.log = log;
}

async function prove() {
    if (!model.log) return;
    model.proof = await proveReport(model).catch((error) => (error.lost || error.status ? null : { rule: error.rule ?? error.message }));
    drawSigners();
}

/* --- the course of things --- */

function drop() {
    if (model.file.state === "loading") return;
    loadFile(model, pane);
}

async function enter() {
    if (model.mayRead) {
        pane = openPane(model, { load: drop, changed: () => { drawSigners(); desk?.draw(); } });
        if (isAbsent(model.status)) model.file = { state: "missing" };
    }
    const row = myRow();
    if (row && (isMyTurn() || row.index !== null)) desk = await openDesk(model, { came: follow, moved });
    page.refresh();
    page.show(view, true);
    if (pane && isMyTurn() && model.file.state === "none") drop();
    if (model.me) loadNames();
}

/** The panel has gone on: before 已签 nothing stands above it. */
function moved() {
    if (!sideBox.isConnected || !desk) return;
    const first = desk.stage === "done" ? deskBox : signersBox;
    if (sideBox.firstChild !== first) sideBox.prepend(first);
    drawSigners();
}

async function loadNames() {
    model.openings = await readOpenings();
    drawSigners();
    if (model.log) model.names = await readNames(model.log, model.openings);
    drawSigners();
    desk?.draw();
}

/** A newer version, a signature of somebody else, the file at last: shown where it belongs. */
async function follow() {
    clearTimeout(follow.timer);
    try {
        const fresh = await api.readReport(model.asked.id, model.status.version);
        if (JSON.stringify(fresh) !== JSON.stringify(model.status)) await take(fresh);
    } catch (error) {
        if (!error.lost && error.status !== 503) page.title(t("report.title"));
    }
    follow.timer = setTimeout(follow, EVERY);
}

async function take(fresh) {
    const before = model.status;
    model.status = fresh;
    if (before.state !== fresh.state && fresh.state === "void") {
        pane?.leave();
        page.show(view, true);
    }
    if (pane && model.file.state === "missing" && !isAbsent(fresh)) {
        model.file = { state: "none" };
        drop();
    }
    if (model.me) model.openings = await readOpenings();
    draw();
    if (desk && isSettled(myRow() ?? {})) desk.follow();
    model.log = await openLog(model.pin).catch(() => model.log);
    await prove();
}

async function readAll() {
    const { id, version } = model.asked;
    const [status, { organisations }] = await Promise.all([api.readReport(id, version), api.readOrganisations()]);
    model.status = status;
    model.organisations = new Map(organisations.map((one) => [one.id, one]));
}

async function start() {
    try {
        model.asked = askedFor();
        if (!model.asked) throw explain("report.none");
        page.show(() => [el("h1", {}, t("report.title")), el("p", { role: "status" }, t("report.reading"))]);
        model.pin = await pinService();
        await readAll();
        await checkFiling();
        await readMe();
        await enter();
        await prove();
        follow.timer = setTimeout(follow, EVERY);
    } catch (error) {
        page.fail(error.status === 404 ? explain("report.none") : error, { label: t("report.take.all"), press: () => location.assign("reports.html") });
    }
}

addEventListener("hashchange", () => location.reload());
start();
