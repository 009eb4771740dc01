/**
 * reading.js - the sealed side of a case: what its handlers read, what its keepers hand over.
 *
 *   caseView(room, case) → view: the case as the log has it, its acts, and a place where it is opened
 */
import { button, card, el, facts, link, textButton } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { banner } from "../../ui/state.js";
import { moment, until } from "../../ui/time.js";
import { hearingCards, isHeardNow } from "./hearing.js";
import { opener } from "./opener.js";
import { handShares, readCase, readIdentity } from "./sealed.js";
import { clockOf, isOut, mayAct, serialOf } from "./scene.js";
import { tellSubject } from "./subject.js";

const saved = ({ line, bytes }, i) => {
    const name = line.split(" ").slice(5).join(" ") || `${i + 1}`;
    return el("li", {}, link(name, URL.createObjectURL(new Blob([bytes])), "quiet", { icon: "save", download: name }), el("span", { class: "small" }, line.split(" ").slice(2, 5).join(" · ")));
};

const contentCard = ({ desk }, held) => opener(t("cases.content"), t("cases.content.body"), t("cases.content.open"), async (passphrase) => {
    const { content, files } = await readCase(desk.person, passphrase, held);
    const wrong = await tellSubject(held, content);
    return [wrong && el("p", { class: "note wait" }, icon("warn", "text"), " ", wrong), el("pre", { class: "statement typed", lang: "zh" }, content), files.length > 0 && el("ul", { class: "stack" }, files.map(saved)), el("p", { class: "small" }, t("cases.machine"))];
});

const identityCard = ({ desk }, held) => opener(t("cases.identity"), t("cases.identity.body"), t("cases.identity.read"), async (passphrase) => {
    const text = await readIdentity(desk.person, passphrase, held);
    return text === null ? el("p", { class: "note wait" }, t("cases.identity.wait")) : el("pre", { class: "statement typed", lang: "zh" }, text);
});

const handCard = ({ desk, scene }, held, opening) => opener(t("cases.hand", { n: opening.index }), t("cases.hand.body", { who: desk.nameOf(opening.reader) }), t("cases.hand.over"), async (passphrase) => {
    const n = await handShares(desk.person, passphrase, held, opening, scene.people);
    return el("p", { class: "is-done" }, icon("check", "text"), " ", t("cases.handed", { n }));
});

/* --- the open side --- */

export function clockText(held) {
    const term = clockOf(held);
    if (held.closed || !term) return "";
    return t(term.missed ? "cases.missed" : "cases.due", { t: until(term.due) });
}

function actsList({ acts }) {
    return el("ol", { class: "timeline" }, acts.map(({ index, type, state }) => el("li", { class: "past" }, el("span", { class: "is-done" }, icon("ring-check")),
        el("div", {}, el("b", {}, t(`act.${type}`)), el("p", { class: "small" }, `${t(`case.${state}`)} · `, link(t("status.entry", { n: index }), `log.html#${index}`))))));
}

/** What this person may begin now; the service and the fold have the last word. */
function actionsOf({ desk }, held) {
    if (!mayAct(held, desk.person) || held.closed) return held.closed && held.handlers.includes(desk.person) && !held.erased ? ["erase"] : [];
    const verify = held.opened && held.verified === "" ? ["verify"] : [];
    const open = ["受理", "调查中"].includes(held.state) && held.joined === "" && !held.reported;
    return [...verify, "answer", ...(open && !held.hearing ? ["summary"] : []), ...(open && !isHeardNow(held) ? ["report"] : []), "assign", ...(held.joined === "" ? ["join"] : [])];
}

function handlerPart(room, held) {
    const { desk } = room;
    if (isOut(held, desk.person)) return banner("stop", t("cases.out"), t("cases.out.body"));
    if (!held.declared.has(desk.person)) return banner("none", t("cases.undeclared"), t("cases.undeclared.body"), button("ink", t("act.case.declare"), () => room.start("declare", held.id)));
    return [el("div", { class: "row" }, actionsOf(room, held).map((name) => button(name === "answer" ? "ink" : "", t(`cases.do.${name}`), () => room.start(name, held.id))), textButton(t("cases.do.withdraw"), () => room.start("declare", held.id))),
        hearingCards(room, held), contentCard(room, held), held.openings.some(({ reader }) => reader === desk.person) && identityCard(room, held)];
}

function keeperPart(room, held) {
    const mine = held.openings.filter(({ keepers }) => keepers.includes(room.desk.person));
    return [!held.erased && held.received && button("ink", t("act.identity.open"), () => room.start("open", held.id), { icon: "lock" }), !held.erased && mine.map((opening) => handCard(room, held, opening))];
}

export function caseView(room, held) {
    const { desk } = room;
    const declared = [...held.declared].map(([id, conflict]) => `${desk.nameOf(id)} ${t(conflict ? "cases.interest.yes" : "cases.interest.no")}`).join("；");
    return () => [el("p", { class: "small" }, t("status.serial", { s: serialOf(held), t: moment(held.time * 1000) })), el("h1", {}, t(`case.${held.state}`)), desk.identity(),
        clockText(held) && el("p", { class: clockOf(held).missed ? "note wait" : "small" }, icon("clock", "text"), " ", clockText(held)),
        facts([[t("cases.late"), t(held.late ? "obj.late.word" : "obj.received.word")], [t("cases.verified"), held.verified === "" ? t("cases.no") : t(`verify.${held.verified}`)],
            [t("cases.assigned"), held.assigned === "" ? t("cases.no") : desk.nameOf(held.assigned)], [t("cases.declared"), declared || t("cases.no")]]),
        held.handlers.includes(desk.person) && handlerPart(room, held), held.keepers.includes(desk.person) && keeperPart(room, held),
        card([el("h2", {}, t("status.way")), actsList(held)]), button("quiet", t("cases.back"), room.goHome)];
}
