/**
 * settings.js - where reminders go: a folded section of the home page. The address is signed by the person
 * (never logged), so that nobody else can send somebody's reminders elsewhere.
 *
 *   settingsCard(me, pin) → <details>
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

export function settingsCard(me, pin) {
    let held = me.email ?? "";
    const control = input({ type: "email", autocomplete: "email", value: held, oninput: draw });
    const whole = field({ label: t("settings.email"), hint: t("settings.email.hint"), input: control });
    const [shown, place, pressing] = [el("div", {}), el("div", { "aria-live": "assertive" }), el("div", { class: "stack" })];
    const pass = passphraseField();
    const [now, said] = [el("p", { class: "small" }), el("p", { class: "small", role: "status" })];
    let text = "";
    draw();
    return el("details", { class: "card settings" }, el("summary", {}, el("h2", {}, t("settings.title"))),
        el("div", { class: "stack settings-body" }, now, whole, shown, pass, place, pressing, said));

    /** The text to be signed, or why there is none. */
    function draw() {
        const email = control.value.trim();
        fill(now, held ? t("settings.email.now", { email: held }) : t("settings.email.off"));
        const wrong = email === held ? t("settings.email.same") : email !== "" && !ADDRESS.test(email) ? t("settings.email.bad") : "";
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
            held = email;
            fill(said, t(email ? "settings.saved" : "settings.removed"));
            draw();
        });
    }
}
