/**
 * compare.js - in person: the officer's device reads the enrolment from a checkpoint it has verified,
 * and only then draws the nonce; both screens show the 12 digits (protocol section 4).
 *
 *   comparing.view(context, person) → view      person: of /api/people
 *   comparing.digitsOf(text)                    the digits of a person.confirm that another has signed
 */
import { base64Decode, randomBytes } from "../../lib/bytes.js";
import { checkDigits, shortCode } from "../../lib/code.js";
import { printText, parseText, value } from "../../lib/statement.js";
import { ROLES } from "../../lib/types.js";
import { digitsBlock, inEights } from "../../ui/code.js";
import { button, card, el, facts, textButton } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { qrCode } from "../../ui/qr.js";
import { printQr } from "../../ui/qrtext.js";
import { explain, refusal } from "../../ui/refusal.js";
import { signingView } from "../../ui/together.js";

/** The last enrolment that the folded log holds of this person. */
function enrolmentOf(desk, id) {
    return [...(desk.state.people.get(id)?.offers.values() ?? [])].at(-1) ?? null;
}

function rolesForm() {
    const box = el("fieldset", { class: "card" }, el("legend", { class: "label" }, t("people.roles.choose")), el("div", { class: "check-grid" },
        ROLES.map((role) => el("label", { class: "choice" }, el("input", { type: "checkbox", value: role }), el("span", {}, t(`role.${role}`))))));
    box.picked = () => [...box.querySelectorAll("input:checked")].map((control) => control.value);
    box.onRefresh = (call) => box.addEventListener("input", call);
    return box;
}

function confirmText(desk, id, enrolment, nonce, form) {
    const roles = form.picked();
    if (roles.length === 0) throw Object.assign(new Error("roles"), { say: t("people.roles.none") });
    return printText("person.confirm", desk.pin.origin, [["人员", id], ["登记", enrolment.hash], ["核对随机数", nonce], ...roles.map((role) => ["角色", role])]);
}

function view(context, { id, opening }) {
    const { desk, page, goHome, open } = context;
    const enrolment = enrolmentOf(desk, id);
    if (!enrolment) return () => [el("h1", {}, t("people.compare")), refusal(explain("people.missing")), textButton(t("do.back"), goHome)];
    // Not before the enrolment was read: it could have been made to fit.
    const nonce = randomBytes(16);
    const signing = () => open(signingView(page, desk, { type: "person.confirm", form: rolesForm, back: goHome,
        text: (form) => confirmText(desk, id, enrolment, nonce, form) }));
    return () => [el("h1", {}, t("people.compare.who", { name: opening?.value ?? id })), desk.identity(),
        el("p", {}, t("people.compare.body", { n: enrolment.index })),
        el("div", { class: "pair" }, card([el("h2", {}, t("people.compare.scan")), qrCode(printQr.nonce(nonce), t("people.compare.scan"), "large"),
            el("p", { class: "small" }, t("people.compare.typed")), el("p", { class: "mono center" }, inEights(shortCode(nonce)), " ", shortCode(nonce).slice(8).match(/.{1,4}/g).join(" "))]),
        card([el("h2", {}, t("people.digits")), digitsBlock(checkDigits(enrolment.hash, nonce)), facts([[t("people.id"), id]]),
            button("ink", t("people.digits.same"), signing, { icon: "check" }), button("", t("people.digits.differ"), () => page.show(() => [el("h1", {}, t("people.compare")),
                refusal(explain("people.differ")), textButton(t("do.back"), goHome)], true), { icon: "stop" })]))];
}

function digitsOf(text) {
    const statement = parseText(text);
    const digits = checkDigits(base64Decode(value(statement, "登记")), base64Decode(value(statement, "核对随机数")));
    return card([el("h2", {}, t("people.digits")), digitsBlock(digits), el("p", { class: "small" }, t("people.digits.second"))]);
}

export const comparing = { view, digitsOf };
