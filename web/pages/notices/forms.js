/**
 * forms.js - the acts about a notice itself.
 *
 *   ruling(context), opening(context), publishing(context, notice), extending(context, notice),
 *   removing(context, notice), settling(context, notice)     each → view
 *   nameOf(scene, organisation)
 */
import { base64 } from "../../lib/bytes.js";
import { extendedEnd } from "../../lib/case_state.js";
import * as draft from "../../lib/draft_notice.js";
import { ruleOf } from "../../lib/refusal.js";
import { parseDate } from "../../lib/workday.js";
import { el, fill, input } from "../../ui/dom.js";
import { checks, makeForm, radios, wanting, words } from "../../ui/form.js";
import { t } from "../../ui/language.js";
import { serverNow, until } from "../../ui/time.js";
import { filePicker, fileRow, hashFile, sizeText } from "../../ui/upload.js";
import { holders, serialOf } from "../cases/scene.js";
import { acting } from "../review/acting.js";
import { readId, readPicked, readReason, reasonRow } from "../review/forms.js";

export const nameOf = ({ organisations }, id) => organisations.get(id)?.name ?? id;

/* --- the rules of a year --- */

function readDates(form, name) {
    const dates = form.raw(name).split(/[\s,，、]+/).filter(Boolean);
    const bad = dates.find((date) => ruleOf(() => parseDate(date)) !== "");
    if (bad) throw wanting("notices.date.bad", { date: bad });
    return [...new Set(dates)];
}

export function ruling(context) {
    const { desk, scene } = context;
    const numbers = draft.RULE_NUMBERS.map(([label, standard], i) => [`n${i}`, input({ inputmode: "numeric", value: String(standard) }), { label: t(`rule.${label}`), field: label }]);
    const form = (name) => makeForm(name, [["document", input({ lang: "zh" }), { label: t("notices.document"), hint: t("notices.document.hint"), field: "细则文号" }], ...numbers,
        ["off", words(), { label: t("notices.off"), hint: t("notices.dates.hint"), field: "放假" }], ["on", words(), { label: t("notices.on"), hint: t("notices.dates.hint"), field: "调休上班" }]], { title: t("form.title") });
    const text = (held) => {
        const document = held.read("document").trim();
        if (document === "") throw wanting("notices.document.none");
        const read = draft.RULE_NUMBERS.map(([label], i) => {
            const number = Number(held.raw(`n${i}`));
            if (!Number.isInteger(number) || number < 1) throw wanting("notices.number.bad", { label: t(`rule.${label}`) });
            return number;
        });
        return draft.draftRules(desk.pin.origin, { cycle: scene.cycle, document, numbers: read, off: readDates(held, "off"), on: readDates(held, "on") });
    };
    return acting(context, "notice.rules", { key: scene.cycle, form, text });
}

/* --- opening one --- */

export function opening(context) {
    const { desk, scene } = context;
    const { list } = draft.seatsOf(scene.state, scene.cycle);
    const declared = scene.state.reviews.get(scene.cycle)?.declared ?? new Map();
    const officers = holders(scene.people, "工作人员").filter((id) => declared.has(id));
    const keepers = holders(scene.people, "保管人");
    const start = serverNow();
    const year = scene.state.cycles.get(scene.cycle).year ?? start.getFullYear();
    const people = (ids) => ids.map((id) => ({ value: id, label: desk.nameOf(id) }));
    const form = (name) => makeForm(name, [["id", input({ value: freshNotice(scene, year), autocapitalize: "none", spellcheck: "false" }), { label: t("notices.new.id"), field: "公示" }],
        el("div", {}, el("p", { class: "label" }, t("notices.list")), list.length > 0 ? el("ul", {}, list.map((line) => el("li", { lang: "zh" }, `${line.split(" ")[0]} · ${nameOf(scene, line.split(" ")[1])}`)))
            : el("p", { class: "note wait" }, t("notices.list.none"))),
        ["handlers", checks("handlers", t("notices.handlers"), people(officers), officers), { field: "承办人" }], officers.length === 0 && el("p", { class: "note wait" }, t("notices.handlers.none")),
        ["keepers", checks("keepers", t("notices.keepers.choose"), people(keepers), keepers.slice(0, 3)), { field: "保管人" }], keepers.length < 2 && el("p", { class: "note wait" }, t("notices.keepers.none")),
        el("p", {}, t("notices.end", { t: until(draft.endOf(scene.state, scene.cycle, start)) }))], { title: t("form.title") });
    const text = (held) => {
        const id = readId(held, (wanted) => scene.notices.some((one) => one.id === wanted));
        const [handlers, chosen] = [held.picked("handlers"), held.picked("keepers")];
        if (list.length === 0) throw wanting("notices.list.none");
        if (handlers.length === 0) throw wanting("notices.handlers.pick");
        if (chosen.length < 2 || chosen.length > 3) throw wanting("notices.keepers.pick");
        return draft.draftNotice(desk.pin.origin, scene.state, { id, cycle: scene.cycle, handlers, keepers: chosen, start });
    };
    return acting(context, "notice.open", { key: scene.cycle, form, text });
}

