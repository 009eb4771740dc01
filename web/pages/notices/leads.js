/**
 * leads.js - what came by telephone, on paper or without a name: entered by a handler, and what became of it.
 *
 *   entering(context, notice), disposing(context, lead)     each → view
 */
import * as draft from "../../lib/draft_notice.js";
import { el, input } from "../../ui/dom.js";
import { makeForm, radios, words } from "../../ui/form.js";
import { t } from "../../ui/language.js";
import { acting } from "../review/acting.js";
import { freshId, readId, readPicked, readReason, reasonRow } from "../review/forms.js";

const SOURCES = ["电话", "纸面", "匿名", "网络"];
const WAYS = ["转为异议", "转投诉举报", "核查后存档", "不予处理"];

export function entering(context, notice) {
    const { desk, scene } = context;
    const taken = (id) => scene.leads.some((lead) => lead.id === id);
    const form = (name) => makeForm(name, [["id", input({ value: freshId("lead", taken), autocapitalize: "none", spellcheck: "false" }), { label: t("lead.id"), field: "线索" }],
        ["source", radios("source", t("lead.source"), SOURCES.map((value) => ({ value, label: t(`lead.${value}`) }))), { field: "来源" }],
        ["content", words(), { label: t("lead.content"), hint: t("lead.content.hint"), field: "内容" }]], { title: t("notice.id", { id: notice.id }) });
    const text = (held, hide) => draft.draftLead(desk.pin.origin, { id: readId(held, taken), notice: notice.id, source: readPicked(held, "source", "lead.source.none"), content: hide("内容", readReason(held, "content")) });
    return acting(context, "lead.enter", { key: notice.id, form, text, single: true });
}

export function disposing(context, lead) {
    const { desk } = context;
    const form = (name) => makeForm(name, [el("p", {}, t(`lead.${lead.source}`)), ["how", radios("how", t("lead.how"), WAYS.map((value) => ({ value, label: t(`lead.${value}`) }))), { field: "处置" }], reasonRow()], { title: lead.id });
    const text = (held, hide) => draft.draftDispose(desk.pin.origin, { id: lead.id, how: readPicked(held, "how", "lead.how.none"), reason: hide("理由", readReason(held)) });
    return acting(context, "lead.dispose", { key: lead.id, form, text });
}
