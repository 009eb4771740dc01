/**
 * forms.js - what officers choose about organisations, the qualified list and conflicts that were found.
 *
 *   registering(context), delegating(context, organisation), qualifying(context), finding(context, person)
 *   voiding(context, report, { single })     each → view
 *   freshId(stem, taken)                     "org-04", the first that is free
 */
import { CODE_LENGTH, codeFault } from "../../lib/organisation_code.js";
import * as draft from "../../lib/draft_review.js";
import { isId, size } from "../../lib/text.js";
import { el, fill, input } from "../../ui/dom.js";
import { checks, makeForm, radios, wanting, words } from "../../ui/form.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { listed } from "../../ui/together.js";
import { acting } from "./acting.js";
import { isUnder, nameOfOrganisation, organisationOf, representatives } from "./scene.js";
import { conflictText, whoText } from "./words.js";

const LONGEST = 1900;

export function freshId(stem, taken) {
    for (let i = 1; ; i += 1) {
        const id = `${stem}-${String(i).padStart(2, "0")}`;
        if (!taken(id)) return id;
    }
}

export function readId(form, taken) {
    const id = form.read("id").trim();
    if (!isId(id)) throw wanting("form.id");
    if (taken(id)) throw wanting("form.id.known", { id });
    return id;
}

/** A reason that is hidden in the log; every such act needs one. */
export function readReason(form, name = "reason") {
    const reason = form.read(name).trim();
    if (reason === "") throw wanting("form.why.none");
    if (size(reason) > LONGEST) throw wanting("form.long");
    return reason;
}

export const reasonRow = (hint = t("form.why.hint")) => ["reason", words(), { label: t("form.why"), hint, field: "理由" }];

export function readPicked(form, name, key) {
    const [picked] = form.picked(name);
    if (!picked) throw wanting(key);
    return picked;
}

/* --- organisations --- */

const idInput = (value) => input({ value, autocapitalize: "none", spellcheck: "false", autocomplete: "off" });

/** Said while it is typed, without taking the focus; the rule is that of the national standard. */
function codeWatch(control) {
    const said = el("p", { class: "small code-said", role: "status" });
    const show = () => {
        const code = control.value.trim();
        const fault = codeFault(code);
        if (code === "") return fill(said, t("code.empty", { n: CODE_LENGTH }));
        if (fault === "") return fill(said, el("span", { class: "is-done" }, icon("check", "text"), " ", t("code.good")));
        const isOpen = fault === "length" && code.length < CODE_LENGTH;
        return fill(said, icon(isOpen ? "half" : "warn", "text"), " ", t(isOpen ? "code.open" : `code.${fault}`, { n: CODE_LENGTH - code.length, k: code.length }));
    };
    control.addEventListener("input", () => {
        const [from, to] = [control.selectionStart, control.selectionEnd];
        control.value = control.value.toUpperCase().replace(/[\s-]/g, "");
        control.setSelectionRange(from, to);
        show();
    });
    said.show = show;
    return said;
}

function registerForm({ desk, scene }) {
    return (name) => {
        const code = input({ code: true, maxlength: 24, autocomplete: "off", inputmode: "text" });
        const said = codeWatch(code);
        const people = representatives(scene);
        const taken = (id) => Boolean(organisationOf(scene, id));
        const form = makeForm(name, [["id", idInput(freshId("org", taken)), { label: t("form.organisation.id"), hint: t("form.organisation.id.hint"), field: "组织" }],
            ["name", input({ autocomplete: "off", lang: "zh" }), { label: t("form.organisation.name"), hint: t("form.organisation.name.hint"), field: "名称" }],
            ["code", code, { label: t("form.code"), hint: t("form.code.hint"), field: "统一社会信用代码" }], said,
            people.length > 0 ? ["representative", radios("representative", t("form.representative"), people.map((id) => ({ value: id, label: desk.nameOf(id) }))), { field: "代表" }]
                : el("p", { class: "note wait" }, t("form.representative.nobody"))], { title: t("form.title") });
        said.show();
        return form;
    };
}

function registerText({ desk, scene }) {
    return (form) => {
        const id = readId(form, (wanted) => Boolean(organisationOf(scene, wanted)));
        const name = form.read("name").trim();
        if (name === "") throw wanting("form.organisation.name.none");
        const code = form.read("code").trim();
        const fault = codeFault(code);
        if (code === "") throw wanting("code.empty", { n: CODE_LENGTH });
        if (fault !== "") throw wanting(`code.${fault}`, { k: code.length });
        const other = scene.organisations.find((one) => one.code === code);
        if (other) throw wanting("code.known", { name: other.name });
        if (representatives(scene).length === 0) throw wanting("form.representative.nobody");
        return draft.draftRegister(desk.pin.origin, { id, name, code, representative: readPicked(form, "representative", "form.representative.none") });
    };
}

export const registering = (context) => acting(context, "organisation.register", { form: registerForm(context), text: registerText(context) });

