/**
 * check.js - the views between choosing and casting: the list on the wall, the second device, the
 * fingerprint with cast and challenge, and the opened ballot. Views only; booth.js holds the model.
 */
import { equal } from "../../lib/bytes.js";
import { matchesShortCode, shortCode } from "../../lib/code.js";
import { fingerprintBlock, inEights, plain } from "../../ui/code.js";
import { button, card, el, textButton } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { qrCode } from "../../ui/qr.js";
import { printQr, readQr } from "../../ui/qrtext.js";
import { scanPanel } from "../../ui/scan.js";
import { banner, stateLine } from "../../ui/state.js";
import { stepper } from "../../ui/stepper.js";
import { choiceSummary } from "./choose.js";

export const STEPS = 4;

export function why() {
    return el("details", {}, el("summary", {}, t("why.link")), el("p", {}, t("why")));
}

export function notCast() {
    return stateLine("none", t("state.notcast"), t("state.notcast.here"));
}

/** A slip of the fingers may be typed again; a scanned code of another list is a stop. */
export function listView({ election, pass, stop }) {
    const found = (text, how) => {
        const read = how === "camera" ? readQr(text) : null;
        if (how === "camera") {
            if (read?.kind !== "list") return t("list.retype");
            return equal(read.M, election.M) ? pass() : stop();
        }
        if (plain(text).length < 8) return t("list.short");
        return matchesShortCode(text, election.M) ? pass() : t("list.retype");
    };
    return [stepper(t("booth.step.list"), 1, STEPS), el("h1", {}, t("booth.step.list")), notCast(), el("p", {}, t("list.check")),
        scanPanel({ label: t("list.scan"), typed: { label: t("list.typed"), input: { maxlength: 34 } }, found }),
        el("p", { class: "small" }, t("list.why"))];
}

export function badListView({ again }) {
    return [banner("stop", t("list.bad"), t("list.bad.body")), button("", t("list.again"), again)];
}

export function secondView({ use, without, back }) {
    const found = (text, how) => {
        const u = how === "camera" ? readQr(text)?.u : plain(text);
        if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(u ?? "")) return t("second.bad");
        use(u);
        return "";
    };
    return [stepper(t("booth.step.check"), 3, STEPS), el("h1", {}, t("second.title")), notCast(), el("p", {}, t("second.body")),
        scanPanel({ label: t("second.scan"), typed: { label: t("second.typed"), button: t("second.use"), input: { maxlength: 9 } }, found }),
        button("quiet", t("second.none"), without), el("p", { class: "small" }, t("second.unchecked.body")),
        textButton(t("fp.back"), back), why()];
}

export function sealingView() {
    return [stepper(t("booth.step.check"), 3, STEPS), el("h1", {}, t("booth.step.check")), notCast(), el("p", { role: "status" }, t("seal.working"))];
}

export function fingerprintView({ election, recused, choices, sealed, place, cast, challenge, back }) {
    const F = { F: sealed.fingerprint, M: election.M, address: location.origin };
    return [stepper(t("booth.step.check"), 3, STEPS), banner("none", t("state.notcast"), t("fp.state")),
        el("h1", { class: "aside-voice" }, t("booth.step.check")),
        fingerprintBlock({ title: t("fp.title"), code: shortCode(sealed.fingerprint), qr: printQr.fingerprint(F), note: t("fp.scan") }),
        !sealed.second && el("p", { class: "small" }, t("second.unchecked")),
        card([el("div", { class: "row spread" }, el("h2", {}, t("fp.choices")), textButton(t("fp.back"), back)),
            choiceSummary(election, recused, choices)]),
        place, el("div", { class: "stack" }, button("seal", t("cast.button"), cast, { id: "cast" }), el("p", { class: "small center" }, t("cast.note"))),
        el("div", { class: "stack" }, button("", t("challenge.button"), challenge, { icon: "eye" }), el("p", { class: "small" }, t("challenge.note")))];
}

/** A challenged ballot, opened for the second device; it is void from the moment this is shown. */
export function openedView({ election, recused, opened, next }) {
    const text = printQr.opening({ M: election.M, K: election.K, seed: opened.seed, grades: opened.choices, address: location.origin });
    return [stepper(t("booth.step.check"), 3, STEPS), banner("none", t("challenge.word"), t("challenge.void")),
        card([el("h1", {}, t("challenge.title")), el("p", {}, t("challenge.scan")), qrCode(text, t("challenge.qr"), "large"),
            el("p", { class: "small" }, t("challenge.text")), el("p", { class: "mono small", id: "opening" }, text)], { kind: "document" }),
        card([el("h2", {}, t("fp.choices")), choiceSummary(election, recused, opened.choices),
            el("p", { class: "small" }, `${t("fp.title")} `, el("b", { class: "mono" }, inEights(shortCode(opened.fingerprint))))]),
        button("ink", t("challenge.next"), next)];
}

