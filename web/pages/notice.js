/**
 * notice.js - a public notice as everybody may read it: the list, how long it stands, how to object, and
 * what the log shows of objections so far. #<notice>, or every notice without one.
 */
import words from "../i18n/objection.js";
import * as api from "../api.js";
import { card, el, facts, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { banner } from "../ui/state.js";
import { clock, day, instant, moment, remaining, serverNow } from "../ui/time.js";

const EVERY = 30000;
const page = openPage({ title: "notice.title", width: "text", table: words });
/** organisation: from a poster about one of them */
const model = { id: "", organisation: "", notice: null, notices: [] };

/** A term ends at the last second of its last day. */
const lastDay = (notice) => day(instant(notice.end).getTime() - 1000);

function term(notice) {
    const words = { from: moment(notice.start), to: lastDay(notice) };
    if (notice.state === "upcoming") return banner("wait", t("notice.upcoming"), t("notice.upcoming.body", words));
    if (notice.state === "open") return banner("wait", t("notice.open"), el("span", {}, t("notice.open.body", words), el("b", {}, ` ${remaining(notice.end)}`)));
    return banner("none", t(notice.state === "settled" ? "notice.settled" : "notice.ended"), t(notice.state === "settled" ? "notice.settled.body" : "notice.ended.body", words));
}

/** By grade, the highest first; inside a grade as listed. */
function lists({ list }) {
    const grades = [...new Set(list.map(({ grade }) => grade))].sort((a, b) => b - a);
    return grades.map((grade) => {
        const those = list.filter((one) => one.grade === grade);
        return card([el("h2", {}, el("span", { lang: "zh" }, those[0].grade_name), " ", el("span", { class: "small" }, t("notice.count", { n: those.length }))),
            el("ul", { class: "notice-list" }, those.map(({ name, code, removed, organisation }) => el("li", { class: removed === null ? null : "removed" },
                el("span", { lang: "zh" }, name), " ", el("span", { class: "small" }, t("obj.code4", { code: code.slice(-4) })),
                removed !== null && [" ", link(t("notice.removed", { n: removed }), `log.html#${removed}`)],
                removed === null && model.notice.state !== "settled" && [" ", link(t("notice.object.one"), `object.html#${model.id}.${organisation}`)])))]);
    });
}

function objections({ objections: count, days }) {
    return card([el("h2", {}, t("notice.objections", { n: count })), el("p", { class: "small" }, t("notice.objections.body")),
        days.length > 0 && facts(days.map(({ end, count: n }) => [day(instant(end).getTime() - 1000), t("notice.day", { n })]))]);
}

const extended = ({ extensions }) => extensions.length > 0 && card([el("h2", {}, t("notice.extended")), extensions.map(({ days, end, resolution, index }) =>
    el("p", {}, t("notice.extended.one", { n: days, to: day(instant(end).getTime() - 1000), words: resolution, i: index })))]);

function proofs({ publications }) {
    return publications.length > 0 && card([el("h2", {}, t("notice.proofs")), facts(publications.map(({ media, url, seen, index }) =>
        [media, el("span", {}, el("span", { class: "mono small" }, url), el("br"), t("notice.seen", { t: moment(seen), n: index }))]))]);
}

function noticeView() {
    const { notice } = model;
    return [el("p", { class: "small" }, t("notice.id", { id: notice.id })), el("h1", {}, t("notice.head")), term(notice), extended(notice),
        el("p", {}, t("notice.body")), lists(notice), el("p", { class: "small" }, t("notice.order")),
        notice.state !== "upcoming" && link(t("notice.object"), `object.html#${model.id}${model.organisation && `.${model.organisation}`}`, "seal", { icon: "pen" }),
        link(t("notice.status"), "status.html", ""),
        card([el("h2", {}, icon("lock", "text"), " ", t("notice.genuine")), facts([[t("notice.address"), el("span", { class: "mono small" }, `${location.origin}/notice.html#${notice.id}`)],
            [t("obj.key"), el("span", { class: "mono" }, notice.key)]]), el("p", { class: "small" }, t("notice.genuine.body"))]),
        objections(notice), proofs(notice),
        el("p", { class: "small" }, t("time.server", { t: clock(serverNow(), true) })), link(t("notice.poster"), `poster.html#${notice.id}`, "quiet", { icon: "print" })];
}

function allView() {
    return [el("h1", {}, t("notice.all")), model.notices.length === 0 ? empty(t("notice.none"), t("notice.none.body"))
        : model.notices.map((notice) => card([el("h2", {}, t("notice.id", { id: notice.id })), el("p", {}, t("notice.open.body", { from: moment(notice.start), to: lastDay(notice) })),
            link(t("notice.read"), `notice.html#${notice.id}`, "ink")]))];
}

async function look() {
    [model.id, model.organisation = ""] = decodeURIComponent(location.hash.slice(1)).split(".");
    if (model.id) model.notice = await api.readNotice(model.id);
    else model.notices = (await api.readNotices()).notices;
}

async function start() {
    try {
        await look();
        page.show(model.id ? noticeView : allView, true);
        setInterval(() => look().then(() => page.refresh(), () => {}), EVERY);
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: () => location.reload() });
    }
}

addEventListener("hashchange", () => location.reload());
start();
