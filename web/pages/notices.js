/**
 * notices.js - the officers' page of the public notice: its rules, opening it, proofs of publication, leads,
 * removal of an organisation after an objection, and the end of the term.
 */
import { button, card, el, facts, link } from "../ui/dom.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { clock, day, moment, serverNow, until } from "../ui/time.js";
import { NoticeRoom } from "./cases/room.js";
import { proposalList } from "./console/proposals.js";
import { extending, nameOf, opening, publishing, removing, ruling, settling } from "./notices/forms.js";
import { disposing, entering } from "./notices/leads.js";

const isOfficer = ({ desk }) => desk.holds("工作人员");
const acts = {
    rules: (room) => (room.scene.cycle && !room.scene.rules ? ruling(room) : null),
    open: (room) => (room.scene.rules ? opening(room) : null),
    publish: (room, id) => room.found(room.noticeOf(id), publishing),
    extend: (room, id) => room.found(room.noticeOf(id), extending),
    lead: (room, id) => room.found(room.noticeOf(id), entering),
    dispose: (room, id) => room.found(room.scene.leads.find((lead) => lead.id === id), disposing),
    remove: (room, id) => room.found(room.noticeOf(id), removing),
    settle: (room, id) => room.found(room.noticeOf(id), settling),
};

/** As the rules of the year call it: a line is “等次：<grade> <weight> <name>”. */
const gradeName = ({ state }, cycle, grade) => state.cycles.get(cycle).lines.find((line) => line.startsWith(`等次：${grade} `)).split(" ").slice(2).join(" ");

function listOf({ scene }, { cycle, list }) {
    return el("ul", { class: "notice-list" }, list.map(({ grade, organisation, removed }) => el("li", { class: removed === null ? null : "removed" },
        el("span", { lang: "zh" }, `${gradeName(scene, cycle, grade)} · ${nameOf(scene, organisation)}`), removed !== null && el("span", { class: "small" }, ` ${t("notice.removed", { n: removed })}`))));
}

function leadRows(room, { id }) {
    const leads = room.scene.leads.filter((lead) => lead.notice === id);
    return leads.length > 0 && facts(leads.map((lead) => [lead.id, el("span", {}, `${t(`lead.${lead.source}`)} · `, lead.disposed === null
        ? button("quiet", t("lead.dispose"), () => room.start("dispose", lead.id)) : t("lead.disposed", { n: lead.disposed }))]));
}

const isRunning = ({ opens, closes }) => opens * 1000 <= serverNow().getTime() && serverNow().getTime() < closes * 1000;
const extensionList = ({ extensions }) => el("span", {}, extensions.map(({ days, resolution, closes, index }) =>
    el("p", {}, t("notice.extended.one", { n: days, to: day(closes * 1000 - 1000), words: resolution, i: index }))));

function noticeCard(room, notice) {
    const { scene, desk } = room;
    const isHandler = notice.handlers.includes(desk.person);
    const act = (name, word, kind = "") => button(kind, t(word), () => room.start(name, notice.id));
    const cases = scene.cases.filter((held) => held.notice === notice.id);
    return card([el("h2", {}, t("notice.id", { id: notice.id })), notice.settled !== null && el("p", { class: "is-done" }, icon("check", "text"), " ", t("notices.settled", { n: notice.settled })),
        facts([[t("notices.term"), `${moment(notice.opens * 1000)} – ${until(notice.closes * 1000)}`], [t("notices.handlers"), notice.handlers.map(desk.nameOf).join("、")],
            ...(notice.extensions.length > 0 ? [[t("notices.extensions"), extensionList(notice)]] : []), [t("notices.keepers"), notice.keepers.map(desk.nameOf).join("、")], [t("notices.proofs"), t("notices.proofs.n", { n: notice.proofs.length })], [t("notices.cases"), t("notice.day", { n: cases.length })]]),
        listOf(room, notice), leadRows(room, notice),
        notice.settled === null && isOfficer(room) && el("div", { class: "row" }, act("publish", "notices.publish"), isRunning(notice) && act("extend", "notices.extend"), isHandler && act("lead", "notices.lead"), act("remove", "notices.remove"),
            notice.closes * 1000 <= serverNow().getTime() && act("settle", "notices.settle", "ink")),
        el("div", { class: "row" }, link(t("notices.public"), `notice.html#${notice.id}`, "quiet"), link(t("notice.poster"), `poster.html#${notice.id}`, "quiet", { icon: "print" }))]);
}

function begin(room) {
    const { scene, desk } = room;
    if (!scene.cycle) return empty(t("notices.nocycle"), t("notices.nocycle.body"));
    if (isOfficer(room) && !scene.state.reviews.get(scene.cycle)?.declared.has(desk.person)) {
        return card([el("h2", {}, t("notices.declare")), el("p", {}, t("notices.declare.body")), link(t("notices.declare.go"), `team.html?act=declare#${desk.person}`, "ink")], { kind: "needs" });
    }
    if (!scene.rules) return card([el("h2", {}, t("notices.rules.first")), el("p", {}, t("notices.rules.body")), button("ink", t("act.notice.rules"), () => room.start("rules"))], { kind: "needs" });
    return button("ink", t("act.notice.open"), () => room.start("open"));
}

function home(room) {
    const { desk, scene } = room;
    return [el("div", { class: "row spread" }, el("h1", {}, t("notices.title")), el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))), desk.identity(),
        el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, scene.notices.map((notice) => noticeCard(room, notice)), begin(room)),
            el("div", { class: "stack wide" }, proposalList(desk, room.cosign), card([link(t("cases.title"), `cases.html#${desk.person}`, "quiet"), link(t("do.home"), `home.html#${desk.person}`, "quiet")])))];
}

const bar = ({ desk }) => (desk.holds("工作人员") || desk.holds("主持人") ? null
    : () => [el("h1", {}, t("notices.title")), desk.identity(), empty(t("people.officers"), t("people.officers.body"))]);

new NoticeRoom({ title: "notices.title", acts, home, bar }).sit();
