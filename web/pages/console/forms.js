/**
 * forms.js - what the signers of a step choose; everything else is drafted from the log.
 *
 *   formOf(type, { desk, scene }) → { form: () => node | undefined, text: (form) => statement, single, checked }
 *   A text that cannot be made yet throws; with `say` it says to a person why.
 */
import { base64Decode, randomBytes } from "../../lib/bytes.js";
import * as draft from "../../lib/draft.js";
import { parseElection } from "../../lib/election.js";
import { sha256 } from "../../lib/hash.js";
import { printText } from "../../lib/statement.js";
import { convert, isId, parseTime, size } from "../../lib/text.js";
import { el, field, input } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { readNote, saveNote } from "../../ui/store.js";
import { serverNow, stamp } from "../../ui/time.js";
import { sizeWarning } from "./gates.js";

const AWARD_RULES = {
    等次: "0 0 不授奖\n1 1 提名奖\n2 1024 质量奖", 限额: "3 2\n9 1 2", 席位: "2 3\n1 9",
    通过: "2 2/3 实到 不少于\n1 2 1/2 实到 超过",
};
const START = 15;

function wanting(key, values) {
    return Object.assign(new Error(key), { say: t(key, values) });
}

/** A node with named inputs: read(name) gives the text, onRefresh(call) tells of each change. */
function makeForm(rows) {
    const controls = new Map();
    const form = el("section", { class: "card" }, el("h2", {}, t("form.title")), rows.map(([name, label, control, hint]) => {
        controls.set(name, control);
        return control.tagName === "FIELDSET" ? control : field({ label, hint, input: control });
    }));
    form.read = (name) => convert(controls.get(name).value);
    form.raw = (name) => controls.get(name).value;
    form.picked = (name) => [...controls.get(name).querySelectorAll("input:checked")].map(({ value }) => value);
    form.onRefresh = (call) => form.addEventListener("input", call);
    return form;
}

function checks(name, legend, people, chosen, nameOf) {
    return el("fieldset", { class: "stack" }, el("legend", { class: "label" }, legend), el("div", { class: "check-grid" },
        people.map((id) => el("label", { class: "choice" }, el("input", { type: "checkbox", name, value: id, checked: chosen.includes(id) }),
            el("span", {}, nameOf(id))))));
}

function select(options, chosen, nameOf) {
    return el("select", { class: "input" }, options.map((id) => el("option", { value: id, selected: id === chosen }, nameOf(id))));
}

const holders = (state, role) => [...state.people.values()]
    .filter(({ confirmed, revoked, roles }) => confirmed !== null && revoked === null && roles.has(role)).map(({ id }) => id).sort();

const localNow = (minutes = 0) => stamp(new Date(serverNow().getTime() + minutes * 60000)).slice(0, 16);
const lines = (text) => text.split("\n").map(convert).filter((line) => line !== "");
const freshId = (wanted, taken) => (taken(wanted) ? freshId(wanted.replace(/(-\d+b?)?$/, (tail) => `${tail}b`), taken) : wanted);

function idOf(form, name = "id") {
    const id = form.read(name);
    if (!isId(id)) throw wanting("form.id");
    return id;
}

function cycleForm({ desk }) {
    const year = stamp().slice(0, 4);
    const form = () => makeForm([["id", t("form.cycle"), input({ value: freshId(`award-${year}`, (id) => desk.state.cycles.has(id)) })],
        ["year", t("form.year"), input({ value: year, inputmode: "numeric" })],
        ["rules", t("form.rules"), input({ code: true, long: true, class: "input mono" }), t("form.rules.hint")],
        ["number", t("form.number"), input({ value: `示例评审办〔${year}〕1号` })],
        ["quorum", t("form.quorum"), input({ value: "2/3" })], ["runoffs", t("form.runoffs"), input({ value: "2", inputmode: "numeric" })],
        ...Object.entries(AWARD_RULES).map(([label, value]) => [label, t(`form.${label}`), input({ rows: 3, value })])]);
    const text = (held) => printText("cycle.open", desk.pin.origin, [["周期", idOf(held)], ["年度", held.read("year")],
        ["规则文件", rulesHash(held.raw("rules"))], ["细则文号", held.read("number")], ["法定人数", held.read("quorum")],
        ["加投上限", held.read("runoffs")],
        ...Object.keys(AWARD_RULES).flatMap((label) => lines(held.raw(label)).map((line) => [label, line]))]);
    return { form, text };
}

