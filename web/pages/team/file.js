/**
 * file.js - the leader files a report or its next version: choose the document, hash it here, see the
 * exact text, sign; the bytes follow.
 *
 *   filing(context, team), renewing(context, report) → view
 *       context  { page, desk, scene, goHome, send(report id, file, proof) }   send begins the upload
 */
import * as draft from "../../lib/draft_review.js";
import { DOCUMENT_MOST } from "../../lib/document.js";
import { parseTime } from "../../lib/text.js";
import { el, fill, input } from "../../ui/dom.js";
import { checks, makeForm, radios, wanting } from "../../ui/form.js";
import { t } from "../../ui/language.js";
import { explain, refusal } from "../../ui/refusal.js";
import { serverNow, stamp } from "../../ui/time.js";
import { filePicker, fileRow, hashFile, sizeText } from "../../ui/upload.js";
import { acting } from "../review/acting.js";
import { freshId, lostSignatures, readId, readPicked } from "../review/forms.js";
import { nameOfOrganisation, organisationOf, reportsOf } from "../review/scene.js";

const DAY = 86400;
const MOST_DAYS = 366;
const WEEK = 7;

/** Why this file cannot be a report's document, or null. */
export function fileFault({ name, size }, { format }) {
    if (size > DOCUMENT_MOST) return explain("file.large", { name, size: sizeText(size) });
    if (size === 0) return explain("file.empty", { name });
    return format === "" ? explain("file.type", { name }) : null;
}

/**
 * The document beside the form: it outlives a redrawing, since a browser gives a file only once.
 * `held` = { file, hash, size, format } once it is hashed.
 */
function documentPart(held, changed) {
    const row = fileRow();
    const place = el("div", { "aria-live": "assertive" });
    let turn = 0;
    async function choose(file) {
        turn += 1;
        const mine = turn;
        Object.assign(held, { file: null });
        fill(place);
        changed();
        const large = fileFault(file, { format: "?" });
        if (large) return refuse(large);
        const read = await hashFile(file, (done, total) => mine === turn && show(file, done, total, t("file.hashing", { n: Math.floor((100 * done) / total) })));
        if (mine !== turn) return undefined;
        const fault = fileFault(file, read);
        if (fault) return refuse(fault);
        Object.assign(held, { file, ...read });
        showDone();
        return changed();
    }
    function refuse(error) {
        row.clear();
        fill(place, refusal(error));
    }
    const show = (file, done, total, words, kind) => row.show({ name: file.name, size: file.size, done, total, words, kind });
    const showDone = () => show(held.file, 1, 1, t("file.hashed", { format: held.format }), "done");
    if (held.file) showDone();
    return el("div", { class: "stack" }, filePicker(t("file.choose"), t("file.hint", { size: sizeText(DOCUMENT_MOST) }), choose), row, place);
}

function deadlineInput() {
    const later = new Date(serverNow().getTime() + WEEK * DAY * 1000);
    return input({ type: "datetime-local", value: `${stamp(later).slice(0, 10)}T17:00` });
}

function readDeadline(form) {
    const typed = form.raw("deadline");
    if (typed === "") throw wanting("file.deadline.bad");
    const text = `${typed.slice(0, 16)}:00+08:00`;
    const ahead = parseTime(text) - serverNow().getTime() / 1000;
    if (ahead <= 0 || ahead > MOST_DAYS * DAY) throw wanting("file.deadline.bad");
    return text;
}

function readCommon(form, held) {
    if (!held.file) throw wanting("file.none");
    const title = form.read("title").trim();
    if (title === "") throw wanting("file.title.none");
    return { title, hash: held.hash, size: held.size, format: held.format, deadline: readDeadline(form) };
}

const commonRows = (title) => [["title", input({ lang: "zh", value: title, autocomplete: "off" }), { label: t("file.title"), field: "标题" }],
    ["deadline", deadlineInput(), { label: t("file.deadline"), hint: t("file.deadline.hint"), field: "签署期限" }]];

/* --- the first version --- */

const KINDS = [draft.PAPER, draft.SITE];

function filingForm({ scene }, team, held) {
    return (name) => {
        const kinds = radios("kind", t("file.kind"), KINDS.map((kind) => ({ value: kind, label: t(`report.kind.${kind}`), note: t(`file.kind.${kind}`) })),
            reportsOf(scene, team.id).length === 0 ? [draft.PAPER] : []);
        const options = team.organisations.map((id) => ({ value: id, label: nameOfOrganisation(scene, id) }));
        const all = checks("organisations", t("file.organisations"), options, team.organisations);
        const single = radios("organisation", t("file.organisation"), options);
        const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));
        const form = makeForm(name, [documentPart(held, () => changed()), ["kind", kinds, { field: "种类" }], ["all", all, { field: "受评组织" }], ["single", single],
            ...commonRows(""), ["id", input({ value: freshId("report", (id) => scene.taken.has(id)), autocapitalize: "none", spellcheck: "false" }), { label: t("file.id"), field: "报告" }]],
        { title: t("form.title") });
        const update = () => {
            const isSite = form.picked("kind")[0] === draft.SITE;
            all.hidden = isSite;
            single.hidden = !isSite;
        };
        form.addEventListener("input", update);
        update();
        return form;
    };
}

export function filing(context, team) {
    const { desk, scene } = context;
    const held = { file: null };
    let id = "";
    const text = (form) => {
        const common = readCommon(form, held);
        const kind = readPicked(form, "kind", "file.kind.none");
        const organisations = kind === draft.SITE ? [readPicked(form, "single", "file.organisation.none")] : form.picked("all");
        if (organisations.length === 0) throw wanting("file.organisation.none");
        id = readId(form, (wanted) => scene.taken.has(wanted));
        const { representative } = organisationOf(scene, organisations[0]);
        return draft.draftReport(desk.pin.origin, { ...common, id, version: 1, kind, team, organisations, representative });
    };
    return acting(context, "report.file", { key: team.id, title: "file.new", form: filingForm(context, team, held), text, single: true,
        done: (proof) => context.send(id, held.file, proof) });
}

/* --- the next version: kind, team and organisations stay --- */

export function renewing(context, report) {
    const { desk, scene } = context;
    const held = { file: null };
    const team = scene.teams.find((one) => one.id === report.team);
    const form = (name) => {
        const changed = () => made.dispatchEvent(new Event("input", { bubbles: true }));
        const made = makeForm(name, [el("p", {}, `${t(`report.kind.${report.kind}`)} · ${t("filed.version", { n: report.version + 1 })}`), lostSignatures(desk, scene, report),
            documentPart(held, () => changed()), ...commonRows(report.title)], { title: report.title });
        return made;
    };
    const text = (made) => {
        const common = readCommon(made, held);
        if (report.versions.some(({ file }) => file === [...held.hash].map((byte) => byte.toString(16).padStart(2, "0")).join(""))) throw wanting("file.same");
        const { representative } = organisationOf(scene, report.organisations[0]);
        const { id, kind, organisations } = report;
        return draft.draftReport(desk.pin.origin, { ...common, id, version: report.version + 1, kind, team, organisations, representative });
    };
    return acting(context, "report.file", { key: `${report.id} ${report.version + 1}`, title: "file.renew", form, text, single: true,
        done: (proof) => context.send(report.id, held.file, proof) });
}
