/**
 * review.js - the officers' page of the review: organisations, qualified list, reviewers, teams, reports,
 * and what blocks the next stage.
 *
 * Whatever stands here is read from the log as this device has folded it; the service is asked only
 * whether a document's bytes have arrived, and who has read them. An act that is open stands in the
 * address, so that a reload comes back to it.
 */
import office from "../i18n/office.js";
import people from "../i18n/people.js";
import report from "../i18n/report.js";
import own from "../i18n/review.js";
import { sitDown } from "../ui/desk.js";
import { card, el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { sendOpenings } from "../ui/openings.js";
import { clock, serverNow } from "../ui/time.js";
import { signingView } from "../ui/together.js";
import { proposalList } from "./console/proposals.js";
import { cosigning } from "./review/cosigning.js";
import { delegating, finding, qualifying, registering, voiding } from "./review/forms.js";
import { stageOf } from "./review/gates.js";
import { gateCard, organisationsCard, reportsCard, reviewersCard, teamsCard, whyNotYet } from "./review/lists.js";
import { readsView } from "./review/reads.js";
import { organisationOf, readDocuments, readScene, saidOf } from "./review/scene.js";
import { forming, replacing } from "./review/teams.js";

const EVERY = 3000;
const DOCUMENTS_EVERY = 5;
const asked = new URLSearchParams(location.search);
const page = openPage({ title: "review.title", width: "wide", table: { ...office, ...people, ...report, ...own } });
const model = { desk: null, scene: null, isHome: true, round: 0 };
const context = { page, goHome, start, settle: () => remember(), get desk() { return model.desk; }, get scene() { return model.scene; } };

const reportOf = (id) => model.scene.reports.find((report) => report.id === id);
const found = (thing, view) => (thing ? view(context, thing) : null);

/** What can be begun: each gives a view, or null where its object is not there. */
const ACTS = {
    register: () => registering(context), qualify: () => (whyNotYet(model.scene, "qualify") ? null : qualifying(context)),
    form: () => (whyNotYet(model.scene, "form") ? null : forming(context)), delegate: (id) => found(organisationOf(model.scene, id), delegating),
    find: (id) => found(saidOf(model.scene, id), finding), replace: (id) => found(model.scene.teams.find((team) => team.id === id), replacing),
    void: (id) => found(reportOf(id), (held, report) => voiding(held, report, { single: false })), reads: (id) => found(reportOf(id), readsView),
};

function remember(act, object) {
    const words = new URLSearchParams(location.search);
    words.delete("act");
    words.delete("object");
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

async function cosign(proposal) {
    open(signingView(page, model.desk, await cosigning(model.desk, proposal, goHome)));
}

function cycleLinks() {
    const { cycles, cycle } = model.scene;
    return cycles.length > 1 && el("p", { class: "row small" }, t("review.cycles"), cycles.map((id) => (id === cycle.id ? el("b", {}, id) : link(id, `?cycle=${id}${location.hash}`))));
}

function homeView() {
    const { desk, scene } = model;
    return [el("div", { class: "row spread" }, el("div", {}, scene.cycle && el("p", { class: "small" }, t("review.cycle", { id: scene.cycle.id })), el("h1", {}, t(`review.stage.${stageOf(scene)}`))),
        el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))),
    desk.identity(), cycleLinks(),
    el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, gateCard(context), reportsCard(context), organisationsCard(context), reviewersCard(context)),
        el("div", { class: "stack wide" }, proposalList(desk, cosign), teamsCard(context),
            card([el("h2", {}, t("console.more")), link(t("home.console"), `console.html#${desk.person}`, "quiet"), link(t("console.people"), `people.html#${desk.person}`, "quiet"),
                link(t("do.home"), `home.html#${desk.person}`, "quiet")])))];
}

async function follow() {
    try {
        const changed = await model.desk.look();
        model.round += 1;
        const before = JSON.stringify(model.scene.reports.map(({ document }) => document));
        if (changed || model.round % DOCUMENTS_EVERY === 0) await readAll();
        const moved = JSON.stringify(model.scene.reports.map(({ document }) => document)) !== before;
        if (model.isHome && (changed || moved)) page.refresh();
    } catch (error) {
        if (error.status === 401) return location.reload();
        if (error.entry !== undefined) return page.fail(error);
    }
    return setTimeout(follow, EVERY);
}

async function sit() {
    try {
        model.desk = await sitDown(page);
        if (!model.desk.holds("工作人员")) return page.show(() => [el("h1", {}, t("review.title")), model.desk.identity(), empty(t("people.officers"), t("people.officers.body"))], true);
        await readAll();
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