/** Signed or awaited lines of this organisation on reports that are not finished. */
function delegateEffects({ desk, scene }, organisation) {
    const touched = scene.reports.filter((report) => isUnder(report) && report.signers.some((line) => line.organisation === organisation.id));
    if (touched.length === 0) return el("p", { class: "small" }, t("effect.none"));
    return el("ul", { class: "stack" }, touched.map((report) => {
        const line = report.signers.find((one) => one.organisation === organisation.id);
        const how = scene.signAgain ? "void" : line.opinion ? "former" : "takes";
        return el("li", { class: "small" }, t(`effect.${how}`, { title: report.title, v: report.version, out: desk.nameOf(line.person), opinion: line.opinion ? t(`report.opinion.${line.opinion}`) : "" }));
    }));
}

export function delegating(context, organisation) {
    const { desk, scene } = context;
    const people = representatives(scene);
    const form = (name) => makeForm(name, [el("p", {}, t("form.delegate.now", { who: desk.nameOf(organisation.representative) })),
        people.length > 0 ? ["representative", radios("representative", t("form.delegate.next"), people.map((id) => ({ value: id, label: desk.nameOf(id) }))), { field: "代表" }]
            : el("p", { class: "note wait" }, t("form.representative.nobody")), reasonRow(),
        el("div", { class: "note info stack" }, el("b", {}, t("effect.title")), delegateEffects(context, organisation))], { title: organisation.name });
    const text = (held, hide) => {
        if (people.length === 0) throw wanting("form.representative.nobody");
        const representative = readPicked(held, "representative", "form.representative.none");
        return draft.draftDelegate(desk.pin.origin, { id: organisation.id, representative, reason: hide("理由", readReason(held)) });
    };
    return acting(context, "organisation.delegate", { key: organisation.id, form, text });
}

/* --- qualified list --- */

export function qualifying(context) {
    const { desk, scene } = context;
    const { organisations, cycle } = scene;
    const options = organisations.map(({ id, name, code }) => ({ value: id, label: name, note: `${id} · ${code}` }));
    const form = (name) => makeForm(name, [el("p", { class: "small" }, t("form.qualify.body")),
        ["organisations", checks("organisations", t("form.qualify"), options), { field: "合格" }]], { title: t("form.title") });
    const text = (held) => {
        const chosen = held.picked("organisations");
        if (chosen.length === 0) throw wanting("form.qualify.none");
        return draft.draftQualified(desk.pin.origin, { cycle: cycle.id, organisations: chosen });
    };
    return acting(context, "qualification.list", { key: cycle.id, form, text });
}

/* --- conflicts that were found --- */

export function finding(context, said) {
    const { desk, scene } = context;
    const known = said.conflicts.filter(({ how }) => how === "found").map(({ organisation }) => organisation);
    const options = (scene.qualified ?? scene.organisations.map(({ id }) => id)).map((id) => ({ value: id, label: nameOfOrganisation(scene, id) }));
    const form = (name) => {
        const set = radios("organisation", t("form.find.organisation"), options);
        const made = makeForm(name, [said.conflicts.length > 0 && el("p", { class: "small" }, t("form.find.known", { list: listed(said.conflicts.map((one) => conflictText(scene, one))) })),
            ["organisation", set, { field: "组织" }], reasonRow(t("form.find.hint")), el("p", { class: "note info" }, t("form.find.body"))], { title: desk.nameOf(said.person) });
        known.forEach((id) => set.block(id, t("form.find.already")));
        return made;
    };
    const text = (held, hide) => draft.draftFind(desk.pin.origin, { cycle: scene.cycle.id, person: said.person,
        organisation: readPicked(held, "organisation", "form.find.none"), reason: hide("理由", readReason(held)) });
    return acting(context, "conflict.find", { key: `${scene.cycle.id} ${said.person}`, form, text });
}

/* --- a version that stands no more --- */

/** Which signatures go with it: nobody should learn that afterwards. */
export function lostSignatures(desk, scene, report) {
    const signed = report.signers.filter(({ index }) => index !== null);
    return el("div", { class: "note wait stack" }, el("b", {}, t("lost.title")), signed.length === 0 ? el("p", { class: "small" }, t("lost.none"))
        : el("p", { class: "small" }, t("lost.list", { n: signed.length, who: listed(signed.map((one) => `${whoText(desk, scene, one)}（${t(`report.opinion.${one.opinion}`)}）`)) })));
}

export function voiding(context, report, { single }) {
    const { desk, scene } = context;
    const form = (name) => makeForm(name, [el("p", {}, `${t(`report.kind.${report.kind}`)} · ${t("filed.version", { n: report.version })}`), lostSignatures(desk, scene, report),
        reasonRow()], { title: report.title });
    const text = (held, hide) => draft.draftVoid(desk.pin.origin, { id: report.id, version: report.version, reason: hide("理由", readReason(held)) });
    return acting(context, "report.void", { key: `${report.id} ${report.version}`, form, text, single });
}