function freshNotice({ notices }, year) {
    for (let i = 1; ; i += 1) if (!notices.some(({ id }) => id === `${year}-${i}`)) return `${year}-${i}`;
}

/* --- a proof that it was published --- */

export function publishing(context, notice) {
    const { desk } = context;
    const held = { hash: null };
    const form = (name) => {
        const row = fileRow();
        const place = el("div", {}, row);
        const choose = async (file) => {
            const { hash } = await hashFile(file);
            held.hash = hash;
            row.show({ name: file.name, size: file.size, done: 1, total: 1, kind: "done", words: t("notices.hashed", { size: sizeText(file.size) }) });
            made.dispatchEvent(new Event("input", { bubbles: true }));
        };
        const made = makeForm(name, [["media", input({ lang: "zh" }), { label: t("notices.media"), field: "媒体" }], ["url", input({ inputmode: "url", long: true }), { label: t("notices.url"), field: "网址" }],
            filePicker(t("notices.copy"), t("notices.copy.hint"), choose), place], { title: t("notice.id", { id: notice.id }) });
        return made;
    };
    const seen = serverNow();
    const text = (made) => {
        const [media, url] = [made.read("media").trim(), made.read("url").trim()];
        if (media === "" || url === "") throw wanting("notices.media.none");
        if (!held.hash) throw wanting("notices.copy.none");
        return draft.draftPublish(desk.pin.origin, { notice: notice.id, media, url, hash: held.hash, seen });
    };
    return acting(context, "notice.publish", { key: notice.id, form, text, single: true });
}

/* --- days that the media's failure cost --- */

export function extending(context, notice) {
    const { desk, scene } = context;
    const read = (held) => {
        const days = Number(held.raw("days"));
        if (!Number.isInteger(days) || days < 1 || days > 30) throw wanting("notices.extend.days.bad");
        return days;
    };
    const form = (name) => {
        const end = el("p", { "aria-live": "polite" });
        const made = makeForm(name, [el("p", {}, t("notices.extend.body")), ["days", input({ inputmode: "numeric", value: "1" }), { label: t("notices.extend.days"), field: "天数" }],
            ["resolution", input({ lang: "zh", long: true }), { label: t("notices.extend.resolution"), hint: t("notices.extend.resolution.hint"), field: "决议" }], end], { title: t("notice.id", { id: notice.id }) });
        const tell = () => {
            const days = Number(made.raw("days"));
            fill(end, Number.isInteger(days) && days > 0 && days <= 30 && t("notices.extend.end", { from: until(notice.closes * 1000), t: until(extendedEnd(scene.state, notice, days) * 1000) }));
        };
        made.onRefresh(tell);
        tell();
        return made;
    };
    const text = (held) => {
        const [days, resolution] = [read(held), held.read("resolution").trim()];
        if (resolution === "") throw wanting("notices.extend.resolution.none");
        return draft.draftExtend(desk.pin.origin, scene.state, notice, { days, resolution });
    };
    return acting(context, "notice.extend", { key: notice.id, form, text });
}

/* --- what becomes of the list --- */

export function removing(context, notice) {
    const { desk, scene } = context;
    const upheld = scene.cases.filter((held) => held.notice === notice.id && ["成立", "部分成立"].includes(held.state));
    const stays = notice.list.filter(({ removed }) => removed === null);
    const form = (name) => makeForm(name, [upheld.length === 0 ? el("p", { class: "note wait" }, t("notices.upheld.none")) : null,
        ["case", radios("case", t("notices.upheld"), upheld.map((held) => ({ value: base64(held.hash), label: serialOf(held) })))],
        ["organisation", radios("organisation", t("notices.whom"), stays.map(({ organisation }) => ({ value: organisation, label: nameOf(scene, organisation) }))), { field: "组织" }], reasonRow()], { title: t("notice.id", { id: notice.id }) });
    const text = (held, hide) => draft.draftRemove(desk.pin.origin, { notice: notice.id, grounds: hide("案件", readPicked(held, "case", "notices.upheld.pick")),
        organisation: readPicked(held, "organisation", "notices.whom.pick"), reason: hide("理由", readReason(held)) });
    return acting(context, "list.remove", { key: notice.id, form, text });
}

export function settling(context, notice) {
    const { desk, scene } = context;
    const stays = notice.list.filter(({ removed }) => removed === null).map(({ organisation }) => organisation);
    const open = scene.cases.filter((held) => held.notice === notice.id && !held.closed && held.accepted > 0);
    const note = el("div", {});
    fill(note, open.length > 0 && el("p", { class: "note wait" }, t("notices.suspended", { list: open.map(serialOf).join("、") })));
    const form = (name) => makeForm(name, [note, ["stays", checks("stays", t("notices.stays"), stays.map((id) => ({ value: id, label: nameOf(scene, id) })), stays), { field: "名单" }]], { title: t("notice.id", { id: notice.id }) });
    const text = (held) => draft.draftSettle(desk.pin.origin, notice, held.picked("stays"));
    return acting(context, "list.settle", { key: notice.id, form, text });
}

