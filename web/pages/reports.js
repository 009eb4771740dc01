/**
 * reports.js - every report and how far its signing is: for anybody.
 */
import words from "../i18n/report.js";
import * as api from "../api.js";
import { card, el, field, fill, link, progress, tag } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { instant, moment, remaining, serverNow } from "../ui/time.js";

const EVERY = 5000;
const MANY = 20;
const STATES = ["open", "blocked", "complete", "void"];
const LOOKS = { open: ["", "ring"], blocked: ["wait", "warn"], complete: ["ink", "check"], void: ["", "stop"] };
const page = openPage({ title: "reports.title", width: "text", table: words });
const model = { reports: null, organisations: new Map(), state: "" };
const list = el("ul", { class: "stack wide" });
let shown = "";

function stateTag({ state }) {
    const [kind, shape] = LOOKS[state];
    return tag(kind, t(`report.state.${state}`), shape);
}

function deadlineWords({ state, deadline, since }) {
    if (state !== "open") return t("report.since", { t: moment(since) });
    if (instant(deadline) < serverNow()) return t("report.late", { t: moment(deadline) });
    return `${t("report.left", { t: moment(deadline) })} · ${remaining(deadline)}`;
}

function row(report) {
    const { id, version, kind, title, signed, of, reservations } = report;
    const about = report.organisations.map((one) => model.organisations.get(one)?.name ?? one).join(t("report.joint"));
    return el("li", {}, card([el("p", { class: "row spread small" }, `${t(`report.kind.${kind}`)} · ${t("report.version", { v: version })}`, stateTag(report)),
        el("h2", { lang: "zh" }, title), el("p", { class: "small", lang: "zh" }, about),
        el("span", { class: "signed-bar" }, el("b", {}, t("report.signed.count", { n: signed, of })), progress(signed, of, report.state === "complete" ? "done" : "")),
        el("p", { class: "small" }, [deadlineWords(report), reservations > 0 && t("reports.reserved", { k: reservations })].filter(Boolean).join(" · ")),
        link(t("reports.open"), `report.html#${id}`, "quiet")], { tag: "article", class: "card report-row" }));
}

function filterRow() {
    if (model.reports.length <= MANY) return null;
    const select = el("select", { class: "input" }, el("option", { value: "" }, t("reports.all")),
        STATES.map((state) => el("option", { value: state, selected: state === model.state }, t(`report.state.${state}`))));
    select.addEventListener("change", () => { model.state = select.value; draw(); });
    return field({ label: t("reports.filter"), hint: t("reports.count", { n: model.reports.length }), input: select });
}

function draw() {
    fill(list, model.reports.filter(({ state }) => model.state === "" || state === model.state).map(row));
    return list;
}

function view() {
    return [el("h1", {}, t("reports.title")), el("p", {}, t("reports.body")), filterRow(),
        model.reports.length > 0 ? draw() : empty(t("reports.none"), t("reports.none.body"))];
}

async function read() {
    const [{ reports }, { organisations }] = await Promise.all([api.readReports(), api.readOrganisations()]);
    model.reports = [...reports].reverse();
    model.organisations = new Map(organisations.map((one) => [one.id, one]));
    const now = JSON.stringify(reports);
    const isNew = now !== shown;
    shown = now;
    return isNew;
}

async function follow() {
    if (await read().catch(() => false)) page.refresh();
    setTimeout(follow, EVERY);
}

async function start() {
    try {
        await read();
        page.show(view, true);
        setTimeout(follow, EVERY);
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: start });
    }
}

start();
