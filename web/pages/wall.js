/**
 * wall.js - the wall of the meeting, read from five metres: who has signed in and how many, the list
 * number, ballots received (never whose), time left, the sums code. Printed, it is the meeting sheet.
 *
 * ?meeting=<id>. The list number is shown only of a manifest that this device has read from the log.
 */
import words from "../i18n/public.js";
import * as api from "../api.js";
import { base64 } from "../lib/bytes.js";
import { shortCode } from "../lib/code.js";
import { inEights, spelled } from "../ui/code.js";
import { button, el, link, progress } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { loadElection } from "../ui/log.js";
import { qrCode } from "../ui/qr.js";
import { printQr } from "../ui/qrtext.js";
import { pinService } from "../ui/signer.js";
import { stateLine } from "../ui/state.js";
import { clock, instant, moment, remaining, serverNow } from "../ui/time.js";
import { meetingSheet } from "./wall/sheet.js";

const EVERY = 2000;
const page = openPage({ title: "wall.title", width: "wide broad", table: words });
const model = { pin: null, meeting: null, status: null, election: null };
let shown = "";

/** The last sign-in of each person stands. */
const present = () => [...new Set(model.meeting.signins.map(({ person }) => person))].sort();

async function readMeeting() {
    const asked = new URLSearchParams(location.search).get("meeting");
    if (asked) return api.readMeeting(asked);
    const { meetings } = await api.readOverview();
    return meetings.length > 0 ? api.readMeeting(meetings.at(-1).id) : null;
}

async function look() {
    model.meeting = await readMeeting();
    const round = model.meeting?.elections.filter(({ state }) => state !== "cancelled").at(-1) ?? model.meeting?.elections.at(-1);
    model.status = round ? await api.readElection(round.id) : null;
    if (!model.status) model.election = null;
    else if (!model.election || base64(model.election.M) !== model.status.M) {
        const election = await loadElection(model.pin, model.status);
        if (base64(election.M) === model.status.M) model.election = election;
    }
}

/* --- what is shown --- */

function head(word) {
    const { meeting } = model;
    return el("div", { class: "row spread" }, el("div", {}, el("p", { class: "wall-label", lang: "zh" }, `${moment(meeting.time)} · ${meeting.place}`),
        el("h1", { class: "wall-word" }, word)), el("p", { class: "wall-label" }, clock(serverNow())));
}

function people() {
    const here = new Set(present());
    return el("ul", { class: "wall-people" }, model.meeting.appointed.map((id) => el("li", {},
        el("span", { class: here.has(id) ? "is-done" : null }, icon(here.has(id) ? "ring-check" : "ring", "text"),
            el("span", { class: "aside-voice" }, t(here.has(id) ? "state.done" : "state.none"))), id)));
}

function signinView() {
    const { meeting } = model;
    const k = present().length;
    const short = meeting.quorum - k;
    return [head(t("wall.signin")), el("div", { class: "wall two" },
        el("div", {}, el("h2", { class: "wall-label" }, t("wall.people")), people()),
        el("div", {}, el("p", { class: "wall-label" }, t("wall.present")), el("p", { class: "wall-figure" }, String(k), el("small", {}, ` / ${meeting.appointed.length}`)),
            stateLine(short > 0 ? "wait" : "done", short > 0 ? t("wall.quorum.missing", { n: short }) : t("wall.quorum.met"), t("wall.quorum", { q: meeting.quorum })),
            el("p", { class: "wall-label" }, t("wall.signin.body"))))];
}

function drawView() {
    const { meeting } = model;
    const names = new Map(meeting.candidates.map(({ id, name }) => [id, name]));
    const { order } = meeting.draw;
    return [head(t(order.length > 0 ? "wall.drawn" : "wall.frozen")), el("div", { class: "wall two" },
        order.length > 0 ? candidates(order.map((id) => names.get(id))) : el("div", {}, el("h2", { class: "wall-label" }, t("wall.people")), people()),
        el("div", {}, el("p", { class: "wall-label" }, t("wall.present")),
            el("p", { class: "wall-figure" }, String(meeting.freeze?.present ?? 0), el("small", {}, ` / ${meeting.appointed.length}`))))];
}

