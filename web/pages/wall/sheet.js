/**
 * sheet.js - 会场单: one A4 page with the list number in a frame, the candidates in the drawn order,
 * the rules, and room for three signatures. Black on white, printed from the wall's page.
 *
 *   meetingSheet({ pin, meeting, election, status })     election: of lib/election.js, from the log
 */
import { shortCode } from "../../lib/code.js";
import { inEights } from "../../ui/code.js";
import { el, rule } from "../../ui/dom.js";
import { logo } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { qrCode } from "../../ui/qr.js";
import { printQr } from "../../ui/qrtext.js";
import { clock, moment } from "../../ui/time.js";

function limitText({ grades: all }, { max, grades }) {
    return t("wall.limit", { grades: grades.map((grade) => all[grade].name).join("、"), n: max });
}

function passText({ grades: all }, { grades, num, den, base, comparison }) {
    return t("wall.pass", { grades: grades.map((grade) => all[grade].name).join("、"), num, den, base, comparison });
}

function frame({ election }) {
    const code = shortCode(election.M);
    return el("div", { class: "sheet-frame" },
        el("div", {}, el("p", {}, t("wall.list")), el("p", { class: "sheet-code" }, inEights(code)),
            el("p", { class: "mono" }, code.slice(8).match(/.{1,4}/g).join(" ")), el("p", {}, t("wall.list.bad"))),
        el("div", {}, qrCode(printQr.list(election.M, location.origin), t("wall.list.scan")), el("p", { class: "center small" }, t("wall.list.scan"))));
}

function columns({ election }) {
    const half = Math.ceil(election.candidates.length / 2);
    const item = ({ name }, i) => el("li", { lang: "zh" }, el("b", {}, String(i + 1)), name);
    const items = election.candidates.map(item);
    return el("div", { class: "sheet-columns" }, el("ol", {}, items.slice(0, half).flatMap((one, i) => [one, items[half + i] ?? el("li", { "aria-hidden": "true" }, " ")])));
}

export function meetingSheet(held) {
    const { pin, meeting, election, status } = held;
    const present = new Set(meeting.signins.map(({ person }) => person)).size;
    return el("section", { class: "sheet only-print" },
        el("header", { class: "sheet-head" }, logo(), el("div", {}, el("b", {}, t("name")), el("p", {}, t("wall.sheet.use")))), rule(),
        el("h1", {}, t("wall.sheet")), el("p", { class: "center" }, t("wall.sheet.round", { round: election.round, opens: moment(election.opens * 1000), closes: clock(election.closes * 1000) })),
        frame(held), el("h2", {}, t("wall.order")), columns(held),
        el("div", { class: "sheet-columns" }, el("div", {}, el("h2", {}, t("wall.rules")), election.limits.map((limit) => el("p", {}, limitText(election, limit))),
            election.passes.map((pass) => el("p", {}, passText(election, pass)))),
        el("div", {}, el("h2", {}, t("wall.more")), el("p", {}, t("wall.numbers", { n: meeting.appointed.length, k: present, q: meeting.quorum, r: election.recusals.length })),
            el("h2", {}, t("wall.how")), [1, 2, 3].map((i) => el("p", {}, t(`wall.how.${i}`))))),
        el("div", { class: "sheet-sign" }, ["chair", "scrutineer", "scrutineer"].map((who) => el("p", {}, t(`wall.${who}`)))),
        el("p", { class: "small" }, t("wall.logkey"), " ", el("span", { class: "mono" }, pin.vkey.trim())),
        el("footer", { class: "sheet-foot" }, el("span", {}, t("wall.footer", { origin: pin.origin, n: status.index })), el("span", {}, moment(meeting.time))));
}
