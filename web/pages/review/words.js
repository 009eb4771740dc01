/**
 * words.js - how states, reasons and reports are said on the pages of the review.
 *
 *   stateTag(report)            its state with shape and word, overdue included
 *   reportLine(context, report) title, who is missing, reservations, deadline
 *   progressOf(report)          bar and “已签 3 / 5”
 *   blockText(scene, block)     why somebody cannot be on a team, with the article
 *   conflictText(scene, conflict)   "甲示例公司（本人声明，第 31 号）"
 *   whoText(desk, scene, signer)     "组长 r-1 何示例" or the organisation's name
 */
import { el, link, progress, tag } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { moment, remaining } from "../../ui/time.js";
import { articleText, listed } from "../../ui/together.js";
import { isLate, isUnder, missingOf, nameOfOrganisation, reservationsOf } from "./scene.js";

const LOOKS = { open: ["wait", "half"], blocked: ["wait", "warn"], complete: ["done", "check"], void: ["", "ring"] };

export function stateTag(report) {
    const [look, shape] = LOOKS[report.state];
    return el("span", { class: "row" }, tag(look, t(`report.state.${report.state}`), shape), isLate(report) && tag("ink", t("filed.late"), "clock"));
}

export function signedCount({ signers }) {
    return { k: signers.filter(({ index, refusal }) => index !== null || refusal !== null).length, n: signers.length };
}

export function progressOf(report) {
    const { k, n } = signedCount(report);
    return el("div", { class: "progress-row" }, el("span", { class: "small" }, t("filed.signed", { k, n })), progress(k, n, report.state === "complete" ? "done" : ""));
}

export function whoText(desk, scene, { person, capacity, organisation }) {
    const name = organisation ? `${nameOfOrganisation(scene, organisation)}（${desk.nameOf(person)}）` : desk.nameOf(person);
    return `${t(`report.capacity.${capacity}`)} ${name}`;
}

function byWhen(report) {
    if (!isUnder(report)) return null;
    return el("p", { class: "row small" }, icon("clock", "text"), t("filed.by", { t: moment(report.deadline) }), el("span", {}, remaining(report.deadline)));
}

/** What stands between this report and complete, in words. */
export function lackText(desk, scene, report) {
    const missing = missingOf(report);
    const against = report.signers.filter(({ opinion }) => opinion === "不同意");
    const kept = reservationsOf(report);
    const refused = report.signers.filter(({ refusal }) => refusal !== null);
    const isPartial = report.document === "missing" || report.document === "partial";
    return [isPartial && isUnder(report) && el("p", { class: "small is-wait" }, icon("half", "text"), " ", t("filed.document.missing")),
        against.length > 0 && el("p", { class: "small" }, icon("warn", "text"), " ", t("filed.against", { who: listed(against.map((one) => whoText(desk, scene, one))) })),
        isUnder(report) && missing.length > 0 && el("p", { class: "small" }, t("filed.missing", { who: listed(missing.map((one) => whoText(desk, scene, one))) })),
        kept.length > 0 && el("p", { class: "small" }, t("filed.reserved", { who: listed(kept.map((one) => whoText(desk, scene, one))) })),
        refused.length > 0 && el("p", { class: "small" }, t("filed.refused", { who: listed(refused.map((one) => whoText(desk, scene, one))) })),
        report.former.length > 0 && el("p", { class: "small" }, t("filed.former", { who: listed(report.former.map((one) => whoText(desk, scene, one))) }))];
}

export function reportHead(scene, report) {
    const about = listed(report.organisations.map((id) => nameOfOrganisation(scene, id)));
    return [el("div", { class: "row spread" }, el("h3", {}, link(report.title, `report.html#${report.id}`)), stateTag(report)),
        el("p", { class: "small" }, `${t(`report.kind.${report.kind}`)} · ${t("filed.version", { n: report.version })} · ${about}`)];
}

export function reportBody(desk, scene, report) {
    return [reportHead(scene, report), progressOf(report), byWhen(report), lackText(desk, scene, report)];
}

/* --- reasons --- */

export function conflictText(scene, { organisation, how, index }) {
    return t(`conflict.${how}`, { organisation: nameOfOrganisation(scene, organisation), n: index });
}

const ARTICLES = { "team.reviewer": "第十二条", "team.dual_role": "第十二条", "team.undertaking": "第二十九条", "team.undeclared": "第十二条", "team.conflict": "第十二条" };

export function blockText(scene, block) {
    const why = block.rule === "team.conflict" ? conflictText(scene, block) : t(`block.${block.rule}`);
    return t("block.article", { why, article: articleText(ARTICLES[block.rule]) });
}
