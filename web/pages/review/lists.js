/**
 * lists.js - the cards of the officer's page: what the stage waits for, reports, teams, organisations,
 * reviewers.
 *
 *   gateCard, reportsCard, teamsCard, organisationsCard, reviewersCard (context) → node
 *   context  { desk, scene, goHome, start(act, object) }   start opens an act of pages/review.js
 */
import { PAPER } from "../../lib/draft_review.js";
import { button, card, el, link, tag, textButton } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { blockedButton, checklist, empty, table } from "../../ui/list.js";
import { articleText, listed } from "../../ui/together.js";
import { gatesOf, stageOf } from "./gates.js";
import { inOrder, isLate, isUnder, nameOfOrganisation, reportsOf } from "./scene.js";
import { conflictText, reportBody, signedCount, stateTag } from "./words.js";

/* --- what the next stage waits for --- */

function evidenceOf({ desk, scene }, gate) {
    const { name, awaited = [], lacking = [], reports = [], teams = [] } = gate;
    if (awaited.length > 0) return t("gate.awaits", { who: listed(awaited.map(desk.nameOf)) });
    if (lacking.length > 0) return t("review.gate.uncovered", { who: listed(lacking.map((id) => nameOfOrganisation(scene, id))) });
    const open = inOrder(reports).filter(isUnder).map((report) => {
        const { k, n } = signedCount(report);
        return t(isLate(report) ? "review.gate.late" : "review.gate.open", { title: report.title, k, n });
    });
    const none = name === "papers" ? teams.filter(({ id }) => !reportsOf(scene, id).some(({ kind }) => kind === PAPER)).map(({ id }) => t("review.gate.unfiled", { team: id })) : [];
    return [...open, ...none].join(" · ") || null;
}

function stateOfGate(gate) {
    if (gate.isMet) return "done";
    return gate.awaited?.length > 0 || gate.reports?.some(isUnder) || gate.values?.k > 0 ? "wait" : "none";
}

export function gateCard(context) {
    const gates = gatesOf(context.scene);
    const lacking = gates.filter(({ isMet }) => !isMet).length;
    const rows = gates.map((gate) => ({ state: stateOfGate(gate), title: t(`review.gate.${gate.name}`, gate.values), beside: articleText(gate.article), evidence: evidenceOf(context, gate) }));
    return card([el("h2", {}, lacking > 0 ? t("review.lacks", { n: lacking }) : t("review.ready")), checklist(rows), nextAction(context)], { kind: "document" });
}

const NEXT = { organisations: "register", qualify: "qualify", teams: "form" };

function nextAction(context) {
    const act = NEXT[stageOf(context.scene)];
    if (!act) return null;
    const why = whyNotYet(context.scene, act);
    const label = t(`review.do.${act}`);
    return why ? blockedButton(label, why) : button("ink", label, () => context.start(act), { icon: "pen" });
}

/** Why an act cannot be begun yet, or "". */
export function whyNotYet(scene, act) {
    if (!scene.cycle) return t("review.why.cycle");
    if (act === "qualify" && scene.qualified !== null) return t("review.why.qualified");
    if (act === "qualify" && scene.organisations.length === 0) return t("review.why.organisations");
    if (act === "form" && scene.qualified === null) return t("review.why.list");
    return "";
}

/* --- reports, teams --- */

function reportRow({ desk, scene, start }, report) {
    return el("li", { class: `report-row ${isLate(report) ? "late" : ""}`.trim() }, reportBody(desk, scene, report),
        el("div", { class: "row" }, textButton(t("reads.title"), () => start("reads", report.id)), report.state !== "void" && textButton(t("act.report.void"), () => start("void", report.id))));
}

export function reportsCard(context) {
    const reports = inOrder(context.scene.reports);
    return card([el("h2", {}, t("review.reports")), reports.length === 0 ? empty(t("review.reports.none"), t("review.reports.none.body"))
        : el("ul", { class: "report-list" }, reports.map((report) => reportRow(context, report)))]);
}

