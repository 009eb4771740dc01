/**
 * lists.js - the cards of a reviewer's page: secrecy, conflicts, teams and their reports with what the
 * leader can do.
 *
 *   secrecyCard(context), declareCard(context), teamCards(context)      context  { desk, scene, start }
 */
import { button, card, el, link, textButton } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { empty } from "../../ui/list.js";
import { listed } from "../../ui/together.js";
import { inOrder, isUnder, nameOfOrganisation, reportsOf, saidOf, teamsOf } from "../review/scene.js";
import { conflictText, reportBody } from "../review/words.js";

const done = (words) => el("p", { class: "row is-done" }, icon("check", "text"), words);

export function secrecyCard({ desk, scene, start }) {
    const { undertaken } = saidOf(scene, desk.person);
    return card([el("h2", {}, t("secrecy.title")), undertaken !== null ? done(t("secrecy.done", { n: undertaken }))
        : [el("p", {}, t("secrecy.todo")), button("ink", t("act.secrecy.undertake"), () => start("undertake"), { icon: "pen" })]], { kind: undertaken === null ? "needs" : "" });
}

export function declareCard({ desk, scene, start }) {
    const { declared, conflicts } = saidOf(scene, desk.person);
    if (scene.qualified === null) return card([el("h2", {}, t("declare.title")), el("p", { class: "small" }, t("declare.wait"))]);
    const own = conflicts.filter(({ how }) => how === "declared");
    const found = conflicts.filter(({ how }) => how === "found");
    return card([el("h2", {}, t("declare.title")), declared === null ? el("p", {}, t("declare.todo", { n: scene.qualified.length })) : done(t("declare.done", { n: declared })),
        own.map((one) => el("p", { class: "small" }, conflictText(scene, one))), declared !== null && own.length === 0 && el("p", { class: "small" }, t("declare.clear")),
        found.length > 0 && el("div", { class: "note wait stack" }, el("b", {}, t("declare.found")), found.map((one) => el("p", { class: "small" }, conflictText(scene, one)))),
        button(declared === null ? "ink" : "quiet", t(declared === null ? "act.conflict.declare" : "declare.again"), () => start("declare"), { icon: "pen" })],
    { kind: declared === null ? "needs" : "" });
}

/* --- teams and reports --- */

/** What the leader can do with the newest version; one main thing, the rest beside it. */
function leaderActs({ start }, report) {
    const line = report.signers.find(({ capacity }) => capacity === "受评组织");
    const canRefuse = isUnder(report) && line && line.index === null && line.refusal === null;
    const isMissing = report.document === "missing" || report.document === "partial";
    const needsNew = report.state === "blocked" || report.state === "void";
    return [isMissing && isUnder(report) && button("ink", t(report.document === "partial" ? "team.upload.on" : "team.upload"), () => start("upload", report.id), { icon: "file" }),
        needsNew && button("ink", t("file.renew"), () => start("version", report.id), { icon: "file" }),
        el("div", { class: "row" }, !needsNew && textButton(t("file.renew"), () => start("version", report.id)),
            report.state !== "void" && textButton(t("act.report.void"), () => start("void", report.id)),
            canRefuse && textButton(t("act.report.refusal"), () => start("refuse", report.id)), textButton(t("reads.title"), () => start("reads", report.id)))];
}

function toSign({ desk }, report) {
    const mine = report.signers.find(({ person, index }) => person === desk.person && index === null);
    return mine && isUnder(report) && link(t("team.sign"), `report.html#${report.id}`, "ink", { icon: "pen" });
}

function reportRow(context, report, leads) {
    return el("li", { class: "report-row" }, reportBody(context.desk, context.scene, report), toSign(context, report), leads && leaderActs(context, report));
}

function teamCard(context, team) {
    const { desk, scene, start } = context;
    const leads = team.leader === desk.person;
    const reports = inOrder(reportsOf(scene, team.id));
    return card([el("h2", {}, t("team.mine", { id: team.id })),
        el("p", { class: "small" }, t("team.members", { n: team.reviewers.length, list: listed(team.reviewers.map((id) => `${desk.nameOf(id)}${id === team.leader ? `（${t("report.capacity.组长")}）` : ""}`)) })),
        el("p", { class: "small" }, t("team.organisations", { list: listed(team.organisations.map((id) => nameOfOrganisation(scene, id))) })),
        team.changes.map((change) => el("p", { class: "small" }, t("team.change", { out: desk.nameOf(change.out), next: desk.nameOf(change.in), n: change.index }))),
        reports.length === 0 ? el("p", {}, t(leads ? "team.reports.todo" : "team.reports.none")) : el("ul", { class: "report-list" }, reports.map((report) => reportRow(context, report, leads))),
        leads && button(reports.length === 0 ? "ink" : "", t("file.new"), () => start("file", team.id), { icon: "file" })], { kind: "document" });
}

export function teamCards(context) {
    const mine = teamsOf(context.scene, context.desk.person);
    return mine.length === 0 ? card([empty(t("team.waiting"), t("team.waiting.body"))]) : mine.map((team) => teamCard(context, team));
}
