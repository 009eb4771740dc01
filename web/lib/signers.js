/*
 * signers.js - who must have signed a statement, as the state stands (docs/statements.md).
 *
 *   matchSigners(fold) -> persons' ids in the order of the lines, with every signature verified
 *   slotsOf(fold)      -> the ways to sign it: lists of { signer, person } ("" is anybody)
 *
 * Rules signers.count, .unknown, .revoked, .role, .person, .distinct; statement.signers, .signature.
 * The twin of audit/record/signers.c.
 */
import { caseOf } from "./case_state.js";
import { newestOf } from "./report_state.js";
import { readFounders } from "./record_people.js";
import { Refusal, must, refuse } from "./refusal.js";
import { signerOf } from "./signature.js";
import { ceremonyOf, electionOf, meetingOf, requireSigner, teamOf, trusteeOf } from "./state.js";
import { bytes, number, value, verifySignatures } from "./statement.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {{ signer: string, person: string }} Slot
 */

/** The role that must be held. @type {Record<string, string>} */
const ROLE = {
    officer: "工作人员",
    chair: "主持人",
    "named-chair": "主持人",
    "meeting-chair": "主持人",
    "first-scrutineer": "监票人",
    "second-scrutineer": "监票人",
    member: "委员",
    trustee: "受托人",
    leader: "评审员",
    keeper: "保管人",
};

/** The meeting a statement acts on. @param {Fold} fold */
function subjectMeeting({ state, statement, type }) {
    if (type.subject === "election") {
        return meetingOf(state, electionOf(state, bytes(statement, "清单")).election.meeting);
    }
    return meetingOf(state, value(statement, "会议"));
}

/** @param {Fold} fold */
function subjectTrustee({ state, statement, type }) {
    const index = number(statement, "序号");
    if (type.subject === "election") {
        const { trustees } = electionOf(state, bytes(statement, "清单")).election;
        return trustees[index - 1]?.id ?? refuse("ceremony.index", "序号");
    }
    return trusteeOf(ceremonyOf(state, bytes(statement, "密钥仪式")), index).person;
}

/** The team that files, or that filed what it acts on. @param {Fold} fold */
function subjectTeam({ state, statement, type }) {
    const report = type.subject === "report";
    return teamOf(state, report ? newestOf(state, value(statement, "报告")).team : value(statement, "评审组"));
}

/** @param {Fold} fold @param {string} signer @returns {string} */
function askedPerson(fold, signer) {
    const { statement } = fold;
    switch (signer) {
        case "named-chair":
            return value(statement, "主持人");
        case "meeting-chair":
            return subjectMeeting(fold).chair;
        case "first-scrutineer":
            return subjectMeeting(fold).scrutineers[0];
        case "second-scrutineer":
            return subjectMeeting(fold).scrutineers[1];
        case "trustee":
            return subjectTrustee(fold);
        case "leader":
            return subjectTeam(fold).leader;
        case "signatory":
            return value(statement, "签署人");
        case "member":
        case "person":
        case "enrolling":
            return value(statement, "人员") || value(statement, "签到人");
        default:
            return ["objector", "respondent", "service", "ring"].includes(signer) ? signer : "";
    }
}

/** @param {Fold} fold @returns {Slot[][]} */
export function slotsOf(fold) {
    return fold.type.signers.map((list) =>
        list.flatMap((signer) =>
            signer === "founders"
                ? readFounders(fold.statement).map(({ id }) => ({ signer, person: id }))
                : [{ signer, person: askedPerson(fold, signer) }],
        ),
    );
}

/** @param {Fold} fold @param {Slot} slot @param {string} name */
function keyOf({ state, statement }, { signer }, name) {
    if (signer === "founders") {
        const founder = readFounders(statement).find(({ id }) => id === name);
        return founder?.signKey ?? refuse("signers.unknown");
    }
    if (signer === "service") {
        return state.genesis?.serviceKey ?? refuse("genesis.first");
    }
    if (signer === "enrolling") {
        return bytes(statement, "签名公钥");
    }
    if (signer === "objector") {
        const stated = value(statement, "签名公钥") !== "";
        return stated ? bytes(statement, "签名公钥") : caseOf(state, bytes(statement, "案件")).signKey;
    }
    if (signer === "respondent") {
        return caseOf(state, bytes(statement, "案件")).hearing?.replyKey ?? refuse("case.unsummarised", "案件");
    }
    return requireSigner(state, name, ROLE[signer] ?? "").signKey;
}

/** @param {Fold} fold @param {Slot[]} slots */
function match(fold, slots) {
    const { signatures } = fold.statement;
    must(signatures.length === slots.length, "signers.count");
    const signers = slots.map((slot, i) => {
        const { name } = signatures[i];
        must(slot.person === "" || slot.person === name, "signers.person", "", i + 1);
        return signerOf(name, keyOf(fold, slot, name));
    });
    const names = signers.map(({ name }) => name);
    must(new Set(names).size === names.length, "signers.distinct");
    verifySignatures(fold.statement, signers);
    return names;
}

/** What a statement acts on must be there before it is asked who signs. @param {Fold} fold */
function requireSubject(fold) {
    if (["team", "report"].includes(fold.type.subject)) {
        subjectTeam(fold);
    }
}

/** @param {Fold} fold */
export function matchSigners(fold) {
    requireSubject(fold);
    const ways = slotsOf(fold);
    if (fold.type.signers[0][0] === "ring") {
        return ["ring"]; /* the ring proof is the signature; readBallot has the key id checked */
    }
    try {
        return match(fold, ways[0]);
    } catch (error) {
        const other = ways.find((slots, i) => i > 0 && slots.length === fold.statement.signatures.length);
        if (error instanceof Refusal && other !== undefined) {
            return match(fold, other);
        }
        throw error;
    }
}

