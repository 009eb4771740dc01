/**
 * ceremony.js - the ceremony as one trustee sees it: where everybody stands, what is due, what it says.
 *
 *   standOf(ceremony, index)   { round: "deal" | "confirm" | "rehearse" | "", due, awaited: [person], act }
 *        act makes the text of the round: (state, hash, person, keys) → text
 *   matrix(ceremony, index), whyCard(ceremony), recent(journal, hash), stateBanner(…)
 */
import { base64 } from "../../lib/bytes.js";
import { actConfirm, actDeal, actRehearse } from "../../lib/trustee_acts.js";
import { value } from "../../lib/statement.js";
import { isReady } from "../../lib/state.js";
import { card, el, svg } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { banner, verifiedBanner } from "../../ui/state.js";
import { clock } from "../../ui/time.js";
import { listed } from "../../ui/together.js";

const ROUNDS = [["deal", actDeal], ["confirmed", actConfirm], ["rehearsed", actRehearse]];
const NAMES = { deal: "deal", confirmed: "confirm", rehearsed: "rehearse" };

/** The first round that somebody has not been through. */
export function standOf(ceremony, index) {
    const [field] = ROUNDS.find(([name]) => ceremony.trustees.some((trustee) => trustee[name] === null)) ?? [null];
    if (field === null || ceremony.disputed !== null) return { round: "", due: false, awaited: [] };
    const awaited = ceremony.trustees.filter((trustee) => trustee[field] === null).map(({ person }) => person);
    return { round: NAMES[field], due: index > 0 && ceremony.trustees[index - 1][field] === null, awaited, act: ROUNDS.find(([name]) => name === field)[1] };
}

function cell(trustee, field, isNow) {
    const done = trustee[field] !== null;
    const state = done ? "done" : isNow ? "wait" : "none";
    return el("td", { class: `cell ${done ? "is-done" : isNow ? "is-wait" : ""}` }, icon(done ? "ring-check" : isNow ? "half" : "ring"),
        el("span", { class: "aside-voice" }, t(`state.${state}`)));
}

export function matrix(ceremony, index) {
    const { round, awaited } = standOf(ceremony, index);
    return card([el("div", { class: "row spread" }, el("h2", {}, t("trustee.matrix")),
        awaited.length > 0 && el("p", { class: "small" }, t("trustee.awaited", { k: awaited.length }))),
    el("table", { class: "matrix" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("trustee.who")),
        ROUNDS.map(([field]) => el("th", { scope: "col", class: "cell" }, t(`trustee.col.${NAMES[field]}`))))),
    el("tbody", {}, ceremony.trustees.map((trustee, i) => el("tr", { class: i + 1 === index ? "mine" : null },
        el("th", { scope: "row" }, el("b", {}, `${i + 1}　${trustee.person}`), i + 1 === index && ` ${t("trustee.you")}`),
        ROUNDS.map(([field]) => cell(trustee, field, NAMES[field] === round)))))),
    el("p", { class: "row small" }, icon("ring-check", "text"), t("state.done"), icon("half", "text"), t("state.wait"), icon("ring", "text"), t("state.none"))]);
}

/** n boxes, any t of them joined by one line: a picture, said in words beside it. */
function shares({ n, t: threshold }) {
    const width = n * 56;
    const box = (i) => svg("rect", { class: i < threshold ? "share-box given" : "share-box", x: i * 56 + 6, y: 4, width: 44, height: 44, rx: 3 });
    const from = 28;
    const to = (threshold - 1) * 56 + 28;
    return svg("svg", { class: "share-picture", viewBox: `0 0 ${width} 84`, "aria-hidden": "true" },
        Array.from({ length: n }, (_, i) => [box(i), svg("text", { class: i < threshold ? "on" : "", x: i * 56 + 28, y: 32 }, String(i + 1))]),
        Array.from({ length: threshold }, (_, i) => svg("path", { d: `M${i * 56 + 28} 48V64` })), svg("path", { d: `M${from} 64H${to}M${(from + to) / 2} 64V78` }));
}

export function whyCard(ceremony) {
    return card([el("h2", {}, t("trustee.why", { n: ceremony.n })), el("p", {}, t("trustee.intro", { n: ceremony.n, t: ceremony.t })), shares(ceremony),
        el("p", { class: "small center" }, t("trustee.any", { t: ceremony.t }))], { kind: "document" });
}

export function recent({ entries }, ceremony) {
    const about = entries.filter(({ type, statement }) => type.startsWith("trustee.") && value(statement, "密钥仪式") === base64(ceremony.hash));
    if (about.length === 0) return null;
    const who = (statement) => ceremony.trustees[Number(value(statement, "序号")) - 1]?.person ?? "";
    return card([el("h2", {}, t("trustee.recent")), el("ul", { class: "entries" }, about.slice(-6).reverse().map(({ index, time, type, statement }) =>
        el("li", {}, el("span", { class: "small" }, clock(time * 1000, true)), el("span", {}, t(`trustee.did.${type}`, { who: who(statement) })),
            el("a", { class: "when", href: `log.html#${index}` }, t("verify.number", { n: index })))))]);
}

export function stateBanner(journal, ceremony, index) {
    const { round, awaited } = standOf(ceremony, index);
    if (ceremony.disputed !== null) {
        const [{ dealer, complainer, wrong }] = ceremony.complaints;
        const [a, b] = [ceremony.trustees[dealer - 1].person, ceremony.trustees[complainer - 1].person];
        const judged = wrong === null ? "" : t(`trustee.wrong.${wrong}`);
        return banner("stop", t("trustee.dispute.word"), `${t("trustee.dispute", { a, b })}${judged}`);
    }
    if (isReady(ceremony)) return verifiedBanner(journal, t("trustee.ready.word"), t("trustee.ready", { t: ceremony.t }));
    return banner("wait", t(`trustee.${round}.word`), `${t(`trustee.${round}`, { k: ceremony.n - 1, t: ceremony.t })} ${t("trustee.wait", { k: awaited.length, names: listed(awaited) })}`);
}

/** Whether somebody says that what this dealer sent does not fit, and it has not been answered yet. */
export function complaintAgainst(ceremony, index) {
    return ceremony.complaints.find(({ dealer, wrong }) => dealer === index && wrong === null);
}
