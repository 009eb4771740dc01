/**
 * people.js - who must sign and who has: names, capacities, opinions, reasons where one may read them.
 *
 *   nameOf(model, row)            the name, or the organisation's, as this reader knows it; else the id
 *   missingOf(model)              names of those who have not signed, in the reader's words
 *   signersList(model)            one row a line of the must-sign list, and the former ones
 *   signedBar(model)              已签 3 / 5 with its bar
 *   model: { status, me, names: Map, organisations: Map, openings: Map "#…" → { salt, value }, proof }
 */
import { base64Decode } from "../../lib/bytes.js";
import { isHiddenOpening } from "../../lib/hash.js";
import { el, progress } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { isProven } from "../../ui/state.js";
import { instant, stamp } from "../../ui/time.js";

export function nameOf({ names, organisations }, { person, organisation }) {
    if (organisation) return organisations.get(organisation)?.name ?? organisation;
    return names.get(person) ?? person;
}

/** Signed, or refused before witnesses: nothing more is waited for. */
export const isSettled = (row) => row.index !== null || row.refusal !== null;

export function missingOf(model) {
    return model.status.signers.filter((row) => !isSettled(row)).map((row) => nameOf(model, row)).join(t("report.joint"));
}

export const signedCount = ({ signers }) => signers.filter((row) => isSettled(row) && row.opinion !== "不同意").length;
export const reservedCount = ({ signers }) => signers.filter((row) => row.opinion === "保留意见").length;

/** The reason behind a commitment, if this reader holds what opens it. */
export function reasonOf({ openings }, { reason }) {
    const opening = reason ? openings.get(reason) : null;
    if (!opening) return "";
    return isHiddenOpening("report.sign", "理由", reason, base64Decode(opening.salt), opening.value) ? opening.value : "";
}

const shortDay = (time) => stamp(instant(time)).slice(5, 10);

function mark(model, row) {
    if (row.refusal !== null) return el("span", { class: isProven(model.proof) ? "is-done" : null }, icon("minus"));
    if (row.index === null) return icon("ring");
    if (row.opinion === "不同意") return icon("warn");
    return el("span", { class: isProven(model.proof) ? "is-done" : null }, icon("ring-check"));
}

function stand(row, isMine) {
    if (row.refusal !== null) return t("report.refused");
    if (row.index === null) return t(isMine ? "report.waiting.you" : "report.waiting");
    return `${t(`report.opinion.${row.opinion}`)} ${shortDay(row.time)}`;
}

function signerRow(model, row) {
    const isMine = row.person === model.me?.person;
    const reason = reasonOf(model, row);
    const by = row.organisation ? model.names.get(row.person) ?? row.person : null;
    return el("li", { class: isMine ? "mine" : null }, mark(model, row),
        el("span", {}, el("b", { lang: "zh" }, nameOf(model, row)), isMine && t("report.you"), " ",
            el("span", { class: "caption" }, t(`report.capacity.${row.capacity}`), by && ` · ${by}`)),
        el("span", { class: "signer-stand" }, stand(row, isMine && model.status.newest && model.status.state !== "void")),
        reason && el("p", { class: "signer-reason small", lang: "zh" }, `${t("report.reason")}：${reason}`));
}

function formerList(model) {
    const { former } = model.status;
    return former.length > 0 && el("div", {}, el("h3", {}, t("report.former")), el("ul", {}, former.map((row) => el("li", { class: "small" },
        t("report.former.row", { who: nameOf(model, row), capacity: t(`report.capacity.${row.capacity}`),
            opinion: t(`report.opinion.${row.opinion}`), n: row.index })))));
}

export function signersList(model) {
    return el("div", { class: "stack" }, el("ul", { class: "signers" }, model.status.signers.map((row) => signerRow(model, row))), formerList(model));
}

export function signedBar({ status }) {
    const [n, of] = [signedCount(status), status.signers.length];
    return el("span", { class: "signed-bar" }, el("b", {}, t("report.signed.count", { n, of })), progress(n, of));
}
