/**
 * proposals.js - 等您共同签署: what others have signed and what waits for this person's line.
 *
 *   proposalList(desk, choose)    a card; choose(proposal) opens one
 *   mayCosign(desk, proposal)     whether a missing line can be this person's
 *   cosigningOf(desk, proposal, back)   for signingView: the exact text, and whether this device, drafting it
 *        again from the log, comes to the same
 */
import { redraft } from "../../lib/draft.js";
import { button, card, el } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { moment } from "../../ui/time.js";
import { actName, listed, missingText } from "../../ui/together.js";

/** The service lists only what this person may sign or has signed. */
export function mayCosign(desk, { signed }) {
    return !signed.includes(desk.person);
}

function compare(desk, text) {
    try {
        const again = redraft(desk.state, text);
        return again === null ? null : again === text;
    } catch {
        return false;
    }
}

function comparison(desk, text) {
    const same = compare(desk, text);
    if (same === null) return el("p", { class: "note" }, t("cosign.chosen"));
    if (same) return el("p", { class: "is-done" }, icon("check", "text"), " ", t("cosign.same"));
    return el("p", { class: "note wait" }, icon("warn", "text"), " ", t("cosign.differs"));
}

export function cosigningOf(desk, { type, text, signed }, back) {
    return { type, text, back, title: t("cosign.title", { what: actName(type) }),
        checked: () => [el("p", {}, t("cosign.signed", { who: listed(signed.map(desk.nameOf)) })), comparison(desk, text)] };
}

function row(desk, proposal, choose) {
    const { type, signed, missing, since } = proposal;
    return el("li", { class: "stack" }, el("b", {}, actName(type)),
        el("span", { class: "small" }, t("cosign.row", { t: moment(since), who: listed(signed), missing: missingText(missing) })),
        mayCosign(desk, proposal) ? button("", t("cosign.look"), () => choose(proposal), { icon: "pen" })
            : el("span", { class: "row is-wait small" }, icon("half", "text"), t("cosign.given")));
}

export function proposalList(desk, choose) {
    const mine = desk.proposals.filter((proposal) => mayCosign(desk, proposal));
    const given = desk.proposals.filter((proposal) => !mayCosign(desk, proposal));
    return card([el("h2", {}, t("cosign.list")), desk.proposals.length === 0 && el("p", { class: "small" }, t("cosign.none")),
        el("ul", { class: "stack wide" }, [...mine, ...given].map((proposal) => row(desk, proposal, choose)))]);
}
