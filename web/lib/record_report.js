/*
 * record_report.js - rules of reports: filed, signed, voided, refused by the organisation.
 *
 * REPORT_RULES maps a type to { check(fold), apply(fold) } (record.js). Complete, blocked and void
 * are computed (report_state.js). The twin of audit/record/report.c and sign_off.c.
 */
import { hex } from "./bytes.js";
import { must, refuse } from "./refusal.js";
import { checkAscending, conflictStands } from "./record_review.js";
import { checkConflicts } from "./record_team.js";
import { LEADER, REVIEWED, REVIEWER, lineOf, newestOf, voidVersion } from "./report_state.js";
import { holdsRole, organisationOf, requireNamed, requireSeen, teamOf } from "./state.js";
import { bytes, number, time, value, values } from "./statement.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Team} Team
 * @typedef {import("./report_state.js").ReportVersion} ReportVersion
 */

const SIZE_MAX = 52428800;
const TERM_MAX = 366 * 86400;
const SITE = "现场评审报告";
const REPRESENTATIVE = "组织代表";
const AGREES = "同意";

/* --- report.file --- */

/** @param {string[]} a @param {string[]} b */
const same = (a, b) => a.length === b.length && a.every((id, i) => id === b[i]);

/** One more than the last, of the same kind, team and subjects. @param {Fold} fold */
function checkVersion({ state, statement }) {
    const before = state.reports.get(value(statement, "报告"))?.at(-1);
    must(number(statement, "版本") === (before?.version ?? 0) + 1, "report.version", "版本");
    if (before !== undefined) {
        must(before.kind === value(statement, "种类"), "report.kept", "种类");
        must(before.team === value(statement, "评审组"), "report.kept", "评审组");
        must(same(before.organisations, values(statement, "受评组织")), "report.kept", "受评组织");
    }
}

/** @param {Fold} fold @param {Team} team */
function checkSubjects({ statement }, team) {
    const subjects = values(statement, "受评组织");
    const known = subjects.every((id) => team.organisations.includes(id));
    must(known, "report.subjects", "受评组织");
    checkAscending(statement, "受评组织", "report.subjects");
    must(value(statement, "种类") !== SITE || subjects.length === 1, "report.subjects", "受评组织");
}

/**
 * The team and, for a site report, who represents the organisation.
 * @param {Fold} fold
 * @param {Team} team
 * @returns {import("./report_state.js").ReportLine[]}
 */
function mustSign({ state, statement }, team) {
    const open = { organisation: "", signature: null, refusal: null };
    const lines = team.reviewers.map((person) => {
        return { ...open, person, capacity: person === team.leader ? LEADER : REVIEWER };
    });
    if (value(statement, "种类") === SITE) {
        const organisation = organisationOf(state, value(statement, "受评组织"));
        lines.push({ ...open, person: organisation.representative, capacity: REVIEWED, organisation: organisation.id });
    }
    return lines;
}

/** @param {Fold} fold @param {Team} team */
function checkPresent({ state, statement }, team) {
    team.reviewers.forEach((person) => requireNamed(state, person, "评审员", "team.reviewer"));
    const subjects = values(statement, "受评组织");
    team.reviewers.forEach((person) => checkConflicts(state, team.cycle, person, subjects));
}

const file = {
    /** @param {Fold} fold */
    check(fold) {
        const { statement } = fold;
        checkVersion(fold);
        const team = teamOf(fold.state, value(statement, "评审组"));
        checkSubjects(fold, team);
        const size = number(statement, "大小");
        must(size >= 1 && size <= SIZE_MAX, "report.size", "大小");
        const lines = mustSign(fold, team).map(({ person, capacity }) => `${person} ${capacity}`);
        must(same(lines, values(statement, "须签")), "report.signers", "须签");
        const left = time(statement, "签署期限") - fold.time;
        must(left > 0 && left <= TERM_MAX, "report.deadline", "签署期限");
        checkPresent(fold, team);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { state, statement, index } = fold;
        const id = value(statement, "报告");
        const versions = state.reports.get(id) ?? [];
        voidVersion(versions.at(-1), "superseded", index);
        versions.push({
            id,
            version: number(statement, "版本"),
            index,
            kind: value(statement, "种类"),
            team: value(statement, "评审组"),
            organisations: values(statement, "受评组织"),
            file: hex(bytes(statement, "文件")),
            lines: mustSign(fold, teamOf(state, value(statement, "评审组"))),
            former: [],
            voided: null,
        });
        state.reports.set(id, versions);
    },
};

/* --- what acts on the newest version --- */

/** @param {Fold} fold */
function standing({ state, statement }) {
    const newest = newestOf(state, value(statement, "报告"));
    must(number(statement, "版本") === newest.version, "report.superseded", "版本");
    must(newest.voided === null, "report.voided");
    return newest;
}

/** @param {Fold} fold @param {ReportVersion} version */
function checkFile({ statement }, version) {
    must(hex(bytes(statement, "文件")) === version.file, "report.hash", "文件");
}

/** The role that the capacity asks for. @param {State} state @param {string} person @param {string} capacity */
function checkRole(state, person, capacity) {
    const [role, rule] = capacity === REVIEWED
        ? [REPRESENTATIVE, "organisation.representative"]
        : ["评审员", "reviewer.role"];
    must(holdsRole(state, person, role), rule);
}

const sign = {
    /** @param {Fold} fold */
    check(fold) {
        const { state, statement } = fold;
        const version = standing(fold);
        const person = value(statement, "签署人");
        checkFile(fold, version);
        const line = lineOf(version, person, value(statement, "身份")) ?? refuse("report.signer", "签署人");
        must(value(statement, "身份") === line.capacity, "report.capacity", "身份");
        checkRole(state, person, line.capacity);
        const agrees = value(statement, "意见") === AGREES;
        must(agrees === (value(statement, "理由") === ""), "report.reason", "理由");
        requireSeen(state, statement);
        must(line.signature === null, "report.signed");
        must(line.refusal === null, "report.refused");
        const { cycle } = teamOf(state, version.team);
        const conflict = version.organisations.some((id) => conflictStands(state, cycle, person, id));
        must(line.capacity === REVIEWED || !conflict, "report.conflict");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { statement, index } = fold;
        const [person, capacity] = [value(statement, "签署人"), value(statement, "身份")];
        const line = lineOf(standing(fold), person, capacity) ?? refuse("report.signer", "签署人");
        line.signature = { opinion: value(statement, "意见"), index };
    },
};

const voids = {
    /** @param {Fold} fold */
    check(fold) {
        standing(fold);
    },
    /** @param {Fold} fold */
    apply(fold) {
        voidVersion(standing(fold), "voided", fold.index);
    },
};

/** @param {Fold} fold @param {ReportVersion} version */
function refusedLine({ statement }, version) {
    const line = version.lines.find(({ organisation }) => organisation === value(statement, "组织"));
    return line ?? refuse("report.refusal", "组织");
}

const refusal = {
    /** @param {Fold} fold */
    check(fold) {
        const version = standing(fold);
        checkFile(fold, version);
        const line = refusedLine(fold, version);
        must(line.signature === null, "report.signed");
        must(line.refusal === null, "report.refused");
    },
    /** @param {Fold} fold */
    apply(fold) {
        refusedLine(fold, standing(fold)).refusal = fold.index;
    },
};

export const REPORT_RULES = {
    "report.file": file,
    "report.sign": sign,
    "report.void": voids,
    "report.refusal": refusal,
};
