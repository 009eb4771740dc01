/**
 * gates.js - what the review stage still waits for, each with the article that asks for it.
 *
 *   gatesOf(scene)   [{ isMet, name, values, article, evidence }]   in the order of the articles' steps
 *   stageOf(scene)   "cycle" | "organisations" | "qualify" | "teams" | "paper" | "site" | "done"
 */
import { PAPER, SITE } from "../../lib/draft_review.js";
import { reviewersOf, saidOf } from "./scene.js";

const uncovered = ({ qualified, teams }) => (qualified ?? []).filter((id) => !teams.some(({ organisations }) => organisations.includes(id)));
const isComplete = ({ state }) => state === "complete";

/** Teams whose paper report is not complete. */
function papersOpen({ teams, reports }) {
    return teams.filter(({ id }) => !reports.some((report) => report.team === id && report.kind === PAPER && isComplete(report)));
}

const sites = ({ reports }) => reports.filter(({ kind }) => kind === SITE);

export function gatesOf(scene) {
    const { organisations, qualified, teams, reports } = scene;
    const reviewers = reviewersOf(scene);
    const bare = uncovered(scene);
    const covered = teams.length > 0 && bare.length === 0;
    const silent = (field) => (covered ? [] : reviewers.filter((id) => saidOf(scene, id)[field] === null));
    const papers = papersOpen(scene);
    const visits = sites(scene);
    return [
        { name: "organisations", article: "第十三条", isMet: organisations.length > 0, values: { n: organisations.length } },
        { name: "qualified", article: "第十七条", isMet: qualified !== null, values: { n: qualified?.length ?? 0 } },
        { name: "secrecy", article: "第二十九条", isMet: reviewers.length > 0 && silent("undertaken").length === 0, awaited: silent("undertaken") },
        { name: "declared", article: "第十二条", isMet: qualified !== null && reviewers.length > 0 && silent("declared").length === 0, awaited: silent("declared") },
        { name: "teams", article: "第十一条", isMet: covered, values: { n: teams.length }, lacking: bare },
        { name: "papers", article: "第十八条", isMet: covered && papers.length === 0, values: { k: teams.length - papers.length, n: teams.length }, teams: papers,
            reports: reports.filter(({ kind }) => kind === PAPER) },
        { name: "sites", article: "第十九条", isMet: visits.length > 0 && visits.every(isComplete), values: { k: visits.filter(isComplete).length, n: visits.length },
            reports: visits },
    ];
}

const STAGES = { organisations: "organisations", qualified: "qualify", secrecy: "teams", declared: "teams", teams: "teams", papers: "paper", sites: "site" };

export function stageOf(scene) {
    if (!scene.cycle) return "cycle";
    const first = gatesOf(scene).find(({ isMet }) => !isMet);
    return first ? STAGES[first.name] : "done";
}
