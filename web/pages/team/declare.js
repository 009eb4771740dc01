/**
 * declare.js - what a reviewer says before anything else: the undertaking of secrecy, and for each
 * organisation of the qualified list whether there is a conflict of interest.
 *
 *   undertaking(context), declaring(context) → view       context: { page, desk, scene, goHome }
 */
import * as draft from "../../lib/draft_review.js";
import { size } from "../../lib/text.js";
import { el } from "../../ui/dom.js";
import { makeForm, radios, wanting, words } from "../../ui/form.js";
import { language, t } from "../../ui/language.js";
import { acting } from "../review/acting.js";
import { organisationOf, saidOf } from "../review/scene.js";

const LONGEST = 1900;

/** One text for everybody; Chinese, as the signers are, with its meaning in English beside it. */
const PROMISE = "本人如实、公正、廉洁从事评审，保守申报组织的商业秘密和技术秘密，不向无关的人透露评审的内容、过程和意见，不留存、不外传评审材料。";

export function undertaking(context) {
    const { desk, scene } = context;
    const form = () => el("section", { class: "card" }, el("h2", {}, t("secrecy.what")), el("p", {}, t("secrecy.body")), el("p", { class: "small" }, t("secrecy.article")),
        language() === "en" && el("p", { class: "small" }, t("secrecy.gloss")));
    const held = () => Object.assign(form(), { onRefresh: () => {}, mark: () => false, forget: () => {} });
    return acting(context, "secrecy.undertake", { form: held, single: true,
        text: () => draft.draftUndertake(desk.pin.origin, { cycle: scene.cycle.id, person: desk.person, promise: PROMISE }) });
}

/* --- conflicts of interest --- */

function questions(scene, said) {
    const before = said.conflicts.filter(({ how }) => how === "declared").map(({ organisation }) => organisation);
    return scene.qualified.map((id) => {
        const held = organisationOf(scene, id);
        const set = radios(`conflict-${id}`, held?.name ?? id, [{ value: "无", label: t("declare.no") }, { value: "有", label: t("declare.yes") }], before.includes(id) ? ["有"] : []);
        set.classList.add("answers");
        return { id, set, isKept: before.includes(id) };
    });
}

function declareForm({ scene, desk }) {
    const said = saidOf(scene, desk.person);
    return (name) => {
        const asked = questions(scene, said);
        const note = words();
        const form = makeForm(name, [el("p", {}, t("declare.body")), el("p", { class: "small" }, t("declare.article")),
            ...asked.map(({ id, set }) => [id, set, { field: "利益关系" }]), ["note", note, { label: t("declare.note"), hint: t("declare.note.hint"), field: "说明" }]], { title: t("declare.title") });
        asked.filter(({ isKept }) => isKept).forEach(({ set }) => {
            set.block("无", t("declare.kept"));
            set.querySelector("input[value=有]").checked = true;
        });
        const update = () => { form.row("note").hidden = !asked.some(({ id }) => form.picked(id)[0] === "有"); };
        form.addEventListener("input", update);
        update();
        return form;
    };
}

export function declaring(context) {
    const { desk, scene } = context;
    const text = (form, hide) => {
        const answers = scene.qualified.map((organisation) => ({ organisation, said: form.picked(organisation)[0] }));
        const left = answers.filter(({ said }) => !said).length;
        if (left > 0) throw wanting("declare.left", { n: left });
        const has = answers.some(({ said }) => said === "有");
        const note = has ? form.read("note").trim() : "";
        if (size(note) > LONGEST) throw wanting("form.long");
        return draft.draftDeclare(desk.pin.origin, { cycle: scene.cycle.id, person: desk.person, note: hide("说明", note),
            answers: answers.map(({ organisation, said }) => ({ organisation, has: said === "有" })) });
    };
    return acting(context, "conflict.declare", { key: scene.cycle.id, form: declareForm(context), text, single: true });
}
