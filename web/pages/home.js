/**
 * home.js - what this person has to do: one card a task, by deadline, then the oldest first.
 *
 * The page asks again every few seconds, because tasks come from what others do.
 */
import cases from "../i18n/case.js";
import words from "../i18n/member.js";
import office from "../i18n/office.js";
import report from "../i18n/report.js";
import * as api from "../api.js";
import { card, el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { language, learn, t } from "../ui/language.js";
import { empty, taskCard } from "../ui/list.js";
import { pinService } from "../ui/signer.js";
import { choosePerson, chosenPerson, readNote } from "../ui/store.js";
import { instant, moment, remaining, until } from "../ui/time.js";
import { settingsCard } from "./home/settings.js";

const EVERY = 4000;
const OFFICE = ["工作人员", "主持人", "监票人"];
/** Which page of the review a task or a waiting note belongs to, and what is begun there. */
const OFFICERS_REVIEW = /^(organisation|qualification|team)\.|^conflict\.find$|^report\.void$/;
const TEAM_ACTS = { "secrecy.undertake": "undertake", "conflict.declare": "declare", "report.file": "file", "report.upload": "upload" };
const person = chosenPerson();
const page = openPage({ title: "home.title", who: person, table: words });
[report, office, cases].forEach(learn);
const NOTICES = /^(notice|list|lead)\./;
const NOTICE_ACTS = { "notice.publish": "publish", "list.settle": "settle" };
const CASES = /^(objection|case|identity)\./;
let me = null;
let pin = null;
let titles = new Map();
let shown = "";
/** The settings outlive a redrawing of the page, one for each language: somebody may be typing there. */
const settings = new Map();

/** Where a task is done. Whatever has no page of its own is proposed and co-signed in the console. */
function placeOf(task) {
    const object = encodeURIComponent(task.object);
    if (task.kind === "meeting.signin") return `signin.html?meeting=${object}#${person}`;
    if (task.kind === "ballot") return `booth.html?election=${object}#${person}`;
    if (task.kind === "person.confirm") return `people.html#${person}`;
    if (task.kind === "election.share") return `trustee.html?election=${object}#${person}`;
    if (task.kind === "report.sign") return `report.html#${object}`;
    if (task.kind === "case.reply") return `reply.html?act=summary&object=${task.hash}#${person}`;
    if (task.kind in TEAM_ACTS && !task.proposal) return teamPlace(task, object);
    if (OFFICERS_REVIEW.test(task.kind)) return `review.html${task.proposal ? `?proposal=${task.proposal}` : ""}#${person}`;
    if (task.case && !task.proposal) return `cases.html?act=${task.kind === "case.declare" ? "declare" : "case"}&object=${task.case}#${person}`;
    if (task.kind in NOTICE_ACTS && !task.proposal) return `notices.html?act=${NOTICE_ACTS[task.kind]}&object=${object}#${person}`;
    if (NOTICES.test(task.kind)) return `notices.html${task.proposal ? `?proposal=${task.proposal}` : ""}#${person}`;
    if (CASES.test(task.kind)) return `cases.html${task.proposal ? `?proposal=${task.proposal}` : ""}#${person}`;
    if (task.kind === "report.refusal") return `${me.roles.includes("工作人员") ? "review" : "team"}.html?proposal=${task.proposal}#${person}`;
    if (task.kind.startsWith("trustee.")) return `trustee.html?ceremony=${object}#${person}`;
    return `console.html?object=${object}${task.proposal ? `&proposal=${task.proposal}` : ""}#${person}`;
}

/** A cycle's tasks name the cycle; the leader's the team or the report. */
function teamPlace({ kind }, object) {
    const name = kind.startsWith("report.") ? "object" : "cycle";
    return `team.html?act=${TEAM_ACTS[kind]}&${name}=${object}#${person}`;
}

/** What waits has words of its own; whatever else is co-signed is called as where it is begun. */
function nameOf(kind) {
    if (`task.${kind}` in words) return t(`task.${kind}`);
    return `act.${kind}` in office || `act.${kind}` in cases ? t(`act.${kind}`) : t("task.other", { kind });
}

/** By when, or since when. */
function whenOf({ deadline, late, since }) {
    if (!deadline) return t("home.since", { t: moment(since) });
    return late ? t("home.late", { t: until(deadline) }) : t("home.by", { t: until(deadline), left: remaining(deadline) });
}

function objectOf({ kind, object }) {
    const title = kind.startsWith("report.") && titles.get(object);
    return title ? el("span", { lang: "zh" }, title) : object;
}

function taskView(task) {
    const what = nameOf(task.kind);
    return taskCard({ title: what, object: objectOf(task), by: whenOf(task),
        blocked: task.state === "waiting" ? t("home.waiting") : null,
        action: { label: t("task.go", { what }), href: placeOf(task) } });
}

function rolesLine() {
    return me.roles.map((role) => t(`role.${role}`)).join(language() === "en" ? ", " : "、");
}

/** What has a deadline first, the nearest first; what others must do first last. */
function byUrgency(a, b) {
    const due = ({ state, deadline }) => [state === "waiting" ? 1 : 0, deadline ? instant(deadline).getTime() : Infinity];
    const [[waitA, dueA], [waitB, dueB]] = [due(a), due(b)];
    return waitA - waitB || (dueA === dueB ? 0 : dueA - dueB);
}

function reminders() {
    if (!settings.has(language())) settings.set(language(), settingsCard(me, pin));
    return settings.get(language());
}

function view() {
    const open = me.tasks.filter((task) => task.state !== "done").sort(byUrgency);
    const done = me.tasks.filter((task) => task.state === "done");
    const last = done.at(-1);
    return [el("h1", {}, t("home.for", { person: me.person })), el("p", { class: "small" }, rolesLine()),
        open.length > 0 ? open.map(taskView) : empty(t("home.none"),
            t("home.none.body") + (last ? t("home.last", { what: nameOf(last.kind) }) : "")),
        me.roles.some((role) => OFFICE.includes(role)) && link(t("home.console"), `console.html#${person}`, ""),
        me.roles.includes("工作人员") && link(t("home.people"), `people.html#${person}`, ""),
        me.roles.includes("工作人员") && link(t("home.review"), `review.html#${person}`, ""),
        me.roles.some((role) => role === "工作人员" || role === "主持人") && link(t("home.notices"), `notices.html#${person}`, ""),
        me.roles.some((role) => role === "工作人员" || role === "保管人") && link(t("home.cases"), `cases.html#${person}`, ""),
        me.roles.includes("组织代表") && link(t("home.reply"), `reply.html#${person}`, ""),
        me.roles.includes("评审员") && link(t("home.team"), `team.html#${person}`, ""),
        link(t("home.reports"), "reports.html", ""),
        done.length > 0 && open.length > 0 && card([el("h2", {}, t("home.done")),
            el("ul", {}, done.map((task) => el("li", { class: "small" }, [`${nameOf(task.kind)} · `, objectOf(task)])))]),
        reminders(),
        link(t("home.switch"), "enter.html", "quiet")];
}

/** Who has cast nobody else can know: only this device, by the receipt that it verified. */
async function settle(task) {
    if (task.kind !== "ballot") return task;
    const cast = await readNote(`cast ${task.object} ${person}`);
    return cast ? { ...task, state: "done" } : task;
}

/** What the log cannot say is whose turn it is: the service finds one's own key on the sealed summary. */
async function replies() {
    if (!me.roles.includes("组织代表")) return [];
    const { summaries } = await api.readSummaries();
    return summaries.map(({ case: hash, notice, number, due, state }) => ({ kind: "case.reply", hash, object: `${notice}-${String(number).padStart(4, "0")}`, since: due, deadline: due,
        late: state === "late", state: state === "todo" ? "todo" : "done" }));
}

async function readTitles() {
    const { reports } = await api.readReports().catch(() => ({ reports: [] }));
    titles = new Map(reports.map(({ id, title }) => [id, title]));
}

async function look() {
    try {
        me = await api.readMe();
        me.tasks = [...await Promise.all(me.tasks.map(settle)), ...await replies()];
        pin ??= await pinService();
        if (me.tasks.some(({ kind }) => kind.startsWith("report.") && kind !== "report.file")) await readTitles();
        if (me.person !== person) throw Object.assign(new Error("other person"), { status: 401 });
        const next = JSON.stringify(me);
        if (next !== shown) page.show(view);
        shown = next;
    } catch (error) {
        if (error.status === 401) return location.replace(`enter.html#${person ?? ""}`);
        if (!me) page.fail(error, { label: t("do.again"), press: look });
    }
    return setTimeout(look, EVERY);
}

if (person) choosePerson(person);
look();
