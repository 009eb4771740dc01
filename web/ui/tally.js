/**
 * tally.js - tally bars: ink, light ink, blank, hatched for recused; scale = roll (visual.md 4).
 *
 *   tallyLegend(gradeNames)                    highest grade first
 *   tallyBars(rows, { scale, label })
 *       row: { rank, name, votes: [highest grade … lowest], recused, threshold, verdict: node }
 *       votes has the blank ones last; threshold in ballots, may be a fraction
 *   The numbers stand in the bars and again in a table for screen readers.
 */
import { el, svg } from "./dom.js";
import { t } from "./language.js";

const LOOKS = { 2: ["ink", "blank"], 3: ["ink", "light", "blank"], 4: ["ink", "dense", "light", "blank"] };

export function gradeLook(index, count) {
    return LOOKS[count][index];
}

export function swatch(look) {
    return svg("svg", { class: "swatch", viewBox: "0 0 16 16", "aria-hidden": "true" },
        svg("rect", { class: `vote ${look}`, x: 1, y: 1, width: 14, height: 14 }),
        look === "recused" && svg("path", { class: "hatch", d: "M2 10L10 2M5 14L14 5" }));
}

export function tallyLegend(names) {
    const items = names.map((name, i) => [gradeLook(i, names.length), t("tally.votes", { grade: name })]);
    items.push(["recused", t("tally.recused")]);
    return el("ul", { class: "row small legend" }, items.map(([look, label]) => el("li", { class: "row" }, swatch(look), label)),
        el("li", { class: "row" }, svg("svg", { class: "swatch", viewBox: "0 0 16 16", "aria-hidden": "true" }, line(50)), t("tally.threshold")));
}

function line(percent) {
    const at = { x1: `${percent}%`, x2: `${percent}%`, y1: 0, y2: "100%" };
    return [svg("line", { class: "threshold under", ...at }), svg("line", { class: "threshold over", ...at })];
}

function bar(row, scale) {
    const parts = [];
    let at = 0;
    const piece = (look, n) => {
        if (n === 0) return;
        const x = (100 * at) / scale;
        const width = `${(100 * n) / scale}%`;
        parts.push(svg("rect", { class: `vote ${look}`, x: `${x}%`, y: 4, width, height: 24 }));
        if (look === "recused") return;
        parts.push(svg("text", { class: `count on-${look}`, x: `${x}%`, dx: 8, y: 21 }, String(n)));
        at += n;
    };
    row.votes.forEach((n, i) => piece(gradeLook(i, row.votes.length), n));
    piece("recused", row.recused);
    if (row.threshold !== undefined) parts.push(...line((100 * row.threshold) / scale));
    return svg("svg", { class: "tally-bar", "aria-hidden": "true", width: "100%", height: 32 }, parts);
}

export function tallyBars(rows, { scale, names, label }) {
    const spoken = el("table", {}, el("caption", {}, label),
        el("thead", {}, el("tr", {}, [t("tally.name"), ...names, t("tally.recused")].map((word) => el("th", { scope: "col" }, word)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row", lang: "zh" }, row.name),
            row.votes.map((n) => el("td", {}, String(n))), el("td", {}, String(row.recused))))));
    return el("div", {}, el("div", { class: "aside-voice" }, spoken), el("ol", { class: "tally" }, rows.map((row) => el("li", {},
        el("span", { class: "tally-name" }, el("span", { class: "tally-rank" }, row.rank), el("b", { lang: "zh" }, row.name)),
        bar(row, scale), el("span", { class: "tally-verdict" }, row.verdict)))));
}
