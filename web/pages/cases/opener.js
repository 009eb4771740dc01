/**
 * opener.js - a card with a passphrase and one button: what is opened with the person's key is shown below it.
 *
 *   opener(title, body, label, work, asked)   work(passphrase) → what is shown
 *       asked: words of the passphrase's field, where another stands on the page to sign with
 */
import { button, card, el, fill } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { act, passphraseField } from "../../ui/sign.js";

export function opener(title, body, label, work, asked) {
    const pass = passphraseField(false, asked);
    const place = el("div", { class: "stack", "aria-live": "polite" });
    const press = button("ink", label, () => {
        if (pass.value() === "") return pass.say(t("pass.empty"));
        return act(press, place, t("cases.opening"), async () => {
            const shown = await work(pass.value());
            pass.clear();
            fill(place, shown);
        });
    }, { icon: "lock" });
    pass.onEnter(() => press.click());
    return card([el("h2", {}, title), el("p", { class: "small" }, body), pass, press, place]);
}
