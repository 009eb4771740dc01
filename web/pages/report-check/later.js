/**
 * later.js - the card that asks what only the log knows now: is there a newer version, is it still so.
 *
 *   presentCard(model, redraw)     model.present: null | { status, proof } | { error }; asked only on a press
 */
import { button, card, el, facts, field, input, tag } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { refusal } from "../../ui/refusal.js";
import { isProven } from "../../ui/state.js";
import { moment, serverNow } from "../../ui/time.js";
import { askPresent } from "./present.js";

const isServed = () => location.protocol.startsWith("http");

async function ask(model, address, redraw) {
    try {
        model.present = { ...(await askPresent(address, model.result, model.key.vkey)), at: serverNow() };
    } catch (error) {
        model.present = { error };
    }
    redraw();
}

/** From a disk the page does not know where the service is. */
function asking(model, redraw) {
    if (isServed()) return [el("p", { class: "small" }, t("proof.now.body")), button("", t("proof.now.ask"), () => ask(model, location.origin, redraw))];
    const control = input({ type: "url", inputmode: "url", autocomplete: "url" });
    const line = field({ label: t("proof.now.address"), hint: t("proof.now.hint"), input: control });
    function press() {
        const typed = control.value.trim();
        if (!/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i.test(typed)) return line.say(t("proof.now.bad"));
        return ask(model, new URL(typed).origin, redraw);
    }
    return [el("p", { class: "small" }, t("proof.now.body")), line, button("", t("proof.now.ask"), press)];
}

function comparison(filed, status) {
    if (status.version > filed.version) return el("p", { class: "note wait", role: "status" }, t("proof.now.newer", { v: status.version, was: filed.version }));
    if (status.state !== filed.state) return el("p", { class: "note wait", role: "status" }, t("proof.now.changed"));
    return el("p", { class: "note", role: "status" }, t("proof.now.same", { v: status.version }));
}

function answered({ result, present }) {
    const { status, proof, at } = present;
    const checked = proof !== null && isProven(proof) && proof.filed.version === status.version && proof.filed.state === status.state;
    return [comparison(result.filed, status),
        facts([[t("proof.now.version"), t("report.version", { v: status.version })],
            [t("proof.now.state"), t(`report.state.${status.state}`)], [t("proof.now.at"), moment(at)]]),
        checked ? tag("done", t("proof.now.proved", { n: proof.size - 1 }), "check") : el("p", { class: "caption" }, t("proof.now.word"))];
}

export function presentCard(model, redraw) {
    const { present } = model;
    return card([el("h2", {}, t("proof.now")),
        present?.error && refusal(present.error),
        present && !present.error ? answered(model) : asking(model, redraw)]);
}
