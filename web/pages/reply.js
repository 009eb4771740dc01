/**
 * reply.js - where an organisation reads the summary of an objection about it, and replies once (rule C23).
 *
 * The summary opens with the representative's key; it holds the code of this one case, and the reply is
 * signed with the key that the code gives. So the log says that a reply came, and not whose.
 */
import own from "../i18n/reply.js";
import * as api from "../api.js";
import { button, card, el, link } from "../ui/dom.js";
import { icon } from "../ui/icon.js";
import { learn, t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { readNote } from "../ui/store.js";
import { clock, remaining, serverNow, until } from "../ui/time.js";
import { NoticeRoom } from "./cases/room.js";
import { serialOf } from "./cases/scene.js";
import { keptName, resuming, summaryView } from "./reply/summary.js";

learn(own);

class ReplyRoom extends NoticeRoom {
    async readAll() {
        await super.readAll();
        const { summaries } = await api.readSummaries();
        const kept = await Promise.all(summaries.map((one) => readNote(keptName(one.case))));
        this.summaries = summaries.map((one, i) => ({ ...one, kept: kept[i] })).reverse();
    }

    summaryOf(id) {
        return this.summaries.find((one) => one.case === id);
    }
}

function standing({ state, due, replied }) {
    if (state === "replied") return el("p", { class: "is-done" }, icon("check", "text"), " ", t("reply.replied", { n: replied }));
    if (state === "closed") return el("p", { class: "small" }, t("reply.closed"));
    if (state === "late") return el("p", { class: "note wait" }, t("reply.late", { t: until(due) }));
    return el("p", {}, icon("clock", "text"), " ", t("reply.todo", { t: until(due) }), " ", el("b", {}, remaining(due)));
}

function summaryCard(room, one) {
    const isOpen = one.state === "todo" && !one.kept;
    return card([el("h2", {}, t("reply.case", { s: serialOf(one) })), standing(one), one.state === "replied" && !one.kept && el("p", { class: "small" }, t("reply.replied.body")),
        one.kept ? button("ink", t("reply.rest.go"), () => room.start("resume", one.case)) : button(isOpen ? "ink" : "quiet", t(isOpen ? "reply.open" : "reply.again"), () => room.start("summary", one.case), { icon: "lock" })],
    { kind: isOpen || one.kept ? "needs" : "" });
}

function home(room) {
    const { desk, summaries } = room;
    return [el("div", { class: "row spread" }, el("h1", {}, t("reply.title")), el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))), desk.identity(),
        summaries.length === 0 ? empty(t("reply.none"), t("reply.none.body")) : summaries.map((one) => summaryCard(room, one)), link(t("do.home"), `home.html#${desk.person}`, "quiet")];
}

const acts = {
    summary: (room, id) => room.found(room.summaryOf(id), summaryView),
    resume: (room, id) => room.found(room.summaryOf(id), resuming),
};

new ReplyRoom({ title: "reply.title", acts, home, bar: () => null }).sit();
