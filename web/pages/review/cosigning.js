/**
 * cosigning.js - the second line: the exact text, who has signed, and what its hidden fields say to
 * those who may read them.
 *
 *   cosigning(desk, proposal, back) → Promise of what signingView takes
 */
import * as api from "../../api.js";
import { card, el, facts } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { openedFields } from "../../ui/openings.js";
import { cosigningOf } from "../console/proposals.js";

export async function cosigning(desk, proposal, back) {
    const base = cosigningOf(desk, proposal, back);
    const { openings } = await api.readOpenings().catch(() => ({ openings: [] }));
    const opened = openedFields(proposal.text, openings);
    const hidden = () => card([el("h2", {}, t("cosign.hidden")), facts(opened.map(({ label, value }) => [label, value ?? t("cosign.hidden.closed")])),
        el("p", { class: "small" }, t("cosign.hidden.body"))]);
    return { ...base, checked: () => [base.checked(), opened.length > 0 && hidden()] };
}
