/**
 * invite-sheet.js - the personal invitation on A4: front with the QR, back with nine empty boxes into
 * which the person copies the key code. Printed black on white; what it shows came from people.js.
 */
import words from "../i18n/people.js";
import { button, el, facts, link, rule } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { logo } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { qrCode } from "../ui/qr.js";
import { readPin } from "../ui/store.js";
import { moment } from "../ui/time.js";

const SHEET = "xiling.sheet";
const page = openPage({ title: "sheet.title", width: "wide", table: words });
const held = JSON.parse(sessionStorage.getItem(SHEET) ?? "null");

function head(use) {
    return [el("header", { class: "sheet-head" }, logo(), el("div", {}, el("b", {}, t("name")), el("p", {}, use))), rule()];
}

function front(pin) {
    const { person, name, url, expires } = held;
    return el("section", { class: "sheet sheet-page" }, head(t("sheet.front")), el("h1", { lang: "zh" }, t("sheet.for", { name })),
        el("div", { class: "sheet-frame" }, el("div", {}, facts([[t("people.name"), name], [t("people.id"), person], [t("people.expires"), moment(expires)]]),
            el("p", {}, t("sheet.once"))), qrCode(url, t("people.qr"))),
        el("p", { class: "mono small" }, url), el("h2", {}, t("sheet.how")), el("ol", {}, [1, 2, 3, 4].map((i) => el("li", {}, t(`sheet.how.${i}`)))),
        el("footer", { class: "sheet-foot" }, el("span", {}, t("sheet.log", { origin: pin?.origin ?? "" })), el("span", {}, "1 / 2")));
}

function back() {
    return el("section", { class: "sheet sheet-page" }, head(t("sheet.back")), el("h1", {}, t("sheet.code")), el("p", { class: "center" }, t("sheet.code.body")),
        el("ol", { class: "sheet-nine", "aria-label": t("sheet.code") }, Array.from({ length: 9 }, () => el("li", {}))),
        el("p", { class: "center" }, el("b", {}, t("sheet.code.warn"))), el("footer", { class: "sheet-foot" }, el("span", { lang: "zh" }, `${held.name} · ${held.person}`), el("span", {}, "2 / 2")));
}

async function start() {
    const pin = await readPin();
    page.show(() => (held ? [el("div", { class: "stack no-print" }, el("h1", {}, t("sheet.title")), el("p", {}, t("sheet.duplex")), button("ink", t("do.print"), () => print(), { icon: "print" }), link(t("do.back"), "people.html", "quiet")),
        front(pin), back()] : [el("h1", {}, t("sheet.title")), empty(t("sheet.none"), t("sheet.none.body")), link(t("do.back"), "people.html", "quiet")]), true);
}

start();
