/**
 * scene.js - where the review of a year stands, read from the log as this device has folded it.
 *
 *   readScene(journal, cycle)   cycle: an id, or null for the latest
 *       → { cycle, cycles, people, organisations, qualified, reviewers, teams, reports, signAgain, taken: report ids of every cycle }
 *         reviewers  [{ person, undertaken, declared, conflicts: [{ organisation, how, index }] }]
 *         teams      [{ id, cycle, leader, reviewers, organisations, index, changes: [{ index, out, in }] }]
 *         reports    newest versions, as versionOf(…) makes them; `versions` are all, the first first
 *   readDocuments(scene)        asks the service which documents it holds: report.document becomes
 *                               "missing", "partial" or "stored" (null: not known)
 *   organisationOf, nameOfOrganisation(scene, id)      reportsOf(scene, team)      teamsOf(scene, person)
 *   isUnder(report)  open or blocked                   isLate(report)  and past its deadline
 *   missingOf, reservationsOf(report)                  its lines without, and with a reservation
 *   reviewersOf(scene), representatives(scene)         who holds 评审员; who may represent a new organisation
 *   saidOf(scene, person)       also of one who has not said anything yet
 *   inOrder(reports)            overdue first, then what waits, then what is over
 */
import * as api from "../../api.js";
import { hex } from "../../lib/bytes.js";
import { stateOf } from "../../lib/report_state.js";
import { bytes, number, value } from "../../lib/statement.js";
import { serverNow } from "../../ui/time.js";

const last = (map) => [...map.values()].at(-1) ?? null;

/** A version with what its text says; what stands of it is the fold's. */
function versionOf({ entries }, held) {
    const { statement, time } = entries[held.index];
    const signers = held.lines.map(({ person, capacity, organisation, signature, refusal }) => ({ person, capacity, organisation, refusal,
        index: signature?.index ?? null, opinion: signature?.opinion ?? null }));
    return { id: held.id, version: held.version, kind: held.kind, team: held.team, organisations: held.organisations, index: held.index, time: time * 1000,
        title: value(statement, "标题"), hash: bytes(statement, "文件"), file: hex(bytes(statement, "文件")), size: number(statement, "大小"), format: value(statement, "格式"),
        deadline: value(statement, "签署期限"), state: stateOf(held), voided: held.voided, signers, former: held.former, document: null };
}

function changesOf({ entries }, team) {
    return entries.filter(({ type, statement }) => type === "team.replace" && value(statement, "评审组") === team)
        .map(({ index, statement }) => ({ index, out: value(statement, "退出"), in: value(statement, "接替") }));
}

function reviewerOf(review, person) {
    const of = (list, how) => list.filter((one) => one.person === person).map(({ organisation, index }) => ({ organisation, how, index }));
    return { person, undertaken: review.undertaken.get(person) ?? null, declared: review.declared.get(person) ?? null,
        conflicts: [...of(review.conflicts, "declared"), ...of(review.found, "found")] };
}

const NOTHING = { qualified: null, undertaken: new Map(), declared: new Map(), conflicts: [], found: [] };

function reviewersIn(review, people) {
    const known = [...review.undertaken.keys(), ...review.declared.keys(), ...review.found.map(({ person }) => person),
        ...[...people.values()].filter(({ roles }) => roles.has("评审员")).map(({ id }) => id)];
    return [...new Set(known)].sort().map((person) => reviewerOf(review, person));
}

export function readScene(journal, wanted) {
    const { state } = journal;
    const cycle = state.cycles.get(wanted) ?? last(state.cycles);
    const review = state.reviews.get(cycle?.id) ?? NOTHING;
    const teams = [...state.teams.values()].filter((team) => team.cycle === cycle?.id).map((team) => ({ ...team, changes: changesOf(journal, team.id) }));
    const own = new Set(teams.map(({ id }) => id));
    const reports = [...state.reports.values()].filter((versions) => own.has(versions[0].team)).map((versions) => {
        const all = versions.map((held) => versionOf(journal, held));
        return { ...all.at(-1), versions: all };
    });
    return { cycle, cycles: [...state.cycles.keys()], people: state.people, organisations: [...state.organisations.values()], qualified: review.qualified,
        reviewers: reviewersIn(review, state.people), teams, reports, signAgain: cycle?.signAgain ?? false, taken: new Set(state.reports.keys()) };
}

/** What the log cannot know: whether the bytes have arrived. */
export async function readDocuments({ reports }) {
    await Promise.all(reports.map(async (report) => {
        report.document = await api.readReport(report.id).then(({ document }) => document ?? null, () => null);
    }));
}

export const organisationOf = ({ organisations }, id) => organisations.find((one) => one.id === id) ?? null;
export const nameOfOrganisation = (scene, id) => organisationOf(scene, id)?.name ?? id;
export const reportsOf = ({ reports }, team) => reports.filter((report) => report.team === team);
export const teamsOf = ({ teams }, person) => teams.filter(({ reviewers }) => reviewers.includes(person));

export const isUnder = ({ state }) => state === "open" || state === "blocked";
export const isLate = (report) => isUnder(report) && new Date(report.deadline) < serverNow();
export const missingOf = ({ signers }) => signers.filter(({ index, refusal }) => index === null && refusal === null);
export const reservationsOf = ({ signers }) => signers.filter(({ opinion }) => opinion === "保留意见");

const RANK = { blocked: 1, open: 2, void: 3, complete: 4 };
const rankOf = (report) => (isLate(report) ? 0 : RANK[report.state]);

export function inOrder(reports) {
    return [...reports].sort((a, b) => rankOf(a) - rankOf(b) || (a.deadline < b.deadline ? -1 : 1));
}

const holders = ({ people }, role) => [...people.values()]
    .filter(({ confirmed, revoked, roles }) => confirmed !== null && revoked === null && roles.has(role)).map(({ id }) => id).sort();

export const reviewersOf = (scene) => holders(scene, "评审员");

export function representatives(scene) {
    const taken = new Set(scene.organisations.map(({ representative }) => representative));
    return holders(scene, "组织代表").filter((id) => !taken.has(id));
}

export function saidOf(scene, person) {
    return scene.reviewers.find((one) => one.person === person) ?? { person, undertaken: null, declared: null, conflicts: [] };
}
