/**
 * parts.js - what a case shows its objector: where it stands, its way so far, answers, who saw the identity.
 *
 *   stateBanner(status, notice), timeline(status), answersCard(status, answers), openingsCard(status)
 *        status: of POST /api/status; answers: hash → words, or null if they could not be opened here
 */
import { card, el, link } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { banner } from "../../ui/state.js";
import { moment, until } from "../../ui/time.js";
import { serialOf } from "../object/receipt.js";

const GOOD_ENDS = ["成立", "部分成立", "不成立", "不予受理", "撤回"];

function promise({ state, due, missed, closed }) {
    if (closed !== null || due === null) return t(`case.${state}.body`);
    return `${t(`case.${state}.body`)} ${t(missed ? "case.missed" : "case.due", { t: until(due) })}`;
}

export function stateBanner(status, notice) {
    const kind = status.state === "未交材料" || status.missed ? "stop" : GOOD_ENDS.includes(status.state) ? "none" : "wait";
    return [el("p", { class: "small" }, t("status.serial", { s: serialOf(notice.id, status.number), t: moment(status.time) })), el("h1", {}, t("status.yours")),
        banner(kind, t(`case.${status.state}`), promise(status)),
        status.late && el("p", { class: "note wait" }, icon("warn", "text"), " ", el("b", {}, t("obj.late.word")), " ", t("status.late", { t: until(notice.end) }))];
}

/** The acts that an objector would call steps. */
const isStep = ({ type }) => type !== "case.declare" && type !== "case.assign" && type !== "identity.open";

const nameOf = ({ type, state }, late) => {
    if (type === "objection.file") return t(late ? "obj.late.word" : "obj.received.word");
    return type === "objection.answer" ? t(`case.${state}`) : t(`way.${type}`);
};

export function timeline({ acts, late, closed, state, terms }) {
    const steps = acts.filter(isStep);
    const missed = terms.filter((term) => term.missed);
    return card([el("h2", {}, t("status.way")), el("ol", { class: "timeline" }, steps.map((act, i) => {
        const isNow = closed === null && i === steps.length - 1;
        return el("li", { class: isNow ? "now" : "past" }, el("span", { class: isNow ? "is-wait" : "is-done" }, icon(isNow ? "half" : "ring-check")),
            el("div", {}, el("b", {}, nameOf(act, late)), el("p", { class: "small" }, `${moment(act.time)} · `, link(t("status.entry", { n: act.index }), `log.html#${act.index}`))));
    }), closed === null && el("li", {}, icon("ring"), el("div", {}, el("b", {}, t("status.end")), el("p", { class: "small" }, t(`case.${state}.next`))))),
    missed.length > 0 && el("p", { class: "note wait" }, icon("warn", "text"), " ", t("status.missed", { list: missed.map((term) => `${t(`case.${term.state}`)}（${until(term.due)}）`).join("、") }))]);
}

export function answersCard({ files }, answers) {
    const those = files.filter(({ kind }) => kind === "答复");
    return those.length > 0 && card([el("h2", {}, t("status.answers")), those.map(({ hash, state, basis, stored }) => el("div", { class: "answer" },
        el("p", {}, el("b", {}, t(`case.${state}`)), basis !== "-" && ` · ${basis}`),
        el("p", { lang: "zh", class: "typed" }, !stored ? t("status.answer.wait") : answers.get(hash) ?? t("status.answer.bad")))),
    el("p", { class: "small" }, icon("lock", "text"), " ", t("status.answers.body"))]);
}

/** When it was: the act of the same entry. */
const momentOf = (acts, index) => acts.filter((act) => act.index === index).map(({ time }) => moment(time));

export function openingsCard({ openings, acts, erased }) {
    return card([el("h2", {}, icon("eye", "text"), " ", t("status.openings")), openings.length === 0 ? el("p", {}, t("status.openings.none"))
        : el("dl", { class: "facts stacked" }, openings.map(({ index, reader, keepers, reason }) => [el("dt", {}, [...momentOf(acts, index), t("status.entry", { n: index })].join(" · ")),
            el("dd", {}, t("status.opening", { reader, keepers: keepers.join("、"), reason: reason ?? t("status.noreason") }))])),
    el("p", { class: "small" }, t(erased ? "status.erased" : "status.openings.body"))]);
}
