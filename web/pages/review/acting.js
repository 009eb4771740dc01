/**
 * acting.js - one act of the review: a form kept while it is typed, the exact text, hidden fields.
 *
 *   acting(context, type, { key, form, text, single, title, note, done }) → view of ui/together.js
 *       context  { page, desk, goHome }       key: what the act is about, so that two forms do not mix
 *       form(name) → form of ui/form.js, or nothing         text(form, hide) → statement
 *       hide(label, value) → the hidden field; its opening is kept until the service has it
 */
import { hiding, sendOpenings } from "../../ui/openings.js";
import { signingView } from "../../ui/together.js";

export function acting(context, type, { key = "", form, text, single, title, note, done }) {
    const { page, desk, goHome } = context;
    const hides = hiding(type);
    return signingView(page, desk, { type, title, note, single, back: goHome, done, form: form && (() => form(`${type} ${key}`)),
        text: (held) => text(held, hides.field), before: (exact) => hides.keep(exact), failed: (error, held) => held?.mark(error),
        after: async (held) => {
            held?.forget();
            await sendOpenings();
        } });
}
