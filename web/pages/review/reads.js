/**
 * reads.js - who has read a report's document, as the service has recorded it.
 *
 *   readsView(context, report) → view        context: { desk, goHome }
 */
import * as api from "../../api.js";
import { card, el, fill, textButton } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { empty, table } from "../../ui/list.js";
import { refusal } from "../../ui/refusal.js";
import { moment } from "../../ui/time.js";

function rows(desk, reads) {
    return reads.map(({ person, time }) => [desk.nameOf(person), moment(time)]);
}

export function readsView({ desk, goHome }, report) {
    const place = el("div", { class: "stack", "aria-live": "polite" }, el("p", {}, t("reads.loading")));
    const load = () => api.readDocumentReads(report.file).then(({ reads }) => fill(place, reads.length === 0 ? empty(t("reads.none"), t("reads.none.body"))
        : table([t("reads.who"), t("reads.when")], rows(desk, reads))), (error) => fill(place, refusal(error, { label: t("do.again"), press: load })));
    load();
    return () => [el("h1", {}, t("reads.title")), desk.identity(), card([el("h2", {}, report.title), el("p", { class: "small" }, t("reads.body")), place]),
        textButton(t("do.back"), goHome)];
}
