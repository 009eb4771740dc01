/**
 * console.js - the year as a pipeline: what the next step waits for, and the one thing to do now.
 *
 * Whatever stands here is read from the log as this device has folded it; the service is asked only
 * for what is not in the log yet (ballots that wait, proposals). Steps are drafted in console/forms.js
 * and signed through ui/together.js.
 */
import words from "../i18n/office.js";
import * as api from "../api.js";
import { base64 } from "../lib/bytes.js";
import { shortCode } from "../lib/code.js";
import { findType } from "../lib/types.js";
import { inEights } from "../ui/code.js";
import { sitDown } from "../ui/desk.js";
import { button, card, el, link, progress } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { blockedButton, checklist } from "../ui/list.js";
import { pipeline, roll } from "../ui/pipeline.js";
import { clock, moment, remaining, serverNow } from "../ui/time.js";
import { actName, listed, missingText, signingView } from "../ui/together.js";
import { formOf, readDraw } from "./console/forms.js";
import { gatesOf, isBlocked } from "./console/gates.js";
import { nextType, readScene, stepsOf } from "./console/scene.js";
import { cosigningOf, mayCosign, proposalList } from "./console/proposals.js";

const EVERY = 3000;
const asked = new URLSearchParams(location.search);
const page = openPage({ title: "console.title", width: "wide", table: words });
const model = { desk: null, scene: null, live: { election: null, holdsDraw: false }, isHome: true };

async function readLive() {
    const { desk } = model;
    model.scene = readScene(desk.state, asked.get("object"));
    const { phase, round, meeting } = model.scene;
    const election = round && (phase === "vote" || phase === "share") ? await api.readElection(round.election.id).catch(() => null) : null;
    model.live = { election, holdsDraw: phase === "draw" && Boolean(await readDraw(desk.pin, meeting.id)) };
}

function goHome() {
    model.isHome = true;
    page.show(homeView, true);
}

function open(view) {
    model.isHome = false;
    page.show(view, true);
}

/** Whether one of the lines of this type could be this person's. */
function maySign(type) {
    const { desk, scene } = model;
    const { meeting } = scene;
    const slots = { officer: () => desk.holds("工作人员"), chair: () => desk.holds("主持人"), "named-chair": () => desk.holds("主持人"),
        "meeting-chair": () => meeting?.chair === desk.person, "first-scrutineer": () => meeting?.scrutineers[0] === desk.person,
        "second-scrutineer": () => meeting?.scrutineers[1] === desk.person };
    return findType(type).signers[0].some((signer) => slots[signer]?.());
}

async function begin(type) {
    const { desk, scene } = model;
    const context = { desk, scene };
    const made = await formOf(type, context);
    open(signingView(page, desk, { type, ...made, back: goHome }));
}

function cosign(proposal) {
    open(signingView(page, model.desk, cosigningOf(model.desk, proposal, goHome)));
}

/* --- the next step --- */

/** A proposal for the step that comes next. */
function proposed(type) {
    return model.desk.proposals.find((proposal) => proposal.type === type);
}

function mainAction(type, rows) {
    const label = t("console.next", { what: actName(type) });
    const waiting = proposed(type);
    if (waiting && mayCosign(model.desk, waiting)) {
        return button("ink", t("console.cosign", { what: actName(type) }), () => cosign(waiting), { icon: "pen" });
    }
    if (waiting) {
        return el("p", { class: "note wait" }, icon("half", "text"), " ", t("console.waiting", { who: missingText(waiting.missing) }));
    }
    const unmet = rows.find(({ isMet }) => !isMet);
    if (unmet) return blockedButton(label, t("console.blocked", { what: unmet.title }));
    if (maySign(type)) return button("ink", label, () => begin(type), { icon: "pen" });
    return el("p", { class: "note" }, t("console.others", { who: listed(findType(type).signers[0].map((signer) => t(`signer.${signer}`))) }));
}

function nextCard() {
    const { scene, desk } = model;
    const type = nextType(scene);
    const rows = gatesOf(scene, model.live);
    const lacking = rows.filter(({ isMet }) => !isMet).length;
    const title = type ? t(lacking > 0 ? "console.lacks" : "console.ready", { what: actName(type), n: lacking }) : t(`console.await.${scene.phase}`);
    const trustee = scene.phase === "keys" ? `ceremony=${scene.ceremony.id}` : `election=${scene.round?.election.id}`;
    return card([el("h2", {}, title), checklist(rows), type ? mainAction(type, rows)
        : desk.holds("受托人") && link(t("console.trustee"), `trustee.html?${trustee}#${desk.person}`, "ink")], { kind: "document" });
}

/* --- figures, roll, other acts --- */

