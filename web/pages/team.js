/**
 * team.js - a reviewer's part of the review: undertaking of secrecy, conflicts of interest, the own team;
 * and the leader's: filing a report, its document, the next version, voiding, the organisation's refusal.
 *
 * Everything is read from the log as this device has folded it. What is open stands in the address, so
 * that a reload comes back to it.
 */
import office from "../i18n/office.js";
import people from "../i18n/people.js";
import report from "../i18n/report.js";
import own from "../i18n/review.js";
import { sitDown } from "../ui/desk.js";
import { el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { sendOpenings } from "../ui/openings.js";
import { clock, serverNow } from "../ui/time.js";
import { proposalList } from "./console/proposals.js";
import { cosigning } from "./review/cosigning.js";
import { voiding } from "./review/forms.js";
import { readsView } from "./review/reads.js";
import { isUnder, readDocuments, readScene, reportsOf, teamsOf } from "./review/scene.js";
import { signingView } from "../ui/together.js";
import { declaring, undertaking } from "./team/declare.js";
import { filing, renewing } from "./team/file.js";
import { declareCard, secrecyCard, teamCards } from "./team/lists.js";
import { refusing } from "./team/refuse.js";
import { uploading } from "./team/upload.js";

const EVERY = 3000;
const DOCUMENTS_EVERY = 5;
const asked = new URLSearchParams(location.search);
const page = openPage({ title: "team.title", width: "wide", table: { ...office, ...people, ...report, ...own } });
const model = { desk: null, scene: null, isHome: true, round: 0 };
const context = { page, goHome, start, settle: () => remember(), send, get desk() { return model.desk; }, get scene() { return model.scene; } };

const found = (thing, view) => (thing ? view(context, thing) : null);
const reportOf = (id) => model.scene.reports.find((one) => one.id === id);
/** Of the teams that this person leads. */
const ledReport = (id) => model.scene.reports.find((one) => one.id === id && model.scene.teams.find((team) => team.id === one.team)?.leader === model.desk.person);

const ACTS = {
    undertake: () => (model.scene.cycle ? undertaking(context) : null), declare: () => (model.scene.qualified ? declaring(context) : null),
    file: (id) => found(model.scene.teams.find((team) => team.id === id && team.leader === model.desk.person), filing), version: (id) => found(ledReport(id), renewing),
    void: (id) => found(ledReport(id), (held, one) => voiding(held, one, { single: true })), refuse: (id) => found(ledReport(id), refusing),
    upload: (id) => found(reportOf(id), uploading), reads: (id) => found(reportOf(id), readsView),
};

function remember(act, object) {
    const words = new URLSearchParams(location.search);
    ["act", "object"].forEach((name) => words.delete(name));
    if (act) words.set("act", act);
    if (object) words.set("object", object);
    history.replaceState(null, "", `${location.pathname}${words.size > 0 ? `?${words}` : ""}${location.hash}`);
}

async function readAll() {
    model.scene = readScene(model.desk.journal, asked.get("cycle"));
    await readDocuments(model.scene);
}

async function goHome() {
    model.isHome = true;
    remember();
    page.show(homeView, true);
    await model.desk.look().then(readAll, () => {});
    if (model.isHome) page.refresh();
}

function open(view) {
    model.isHome = false;
    page.show(view, true);
}

function start(act, object) {
    const view = ACTS[act]?.(object ?? "");
    if (!view) return goHome();
    remember(act, object);
    return open(view);
}

/** A report that was just filed here: its document goes at once. */
async function send(id, file, proof) {
    await model.desk.look();
    await readAll();
    remember("upload", id);
    open(uploading(context, reportOf(id), { file, proof }));
}

async function cosign(proposal) {
    open(signingView(page, model.desk, await cosigning(model.desk, proposal, goHome)));
}

function headline() {
    const { desk, scene } = model;
    if (!scene.cycle) return t("team.head.none");
    const mine = teamsOf(scene, desk.person);
    const open = mine.flatMap(({ id }) => reportsOf(scene, id)).filter(isUnder).length;
    if (mine.length > 0 && open === 0) return t("team.head.quiet", { list: mine.map(({ id }) => id).join("、") });
    return mine.length > 0 ? t("team.head", { list: mine.map(({ id }) => id).join("、"), n: open }) : t("team.head.cycle");
}

function homeView() {
    const { desk, scene } = model;
    return [el("div", { class: "row spread" }, el("div", {}, scene.cycle && el("p", { class: "small" }, t("review.cycle", { id: scene.cycle.id })), el("h1", {}, headline())),
        el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))), desk.identity(),
    scene.cycle ? el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, teamCards(context)),
        el("div", { class: "stack wide" }, secrecyCard(context), declareCard(context), proposalList(desk, cosign), link(t("do.home"), `home.html#${desk.person}`, "quiet")))
        : empty(t("team.none"), t("team.none.body"))];
}

async function follow() {
    try {
        const changed = await model.desk.look();
        model.round += 1;
        if (changed || model.round % DOCUMENTS_EVERY === 0) await readAll();
        if (model.isHome && changed) page.refresh();
    } catch (error) {
        if (error.status === 401) return location.reload();
        if (error.entry !== undefined) return page.fail(error);
    }
    return setTimeout(follow, EVERY);
}

async function sit() {
    try {
        model.desk = await sitDown(page);
        await readAll();
        if (!model.desk.holds("评审员") && teamsOf(model.scene, model.desk.person).length === 0) {
            return page.show(() => [el("h1", {}, t("team.title")), model.desk.identity(), empty(t("team.reviewers"), t("team.reviewers.body"))], true);
        }
        sendOpenings();
        const proposal = model.desk.proposals.find(({ id }) => id === asked.get("proposal"));
        if (proposal && !proposal.signed.includes(model.desk.person)) await cosign(proposal);
        else if (asked.get("act")) start(asked.get("act"), asked.get("object"));
        else goHome();
        follow();
    } catch (error) {
        page.fail(error, { label: t("desk.enter"), press: () => location.assign("enter.html") });
    }
    return undefined;
}

sit();