/** The SHA-256 of the rules document as base64; empty: of no document, as in the demonstration. */
function rulesHash(typed) {
    if (typed.trim() === "") return sha256(new Uint8Array(0));
    try {
        const bytes = base64Decode(typed.trim());
        if (bytes.length === 32) return bytes;
    } catch {
        // said below
    }
    throw wanting("form.rules.bad");
}

function ceremonyForm({ desk }) {
    const people = holders(desk.state, "受托人");
    const known = (id) => [...desk.state.ceremonies.values()].some((ceremony) => ceremony.id === id);
    const form = () => makeForm([["id", t("form.ceremony"), input({ value: freshId(`keys-${stamp().slice(0, 4)}`, known) })],
        ["trustees", "", checks("trustees", t("form.trustees"), people, people, desk.nameOf)],
        ["t", t("form.threshold"), input({ value: String(Math.floor(people.length / 2) + 1), inputmode: "numeric" }), t("form.threshold.hint")]]);
    const text = (held) => {
        const trustees = held.picked("trustees");
        const threshold = Number(held.read("t"));
        if (trustees.length < 2 || threshold > trustees.length || 2 * threshold <= trustees.length) throw wanting("form.threshold.bad");
        return draft.draftCeremony(desk.state, { id: idOf(held), t: threshold, trustees });
    };
    return { form, text };
}

function meetingForm({ desk, scene }) {
    const { state } = desk;
    const members = holders(state, "委员");
    const scrutineers = holders(state, "监票人");
    const [num, den] = scene.cycle.quorum;
    const before = scene.meeting?.candidates.map(({ id, name }) => `${id} ${name}`).join("\n") ?? "";
    const form = () => makeForm([["id", t("form.meeting"), input({ value: freshId(`meeting-${scene.cycle.year}`, (id) => state.meetings.has(id)) })],
        ["place", t("form.place"), input({ value: scene.meeting?.place ?? "" })],
        ["time", t("form.time"), input({ type: "datetime-local", value: localNow() })],
        ["chair", t("form.chair"), select(holders(state, "主持人"), desk.person, desk.nameOf)],
        ["scrutineers", "", checks("scrutineers", t("form.scrutineers"), scrutineers, scrutineers.slice(0, 2), desk.nameOf)],
        ["appointed", "", checks("appointed", t("form.appointed"), members, members, desk.nameOf)],
        ["candidates", t("form.candidates"), input({ rows: 8, value: before }), t("form.candidates.hint")]]);
    const text = (held) => {
        const appointed = held.picked("appointed").sort();
        const watching = held.picked("scrutineers");
        if (watching.length !== 2) throw wanting("form.scrutineers.bad");
        if (appointed.length < 3) throw wanting("form.appointed.bad");
        if (lines(held.raw("candidates")).length === 0) throw wanting("form.candidates.bad");
        return printText("meeting.open", desk.pin.origin, [["会议", idOf(held)], ["周期", scene.cycle.id], ["地点", held.read("place")],
            ["召开时间", `${held.raw("time")}:00+08:00`], ["主持人", held.read("chair")], ...watching.map((id) => ["监票人", id]),
            ...appointed.map((id) => ["应到", id]), ["法定人数", Math.ceil((num * appointed.length) / den)],
            ...lines(held.raw("candidates")).map((line) => ["候选", line])]);
    };
    return { form, text };
}