function figures() {
    const { scene: { phase, round }, live: { election } } = model;
    if (!round || (phase !== "vote" && phase !== "share")) return null;
    const { closes, roll: members, M } = round.election;
    const cast = round.ballots.length;
    const waiting = election?.waiting ?? 0;
    const code = shortCode(M);
    return el("div", { class: "thirds" },
        card([el("p", {}, t("figure.ballots")), el("p", { class: "figure-large" }, String(cast + waiting), el("small", {}, ` / ${members.length}`)),
            progress(cast + waiting, members.length), el("p", { class: "small" }, t("figure.logged", { n: cast, w: waiting })),
            el("p", { class: "small" }, t("figure.nobody"))], { kind: "document" }),
        card(phase === "vote" ? [el("p", {}, t("figure.left")), el("p", { class: "figure-large" }, remaining(closes * 1000)),
            el("p", { class: "small" }, t("figure.closes", { t: clock(closes * 1000), n: members.length }))]
            : [el("p", {}, t("figure.sums")), el("p", { class: "figure-code" }, inEights(shortCode(round.sums))),
                el("p", { class: "small" }, t("figure.sums.body"))], { kind: "document" }),
        card([el("p", {}, t("figure.list")), el("p", { class: "figure-code" }, inEights(code)),
            el("p", { class: "mono small" }, code.slice(8).match(/.{1,4}/g).join(" ")), el("p", { class: "small" }, t("figure.list.body"))], { kind: "document" }));
}

function rollCard() {
    const { scene: { meeting, present }, desk } = model;
    if (!meeting) return null;
    const here = new Set(present.map(({ person }) => person));
    const recused = (id) => meeting.recusals.filter(({ person }) => person === id).length;
    const people = meeting.appointed.map((id) => ({ name: desk.named(id) ?? id, state: here.has(id) ? "done" : "none",
        more: [desk.named(id) && id, recused(id) > 0 && t("roll.recused", { n: recused(id) })].filter(Boolean).join(" · ") }));
    return card([el("h2", {}, t("roll.title")), el("p", { class: "small" },
        t("roll.body", { n: meeting.appointed.length, k: present.length, q: meeting.quorum })), roll(people),
    el("p", { class: "small" }, meeting.frozen === null ? t("roll.open") : t("roll.frozen", { t: clock(timeOf(meeting.frozen)) }))]);
}

function otherActs() {
    const { scene, desk } = model;
    const { meeting, round, phase } = scene;
    const acts = [];
    if (round && (phase === "vote" || phase === "share") && maySign("election.cancel")) acts.push("election.cancel");
    if (phase !== "cycle" && phase !== "ceremony" && maySign("trustee.ceremony")) acts.push("trustee.ceremony");
    if (phase !== "ended" && phase !== "meeting" && scene.cycle && meeting && maySign("cycle.open")) acts.push("cycle.open");
    return card([el("h2", {}, t("console.more")),
        meeting && link(t("console.wall"), `wall.html?meeting=${meeting.id}`, "quiet", { icon: "print" }),
        desk.holds("工作人员") && link(t("console.review"), `review.html#${desk.person}`, "quiet", { icon: "file" }),
        desk.holds("工作人员") && link(t("console.people"), `people.html#${desk.person}`, "quiet", { icon: "person" }),
        acts.map((type) => button("quiet", actName(type), () => begin(type), { icon: "pen" })),
        link(t("do.home"), `home.html#${desk.person}`, "quiet")]);
}

/* --- the page --- */

const timeOf = (index) => model.desk.journal.entries[index].time * 1000;

function headline() {
    const { scene: { phase, meeting, present, round } } = model;
    return t(`head.${phase}`, { k: present.length, n: meeting?.appointed.length ?? 0, round: round?.election.round ?? 1 });
}

const clockOf = (index) => (index === null || index === undefined ? "" : clock(timeOf(index)));

/** The state keeps the order that was drawn, the log when. */
function drawIndex() {
    return model.desk.journal.entries.findLast(({ type }) => type === "draw.reveal" || type === "draw.record")?.index;
}

function pipelineCard() {
    const steps = stepsOf(model.scene).map(({ name, state, index }) => ({ name: t(`step.${name}`), state,
        when: clockOf(name === "draw" && state === "done" ? drawIndex() : index) }));
    return card([pipeline(steps, t("console.pipeline"))]);
}

function homeView() {
    const { desk, scene: { meeting } } = model;
    return [el("div", { class: "row spread" },
        el("div", {}, meeting && el("p", { class: "small", lang: "zh" }, `${moment(meeting.time * 1000)} · ${meeting.place}`), el("h1", {}, headline())),
        el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))),
    desk.identity(), pipelineCard(), figures(),
    el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, nextCard(), rollCard()),
        el("div", { class: "stack wide" }, proposalList(desk, cosign), otherActs()))];
}

async function follow() {
    try {
        const before = JSON.stringify(model.live);
        const changed = await model.desk.look();
        await readLive();
        const minute = clock(serverNow()) !== model.minute;
        if (model.isHome && (changed || minute || JSON.stringify(model.live) !== before)) page.refresh();
        model.minute = clock(serverNow());
    } catch (error) {
        if (error.status === 401) return location.reload();
        if (error.entry !== undefined) return page.fail(error);
    }
    return setTimeout(follow, EVERY);
}

async function start() {
    try {
        model.desk = await sitDown(page);
        await readLive();
        const proposal = model.desk.proposals.find(({ id }) => id === asked.get("proposal"));
        if (proposal && mayCosign(model.desk, proposal)) cosign(proposal);
        else goHome();
        follow();
    } catch (error) {
        page.fail(error, { label: t("desk.enter"), press: () => location.assign("enter.html") });
    }
}

start();
