/**
 * choose.js - the choice rows and the running count (visual.md 4).
 *
 *   chooseView({ election, recused, choices, change, next, head })
 *       choices[i]: grade, or null while open; recused: indexes; change(i, grade) is told of each choice
 *       next(): every row has a choice
 * Nothing is preselected. A full grade stays pressable; pressing explains and names who fills it.
 */
import { button, card, el, fill, textButton } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { language, t } from "../../ui/language.js";
import { gradeLook, swatch } from "../../ui/tally.js";

export function gradeName(election, grade) {
    const { name } = election.grades[grade];
    return ["质量奖", "提名奖", "不授奖"].includes(name) ? t(`grade.${name}`) : name;
}

/** Highest grade first, as people read them. */
export function gradesDown(election) {
    return election.grades.map((_, grade) => election.grades.length - 1 - grade);
}

export function lookOf(election, grade) {
    return gradeLook(election.grades.length - 1 - grade, election.grades.length);
}

const isAll = (election, limit) => limit.grades.length === election.grades.length - 1;

function limitName(election, limit) {
    if (isAll(election, limit) && limit.grades.length > 1) return t("vote.count.all");
    return [...limit.grades].reverse().map((grade) => gradeName(election, grade)).join("、");
}

const used = (choices, limit) => choices.filter((grade) => limit.grades.includes(grade)).length;

/** The limit that this choice would break, if any. */
export function brokenLimit(election, choices, index, grade) {
    const next = choices.with ? choices.with(index, grade) : choices.map((old, i) => (i === index ? grade : old));
    return election.limits.find((limit) => used(next, limit) > limit.max) ?? null;
}

export function ruleSentence(election) {
    const [q, all] = election.limits;
    if (election.limits.length === 2 && q.grades.length === 1 && isAll(election, all)) return t("vote.rule", { q: q.max, all: all.max });
    return election.limits.map((limit) => t("vote.rule.other", { grades: limitName(election, limit), max: limit.max })).join("");
}

function explanation(model, limit) {
    const { election, choices } = model;
    const words = limit.grades.length === 1
        ? t("vote.full.one", { grade: gradeName(election, limit.grades[0]), max: limit.max })
        : t("vote.full.all", { max: limit.max });
    const full = choices.flatMap((grade, i) => (limit.grades.includes(grade) ? [i] : []));
    return el("div", { class: "note wait" }, el("p", {}, words), el("ul", {}, full.map((i) => el("li", { lang: "zh" },
        textButton(election.candidates[i].name, () => document.getElementById(`row-${i}`).querySelector("input:checked").focus())))));
}

function segment(model, row, index, grade) {
    const control = el("input", { type: "radio", name: `grade-${index}`, value: String(grade), checked: model.choices[index] === grade });
    control.addEventListener("change", () => model.choose(index, grade, row));
    return el("label", { class: "segment" }, control, el("span", { class: lookOf(model.election, grade) }, icon("check", "text"), gradeName(model.election, grade)));
}

function recusedRow(candidate, index) {
    return card([head(candidate, index), el("p", { class: "note row" }, icon("lock"), el("span", {}, t("vote.recused")))],
        { kind: "choice-row", tag: "li", id: `row-${index}` });
}

function head(candidate, index) {
    return el("div", { class: "choice-head" }, el("span", { class: "choice-number" }, String(index + 1)),
        el("div", {}, el("h2", { class: "minor", lang: "zh" }, candidate.name), el("p", { class: "caption mono" }, candidate.id)));
}

function choiceRow(model, candidate, index) {
    const said = el("div", { role: "status" });
    const row = el("li", { class: "card choice-row", id: `row-${index}` });
    const label = t("vote.grade.of", { name: candidate.name });
    const segments = el("div", { class: "segments", role: "radiogroup", "aria-label": label },
        gradesDown(model.election).map((grade) => segment(model, row, index, grade)));
    row.append(head(candidate, index), segments, said);
    row.paint = (message) => {
        const isOpen = model.choices[index] === null;
        row.classList.toggle("open", isOpen);
        for (const input of segments.querySelectorAll("input")) input.checked = Number(input.value) === model.choices[index];
        fill(said, message ?? (isOpen && el("p", { class: "row small" }, icon("ring", "text"), el("b", {}, t("vote.this")))));
    };
    row.paint();
    return row;
}

