/**
 * sign.js - the panel on which a person signs: exact text, passphrase, one red button that says what it does.
 *
 *   signPanel({ text, chosen, label, sign, note, plain })
 *       text    the statement that will be signed, or a function that makes it (again at each refresh)
 *       label   words of the button ("签署：同意"); `plain: true` makes it ink where nothing binding is signed
 *       sign    async (passphrase, text) → done; a throw shows a refusal in three parts in the panel.
 *               The passphrase goes to store.js and nowhere else.
 *   passphraseField(isNew)     the field alone; read with .value()
 */
import { button, el, field, fill, input } from "./dom.js";
import { t } from "./language.js";
import { refusal } from "./refusal.js";
import { statementBlock } from "./statement.js";

export function passphraseField(isNew = false, label = t(isNew ? "pass.new" : "pass.label")) {
    const control = input({ type: "password", autocomplete: isNew ? "new-password" : "current-password", minlength: 8 });
    const whole = field({ label, hint: isNew ? t("enrol.pass") : null, input: control });
    whole.value = () => control.value;
    whole.clear = () => { control.value = ""; };
    whole.onEnter = (call) => control.addEventListener("keydown", (event) => { if (event.key === "Enter") call(); });
    return whole;
}

/** Runs an act once; while it runs the button says so, and a refusal appears in `place`. */
export async function act(pressed, place, busy, call) {
    if (pressed.getAttribute("aria-busy") === "true") return;
    const label = pressed.lastChild.textContent;
    pressed.setAttribute("aria-busy", "true");
    pressed.lastChild.textContent = busy;
    fill(place);
    try {
        await call();
    } catch (error) {
        fill(place, refusal(error));
        place.scrollIntoView({ block: "nearest" });
    } finally {
        pressed.removeAttribute("aria-busy");
        pressed.lastChild.textContent = label;
    }
}

export function signPanel({ text, chosen, label, sign, note, plain = false, busy = t("sign.busy") }) {
    const make = typeof text === "function" ? text : () => text;
    const block = statementBlock(make(), { chosen });
    const pass = passphraseField();
    const place = el("div", { "aria-live": "assertive" });
    const press = button(plain ? "ink" : "seal", label, go, { icon: "pen" });
    pass.onEnter(go);
    function go() {
        if (pass.value() === "") {
            pass.say(t("pass.empty"));
            return undefined;
        }
        pass.say("");
        return act(press, place, busy, async () => {
            await sign(pass.value(), make());
            pass.clear();
        });
    }
    const panel = el("section", { class: "stack" }, block, pass, place, press, note && el("p", { class: "small" }, note));
    panel.refresh = () => block.update(make());
    return panel;
}