function teamRow({ desk, scene, start }, team) {
    const members = team.reviewers.map((id) => `${desk.nameOf(id)}${id === team.leader ? `（${t("report.capacity.组长")}）` : ""}`);
    return el("li", { class: "stack" }, el("div", { class: "row spread" }, el("h3", {}, team.id), button("quiet narrow", t("act.team.replace"), () => start("replace", team.id))),
        el("p", { class: "small" }, t("team.members", { n: team.reviewers.length, list: listed(members) })),
        el("p", { class: "small" }, t("team.organisations", { list: listed(team.organisations.map((id) => nameOfOrganisation(scene, id))) })),
        team.changes.map((change) => el("p", { class: "small" }, t("team.change", { out: desk.nameOf(change.out), next: desk.nameOf(change.in), n: change.index }))),
        reportsOf(scene, team.id).map((report) => el("p", { class: "row small" }, link(report.title, `report.html#${report.id}`), stateTag(report))));
}

export function teamsCard(context) {
    const { scene, start } = context;
    const why = whyNotYet(scene, "form");
    return card([el("h2", {}, t("review.teams")), scene.teams.length === 0 ? el("p", { class: "small" }, t("review.teams.none"))
        : el("ul", { class: "stack wide" }, scene.teams.map((team) => teamRow(context, team))),
    why ? blockedButton(t("review.do.form"), why) : button("", t("review.do.form"), () => start("form"), { icon: "person" })]);
}

/* --- organisations, reviewers --- */

function standing({ qualified }, id) {
    if (qualified === null) return tag("", t("organisation.registered"), "ring");
    return qualified.includes(id) ? tag("done", t("organisation.qualified"), "check") : tag("", t("organisation.unqualified"), "minus");
}

export function organisationsCard(context) {
    const { desk, scene, start } = context;
    const why = whyNotYet(scene, "qualify");
    const rows = scene.organisations.map(({ id, name, code, representative }) => [
        el("span", {}, el("b", { lang: "zh" }, name), el("span", { class: "caption mono block" }, `${id} · ${code}`)),
        desk.nameOf(representative), standing(scene, id), textButton(t("act.organisation.delegate"), () => start("delegate", id))]);
    return card([el("h2", {}, t("review.organisations")), rows.length === 0 ? el("p", { class: "small" }, t("review.organisations.none"))
        : table([t("organisation.who"), t("organisation.representative"), t("organisation.state"), el("span", { class: "aside-voice" }, t("people.action"))], rows),
    el("div", { class: "row" }, button("", t("review.do.register"), () => start("register"), { icon: "file" }),
        !why && button("", t("review.do.qualify"), () => start("qualify"), { icon: "pen" }))]);
}

const yes = (label) => el("span", { class: "row is-done small" }, icon("check", "text"), label);
const notYet = (label) => el("span", { class: "row small" }, icon("ring", "text"), label);
const when = (index) => (index === null ? notYet(t("reviewer.none")) : yes(t("reviewer.entry", { n: index })));

function conflictCell(scene, { declared, conflicts }) {
    if (conflicts.length > 0) return el("ul", { class: "stack" }, conflicts.map((one) => el("li", { class: "small" }, icon("warn", "text"), " ", conflictText(scene, one))));
    return el("span", { class: "small" }, t(declared === null ? "reviewer.unknown" : "reviewer.clear"));
}

export function reviewersCard(context) {
    const { desk, scene, start } = context;
    const rows = scene.reviewers.map((said) => [el("b", {}, desk.nameOf(said.person)), when(said.undertaken), when(said.declared), conflictCell(scene, said),
        textButton(t("review.do.find.short"), () => start("find", said.person), { "aria-label": `${t("review.do.find")} ${said.person}` })]);
    return card([el("h2", {}, t("review.reviewers")), rows.length === 0 ? empty(t("review.reviewers.none"), t("review.reviewers.none.body"))
        : table([t("role.评审员"), t("reviewer.secrecy"), t("reviewer.declared"), t("reviewer.conflicts"), el("span", { class: "aside-voice" }, t("people.action"))], rows),
    scene.organisations.length > 0 && el("p", { class: "small" }, t("reviewer.apart"))]);
}

