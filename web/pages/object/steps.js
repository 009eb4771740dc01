/**
 * steps.js - the first four steps of an objection: whom it is about, why, what happened, who one is. Each
 * is { label, view(room) → nodes, fault(draft) → [name of the field, words] or null }.
 */
import { codeFault } from "../../lib/organisation_code.js";
import { ID_TYPES, idFault, nameFault, phoneFault } from "../../lib/id_number.js";
import { choices, el, field, input } from "../../ui/dom.js";
import { select } from "../../ui/form.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { clock, serverNow } from "../../ui/time.js";
import { attachments } from "./attach.js";
import { bind } from "./draft.js";

export const GROUNDS = ["申报材料不实", "三年内违法违规", "质量安全环保事故", "评审程序", "其他"];
export const FACTS_MOST = 5000;
const REQUEST_MOST = 1000;

/** A field that knows its name, so that a fault can be shown at it. */
function named(room, name, label, hint, control) {
    const whole = field({ label, hint, input: control });
    room.fields.set(name, whole);
    control.addEventListener("input", () => whole.say(""));
    return whole;
}

function picked(room, name, legend, options, more = () => {}) {
    const { draft } = room;
    const set = choices(legend, name, options, draft.values[name], (value) => {
        draft.values[name] = value;
        draft.save();
        set.say("");
        more(value);
    });
    const said = el("p", { class: "said", role: "alert" });
    set.append(said);
    set.say = (text) => {
        said.replaceChildren(...(text ? [icon("warn", "text"), ` ${text}`] : []));
        if (text) set.querySelector("input").focus();
    };
    room.fields.set(name, set);
    return set;
}

/* --- 1: whom --- */

const labelOf = ({ name, code }) => el("span", {}, el("span", { lang: "zh" }, name), " ", el("span", { class: "small" }, t("obj.code4", { code: code.slice(-4) })));

const subject = {
    label: "obj.step.subject",
    view: (room) => [el("h1", {}, t("obj.subject.head")), el("p", {}, t("obj.start")),
        picked(room, "subject", t("obj.subject"), room.notice.list.filter(({ removed }) => removed === null).map((one) => [one.organisation, labelOf(one)]))],
    fault: ({ values }, { notice }) => (notice.list.some(({ organisation }) => organisation === values.subject) ? null : ["subject", t("obj.subject.none")]),
};

/* --- 2: why --- */

const ground = {
    label: "obj.step.ground",
    view: (room) => [el("h1", {}, t("obj.ground.head")), picked(room, "ground", t("obj.ground"), GROUNDS.map((value) => [value, t(`obj.ground.${value}`)])),
        named(room, "request", t("obj.request"), t("obj.request.hint"), bind(room.draft, "request", input({ rows: 3, maxlength: REQUEST_MOST })))],
    fault: ({ values }) => {
        if (!GROUNDS.includes(values.ground)) return ["ground", t("obj.ground.none")];
        return (values.request ?? "").trim() === "" ? ["request", t("obj.request.none")] : null;
    },
};

/* --- 3: what happened --- */

function factsField(room) {
    const { draft } = room;
    const control = bind(draft, "facts", input({ rows: 8, maxlength: FACTS_MOST }));
    const count = el("span", { class: "small" });
    const saved = el("span", { class: "small", role: "status" });
    const tell = () => count.replaceChildren(t("obj.count", { n: [...control.value].length, of: FACTS_MOST }));
    control.addEventListener("input", tell);
    draft.onSaved = () => saved.replaceChildren(icon("check", "text"), ` ${t("obj.saved", { t: clock(serverNow()) })}`);
    tell();
    return [named(room, "facts", t("obj.facts"), t("obj.facts.hint"), control), el("p", { class: "row spread" }, saved, count)];
}

const facts = {
    label: "obj.step.facts",
    view: (room) => [el("h1", {}, t("obj.facts.head")), factsField(room), el("h2", {}, t("obj.files")), attachments(room.draft, "files")],
    fault: ({ values }) => ((values.facts ?? "").trim() === "" ? ["facts", t("obj.facts.none")] : null),
};

/* --- 4: who one is --- */

const text = (room, name, options = {}) => named(room, name, t(`obj.id.${name}`), options.hint, bind(room.draft, name, input({ autocomplete: "off", ...options.input })));

function idFields(room) {
    const { draft } = room;
    draft.values.type ??= ID_TYPES[0];
    const type = select(ID_TYPES, draft.values.type, (id) => t(`obj.id.${id}`));
    return [named(room, "type", t("obj.id.type"), null, bind(draft, "type", type)),
        text(room, "number", { hint: t("obj.id.number.hint"), input: { autocapitalize: "characters", spellcheck: "false" } }),
        text(room, "phone", { hint: t("obj.id.phone.hint"), input: { inputmode: "tel" } })];
}

function identityView(room) {
    const { draft } = room;
    const isUnit = draft.values.kind === "单位";
    return [el("h1", {}, t("obj.id.head")), el("p", { class: "note info" }, icon("lock", "text"), " ", t("obj.id.sealed")),
        picked(room, "kind", t("obj.id.kind"), [["个人", t("obj.id.person")], ["单位", t("obj.id.unit")]], () => room.page.refresh()),
        draft.values.kind === "个人" && [text(room, "name", { input: { autocomplete: "name" } }), idFields(room)],
        isUnit && [named(room, "unit", t("obj.id.unit.name"), null, bind(draft, "unit", input())), text(room, "uscc", { hint: t("obj.id.uscc.hint"), input: { autocapitalize: "characters", spellcheck: "false" } }),
            text(room, "legal"), text(room, "agent", { hint: t("obj.id.agent.hint") }), idFields(room),
            el("h2", {}, t("obj.id.seal")), el("p", { class: "small" }, t("obj.id.seal.body")), attachments(draft, "idFiles", { most: 2, photos: false })],
        draft.values.kind && picked(room, "disclosure", t("obj.id.disclosure"), [["不同意", t("obj.id.disclosure.no")], ["同意", t("obj.id.disclosure.yes")]])];
}

const person = ({ values }) => [["name", nameFault(values.name ?? "")]];
const unit = ({ values, idFiles }) => [["unit", (values.unit ?? "").trim() === "" ? "identity.unit" : ""], ["uscc", codeFault((values.uscc ?? "").trim().toUpperCase()) ? "identity.uscc" : ""],
    ["legal", nameFault(values.legal ?? "")], ["agent", nameFault(values.agent ?? "")], ["agent", idFiles.length === 0 ? "identity.seal" : ""]];
const document = ({ values }) => [["number", idFault(values.type, values.number ?? "")], ["phone", phoneFault(values.phone ?? "")]];

const identity = {
    label: "obj.step.identity",
    view: identityView,
    fault: (draft) => {
        const { kind, disclosure } = draft.values;
        if (!kind) return ["kind", t("obj.id.kind.none")];
        const wrong = [...(kind === "单位" ? unit(draft) : person(draft)), ...document(draft)].find(([, rule]) => rule !== "");
        if (wrong) return [wrong[0], t(`obj.${wrong[1]}`)];
        return disclosure ? null : ["disclosure", t("obj.id.disclosure.none")];
    },
};

export const STEPS = [subject, ground, facts, identity];
