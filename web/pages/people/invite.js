/**
 * invite.js - an invitation: the name is hidden in the log, its salt and value are kept apart; the
 * link carries a token that works once.
 *
 *   inviting(context) → view      context: { page, desk, goHome, open }
 */
import * as api from "../../api.js";
import { base64, randomBytes } from "../../lib/bytes.js";
import { hidden } from "../../lib/hash.js";
import { printText } from "../../lib/statement.js";
import { convert, isId } from "../../lib/text.js";
import { button, card, el, facts, field, fill, input, link, textButton } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { verifyReceipt } from "../../ui/log.js";
import { qrCode } from "../../ui/qr.js";
import { signPanel } from "../../ui/sign.js";
import { signStatement } from "../../ui/signer.js";
import { verifiedBanner } from "../../ui/state.js";
import { moment } from "../../ui/time.js";

const SHEET = "xiling.sheet";

export function inviting(context) {
    const { desk } = context;
    const salt = randomBytes(32);
    return () => {
        const id = input({ autocapitalize: "none", spellcheck: "false", placeholder: "member-16" });
        const name = input({ autocomplete: "off", lang: "zh" });
        const idField = field({ label: t("people.id"), hint: t("people.id.hint"), input: id });
        const nameField = field({ label: t("people.name"), hint: t("people.name.hint"), input: name });
        const place = el("div", {});
        const text = () => printText("person.invite", desk.pin.origin, [["人员", id.value.trim()],
            ["姓名", hidden("person.invite", "姓名", salt, convert(name.value))]]);
        const next = button("ink", t("people.next"), check);
        function check() {
            const isNew = isId(id.value.trim()) && !desk.state.people.has(id.value.trim());
            idField.say(isNew ? "" : t(isId(id.value.trim()) ? "people.id.known" : "form.id"));
            if (!isNew) return;
            nameField.say(convert(name.value) === "" ? t("people.name.missing") : "");
            if (convert(name.value) === "") return;
            fill(place, signPanel({ text, label: t("sign.button", { what: t("act.person.invite") }), sign: (passphrase, exact) => send(context, passphrase, exact, { salt, name: convert(name.value), person: id.value.trim() }) }));
            next.remove();
            [id, name].forEach((control) => { control.readOnly = true; });
        }
        return [el("h1", {}, t("people.invite")), desk.identity(), card([idField, nameField]), next, place, textButton(t("do.back"), context.goHome)];
    };
}

async function send({ page, desk, goHome }, passphrase, text, { salt, name, person }) {
    const note = await signStatement(desk.person, passphrase, text);
    const made = await api.postInvitation({ note, name, salt: base64(salt) });
    const proof = verifyReceipt(desk.pin, made.receipt, text);
    // The sheet is printed from another page of this tab; the token is in no address but the QR's.
    sessionStorage.setItem(SHEET, JSON.stringify({ person, name, url: made.url, expires: made.expires }));
    page.show(() => [el("h1", {}, t("people.invite")), verifiedBanner(proof, t("people.invited.word"), t("people.invited.body", { person, n: proof.index })),
        card([qrCode(made.url, t("people.qr"), "large"), el("p", { class: "mono small" }, made.url),
            facts([[t("people.name"), el("span", { lang: "zh" }, name)], [t("people.expires"), moment(made.expires)]])]),
        link(t("people.sheet"), "invite-sheet.html", "ink", { icon: "print", target: "_self" }), textButton(t("do.back"), goHome)], true);
}
