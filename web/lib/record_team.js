/*
 * record_team.js - rules of review teams: who may be in one, and who replaces whom.
 *
 * TEAM_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of audit/record/team.c.
 *
 *   checkConflicts(state, cycle, person, organisations)     team.conflict
 */
import { must } from "./refusal.js";
import { checkAscending, conflictStands } from "./record_review.js";
import { changeTeam } from "./report_state.js";
import { holdsRole, requireNamed, reviewOf, teamOf } from "./state.js";
import { value, values } from "./statement.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 */

const SIZE_MIN = 3;
const REVIEWER = "评审员";
const MEMBER = "委员";

/** @param {State} state @param {string} cycle @param {string} person @param {string[]} organisations */
export function checkConflicts(state, cycle, person, organisations) {
    const stands = organisations.some((organisation) => conflictStands(state, cycle, person, organisation));
    must(!stands, "team.conflict");
}

/**
 * Whoever is put into a team: C33, Articles 12 and 29.
 * @param {State} state
 * @param {string} person
 * @param {{ cycle: string, organisations: string[] }} team
 */
function checkReviewer(state, person, { cycle, organisations }) {
    const { undertaken, declared } = reviewOf(state, cycle);
    requireNamed(state, person, REVIEWER, "team.reviewer");
    must(!holdsRole(state, person, MEMBER), "team.dual_role");
    must(undertaken.has(person), "team.undertaking");
    must(declared.has(person), "team.undeclared");
    checkConflicts(state, cycle, person, organisations);
}

const form = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        must(!state.teams.has(value(statement, "评审组")), "team.known", "评审组");
        const cycle = value(statement, "周期");
        const { qualified } = reviewOf(state, cycle);
        const reviewers = values(statement, REVIEWER);
        const organisations = values(statement, "受评组织");
        must(reviewers.length >= SIZE_MIN, "team.size", REVIEWER);
        must(reviewers.includes(value(statement, "组长")), "team.leader", "组长");
        checkAscending(statement, REVIEWER, "team.order");
        checkAscending(statement, "受评组织", "team.order");
        reviewers.forEach((person) => checkReviewer(state, person, { cycle, organisations }));
        const good = organisations.every((id) => qualified?.includes(id));
        must(good, "team.organisation", "受评组织");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "评审组");
        state.teams.set(id, {
            id,
            cycle: value(statement, "周期"),
            leader: value(statement, "组长"),
            reviewers: values(statement, REVIEWER),
            left: [],
            organisations: values(statement, "受评组织"),
            index,
        });
    },
};

/** @param {Fold} fold */
function readChange({ state, statement, index }) {
    const team = teamOf(state, value(statement, "评审组"));
    const [out, by] = [value(statement, "退出"), value(statement, "接替")];
    const reviewers = [...team.reviewers.filter((id) => id !== out), by].sort();
    return { team, reviewers, out, by, leader: value(statement, "组长"), index };
}

const replace = {
    /** @param {Fold} fold */
    check(fold) {
        const { team, reviewers, out, by, leader } = readChange(fold);
        must(team.reviewers.includes(out), "team.member", "退出");
        must(!team.reviewers.includes(by), "team.present", "接替");
        checkReviewer(fold.state, by, team);
        must(reviewers.includes(leader), "team.leader", "组长");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { team, reviewers, ...change } = readChange(fold);
        team.reviewers = reviewers;
        team.left.push(change.out);
        team.leader = change.leader;
        changeTeam(fold.state, team.id, change);
    },
};

export const TEAM_RULES = { "team.form": form, "team.replace": replace };