function squares(election, choices, limit) {
    const taken = [...limit.grades].reverse().flatMap((grade) => choices.filter((one) => one === grade));
    return el("span", { class: "squares", "aria-hidden": "true" },
        Array.from({ length: limit.max }, (_, i) => swatch(i < taken.length ? lookOf(election, taken[i]) : "blank")));
}

function countWords(model) {
    return model.election.limits.map((limit) => `${limitName(model.election, limit)} ${used(model.choices, limit)}/${limit.max}`).join(" · ");
}

/** Sticky; one button whose words are the next need. */
function countBar(model) {
    const row = el("div", { class: "row" });
    const spoken = el("p", { class: "aside-voice", "aria-live": "polite" });
    const press = button("ink", "", () => {
        const first = model.choices.indexOf(null);
        if (first < 0) return model.next();
        const place = document.getElementById(`row-${first}`);
        place.scrollIntoView({ block: "center" });
        return place.querySelector("input").focus({ preventScroll: true });
    });
    const bar = el("div", { class: "count-bar" }, row, spoken, press);
    bar.paint = (said) => {
        const open = model.choices.filter((grade) => grade === null).length;
        fill(row, model.election.limits.map((limit) => el("span", {},
            `${limitName(model.election, limit)} ${used(model.choices, limit)}/${limit.max}`, squares(model.election, model.choices, limit))));
        fill(press.lastChild, open > 0 ? [t("vote.open", { n: open }), " ", icon("chevron", "text")] : t("vote.next"));
        if (said) spoken.textContent = said;
    };
    bar.paint();
    return bar;
}

function restButton(model, paint) {
    const place = el("div", {});
    place.paint = () => {
        const open = model.choices.filter((grade) => grade === null).length;
        fill(place, open > 0 && button("quiet", t("vote.rest", { n: open }), () => {
            model.choices.forEach((grade, i) => { if (grade === null) model.change(i, 0); });
            paint();
        }));
    };
    place.paint();
    return place;
}

export function chooseView({ election, recused, choices, change, next, head: top }) {
    const model = { election, choices, change, next, choose };
    const rows = election.candidates.map((candidate, i) => (recused.includes(i) ? recusedRow(candidate, i) : choiceRow(model, candidate, i)));
    const bar = countBar(model);
    const rest = restButton(model, () => paint());
    function paint(said) {
        rows.forEach((row) => row.paint?.());
        bar.paint(said);
        rest.paint();
    }
    function choose(index, grade, row) {
        const limit = grade === choices[index] ? null : brokenLimit(election, choices, index, grade);
        if (limit) return row.paint(explanation(model, limit));
        change(index, grade);
        return paint(t("vote.said", { name: election.candidates[index].name, grade: gradeName(election, grade), count: countWords(model) }));
    }
    return [...top, el("p", {}, [ruleSentence(election), t("vote.order")].join(language() === "en" ? " " : "")), el("ol", { class: "stack" }, rows), rest, bar];
}

/** The summary before the act: swatch, grade, count, names. */
export function choiceSummary(election, recused, choices) {
    const names = (grade) => choices.flatMap((one, i) => (one === grade && !recused.includes(i) ? [election.candidates[i].name] : []));
    return el("div", { class: "stack" }, gradesDown(election).map((grade) => el("div", {},
        el("p", { class: "summary-grade" }, swatch(lookOf(election, grade)), t("fp.count", { grade: gradeName(election, grade), n: names(grade).length })),
        el("p", { class: "small", lang: "zh" }, names(grade).join("、") || "–"))),
    recused.length > 0 && el("p", { class: "summary-grade" }, swatch("recused"), t("fp.recused", { n: recused.length })));
}
