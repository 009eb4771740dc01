/**
 * team.js - a reviewer's part of the review: undertaking of secrecy, conflicts of interest, the own team;
 * and the leader's: filing a report, its document, the next version, voiding, the organisation's refusal.
 */
import { el, link } from "../ui/dom.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { clock, serverNow } from "../ui/time.js";
import { proposalList } from "./console/proposals.js";
import { voiding } from "./review/forms.js";
import { readsView } from "./review/reads.js";
import { Room } from "./review/room.js";
import { isUnder, reportsOf, teamsOf } from "./review/scene.js";
import { declaring, undertaking } from "./team/declare.js";
import { filing, renewing } from "./team/file.js";
import { declareCard, secrecyCard, teamCards } from "./team/lists.js";
import { refusing } from "./team/refuse.js";
import { uploading } from "./team/upload.js";

/** The team, if this person leads it. */
const ledTeam = ({ scene, desk }, id) => scene.teams.find((team) => team.id === id && team.leader === desk.person);
const ledReport = (room, id) => room.scene.reports.find((one) => one.id === id && ledTeam(room, one.team));

const acts = {
    undertake: (room) => (room.scene.cycle ? undertaking(room) : null),
    declare: (room) => (room.scene.qualified ? declaring(room) : null),
    file: (room, id) => room.found(ledTeam(room, id), filing),
    version: (room, id) => room.found(ledReport(room, id), renewing),
    void: (room, id) => room.found(ledReport(room, id), (held, one) => voiding(held, one, { single: true })),
    refuse: (room, id) => room.found(ledReport(room, id), refusing),
    upload: (room, id) => room.found(room.reportOf(id), uploading),
    reads: (room, id) => room.found(room.reportOf(id), readsView),
};

class TeamRoom extends Room {
    /** A report that was just filed here: its document goes at once. */
    send = async (id, file, proof) => {
        await this.desk.look();
        await this.readAll();
        this.remember("upload", id);
        this.open(uploading(this, this.reportOf(id), { file, proof }));
    };
}

function headline({ desk, scene }) {
    if (!scene.cycle) return t("team.head.none");
    const mine = teamsOf(scene, desk.person);
    const open = mine.flatMap(({ id }) => reportsOf(scene, id)).filter(isUnder).length;
    if (mine.length > 0 && open === 0) return t("team.head.quiet", { list: mine.map(({ id }) => id).join("、") });
    return mine.length > 0 ? t("team.head", { list: mine.map(({ id }) => id).join("、"), n: open }) : t("team.head.cycle");
}

function home(room) {
    const { desk, scene } = room;
    return [el("div", { class: "row spread" }, el("div", {}, scene.cycle && el("p", { class: "small" }, t("review.cycle", { id: scene.cycle.id })), el("h1", {}, headline(room))),
        el("p", { class: "small" }, t("time.server", { t: clock(serverNow()) }))), desk.identity(),
    scene.cycle ? el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, teamCards(room)),
        el("div", { class: "stack wide" }, secrecyCard(room), declareCard(room), proposalList(desk, room.cosign), link(t("do.home"), `home.html#${desk.person}`, "quiet")))
        : empty(t("team.none"), t("team.none.body"))];
}

const bar = ({ desk, scene }) => (desk.holds("评审员") || desk.holds("工作人员") || teamsOf(scene, desk.person).length > 0 ? null
    : () => [el("h1", {}, t("team.title")), desk.identity(), empty(t("team.reviewers"), t("team.reviewers.body"))]);

new TeamRoom({ title: "team.title", acts, home, bar }).sit();
