/*
 * record_ceremony.js - rules of the key ceremony: dealings, confirmations, rehearsals, disputes.
 *
 * CEREMONY_RULES maps a type to { check(fold), prove(fold)?, apply(fold) } (record.js). The twin of
 * audit/record/ceremony.c, deal.c and dispute.c.
 */
import { base64Decode, equal, hex } from "./bytes.js";
import {
    SEALED_SHARE,
    checkDealing,
    dealingsHash,
    electionKey,
    judge,
    parseCeremony,
    shareKeyPoint,
} from "./ceremony.js";
import { must, refuse } from "./refusal.js";
import { ceremonyOf, requireNamed, trusteeOf } from "./state.js";
import { bytes, number, points, values } from "./statement.js";
import { checkRehearsal, rehearsalsAgree } from "./trustee.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").CeremonyState} CeremonyState
 * @typedef {import("./state.js").Deal} Deal
 */

/** One challenge, one response, two commitments. */
const REHEARSAL_PROOF = 16 + 32 + 2 * 32;

const open = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        const { id, trustees } = parseCeremony(statement.text);
        const known = [...state.ceremonies.values()].some((ceremony) => ceremony.id === id);
        must(!known, "ceremony.known", "仪式");
        trustees.forEach((trustee, i) => {
            requireNamed(state, trustee.id, "受托人", "ceremony.person");
            const enrolment = state.people.get(trustee.id)?.enrolment ?? null;
            const same = enrolment !== null && equal(enrolment, trustee.enrolment);
            must(same, "ceremony.enrolment", "受托人", i + 1);
        });
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const parsed = parseCeremony(statement.text);
        const { id, hash, t, n } = parsed;
        const trustees = parsed.trustees.map(({ id: person }) => newTrustee(person));
        const empty = { K: null, dealings: null, disputed: null, complaints: [] };
        state.ceremonies.set(hex(hash), { id, hash, t, n, index, parsed, trustees, ...empty });
    },
};

/** @param {string} person @returns {import("./state.js").TrusteeState} */
function newTrustee(person) {
    return { person, deal: null, X: null, confirmed: null, D: null, rehearsed: null };
}

/** The ceremony, not in dispute, and the signing trustee. @param {Fold} fold */
function round({ state, statement }) {
    const ceremony = ceremonyOf(state, bytes(statement, "密钥仪式"));
    must(ceremony.disputed === null, "ceremony.disputed");
    const index = number(statement, "序号");
    return { ceremony, index, trustee: trusteeOf(ceremony, index) };
}

/** @param {CeremonyState} ceremony */
function dealsOf({ trustees }) {
    return trustees.map(({ deal }) => deal ?? refuse("ceremony.dealing"));
}

/** @param {import("./statement.js").Statement} statement */
function readDealing(statement) {
    return {
        A: points(statement, "承诺"),
        proof: bytes(statement, "证明"),
        sealed: values(statement, "密封份额").map(base64Decode),
    };
}

const deal = {
    /** @param {Fold} fold */
    check(fold) {
        const { ceremony, trustee } = round(fold);
        must(trustee.deal === null, "dealing.known");
        const { A, sealed } = readDealing(fold.statement);
        const shape = A.length === ceremony.t && sealed.length === ceremony.n;
        must(shape && sealed.every(({ length }) => length === SEALED_SHARE), "dealing.shape");
    },
    /** @param {Fold} fold */
    prove(fold) {
        const { ceremony, index } = round(fold);
        return [() => checkDealing(ceremony.parsed, index, readDealing(fold.statement))];
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { ceremony, trustee } = round(fold);
        const { A, sealed } = readDealing(fold.statement);
        trustee.deal = { hash: fold.statement.hash, A, sealed, index: fold.index };
        if (ceremony.trustees.every((one) => one.deal !== null)) {
            const deals = dealsOf(ceremony);
            ceremony.dealings = dealingsHash(deals.map(({ hash }) => hash));
            ceremony.K = electionKey(deals.map((one) => one.A));
        }
    },
};

