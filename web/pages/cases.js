/**
 * cases.js - the desk of those who handle objections, and of those who keep the objectors' identities.
 *
 * Everything that is shown of a case comes from the log; what is sealed is opened here, with this person's
 * key, and nowhere else.
 */
import { button, card, el, link } from "../ui/dom.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { clock, serverNow } from "../ui/time.js";
import { answering, assigning, declaring, erasing, joining, opening, reporting, verifying } from "./cases/forms.js";
import { summarising } from "./cases/hearing.js";
import { caseView, clockText } from "./cases/reading.js";
import { NoticeRoom } from "./cases/room.js";
import { clockOf, isOut, mayAct, serialOf } from "./cases/scene.js";
import { proposalList } from "./console/proposals.js";

const handling = (view) => (room, id) => room.found(room.caseOf(id), (held, one) => (mayAct(one, held.desk.person) ? view(held, one) : caseView(held, one)));
const acts = {
    case: (room, id) => room.found(room.caseOf(id), caseView),
    declare: (room, id) => room.found(room.caseOf(id), declaring),
    answer: handling(answering),
    assign: handling(assigning),
    join: handling(joining),
    verify: handling(verifying),
    report: handling(reporting),
    summary: handling(summarising),
    erase: (room, id) => room.found(room.caseOf(id), erasing),
    open: (room, id) => room.found(room.caseOf(id), opening),
};

const mine = ({ desk, scene }) => scene.cases.filter(({ handlers, keepers }) => handlers.includes(desk.person) || keepers.includes(desk.person));
/** Missed first, then what runs, then what is over. */
const rank = (held) => (held.closed ? 2 : clockOf(held)?.missed ? 0 : 1);

function standing({ desk }, held) {
    if (held.keepers.includes(desk.person)) return held.openings.length > 0 ? t("cases.opened", { n: held.openings.length }) : t("cases.unopened");
    if (isOut(held, desk.person)) return t("cases.out");
    if (!held.declared.has(desk.person)) return t("cases.undeclared");
    return held.assigned === "" ? t("cases.unassigned") : desk.nameOf(held.assigned);
}

function caseRow(room, held) {
    const term = clockOf(held);
    return card([el("div", { class: "row spread" }, el("h2", {}, serialOf(held)), el("b", {}, t(`case.${held.state}`))), el("p", { class: "row spread" }, el("span", { class: "small" }, standing(room, held)),
        !held.closed && term && el("span", { class: term.missed ? "is-wait" : "small" }, icon(term.missed ? "warn" : "clock", "text"), " ", clockText(held))),
    button(held.closed ? "quiet" : "", t("cases.show"), () => room.start("case", held.id))], { kind: !held.closed && !held.declared.has(room.desk.person) && held.handlers.includes(room.desk.person) ? "needs" : "" });
}

function home(room) {
    const { desk } = room;
    const cases = mine(room).sort((a, b) => rank(a) - rank(b) || b.index - a.index);
    return [el("div", { class: "row spread" }, el("h1", {}, t("cases.title")), el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))), desk.identity(),
        el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, cases.length === 0 ? empty(t("cases.none"), t("cases.none.body")) : cases.map((held) => caseRow(room, held))),
            el("div", { class: "stack wide" }, proposalList(desk, room.cosign), card([desk.holds("工作人员") && link(t("notices.title"), `notices.html#${desk.person}`, "quiet"), link(t("do.home"), `home.html#${desk.person}`, "quiet")])))];
}

const bar = ({ desk }) => (desk.holds("工作人员") || desk.holds("保管人") ? null
    : () => [el("h1", {}, t("cases.title")), desk.identity(), empty(t("cases.officers"), t("cases.officers.body"))]);

new NoticeRoom({ title: "cases.title", acts, home, bar }).sit();
