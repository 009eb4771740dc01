/*
 * record_review.js - rules of organisations, qualification, secrecy and conflicts of interest.
 *
 * REVIEW_RULES maps a type to { check(fold), apply(fold) } (record.js). The twin of
 * audit/record/organisation.c and conflict.c.
 *
 *   conflictStands(state, cycle, person, organisation)     declared, found, or the person represents it
 *   checkAscending(statement, label, rule)
 */
import { isOrganisationCode } from "./organisation_code.js";
import { must } from "./refusal.js";
import { changeRepresentative } from "./report_state.js";
import { holdsRole, organisationOf, requireNamed, reviewOf } from "./state.js";
import { value, values } from "./statement.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 * @typedef {import("./statement.js").Statement} Statement
 */

const REVIEWER = "评审员";
const OFFICER = "工作人员";
const REPRESENTATIVE = "组织代表";
const CONFLICT = "有";

/** Each once, ascending. @param {Statement} statement @param {string} label @param {string} rule */
export function checkAscending(statement, label, rule) {
    values(statement, label).forEach((id, i, all) => {
        must(i === 0 || all[i - 1] < id, rule, label, i + 1);
    });
}

/* --- organisations --- */

/** Who represents one organisation represents no other. @param {State} state @param {string} id */
function checkRepresentative(state, id) {
    requireNamed(state, id, REPRESENTATIVE, "organisation.representative");
    const taken = [...state.organisations.values()].some(({ representative }) => representative === id);
    must(!taken, "organisation.representative", "代表");
}

const register = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        must(!state.organisations.has(value(statement, "组织")), "organisation.known", "组织");
        const code = value(statement, "统一社会信用代码");
        must(isOrganisationCode(code), "organisation.code", "统一社会信用代码");
        const taken = [...state.organisations.values()].some((one) => one.code === code);
        must(!taken, "organisation.code_known", "统一社会信用代码");
        checkRepresentative(state, value(statement, "代表"));
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "组织");
        state.organisations.set(id, {
            id,
            name: value(statement, "名称"),
            code: value(statement, "统一社会信用代码"),
            representative: value(statement, "代表"),
            index,
        });
    },
};

const delegate = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        organisationOf(state, value(statement, "组织"));
        checkRepresentative(state, value(statement, "代表"));
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const organisation = organisationOf(state, value(statement, "组织"));
        organisation.representative = value(statement, "代表");
        changeRepresentative(state, organisation.id, { by: organisation.representative, index });
    },
};

/** The review that an entry adds to. @param {Fold} fold */
function openReview({ state, statement }) {
    const cycle = value(statement, "周期");
    const review = reviewOf(state, cycle);
    state.reviews.set(cycle, review);
    return review;
}

const qualification = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        must(reviewOf(state, value(statement, "周期")).qualified === null, "qualification.known", "周期");
        checkAscending(statement, "合格", "qualification.order");
        values(statement, "合格").forEach((id) => organisationOf(state, id));
    },
    /** @param {Fold} fold */
    apply(fold) {
        openReview(fold).qualified = values(fold.statement, "合格");
    },
};

/* --- secrecy and conflicts of interest --- */

/** @param {State} state @param {string} cycle @param {string} person @param {string} organisation */
export function conflictStands(state, cycle, person, organisation) {
    const { conflicts, found } = reviewOf(state, cycle);
    const stated = [...conflicts, ...found].some(
        (one) => one.person === person && one.organisation === organisation,
    );
    return stated || state.organisations.get(organisation)?.representative === person;
}

const undertake = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const [cycle, person] = [value(statement, "周期"), value(statement, "人员")];
        must(!reviewOf(state, cycle).undertaken.has(person), "secrecy.known");
        must(holdsRole(state, person, REVIEWER), "reviewer.role");
    },
    /** @param {Fold} fold */
    apply(fold) {
        openReview(fold).undertaken.set(value(fold.statement, "人员"), fold.index);
    },
};

/** Organisations with a conflict, by lines that name the qualified ones in their order. @param {Fold} fold @param {string[]} qualified */
function readConflicts({ statement }, qualified) {
    const lines = values(statement, "利益关系");
    must(lines.length === qualified.length, "conflict.lines", "利益关系");
    return qualified.filter((id, i) => {
        const good = lines[i] === `${id} 无` || lines[i] === `${id} ${CONFLICT}`;
        must(good, "conflict.lines", "利益关系", i + 1);
        return lines[i].endsWith(CONFLICT);
    });
}

const declare = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        const person = value(statement, "人员");
        const { qualified, conflicts } = reviewOf(state, value(statement, "周期"));
        must(qualified !== null, "qualification.missing", "周期");
        const declared = readConflicts(fold, qualified);
        const before = conflicts.filter((one) => one.person === person);
        const kept = before.every(({ organisation }) => declared.includes(organisation));
        must(kept, "conflict.withdrawn", "利益关系");
        must(declared.length > 0 || value(statement, "说明") === "", "conflict.note", "说明");
        /* Officers declare too, before they handle objections (C34). */
        must(holdsRole(state, person, OFFICER) || holdsRole(state, person, REVIEWER), "reviewer.role");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const person = value(fold.statement, "人员");
        const review = openReview(fold);
        review.declared.set(person, fold.index);
        for (const organisation of readConflicts(fold, review.qualified ?? [])) {
            const known = review.conflicts.some((one) => one.person === person && one.organisation === organisation);
            if (!known) {
                review.conflicts.push({ person, organisation, index: fold.index });
            }
        }
    },
};

const find = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const [person, organisation] = [value(statement, "人员"), value(statement, "组织")];
        const { found } = reviewOf(state, value(statement, "周期"));
        must(state.people.has(person), "person.unknown", "人员");
        organisationOf(state, organisation);
        const known = found.some((one) => one.person === person && one.organisation === organisation);
        must(!known, "conflict.known");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const [person, organisation] = [value(fold.statement, "人员"), value(fold.statement, "组织")];
        openReview(fold).found.push({ person, organisation, index: fold.index });
    },
};

export const REVIEW_RULES = {
    "organisation.register": register,
    "organisation.delegate": delegate,
    "qualification.list": qualification,
    "secrecy.undertake": undertake,
    "conflict.declare": declare,
    "conflict.find": find,
};
