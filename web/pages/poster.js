/**
 * poster.js - the notice on A4, to hang on a wall or to print in a paper, and one sheet for each organisation:
 * the code holds the official address and the notice alone. #<notice>
 */
import words from "../i18n/objection.js";
import * as api from "../api.js";
import { button, el, link, rule } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { logo } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { qrCode } from "../ui/qr.js";
import { day, instant, until } from "../ui/time.js";

const page = openPage({ title: "poster.title", width: "wide", table: words });
const addressOf = (notice, organisation) => `${location.origin}/notice.html#${notice.id}${organisation ? `.${organisation}` : ""}`;

function head({ id }) {
    return [el("header", { class: "sheet-head" }, logo(), el("div", {}, el("b", {}, t("poster.office")), el("p", {}, t("notice.id", { id })))), rule()];
}

function columns({ list }) {
    const grades = [...new Set(list.map(({ grade }) => grade))].sort((a, b) => b - a);
    return el("div", { class: "poster-columns" }, grades.map((grade) => {
        const those = list.filter((one) => one.grade === grade && one.removed === null);
        return those.length > 0 && el("section", {}, rule(), el("h2", { lang: "zh" }, those[0].grade_name, " ", el("span", { class: "small" }, t("notice.count", { n: those.length }))),
            el("ul", { class: "notice-list" }, those.map(({ name }) => el("li", { lang: "zh" }, name))));
    }));
}

function how(notice, organisation) {
    const address = addressOf(notice, organisation);
    return el("section", { class: "sheet-frame poster-how" }, qrCode(address, t("poster.qr")), el("div", {}, el("h2", {}, t("poster.scan")), el("p", {}, t("poster.anyone")),
        el("p", { class: "mono" }, el("b", {}, address)), el("p", { class: "small" }, t("poster.fake")), el("p", { class: "mono" }, el("b", {}, notice.key))));
}

const foot = (notice) => el("footer", { class: "sheet-foot" }, el("span", {}, t("poster.free")), el("span", {}, t("status.entry", { n: notice.index })));

function below() {
    return el("div", { class: "poster-columns" }, el("section", {}, el("h2", {}, t("poster.paper")), el("p", {}, t("poster.paper.body"))),
        el("section", {}, el("h2", {}, t("poster.identity")), el("p", {}, t("poster.identity.body"))));
}

function sheet(notice) {
    const words = { from: day(notice.start), to: day(instant(notice.end).getTime() - 1000), n: notice.extensions.reduce((sum, { days }) => sum + days, notice.rules.notice_days) };
    return el("section", { class: "sheet sheet-page" }, head(notice), el("h2", { class: "poster-name" }, t("poster.head")), el("p", {}, t("poster.body", words)),
        notice.extensions.map((one) => el("p", {}, t("notice.extended.one", { n: one.days, to: day(instant(one.end).getTime() - 1000), words: one.resolution, i: one.index }))), columns(notice), how(notice), below(),
        el("p", { class: "poster-date" }, `${t("poster.by")} ${day(notice.start)}`), foot(notice));
}

function oneSheet(notice, { organisation, name, code, grade_name: grade }) {
    return el("section", { class: "sheet sheet-page" }, head(notice), el("h2", { class: "poster-name", lang: "zh" }, name), el("p", { class: "center" }, el("span", { lang: "zh" }, grade), ` · ${t("obj.code4", { code: code.slice(-4) })}`),
        el("p", {}, t("poster.one", { to: until(notice.end) })), how(notice, organisation), below(), foot(notice));
}

async function start() {
    try {
        const notice = await api.readNotice(decodeURIComponent(location.hash.slice(1)));
        page.show(() => [el("div", { class: "stack no-print" }, el("h1", {}, t("poster.title")), el("p", {}, t("poster.note")), button("ink", t("do.print"), () => print(), { icon: "print" }),
            link(t("obj.notice"), `notice.html#${notice.id}`, "quiet")), sheet(notice), notice.list.filter(({ removed }) => removed === null).map((one) => oneSheet(notice, one))], true);
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: () => location.reload() });
    }
}

start();