function candidates(names) {
    return el("div", {}, el("h2", { class: "wall-label" }, t("wall.order")),
        el("ol", { class: "wall-order" }, names.map((name, i) => el("li", { lang: "zh" }, el("b", {}, String(i + 1)), name))));
}

function listBlock() {
    const code = shortCode(model.election.M);
    return el("div", {}, el("p", { class: "wall-label" }, t("wall.list")),
        el("p", { class: "wall-code", role: "img", "aria-label": spelled(code.slice(0, 8)) }, inEights(code)),
        el("p", { class: "wall-rest", "aria-hidden": "true" }, code.slice(8).match(/.{1,4}/g).join(" ")),
        el("p", { class: "wall-label" }, t("wall.list.bad")), el("p", { class: "row small is-done" }, icon("check", "text"), t("wall.checked")));
}

function voteView() {
    const { status, election } = model;
    const got = status.ballots + status.waiting;
    const soon = instant(status.opens) > serverNow();
    return [head(soon ? t("wall.soon", { t: clock(status.opens, true) }) : t("wall.voting")), el("div", { class: "wall two" },
        listBlock(), el("div", {}, qrCode(printQr.list(election.M, location.origin), t("wall.list.scan")), el("p", { class: "wall-label" }, t("wall.list.scan"))),
        candidates(election.candidates.map(({ name }) => name)),
        el("div", { class: "stack" }, el("p", { class: "wall-label" }, t("wall.ballots")),
            el("div", { class: "wall-figures" }, el("p", { class: "wall-figure" }, String(got), el("small", {}, ` / ${status.roll}`)),
                el("div", {}, el("p", { class: "wall-word" }, remaining(status.closes)), el("p", { class: "wall-label" }, t("wall.closes", { t: clock(status.closes) })))),
            progress(got, status.roll)))];
}

function tallyView() {
    const { status } = model;
    const given = status.trustees.filter(({ shared }) => shared).length;
    return [head(t("wall.closed")), el("div", { class: "stack wide" }, el("p", { class: "wall-label" }, t("wall.sums")),
        el("p", { class: "wall-code", role: "img", "aria-label": spelled((status.sums_code ?? "").slice(0, 8)) }, inEights(status.sums_code ?? "")),
        el("p", { class: "wall-rest", "aria-hidden": "true" }, (status.sums_code ?? "").slice(8).match(/.{1,4}/g)?.join(" ") ?? ""),
        el("p", { class: "wall-label" }, t("wall.sums.body")), el("p", { class: "wall-word" }, t("wall.shares", { k: given, t: status.threshold })))];
}

function resultView() {
    const { meeting, status } = model;
    return [head(t(status.state === "cancelled" ? "wall.cancelled" : "wall.result")),
        meeting.minutes !== null && el("p", { class: "wall-label" }, t("wall.ended", { n: meeting.minutes })),
        link(t("wall.seeresult"), `result.html?election=${status.id}`, "ink narrow")];
}

function body() {
    const { meeting, status } = model;
    if (!status) return meeting.state === "open" ? signinView() : drawView();
    if (status.state === "open") return model.election ? voteView() : drawView();
    return status.state === "closed" || status.state === "tallied" ? tallyView() : resultView();
}

function view() {
    const { meeting, election } = model;
    if (!meeting) return [el("h1", {}, t("wall.title")), empty(t("wall.none"), t("wall.none.body"))];
    return [el("div", { class: "stack wide no-print" }, body(),
        election && el("div", { class: "row" }, button("quiet narrow", t("wall.print"), () => print(), { icon: "print" }))), election && meetingSheet(model)];
}

async function follow() {
    try {
        await look();
        const now = JSON.stringify([model.meeting, model.status, Boolean(model.election), clock(serverNow()), model.status && remaining(model.status.closes)]);
        if (now !== shown) page.show(view);
        shown = now;
    } catch (error) {
        if (!model.meeting) page.fail(error, { label: t("do.again"), press: () => location.reload() });
    }
    return setTimeout(follow, EVERY);
}

async function start() {
    try {
        model.pin = await pinService();
        follow();
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: () => location.reload() });
    }
}

start();