const confirm = {
    /** @param {Fold} fold */
    check(fold) {
        const { ceremony, trustee } = round(fold);
        must(ceremony.dealings !== null, "ceremony.dealing");
        must(trustee.confirmed === null, "ceremony.confirmed");
        const same = equal(bytes(fold.statement, "分发"), ceremony.dealings);
        must(same, "ceremony.dealings", "分发");
    },
    /** @param {Fold} fold */
    prove(fold) {
        const { ceremony, index } = round(fold);
        const [stated] = points(fold.statement, "份额公钥");
        const check = () => {
            const X = shareKeyPoint(dealsOf(ceremony).map(({ A }) => A), index);
            must(equal(stated, X), "ceremony.share_key", "份额公钥");
        };
        return [check];
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { trustee } = round(fold);
        [trustee.X] = points(fold.statement, "份额公钥");
        trustee.confirmed = fold.index;
    },
};

/** Only the last rehearsal can be found to disagree. @param {Fold} fold */
function checkAgreement(fold) {
    const { ceremony, index } = round(fold);
    const [own] = points(fold.statement, "预演");
    const all = ceremony.trustees.map(({ D }, i) => (i + 1 === index ? own : D));
    const known = all.flatMap((D) => (D === null ? [] : [D]));
    const whole = known.length === ceremony.n;
    must(!whole || rehearsalsAgree(known, ceremony.t), "rehearsal.agree");
}

const rehearsal = {
    /** @param {Fold} fold */
    check(fold) {
        const { ceremony, trustee } = round(fold);
        const all = ceremony.trustees.every(({ confirmed }) => confirmed !== null);
        must(all, "ceremony.confirming");
        must(trustee.D === null, "ceremony.rehearsed");
        checkAgreement(fold);
    },
    /** @param {Fold} fold */
    prove(fold) {
        const { ceremony, index, trustee } = round(fold);
        const X = trustee.X ?? refuse("ceremony.confirming");
        const [D] = points(fold.statement, "预演");
        const proof = bytes(fold.statement, "证明");
        must(proof.length === REHEARSAL_PROOF, "statement.length", "证明");
        return [() => checkRehearsal(ceremony.hash, index, X, { D, proof })];
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { trustee } = round(fold);
        [trustee.D] = points(fold.statement, "预演");
        trustee.rehearsed = fold.index;
    },
};

/* --- disputes --- */

const complain = {
    /** @param {Fold} fold */
    check(fold) {
        const { ceremony, index, trustee } = round(fold);
        const dealer = number(fold.statement, "分发人");
        must(dealer !== index, "complaint.self", "分发人");
        must(trusteeOf(ceremony, dealer).deal !== null, "complaint.dealing", "分发人");
        must(trustee.confirmed === null, "complaint.confirmed");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { ceremony, index: complainer } = round(fold);
        const dealer = number(fold.statement, "分发人");
        ceremony.disputed = fold.index;
        ceremony.complaints.push({ dealer, complainer, index: fold.index, wrong: null });
    },
};

/** @param {Fold} fold */
function findComplaint({ state, statement }) {
    const ceremony = ceremonyOf(state, bytes(statement, "密钥仪式"));
    const dealer = number(statement, "序号");
    const complainer = number(statement, "投诉人");
    const complaint = ceremony.complaints.find(
        (one) => one.dealer === dealer && one.complainer === complainer,
    );
    must(complaint !== undefined, "complaint.unknown", "投诉人");
    return { ceremony, complaint };
}

const publish = {
    /** @param {Fold} fold */
    check(fold) {
        must(findComplaint(fold).complaint.wrong === null, "complaint.published");
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { ceremony, complaint } = findComplaint(fold);
        const { dealer, complainer } = complaint;
        const dealt = /** @type {Deal} */ (trusteeOf(ceremony, dealer).deal);
        const { person } = trusteeOf(ceremony, complainer);
        const boxPublic = fold.state.people.get(person)?.boxKey ?? refuse("person.unknown");
        complaint.wrong = judge({
            hash: ceremony.hash,
            dealer,
            index: complainer,
            A: dealt.A,
            sealed: dealt.sealed[complainer - 1],
            boxPublic,
            plain: bytes(fold.statement, "份额明文"),
            ephemeral: bytes(fold.statement, "临时私钥"),
        });
    },
};

export const CEREMONY_RULES = {
    "trustee.ceremony": open,
    "trustee.deal": deal,
    "trustee.confirm": confirm,
    "trustee.rehearsal": rehearsal,
    "trustee.complain": complain,
    "trustee.publish": publish,
};
