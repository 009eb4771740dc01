/**
 * result.js - the result of one vote: the sentence, the bars with their thresholds, ties explained; and
 * the whole log up to it computed again on this device: every ballot, share, paper vote and seat.
 */
import booth from "../i18n/booth.js";
import words from "../i18n/result.js";
import * as api from "../api.js";
import { base64 } from "../lib/bytes.js";
import { parseElection } from "../lib/election.js";
import { parseEntry } from "../lib/entry.js";
import { must } from "../lib/refusal.js";
import { parseStatement, number, value, values } from "../lib/statement.js";
import { button, card, el, link, tag } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { learn, t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { openLog, readEntries, replay } from "../ui/log.js";
import { pinService } from "../ui/signer.js";
import { banner, isProven, proven } from "../ui/state.js";
import { tallyBars, tallyLegend } from "../ui/tally.js";

const EVERY = 3000;
learn(booth);
const page = openPage({ title: "result.title", width: "wide", table: words });
/** counts[i][g-1]: votes of grade g; own: what this device computed, or the rule that failed */
const model = { pin: null, status: null, election: null, statement: null, counts: [], seated: new Map(), tied: [], own: null, base: null };

const asked = new URLSearchParams(location.search).get("election");

async function findStatus() {
    if (asked) return api.readElection(asked).catch((error) => (error.status === 404 ? null : Promise.reject(error)));
    const { elections } = await api.readOverview();
    return elections.length ? api.readElection(elections.at(-1).id) : null;
}

function gradeName(grade) {
    const { name } = model.election.grades[grade];
    return ["质量奖", "提名奖", "不授奖"].includes(name) ? t(`grade.${name}`) : name;
}

/* --- before the result --- */

function waitingWords() {
    const { state, ballots, waiting, roll, trustees, threshold } = model.status;
    if (state === "open") return t("result.waiting.open", { k: ballots + waiting, n: roll });
    return t("result.waiting.closed", { k: trustees.filter(({ shared }) => shared).length, t: threshold });
}

function waitingView() {
    if (!model.status) return [el("h1", {}, t("result.title")), empty(t("result.none"), t("result.none.body"))];
    if (model.status.state === "cancelled") return [el("h1", {}, t("result.title")), empty(t("result.cancelled"))];
    return [el("h1", {}, t("result.title")), empty(t("result.waiting"), `${waitingWords()}${t("result.waiting.self")}`)];
}

/* --- the published result --- */

function takeResult() {
    const { statement, election } = model;
    const place = new Map(election.candidates.map(({ id }, i) => [id, i]));
    for (const line of values(statement, "得票")) {
        const [id, ...votes] = line.split(" ");
        model.counts[place.get(id)] = votes.map(Number);
    }
    for (const line of values(statement, "入选")) model.seated.set(place.get(line.split(" ")[1]), Number(line.split(" ")[0]));
    model.tied = values(statement, "并列").map((line) => ({ grade: Number(line.split(" ")[0]), candidate: place.get(line.split(" ")[1]) }));
}

const passOf = (grade) => model.election.passes.find(({ grades }) => grades[0] === grade);
const votesFor = (i, grade) => passOf(grade).grades.reduce((sum, g) => sum + model.counts[i][g - 1], 0);
const gradesWithSeats = () => model.election.seats.map(({ grade }) => grade).sort((a, b) => b - a);

/** Places the ties left open: the seats of that grade and higher, less who is seated in them. */
function placesLeft(grade) {
    const { k } = model.election.seats.find((seat) => seat.grade === grade);
    return k - [...model.seated.values()].filter((one) => one >= grade).length;
}

function headline() {
    const parts = gradesWithSeats().map((grade) => ({ grade, n: [...model.seated.values()].filter((one) => one === grade).length }))
        .filter(({ n }) => n > 0).map(({ grade, n }) => t("result.seated", { grade: gradeName(grade), n }));
    const open = new Set(model.tied.map(({ grade }) => grade));
    for (const grade of open) parts.push(t("result.tied", { n: placesLeft(grade) }));
    return parts.join(t("result.joint")) || t("result.nobody");
}

function ruleWords(grade) {
    const pass = passOf(grade);
    const names = [...pass.grades].reverse().map(gradeName).join("、");
    const grades = pass.grades.length > 1 ? t("result.rule.sum", { grades: names }) : t("result.rule.votes", { grade: names });
    const { k } = model.election.seats.find((seat) => seat.grade === grade);
    return t(pass.comparison === "超过" ? "result.rule.over" : "result.rule", { grades, base: t(`base.${pass.base}`), num: pass.num, den: pass.den, k });
}

function recusedOf(i) {
    return model.election.recusals.filter(({ candidate }) => candidate === model.election.candidates[i].id).length;
}

function threshold(i, grade) {
    const pass = passOf(grade);
    const base = (pass.base === "应到" ? model.base : model.election.roll.length) - recusedOf(i);
    return (pass.num * base) / pass.den;
}

function verdict(i, grade) {
    const n = votesFor(i, grade);
    if (model.seated.get(i) === grade) return tag(grade === gradesWithSeats()[0] ? "ink" : "", t("result.verdict", { grade: gradeName(grade), n }), "check");
    if (model.tied.some((tie) => tie.candidate === i)) return tag("wait", t("result.verdict.tied", { n }), "half");
    return tag("", t("result.verdict.none", { n }));
}

function barRow(i, grade, rank) {
    const counts = [...model.counts[i]].reverse();
    const ballots = number(model.statement, "选票数");
    const recused = recusedOf(i);
    const blank = ballots - counts.reduce((sum, n) => sum + n, 0) - recused;
    return { rank, name: model.election.candidates[i].name, votes: [...counts, Math.max(0, blank)], recused,
        threshold: threshold(i, grade), verdict: verdict(i, grade) };
}

function section(title, rule, members, grade, from) {
    const sorted = [...members].sort((a, b) => votesFor(b, grade) - votesFor(a, grade) || a - b);
    const rows = sorted.map((i, at) => barRow(i, grade, model.tied.some((tie) => tie.candidate === i) ? "=" : from === null ? "" : String(from + at)));
    const names = model.election.grades.map((_, g) => gradeName(g)).reverse();
    return card([el("div", { class: "row spread" }, el("h2", {}, title), el("span", { class: "small" }, rule)),
        tallyBars(rows, { scale: model.election.roll.length, names, label: title })], { kind: "document" });
}

function sections() {
    let from = 1;
    const shown = new Set();
    const cards = gradesWithSeats().map((grade) => {
        const members = model.election.candidates.flatMap((_, i) =>
            (model.seated.get(i) === grade || model.tied.some((tie) => tie.grade === grade && tie.candidate === i) ? [i] : []));
        members.forEach((i) => shown.add(i));
        const made = members.length > 0 && section(gradeName(grade), ruleWords(grade), members, grade, from);
        from += members.length;
        return made;
    });
    const rest = model.election.candidates.flatMap((_, i) => (shown.has(i) ? [] : [i]));
    const lowest = gradesWithSeats().at(-1);
    return [...cards, rest.length > 0 && section(t("result.rest"), ruleWords(lowest), rest, lowest, null)];
}

function tieNotes() {
    return [...new Set(model.tied.map(({ grade }) => grade))].map((grade) => {
        const members = model.tied.filter((tie) => tie.grade === grade);
        return el("div", { class: "note wait" }, el("p", {}, el("b", {}, t("result.tie.title",
            { n: placesLeft(grade), k: members.length, v: votesFor(members[0].candidate, grade) }))), el("p", {}, t("result.tie.body")));
    });
}

function ownCard() {
    const more = link(t("result.verify"), "verify.html");
    if (!model.own) return card([el("p", { role: "status" }, t("result.own.working")), el("p", { class: "small", id: "own-count" })]);
    if (!isProven(model.own)) return banner("stop", t("result.own.bad"), t("result.own.bad.body", { rule: model.own.rule }));
    return card([el("div", { class: "row spread", role: "status" }, el("div", { class: "row" }, el("span", { class: "is-done" }, icon("check")),
        el("div", {}, el("b", {}, t("result.own")), el("p", { class: "small" }, t("result.own.body", { b: model.own.ballots, s: model.own.shares })))), more)]);
}

function resultView() {
    const { election, status, statement } = model;
    return [el("div", { class: "row spread" }, el("div", {},
        el("p", { class: "small" }, t("result.meta", { r: election.round, n: number(statement, "选票数"), m: election.roll.length, i: status.result })),
        el("h1", { class: "display" }, headline())), button("quiet narrow", t("result.print"), () => window.print(), { icon: "print" })),
    tallyLegend(election.grades.map((_, g) => gradeName(g)).reverse()), sections(),
    el("div", { class: "pair" }, tieNotes(), ownCard())];
}

/** What the published result says, and of which list, from the log itself. */
async function readPublished(log) {
    const { status } = model;
    const entries = await readEntries(log, 0, status.result + 1);
    const statementAt = (index) => parseStatement(parseEntry(entries[index].entry).note);
    model.election = parseElection(statementAt(status.index).text);
    model.statement = statementAt(status.result);
    must(model.statement.type === "election.result" && value(model.statement, "清单") === base64(model.election.M), "result.differs");
}

/** The fold refuses a result that is not the one of its ballots, shares and rules. */
async function recompute(log) {
    const { state } = await replay(model.pin, log, model.status.result + 1, (k, n) => {
        const place = document.getElementById("own-count");
        if (place) place.textContent = `${k} / ${n}`;
    });
    const held = [...state.elections.values()].find(({ election }) => election.id === model.election.id);
    return proven({ ballots: number(model.statement, "选票数"), shares: held.shares.length });
}

async function load() {
    const log = await openLog(model.pin);
    await readPublished(log);
    model.base = (await api.readMeeting(model.election.meeting)).appointed.length;
    takeResult();
    page.show(resultView, true);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    try {
        model.own = await recompute(log);
    } catch (error) {
        model.own = { rule: error.rule ?? error.message };
    }
    page.refresh();
}

async function start() {
    try {
        model.pin ??= await pinService();
        model.status = await findStatus();
        if (model.status?.result !== null && model.status?.result !== undefined) return await load();
        page.show(waitingView);
    } catch (error) {
        if (!error.lost) return page.fail(error, { label: t("do.again"), press: start });
    }
    return setTimeout(start, EVERY);
}

start();
