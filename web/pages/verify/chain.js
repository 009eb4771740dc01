/**
 * chain.js - the log as a growing chain: one block a chapter, ink blocks for checkpoints (visual.md 4).
 *
 *   chaptersOf(types)      [{ name, count }]: runs of entries of one kind, in log order
 *   chain(types, marks)    marks: [{ size, when, witnesses }] the checkpoints this device has verified
 */
import { el } from "../../ui/dom.js";
import { t } from "../../ui/language.js";

const CHAPTERS = [["log.", "genesis"], ["person.", "people"], ["role.", "people"], ["cycle.", "cycle"], ["trustee.", "keys"],
    ["meeting.minutes", "result"], ["draw.", "meeting"], ["meeting.", "meeting"], ["election.open", "list"], ["ballot", "ballots"],
    ["election.close", "tally"], ["election.share", "tally"], ["election.result", "result"], ["election.", "tally"],
    ...["organisation.", "qualification.", "secrecy.", "conflict.", "team."].map((start) => [start, "review"]), ["report.", "reports"],
    ["notice.", "notice"], ["list.", "notice"], ...["objection.", "case.", "identity.", "lead."].map((start) => [start, "objections"])];

const chapterOf = (type) => CHAPTERS.find(([start]) => type.startsWith(start))?.[1] ?? "other";

export function chaptersOf(types) {
    const chapters = [];
    for (const type of types) {
        const name = chapterOf(type);
        if (chapters.at(-1)?.name === name) chapters.at(-1).count += 1;
        else chapters.push({ name, count: 1 });
    }
    return chapters;
}

/** Chapters cut where a checkpoint stands. */
function blocks(types, marks) {
    const cuts = [...new Set([...marks.map(({ size }) => size), types.length])].sort((a, b) => a - b);
    let from = 0;
    return cuts.flatMap((to) => {
        const part = chaptersOf(types.slice(from, to));
        from = to;
        const mark = marks.find(({ size }) => size === to);
        return mark ? [...part, mark] : part;
    });
}

function block(piece) {
    if (piece.size === undefined) {
        return el("li", {}, el("b", {}, String(piece.count)), el("span", { class: "small" }, t(`chapter.${piece.name}`)));
    }
    return el("li", { class: "checkpoint" }, el("b", {}, String(piece.size)), el("span", { class: "small" }, t("chain.checkpoint"), " ", piece.when ?? ""),
        el("span", { class: "small" }, piece.witnesses > 0 ? t("chain.witnessed", { n: piece.witnesses }) : t("witness.none")));
}

export function chain(types, marks) {
    return el("ol", { class: "chain", "aria-label": t("chain.title") }, blocks(types, marks).map(block));
}
