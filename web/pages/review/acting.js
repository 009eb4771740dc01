/**
 * acting.js - one act of the review: a form kept while it is typed, the exact text, hidden fields.
 *
 *   acting(context, type, { key, form, text, single, title, beside, done }) → view of ui/together.js
 *       context  { page, desk, goHome, settle }       settle() once it is signed: a reload begins nothing again
 *       key: what the act is about, so that two forms do not mix            title: key of the words at the top
 *       beside: async: what is handed in once this person has signed, before others have
 *       form(name) → form of ui/form.js, or nothing         text(form, hide) → statement
 *       hide(label, value) → the hidden field; its opening is kept until the service has it
 */
import { t } from "../../ui/language.js";
import { hiding, sendOpenings } from "../../ui/openings.js";
import { signingView } from "../../ui/together.js";

export function acting(context, type, { key = "", form, text, single, title = `act.${type}`, beside, done }) {
    const { page, desk, goHome, settle } = context;
    const hides = hiding(type);
    return signingView(page, desk, { type, get title() { return t(title); }, single, back: goHome, done, form: form && (() => form(`${type} ${key}`)),
        text: (held) => text(held, hides.field), before: (exact) => hides.keep(exact), failed: (error, held) => held?.mark(error),
        after: async (held) => {
            held?.forget();
            settle();
            await sendOpenings();
            await beside?.();
        } });
}
