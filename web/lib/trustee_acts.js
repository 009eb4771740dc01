/*
 * trustee_acts.js - the statements of a trustee: deal, confirm, rehearse, complain, open the sums.
 *
 *   trusteeIndex(parsed ceremony or election, person)     0 if not one of them
 *   actDeal(state, hash, person, keys)       the text to sign
 *   actConfirm(…), actRehearse(…)            trustee.early; dealing.share with the dealer in `at`
 *   actComplain(state, hash, person, dealer), actPublish(state, hash, person, keys, complainer)
 *   actShare(state, M, person, keys, typed)  `typed` begins the code read aloud   share.code
 *
 * A trustee needs nothing but the key code; everything else comes from the folded log. The twin of
 * audit/pen/trustee_acts.c. Protocol section 6. The caller has noted (M, sums hash) durably before
 * it signs a share.
 */
import {
    dealingsHash,
    makeDealing,
    openShare,
    publishShare,
    shareKey,
    shareKeyPoint,
} from "./ceremony.js";
import { hex, wipe } from "./bytes.js";
import { matchesShortCode } from "./code.js";
import { requireOpenable } from "./record_tally.js";
import { must, refuse } from "./refusal.js";
import { ceremonyOf, electionOf } from "./state.js";
import { printText } from "./statement.js";
import { makeRehearsal, makeShare } from "./trustee.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").CeremonyState} CeremonyState
 * @typedef {import("./keys.js").Keys} Keys
 */

/** @param {{ trustees: { index: number, id: string }[] }} held @param {string} person */
export function trusteeIndex({ trustees }, person) {
    return trustees.find(({ id }) => id === person)?.index ?? 0;
}

/** @param {CeremonyState} ceremony @param {string} person */
function indexOf({ parsed }, person) {
    const index = trusteeIndex(parsed, person);
    must(index > 0, "trustee.index");
    return index;
}

/** The box key stands in the enrolment that the ceremony names by its hash. @param {State} state @param {CeremonyState} ceremony */
function boxKeys(state, { parsed }) {
    return parsed.trustees.map(({ id, enrolment, index }) => {
        const offer = state.people.get(id)?.offers.get(hex(enrolment));
        return offer?.boxKey ?? refuse("trustee.enrolment", "受托人", index);
    });
}

/** @param {string} type @param {State} state @param {CeremonyState} ceremony @param {number} index @param {[string, import("./statement.js").Printable][]} fields */
function print(type, state, { hash }, index, fields) {
    return printText(type, state.origin, [["密钥仪式", hash], ["序号", index], ...fields]);
}

/** @param {CeremonyState} ceremony */
function dealsOf({ trustees }) {
    return trustees.map(({ deal }) => deal ?? refuse("trustee.early"));
}

/** @param {State} state @param {Uint8Array} hash @param {string} person @param {Keys} keys */
export function actDeal(state, hash, person, keys) {
    const ceremony = ceremonyOf(state, hash);
    const index = indexOf(ceremony, person);
    const made = makeDealing(ceremony.parsed, index, keys.trustee, boxKeys(state, ceremony));
    return print("trustee.deal", state, ceremony, index, [
        ...made.A.map((A) => /** @type {[string, Uint8Array]} */ (["承诺", A])),
        ["证明", made.proof],
        ...made.sealed.map((sealed) => /** @type {[string, Uint8Array]} */ (["密封份额", sealed])),
    ]);
}

/** x_j, from the share that every dealer has sealed to this trustee. @param {CeremonyState} ceremony @param {number} index @param {Keys} keys */
function ownShare(ceremony, index, keys) {
    const shares = dealsOf(ceremony).map(({ A, sealed }, i) =>
        openShare({ hash: ceremony.hash, dealer: i + 1, index, A, sealed: sealed[index - 1], box: keys.box }),
    );
    const x = shareKey(shares);
    wipe(...shares);
    return x;
}

/** @param {State} state @param {Uint8Array} hash @param {string} person @param {Keys} keys */
export function actConfirm(state, hash, person, keys) {
    const ceremony = ceremonyOf(state, hash);
    const index = indexOf(ceremony, person);
    const deals = dealsOf(ceremony);
    wipe(ownShare(ceremony, index, keys));
    return print("trustee.confirm", state, ceremony, index, [
        ["分发", dealingsHash(deals.map((deal) => deal.hash))],
        ["份额公钥", shareKeyPoint(deals.map(({ A }) => A), index)],
    ]);
}

/** @param {State} state @param {Uint8Array} hash @param {string} person @param {Keys} keys */
export function actRehearse(state, hash, person, keys) {
    const ceremony = ceremonyOf(state, hash);
    const index = indexOf(ceremony, person);
    const x = ownShare(ceremony, index, keys);
    const { D, proof } = makeRehearsal(hash, index, x);
    wipe(x);
    return print("trustee.rehearsal", state, ceremony, index, [
        ["预演", D],
        ["证明", proof],
    ]);
}

/** @param {State} state @param {Uint8Array} hash @param {string} person @param {number} dealer whose share does not fit */
export function actComplain(state, hash, person, dealer) {
    const ceremony = ceremonyOf(state, hash);
    return print("trustee.complain", state, ceremony, indexOf(ceremony, person), [["分发人", dealer]]);
}

/** @param {State} state @param {Uint8Array} hash @param {string} person @param {Keys} keys @param {number} complainer */
export function actPublish(state, hash, person, keys, complainer) {
    const ceremony = ceremonyOf(state, hash);
    const index = indexOf(ceremony, person);
    const { plain, ephemeral } = publishShare(ceremony.parsed, index, complainer, keys.trustee);
    return print("trustee.publish", state, ceremony, index, [
        ["投诉人", complainer],
        ["份额明文", plain],
        ["临时私钥", ephemeral],
    ]);
}

/**
 * @param {State} state
 * @param {Uint8Array} M
 * @param {string} person
 * @param {Keys} keys
 * @param {string} typed at least 8 characters of the code read aloud at the close
 */
export function actShare(state, M, person, keys, typed) {
    const held = electionOf(state, M);
    const { election, tally, sums, closed, cancelled } = held;
    must(cancelled === null, "election.cancelled");
    must(closed !== null && sums !== null, "election.still_open");
    requireOpenable(held);
    must(matchesShortCode(typed, sums), "share.code");
    const ceremony = ceremonyOf(state, election.ceremony);
    const index = indexOf(ceremony, person);
    const x = ownShare(ceremony, index, keys);
    const { D, proof } = makeShare({ M, sumsHash: sums, alphas: tally.alphas }, index, x);
    wipe(x);
    return printText("election.share", state.origin, [
        ["清单", M],
        ["序号", index],
        ["合计", sums],
        ...D.map((point) => /** @type {[string, Uint8Array]} */ (["份额", point])),
        ["证明", proof],
    ]);
}
