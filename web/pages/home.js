/**
 * home.js - what this person has to do: one card a task, oldest first.
 *
 * The page asks again every few seconds, because tasks come from what others do.
 */
import words from "../i18n/member.js";
import * as api from "../api.js";
import { card, el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { language, t } from "../ui/language.js";
import { empty, taskCard } from "../ui/list.js";
import { chosenPerson, readNote } from "../ui/store.js";
import { moment } from "../ui/time.js";

const EVERY = 4000;
const OFFICE = ["工作人员", "主持人", "监票人"];
const person = chosenPerson();
const page = openPage({ title: "home.title", who: person, table: words });
let me = null;
let shown = "";

/** Where a task is done. Whatever has no page of its own is proposed and co-signed in the console. */
function placeOf(task) {
    const object = encodeURIComponent(task.object);
    if (task.kind === "meeting.signin") return `signin.html?meeting=${object}#${person}`;
    if (task.kind === "ballot") return `booth.html?election=${object}#${person}`;
    if (task.kind === "person.confirm") return `people.html#${person}`;
    if (task.kind === "election.share") return `trustee.html?election=${object}#${person}`;
    if (task.kind.startsWith("trustee.")) return `trustee.html?ceremony=${object}#${person}`;
    return `console.html?object=${object}${task.proposal ? `&proposal=${task.proposal}` : ""}#${person}`;
}

function nameOf(kind) {
    const key = `task.${kind}`;
    return key in words ? t(key) : t("task.other", { kind });
}

function taskView(task) {
    const what = nameOf(task.kind);
    return taskCard({ title: what, object: task.object, by: t("home.since", { t: moment(task.since) }),
        blocked: task.state === "waiting" ? t("home.waiting") : null,
        action: { label: t("task.go", { what }), href: placeOf(task) } });
}

function rolesLine() {
    return me.roles.map((role) => t(`role.${role}`)).join(language() === "en" ? ", " : "、");
}

function view() {
    const open = me.tasks.filter((task) => task.state !== "done");
    const done = me.tasks.filter((task) => task.state === "done");
    const last = done.at(-1);
    return [el("h1", {}, t("home.for", { person: me.person })), el("p", { class: "small" }, rolesLine()),
        open.length > 0 ? open.map(taskView) : empty(t("home.none"),
            t("home.none.body") + (last ? t("home.last", { what: nameOf(last.kind) }) : "")),
        me.roles.some((role) => OFFICE.includes(role)) && link(t("home.console"), `console.html#${person}`, ""),
        me.roles.includes("工作人员") && link(t("home.people"), `people.html#${person}`, ""),
        done.length > 0 && open.length > 0 && card([el("h2", {}, t("home.done")),
            el("ul", {}, done.map((task) => el("li", { class: "small" }, `${nameOf(task.kind)} · ${task.object}`)))]),
        link(t("home.switch"), "enter.html", "quiet")];
}

/** Who has cast nobody else can know: only this device, by the receipt that it verified. */
async function settle(task) {
    if (task.kind !== "ballot") return task;
    const cast = await readNote(`cast ${task.object} ${person}`);
    return cast ? { ...task, state: "done" } : task;
}

async function look() {
    try {
        me = await api.readMe();
        me.tasks = await Promise.all(me.tasks.map(settle));
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

look();
