/**
 * people.js - persons and their keys, for officers: invite, compare in person, confirm, roles, revoke.
 *
 * Every change is signed by two officers; the first signs here, the second finds it under 等您共同签署.
 */
import words from "../i18n/office.js";
import own from "../i18n/people.js";
import * as api from "../api.js";
import { sitDown } from "../ui/desk.js";
import { button, card, el, link, tag } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { empty, table } from "../ui/list.js";
import { rolesText } from "../ui/desk.js";
import { signingView } from "../ui/together.js";
import { cosigningOf, proposalList } from "./console/proposals.js";
import { comparing } from "./people/compare.js";
import { inviting } from "./people/invite.js";
import { changing } from "./people/roles.js";

const EVERY = 3000;
const page = openPage({ title: "people.title", width: "wide", table: { ...words, ...own } });
const model = { desk: null, people: [], isHome: true };
const context = { page, goHome, open, get desk() { return model.desk; } };

const STATES = { invited: ["", "ring"], enrolled: ["wait", "half"], confirmed: ["done", "check"], revoked: ["", "stop"] };

async function read() {
    const { people } = await api.readPeople();
    const changed = JSON.stringify(people) !== JSON.stringify(model.people);
    model.people = people;
    return changed;
}

function goHome() {
    model.isHome = true;
    page.show(homeView, true);
    read().then(() => model.isHome && page.refresh(), () => {});
}

function open(view) {
    model.isHome = false;
    page.show(view, true);
}

function cosign(proposal) {
    const { checked } = cosigningOf(model.desk, proposal, goHome);
    const digits = proposal.type === "person.confirm" ? comparing.digitsOf(proposal.text) : null;
    open(signingView(page, model.desk, { ...cosigningOf(model.desk, proposal, goHome), checked: () => [checked(), digits] }));
}

/* --- the list --- */

function stateTag({ state }) {
    const [look, shape] = STATES[state];
    return tag(look, t(`people.${state}`), shape);
}

function action(person) {
    if (person.state === "enrolled") return button("ink", t("people.compare"), () => open(comparing.view(context, person)));
    if (person.state === "confirmed" && person.id !== model.desk.person) return button("quiet", t("people.change"), () => open(changing(context, person)));
    return "";
}

function rows() {
    const waiting = (person) => (person.state === "enrolled" ? 0 : 1);
    return [...model.people].sort((a, b) => waiting(a) - waiting(b) || (a.id < b.id ? -1 : 1)).map((person) =>
        [el("span", {}, el("b", { lang: "zh" }, person.opening?.value ?? person.id), el("span", { class: "caption block" }, person.id)),
            rolesText(person.roles), stateTag(person), action(person)]);
}

function homeView() {
    const { desk } = model;
    return [el("h1", {}, t("people.title")), desk.identity(),
        el("div", { class: "panes aside" }, card([el("h2", {}, t("people.list", { n: model.people.length })),
            table([t("people.who"), t("people.roles"), t("people.state"), el("span", { class: "aside-voice" }, t("people.action"))], rows())]),
        el("div", { class: "stack wide" }, card([el("h2", {}, t("people.invite")), el("p", { class: "small" }, t("people.invite.body")),
            button("ink", t("people.invite.new"), () => open(inviting(context)), { icon: "person" })]),
        proposalList(desk, cosign), link(t("home.console"), `console.html#${desk.person}`, "quiet")))];
}

async function follow() {
    try {
        const changed = await model.desk.look();
        if (((await read()) || changed) && model.isHome) page.refresh();
    } catch (error) {
        if (error.status === 401) return location.reload();
        if (error.entry !== undefined) return page.fail(error);
    }
    return setTimeout(follow, EVERY);
}

async function start() {
    try {
        model.desk = await sitDown(page);
        if (!model.desk.holds("工作人员")) return page.show(() => [el("h1", {}, t("people.title")), model.desk.identity(), empty(t("people.officers"), t("people.officers.body"))], true);
        await read();
        goHome();
        follow();
    } catch (error) {
        page.fail(error, { label: t("desk.enter"), press: () => location.assign("enter.html") });
    }
    return undefined;
}

start();