function openForm({ desk, scene }) {
    const { state } = desk;
    const known = (id) => [...state.elections.values()].some(({ election }) => election.id === id);
    const round = scene.phase === "runoff" ? scene.tie.previous.election.round + 1 : 1;
    const wanted = `election-${scene.cycle.year}${round > 1 ? `-r${round}` : ""}`;
    const form = () => makeForm([["id", t("form.election"), input({ value: freshId(wanted, known) })],
        ["opens", t("form.opens"), input({ type: "datetime-local", step: 1, value: stamp(new Date(serverNow().getTime() + START * 1000)).slice(0, 19) })],
        ["closes", t("form.closes"), input({ type: "datetime-local", step: 1, value: localNow(30) })],
        ["window", t("form.window"), input({ type: "number", min: 1, max: 3600, value: "60" }), t("form.window.hint")]]);
    const text = (held) => {
        const plan = { id: idOf(held), meeting: scene.meeting.id, ceremony: scene.ceremony.hash, window: Number(held.raw("window")),
            opens: readTime(held.raw("opens")), closes: readTime(held.raw("closes")) };
        if (plan.closes <= plan.opens || plan.closes * 1000 <= serverNow()) throw wanting("form.closes.bad");
        const made = round > 1 ? draft.draftRunoff(state, plan, scene.tie.previous.election.M) : draft.draftManifest(state, plan);
        showReveal(held, made);
        return made;
    };
    return { form, text };
}

/** A time field leaves its seconds out where they are zero. */
const readTime = (typed) => parseTime(`${typed.length === 16 ? `${typed}:00` : typed}+08:00`);

function showReveal(held, text) {
    held.querySelector(".reveal")?.remove();
    const { text: words, isSmall } = sizeWarning(parseElection(text));
    held.append(el("div", { class: `note reveal ${isSmall ? "wait" : "info"}` }, el("b", {}, t("reveal.title")), el("p", { class: "small" }, words),
        isSmall && el("p", { class: "small" }, t("reveal.small"))));
}

function commitForm({ desk, scene }) {
    const secret = randomBytes(32);
    const text = () => draft.draftCommit(desk.state, scene.meeting.id, secret);
    // The bytes are kept before the promise leaves: without them nobody could ever keep it.
    return { text, single: true, before: () => saveNote(`draw ${desk.pin.vkey} ${scene.meeting.id}`, secret) };
}

export const readDraw = (pin, meeting) => readNote(`draw ${pin.vkey} ${meeting}`);

async function revealForm({ desk, scene }) {
    const secret = await readDraw(desk.pin, scene.meeting.id);
    return { text: () => draft.draftReveal(desk.state, scene.meeting.id, secret), single: true };
}

function wordsForm(label, hint, make) {
    const form = () => makeForm([["words", label, input({ rows: 4 }), hint]]);
    const text = (held) => {
        const words = convert(held.raw("words").replaceAll("\n", " "));
        if (words === "") throw wanting("form.words");
        if (size(words) > 1900) throw wanting("form.long");
        return make(words);
    };
    return { form, text };
}

const FORMS = {
    "cycle.open": cycleForm, "trustee.ceremony": ceremonyForm, "meeting.open": meetingForm, "election.open": openForm,
    "draw.commit": commitForm, "draw.reveal": revealForm,
    "draw.record": ({ desk, scene }) => wordsForm(t("form.draw"), t("form.draw.hint"), (words) => printText("draw.record", desk.pin.origin,
        [["会议", scene.meeting.id], ["抽签", words]])),
    "meeting.freeze": ({ desk, scene }) => ({ text: () => draft.draftFreeze(desk.state, scene.meeting.id) }),
    "election.close": ({ desk, scene }) => ({ text: () => draft.draftClose(desk.state, scene.round.election.M) }),
    "election.result": ({ desk, scene }) => ({ text: () => draft.draftResult(desk.state, scene.phase === "again"
        ? scene.first.election.M : scene.round.election.M) }),
    "election.cancel": ({ desk, scene }) => wordsForm(t("form.reason"), t("form.reason.hint"), (words) => printText("election.cancel",
        desk.pin.origin, [["清单", scene.round.election.M], ["理由", words]])),
    "meeting.minutes": ({ desk, scene }) => wordsForm(t("form.minutes"), t("form.minutes.hint"),
        (words) => draft.draftMinutes(desk.state, scene.meeting.id, words)),
};

export async function formOf(type, context) {
    return FORMS[type](context);
}
