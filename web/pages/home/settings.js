/**
 * settings.js - where reminders go: a folded section of the home page. The address is signed by the person
 * (never logged), so that nobody else can send somebody's reminders elsewhere.
 *
 *   settingsCard(me, pin, changed) → <details>; changed(email or null) once the service has it
 */
import * as api from "../../api.js";
import { draftContact } from "../../lib/draft_report.js";
import { button, el, field, fill, input } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { act, passphraseField } from "../../ui/sign.js";
import { signStatement } from "../../ui/signer.js";
import { statementBlock } from "../../ui/statement.js";
import { serverNow } from "../../ui/time.js";

const ADDRESS = /^[^\s@,;<>"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

export function settingsCard(me, pin, changed) {
    const control = input({ type: "email", autocomplete: "email", value: me.email ?? "", oninput: draw });
    const whole = field({ label: t("settings.email"), hint: t("settings.email.hint"), input: control });
    const [shown, place, pressing] = [el("div", {}), el("div", { "aria-live": "assertive" }), el("div", { class: "stack" })];
    const pass = passphraseField();
    const said = el("p", { class: "small", role: "status" });
    let text = "";
    draw();
    return el("details", { class: "card settings" }, el("summary", {}, el("h2", {}, t("settings.title"))),
        el("p", { class: "small" }, me.email ? t("settings.email.now", { email: me.email }) : t("settings.email.off")),
        whole, shown, pass, place, pressing, said);

    /** The text to be signed, or why there is none. */
    function draw() {
        const email = control.value.trim();
        const wrong = email === (me.email ?? "") ? t("settings.email.same") : email !== "" && !ADDRESS.test(email) ? t("settings.email.bad") : "";
        text = wrong ? "" : draftContact({ origin: pin.origin, person: me.person, email, time: serverNow() });
        fill(shown, text && statementBlock(text, { chosen: "邮箱：" }));
        const press = !wrong && button("ink", t(email ? "settings.save" : "settings.remove"), () => submit(press, email), { icon: "pen" });
        fill(pressing, wrong ? el("p", { class: "small" }, icon("lock", "text"), " ", wrong) : press);
    }
    function submit(press, email) {
        if (!pass.value()) return pass.say(t("pass.empty"));
        pass.say("");
        return act(press, place, t("settings.busy"), async () => {
            await api.postContact(await signStatement(me.person, pass.value(), text));
            pass.clear();
            me.email = email || null;
            fill(said, t(email ? "settings.saved" : "settings.removed"));
            changed(me.email);
            draw();
        });
    }
}
