/*
 * record_people.js - rules of the rows about people: genesis, invitations, enrolment, roles.
 *
 * PEOPLE_RULES maps a type to { check(fold), apply(fold) }; a fold is { state, statement, signed,
 * index, time } (record.js). The twin of audit/record/genesis.c, enrolment.c and roles.c.
 */
import { base64Fixed, equal, hex } from "./bytes.js";
import { checkKind } from "./kind.js";
import { Refusal, must, refuse } from "./refusal.js";
import { isBoxKey, isSignKey } from "./signature.js";
import { RESERVED, cancelWithout, holdsRole } from "./state.js";
import { bytes, value, values } from "./statement.js";
import { isId } from "./text.js";

/**
 * @typedef {import("./record.js").Fold} Fold
 * @typedef {import("./state.js").State} State
 * @typedef {{ id: string, signKey: Uint8Array, boxKey: Uint8Array, name: string }} Founder
 */

const OFFICER = "工作人员";

/** @param {string} line @param {number} at @returns {Founder} */
function readFounder(line, at) {
    const [id, sign, box, name, ...rest] = line.split(" ");
    must(isId(id) && rest.length === 0, "genesis.officer", OFFICER, at);
    try {
        checkKind({ label: OFFICER, kind: "hidden", min: 1, max: 1 }, name ?? "", at);
        return { id, signKey: base64Fixed(sign, 32), boxKey: base64Fixed(box, 32), name };
    } catch (error) {
        if (error instanceof Refusal && error.rule.startsWith("encoding.")) {
            refuse(error.rule, OFFICER, at);
        }
        throw error;
    }
}

/** @param {import("./statement.js").Statement} statement */
export function readFounders(statement) {
    return values(statement, OFFICER).map((line, i) => readFounder(line, i + 1));
}

/** @param {Founder[]} founders */
function checkFounders(founders) {
    founders.forEach((founder, i) => {
        must(!RESERVED.includes(founder.id), "person.reserved", OFFICER, i + 1);
        must(isSignKey(founder.signKey), "key.sign", OFFICER, i + 1);
        must(isBoxKey(founder.boxKey), "key.box", OFFICER, i + 1);
        founders.slice(0, i).forEach((other) => {
            must(other.id < founder.id, "genesis.order", OFFICER, i + 1);
            const same = equal(other.signKey, founder.signKey) || equal(other.boxKey, founder.boxKey);
            must(!same, "person.key", OFFICER, i + 1);
        });
    });
}

const genesis = {
    /** @param {Fold} fold */
    check({ statement, index }) {
        must(index === 0, "genesis.once");
        must(isSignKey(bytes(statement, "记录公钥")), "key.sign", "记录公钥");
        must(isSignKey(bytes(statement, "服务公钥")), "key.sign", "服务公钥");
        checkFounders(readFounders(statement));
    },
    /** @param {Fold} fold */
    apply({ state, statement }) {
        state.origin = statement.origin;
        state.genesis = {
            hash: statement.hash,
            logKey: bytes(statement, "记录公钥"),
            serviceKey: bytes(statement, "服务公钥"),
            rules: bytes(statement, "规则文件"),
        };
        for (const { id, signKey, boxKey, name } of readFounders(statement)) {
            const person = newPerson(id, name, 0);
            state.people.set(id, { ...person, confirmed: 0, signKey, boxKey, roles: new Set([OFFICER]) });
        }
    },
};

/** @param {string} id @param {string} hiddenName @param {number} index @returns {import("./state.js").Person} */
function newPerson(id, hiddenName, index) {
    return {
        id,
        hiddenName,
        invited: index,
        confirmed: null,
        revoked: null,
        enrolment: null,
        signKey: null,
        boxKey: null,
        roles: new Set(),
        offers: new Map(),
    };
}

const invite = {
    /** @param {Fold} fold */
    check({ state, statement }) {
        must(!state.people.has(value(statement, "人员")), "person.known", "人员");
        must(!RESERVED.includes(value(statement, "人员")), "person.reserved", "人员");
    },
    /** @param {Fold} fold */
    apply({ state, statement, index }) {
        const id = value(statement, "人员");
        state.people.set(id, newPerson(id, value(statement, "姓名"), index));
    },
};

/** The person a row is about, not revoked. @param {Fold} fold */
function named({ state, statement }) {
    const person = state.people.get(value(statement, "人员"));
    must(person !== undefined, "person.unknown", "人员");
    must(person.revoked === null, "person.revoked", "人员");
    return person;
}

