/**
 * roles.js - what may be changed about a confirmed person: a role more, a role less, the key revoked.
 *
 *   changing(context, person) → view
 */
import * as api from "../../api.js";
import { base64, hex, randomBytes, utf8 } from "../../lib/bytes.js";
import { hidden, sha256 } from "../../lib/hash.js";
import { printText } from "../../lib/statement.js";
import { convert } from "../../lib/text.js";
import { ROLES } from "../../lib/types.js";
import { button, card, el, facts, field, input, textButton } from "../../ui/dom.js";
import { rolesText } from "../../ui/desk.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { signingView } from "../../ui/together.js";

function wanting(key) {
    return Object.assign(new Error(key), { say: t(key) });
}

function roleChecks(roles) {
    return el("fieldset", { class: "stack" }, el("legend", { class: "label" }, t("people.roles.choose")), roles.map((role) =>
        el("label", { class: "choice" }, el("input", { type: "checkbox", value: role }), el("span", {}, t(`role.${role}`)))));
}

/** A form with the roles to choose from (if any), the hidden reason (if any) and a warning (if any). */
function changeForm({ roles, hasReason, warning }) {
    return () => {
        const reason = input({ rows: 3, lang: "zh" });
        const list = roles && roleChecks(roles);
        const form = el("section", { class: "card" }, warning && el("p", { class: "note wait" }, icon("warn", "text"), " ", warning), list,
            hasReason && field({ label: t("people.reason"), hint: t("people.reason.hint"), input: reason }));
        form.picked = () => [...form.querySelectorAll("input:checked")].map((control) => control.value);
        form.reason = () => convert(reason.value.replaceAll("\n", " "));
        form.onRefresh = (call) => form.addEventListener("input", call);
        return form;
    };
}

/** Salt and value of a hidden reason, for those who may read it. */
async function keepReason(type, salt, reason, text) {
    await api.postOpening({ type, label: "理由", salt: base64(salt), value: reason, statement: hex(sha256(utf8(text))) }).catch(() => {});
}

function signingOf({ page, desk, goHome }, id, type, setup) {
    const salt = randomBytes(32);
    const held = { reason: "", text: "" };
    const text = (form) => {
        const picked = setup.roles ? form.picked() : [];
        held.reason = setup.hasReason ? form.reason() : "";
        if (setup.roles && picked.length === 0) throw wanting("people.roles.none");
        if (setup.hasReason && held.reason === "") throw wanting("people.reason.none");
        held.text = printText(type, desk.pin.origin, [["人员", id], ...picked.map((role) => ["角色", role]),
            ...(setup.hasReason ? [["理由", hidden(type, "理由", salt, held.reason)]] : [])]);
        return held.text;
    };
    return signingView(page, desk, { type, text, form: changeForm(setup), back: goHome,
        after: () => setup.hasReason && keepReason(type, salt, held.reason, held.text) });
}

export function changing(context, person) {
    const { open, goHome } = context;
    const { id, roles, opening } = person;
    const sign = (type, setup) => () => open(signingOf(context, id, type, setup));
    const missing = ROLES.filter((role) => !roles.includes(role));
    return () => [el("h1", {}, opening?.value ?? id), context.desk.identity(), card([facts([[t("people.id"), id], [t("people.roles"), rolesText(roles)]])]),
        card([el("h2", {}, t("people.change")),
            missing.length > 0 && button("quiet", t("act.role.grant"), sign("role.grant", { roles: missing })),
            roles.length > 0 && button("quiet", t("act.role.end"), sign("role.end", { roles, hasReason: true })),
            button("quiet", t("act.person.revoke"), sign("person.revoke", { hasReason: true, warning: t("people.revoke.warning") }), { icon: "warn" })]),
        textButton(t("do.back"), goHome)];
}
