/**
 * review.js - the officers' page of the review: organisations, qualified list, reviewers, teams, reports,
 * and what blocks the next stage.
 */
import { card, el, link } from "../ui/dom.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { clock, serverNow } from "../ui/time.js";
import { proposalList } from "./console/proposals.js";
import { delegating, finding, qualifying, registering, voiding } from "./review/forms.js";
import { stageOf } from "./review/gates.js";
import { gateCard, organisationsCard, reportsCard, reviewersCard, teamsCard, whyNotYet } from "./review/lists.js";
import { readsView } from "./review/reads.js";
import { Room } from "./review/room.js";
import { organisationOf, saidOf } from "./review/scene.js";
import { forming, replacing } from "./review/teams.js";

const acts = {
    register: (room) => registering(room),
    qualify: (room) => (whyNotYet(room.scene, "qualify") ? null : qualifying(room)),
    form: (room) => (whyNotYet(room.scene, "form") ? null : forming(room)),
    delegate: (room, id) => room.found(organisationOf(room.scene, id), delegating),
    find: (room, id) => room.found(saidOf(room.scene, id), finding),
    replace: (room, id) => room.found(room.scene.teams.find((team) => team.id === id), replacing),
    void: (room, id) => room.found(room.reportOf(id), (held, report) => voiding(held, report, { single: false })),
    reads: (room, id) => room.found(room.reportOf(id), readsView),
};

function cycleLinks({ cycles, cycle }) {
    return cycles.length > 1 && el("p", { class: "row small" }, t("review.cycles"), cycles.map((id) => (id === cycle.id ? el("b", {}, id) : link(id, `?cycle=${id}${location.hash}`))));
}

function home(room) {
    const { desk, scene } = room;
    return [el("div", { class: "row spread" }, el("div", {}, scene.cycle && el("p", { class: "small" }, t("review.cycle", { id: scene.cycle.id })), el("h1", {}, t(`review.stage.${stageOf(scene)}`))),
        el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))),
    desk.identity(), cycleLinks(scene),
    el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, gateCard(room), reportsCard(room), organisationsCard(room), reviewersCard(room)),
        el("div", { class: "stack wide" }, proposalList(desk, room.cosign), teamsCard(room),
            card([el("h2", {}, t("console.more")), link(t("home.console"), `console.html#${desk.person}`, "quiet"), link(t("console.people"), `people.html#${desk.person}`, "quiet"),
                link(t("do.home"), `home.html#${desk.person}`, "quiet")])))];
}

const bar = ({ desk }) => (desk.holds("工作人员") ? null
    : () => [el("h1", {}, t("review.title")), desk.identity(), empty(t("people.officers"), t("people.officers.body"))]);

new Room({ title: "review.title", acts, home, bar }).sit();
