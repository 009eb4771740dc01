/**
 * teams.js - forming a team and replacing a reviewer: who cannot be on it stands there before the click,
 * with the article.
 *
 *   forming(context), replacing(context, team) → view
 */
import * as draft from "../../lib/draft_review.js";
import { blocksOf } from "../../lib/team_blocks.js";
import { el, fill, input } from "../../ui/dom.js";
import { checks, makeForm, radios, wanting } from "../../ui/form.js";
import { t } from "../../ui/language.js";
import { listed } from "../../ui/together.js";
import { acting } from "./acting.js";
import { freshId, readId, readPicked, readReason, reasonRow } from "./forms.js";
import { isUnder, nameOfOrganisation, reportsOf, reviewersOf, teamsOf } from "./scene.js";
import { blockText } from "./words.js";

const LEAST = 3;

const whyNot = (scene, person, organisations) => blocksOf(scene, person, organisations).map((block) => blockText(scene, block)).join(t("block.and"));

function personOptions({ desk, scene }, people) {
    return people.map((id) => {
        const busy = teamsOf(scene, id).map((team) => team.id);
        return { value: id, label: desk.nameOf(id), note: busy.length > 0 && t("team.busy", { list: listed(busy) }) };
    });
}

/* --- a new team --- */

function formTeam(context) {
    const { scene } = context;
    const people = reviewersOf(scene);
    return (name) => {
        const organisations = checks("organisations", t("form.team.organisations"), scene.qualified.map((id) => ({ value: id, label: nameOfOrganisation(scene, id),
            note: scene.teams.some((team) => team.organisations.includes(id)) && t("form.team.covered") })));
        const reviewers = checks("reviewers", t("form.team.reviewers"), personOptions(context, people));
        const leader = radios("leader", t("form.team.leader"), people.map((id) => ({ value: id, label: context.desk.nameOf(id) })));
        const form = makeForm(name, [["id", input({ value: freshId("team", (id) => scene.teams.some((team) => team.id === id)), autocapitalize: "none", spellcheck: "false" }),
            { label: t("form.team.id"), field: "评审组" }], ["organisations", organisations, { field: "受评组织" }],
        ["reviewers", reviewers, { field: "评审员" }], ["leader", leader, { field: "组长" }]], { title: t("form.title") });
        const update = () => {
            people.forEach((id) => reviewers.block(id, whyNot(scene, id, form.picked("organisations"))));
            leader.only(form.picked("reviewers"));
            leader.hidden = form.picked("reviewers").length === 0;
            form.keep();
        };
        form.addEventListener("input", update);
        update();
        return form;
    };
}

function teamText({ desk, scene }) {
    return (form) => {
        const id = readId(form, (wanted) => desk.state.teams.has(wanted));
        const organisations = form.picked("organisations");
        if (organisations.length === 0) throw wanting("form.team.organisations.none");
        const reviewers = form.picked("reviewers");
        if (reviewers.length < LEAST) throw wanting("form.team.size", { n: reviewers.length });
        const leader = readPicked(form, "leader", "form.team.leader.none");
        return draft.draftTeam(desk.pin.origin, { id, cycle: scene.cycle.id, leader, reviewers, organisations });
    };
}

/** One officer signs: it goes to the log at once. */
export const forming = (context) => acting(context, "team.form", { key: context.scene.cycle.id, form: formTeam(context), text: teamText(context), single: true });

/* --- one for another --- */

function effectOf({ desk, scene }, report, out, next) {
    const line = report.signers.find(({ person, capacity }) => person === out && capacity !== "受评组织");
    const how = scene.signAgain ? "void" : line?.opinion ? "former" : "takes";
    const by = next ? desk.nameOf(next) : t("effect.next");
    return el("li", { class: "small" }, t(`effect.${how}`, { title: report.title, v: report.version, out: desk.nameOf(out), opinion: line?.opinion ? t(`report.opinion.${line.opinion}`) : "" }),
        how === "void" ? "" : ` ${t("effect.by", { who: by })}`);
}

function effects(context, team, out, next) {
    const touched = reportsOf(context.scene, team.id).filter(isUnder);
    const rule = el("p", { class: "small" }, t(context.scene.signAgain ? "effect.rule.again" : "effect.rule.keep"));
    if (touched.length === 0) return [rule, el("p", { class: "small" }, t("effect.none"))];
    if (!out) return [rule, el("p", { class: "small" }, t("effect.some", { n: touched.length }))];
    return [rule, el("ul", { class: "stack" }, touched.map((report) => effectOf(context, report, out, next)))];
}

function replaceForm(context, team) {
    const { desk, scene } = context;
    const people = reviewersOf(scene).filter((id) => !team.reviewers.includes(id));
    const all = [...team.reviewers, ...people];
    return (name) => {
        const out = radios("out", t("form.replace.out"), team.reviewers.map((id) => ({ value: id, label: desk.nameOf(id), note: id === team.leader && t("report.capacity.组长") })));
        const next = radios("in", t("form.replace.in"), personOptions(context, people));
        const leader = radios("leader", t("form.replace.leader"), all.map((id) => ({ value: id, label: desk.nameOf(id) })), [team.leader]);
        const place = el("div", { class: "note info stack" });
        const form = makeForm(name, [["out", out, { field: "退出" }], people.length > 0 ? ["in", next, { field: "接替" }] : el("p", { class: "note wait" }, t("form.replace.nobody")),
            ["leader", leader, { field: "组长" }], reasonRow(t("form.replace.hint")), place], { title: t("form.title") });
        const update = () => {
            people.forEach((id) => next.block(id, whyNot(scene, id, team.organisations)));
            const [leaver] = form.picked("out");
            const comer = people.length > 0 ? form.picked("in")[0] : undefined;
            leader.only(all.filter((id) => id === comer || (team.reviewers.includes(id) && id !== leaver)));
            fill(place, el("b", {}, t("effect.title")), effects(context, team, leaver, comer));
            form.keep();
        };
        form.addEventListener("input", update);
        update();
        return form;
    };
}

export function replacing(context, team) {
    const { desk, scene } = context;
    const text = (form, hide) => {
        const out = readPicked(form, "out", "form.replace.out.none");
        if (reviewersOf(scene).every((id) => team.reviewers.includes(id))) throw wanting("form.replace.nobody");
        const plan = { id: team.id, out, in: readPicked(form, "in", "form.replace.in.none"), leader: readPicked(form, "leader", "form.team.leader.none") };
        return draft.draftReplace(desk.pin.origin, { ...plan, reason: hide("理由", readReason(form)) });
    };
    return acting(context, "team.replace", { key: team.id, form: replaceForm(context, team), text });
}
