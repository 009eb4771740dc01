/**
 * subject.js - whom a case is about, told to the service once the case is accepted: it then refuses a list
 * that keeps the wrong one, and tells nobody.
 *
 *   tellSubject(held, content) → "" or why what the material says is not what the objector signed
 */
import * as api from "../../api.js";
import { CONTENT, readText } from "../../lib/objection_text.js";
import { t } from "../../ui/language.js";
import { keepOpening } from "../../ui/openings.js";

function openingOf(held, content) {
    const lines = readText(content, CONTENT);
    return { type: "objection.file", label: "对象", salt: lines.get("对象盐")?.[0] ?? "", value: lines.get("对象")?.[0] ?? "", statement: held.id };
}

/** Not accepted yet, or no network: kept on this device, and handed in when something is signed or a page opens. */
export async function tellSubject(held, content) {
    try {
        const opening = openingOf(held, content);
        try {
            await api.postOpening(opening);
        } catch (error) {
            if (error.status === 422) throw error;
            await keepOpening(opening);
        }
        return "";
    } catch {
        return t("cases.subject.false");
    }
}