/** @param {State} state @param {string} id @param {{ signKey: Uint8Array, boxKey: Uint8Array }} keys */
function checkKeysFree(state, id, { signKey, boxKey }) {
    for (const person of state.people.values()) {
        const same =
            (person.signKey !== null && equal(person.signKey, signKey)) ||
            (person.boxKey !== null && equal(person.boxKey, boxKey));
        must(person.id === id || !same, "person.key");
    }
}

/** @param {import("./statement.js").Statement} statement */
function offeredKeys(statement) {
    return { signKey: bytes(statement, "签名公钥"), boxKey: bytes(statement, "封存公钥") };
}

const enrol = {
    /** @param {Fold} fold */
    check(fold) {
        const person = named(fold);
        must(person.confirmed === null, "person.confirmed");
        const keys = offeredKeys(fold.statement);
        must(isSignKey(keys.signKey), "key.sign", "签名公钥");
        must(isBoxKey(keys.boxKey), "key.box", "封存公钥");
        checkKeysFree(fold.state, person.id, keys);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const { statement, index } = fold;
        const offer = { index, hash: statement.hash, ...offeredKeys(statement) };
        named(fold).offers.set(hex(statement.hash), offer);
    },
};

/** @param {Fold} fold */
function rolesOf({ statement }) {
    const roles = values(statement, "角色");
    must(new Set(roles).size === roles.length, "role.repeated", "角色");
    return roles;
}

const confirm = {
    /** @param {Fold} fold */
    check(fold) {
        const person = named(fold);
        must(person.confirmed === null, "person.confirmed");
        must(!fold.signed.includes(person.id), "person.own");
        const offer = person.offers.get(hex(bytes(fold.statement, "登记")));
        must(offer !== undefined, "person.enrolment", "登记");
        checkKeysFree(fold.state, person.id, offer);
        rolesOf(fold);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const person = named(fold);
        const offer = /** @type {NonNullable<ReturnType<typeof person.offers.get>>} */ (
            person.offers.get(hex(bytes(fold.statement, "登记")))
        );
        person.confirmed = fold.index;
        person.enrolment = offer.hash;
        person.signKey = offer.signKey;
        person.boxKey = offer.boxKey;
        rolesOf(fold).forEach((role) => person.roles.add(role));
    },
};

/** With one officer nothing could be signed by two any more. @param {State} state @param {string} without */
function checkOfficersRemain(state, without) {
    const others = [...state.people.keys()].filter((id) => id !== without);
    const officers = others.filter((id) => holdsRole(state, id, OFFICER));
    must(officers.length >= 2, "role.officers");
}

const grant = {
    /** @param {Fold} fold */
    check(fold) {
        const person = named(fold);
        must(person.confirmed !== null, "person.unconfirmed");
        values(fold.statement, "角色").forEach((role, i) => {
            must(!person.roles.has(role), "role.held", "角色", i + 1);
        });
        rolesOf(fold);
    },
    /** @param {Fold} fold */
    apply(fold) {
        const person = named(fold);
        rolesOf(fold).forEach((role) => person.roles.add(role));
    },
};

const end = {
    /** @param {Fold} fold */
    check(fold) {
        const person = named(fold);
        values(fold.statement, "角色").forEach((role, i) => {
            must(person.roles.has(role), "role.not_held", "角色", i + 1);
        });
        if (rolesOf(fold).includes(OFFICER)) {
            checkOfficersRemain(fold.state, person.id);
        }
    },
    /** @param {Fold} fold */
    apply(fold) {
        const person = named(fold);
        rolesOf(fold).forEach((role) => person.roles.delete(role));
        cancelWithout(fold.state, person.id, false, fold.index);
    },
};

const revoke = {
    /** @param {Fold} fold */
    check(fold) {
        const person = named(fold);
        if (person.roles.has(OFFICER)) {
            checkOfficersRemain(fold.state, person.id);
        }
    },
    /** @param {Fold} fold */
    apply(fold) {
        const person = named(fold);
        person.revoked = fold.index;
        cancelWithout(fold.state, person.id, true, fold.index);
    },
};

export const PEOPLE_RULES = {
    "log.genesis": genesis,
    "person.invite": invite,
    "person.enrol": enrol,
    "person.confirm": confirm,
    "role.grant": grant,
    "role.end": end,
    "person.revoke": revoke,
};
