/**
 * refuse.js - an organisation will not sign its site report: leader and officer witness it.
 *
 *   refusing(context, report) → view
 *
 * The text states its time, and the log takes it within ten minutes of it: the time moves on while
 * nobody has signed, and the page says how soon the officer must.
 */
import * as draft from "../../lib/draft_review.js";
import { size } from "../../lib/text.js";
import { el } from "../../ui/dom.js";
import { makeForm, wanting, words } from "../../ui/form.js";
import { t } from "../../ui/language.js";
import { stamp } from "../../ui/time.js";
import { acting } from "../review/acting.js";
import { readReason, reasonRow } from "../review/forms.js";
import { nameOfOrganisation } from "../review/scene.js";

const FRESH = 120000;
const LONGEST = 1900;

export function refusing(context, report) {
    const { desk, scene } = context;
    const line = report.signers.find(({ capacity }) => capacity === "受评组织");
    let [time, since] = [stamp(), Date.now()];
    const form = (name) => {
        const made = makeForm(name, [el("p", {}, t("refusal.of", { organisation: nameOfOrganisation(scene, line.organisation), title: report.title, v: report.version })),
            el("p", { class: "small" }, t("refusal.article")), reasonRow(t("refusal.reason.hint")),
            ["words", words(), { label: t("refusal.words"), hint: t("refusal.words.hint"), field: "组织说明" }], el("p", { class: "note wait" }, t("refusal.soon"))], { title: t("form.title") });
        const tick = () => {
            if (!made.isConnected && Date.now() - since > FRESH) return undefined;
            if (Date.now() - since > FRESH) {
                [time, since] = [stamp(), Date.now()];
                made.dispatchEvent(new Event("input"));
            }
            return setTimeout(tick, FRESH / 8);
        };
        tick();
        return made;
    };
    const text = (held, hide) => {
        const said = held.read("words").trim();
        if (size(said) > LONGEST) throw wanting("form.long");
        return draft.draftRefusal(desk.pin.origin, { id: report.id, version: report.version, hash: report.hash, organisation: line.organisation,
            reason: hide("理由", readReason(held)), words: hide("组织说明", said), time });
    };
    return acting(context, "report.refusal", { key: `${report.id} ${report.version}`, form, text });
}
