/**
 * waiting.js - what an open step still waits for, in words: reports with who is missing, cases with their
 * terms, promises that were not kept. The first few by name, the others counted.
 *
 *   waitingText(finding) → string, "" if it waits for nothing
 */
import { language, t } from "../../ui/language.js";
import { until } from "../../ui/time.js";

const SHOWN = 5;

function itemText({ rule, object, persons = [], state, due = 0, ours }) {
    if (rule === "complete.report") return persons.length > 0 ? t("verify.waits.report", { object, who: persons.join(language() === "en" ? ", " : "、") }) : object;
    if (!state) return object;
    const values = { object, state: t(`verify.case.${state}`), t: due > 0 ? until(due * 1000) : "–" };
    if (rule === "complete.case") return t("verify.waits.case", values);
    return t(ours ? "verify.missed.office" : "verify.missed.objector", values);
}

export function waitingText({ rule, waiting }) {
    if (waiting.length === 0) return "";
    const items = waiting.slice(0, SHOWN).map(itemText);
    if (waiting.length > SHOWN) items.push(t("verify.waits.more", { n: waiting.length - SHOWN }));
    return `${t(`verify.${rule}`)} ${items.join(language() === "en" ? "; " : "；")}`;
}
