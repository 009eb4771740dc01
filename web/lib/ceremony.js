/*
 * ceremony.js - how trustees come to hold one election key together (protocol section 6).
 *
 *   parseCeremony(text) -> Ceremony { origin, id, t, n, trustees: [{index, id, enrolment}], hash }
 *   printCeremony(parts)
 *   makeDealing(ceremony, index, trusteeSecret, boxKeys, fresh) -> { A, proof, sealed }
 *   checkDealing(ceremony, index, { A, proof, sealed })   dealing.shape, dealing.edge, dealing.proof
 *   openShare({ hash, dealer, index, A, sealed, box }) -> f_i(j)   dealing.share
 *   dealingsHash(hashes of the texts in the dealers' order)
 *   shareKeyPoint(dealings, j) X_j;  electionKey(dealings) K;  shareKey(shares) x_j
 *   publishShare(…) -> { plain, ephemeral };  judge(complaint) -> "dealer" or "complainer"
 *
 * Indices of trustees count from 1. Nothing but the key code has to be kept.
 */
import { base64Fixed, be64, concat, equal, randomBytes } from "./bytes.js";
import { GENERATOR, base, isPoint, isScalar, scalarAdd, sum } from "./group.js";
import { H32, Hs } from "./hash.js";
import { evaluate, evaluatePoints } from "./interpolation.js";
import { any, one } from "./kind.js";
import { provePlain, verifyProof } from "./proof.js";
import { Refusal, must, refuse } from "./refusal.js";
import sodium from "./sodium.js";
import { checkRow, number, parseText, printText, value, values } from "./statement.js";
import { isId, parseNumber } from "./text.js";

/**
 * @typedef {{ origin: string, id: string, t: number, n: number, hash: Uint8Array, text: string,
 *   trustees: { index: number, id: string, enrolment: Uint8Array }[] }} Ceremony
 * @typedef {{ A: Uint8Array[], proof: Uint8Array, sealed: Uint8Array[] }} Dealing
 * @typedef {import("./keys.js").Pair} Pair
 */

export const CEREMONY_ROW = {
    type: "trustee.ceremony",
    fields: [one("仪式", "id"), one("门限", "number"), one("人数", "number"), any("受托人", "line")],
};
export const SEALED_SHARE = 128;
const PLAIN_SHARE = 80;

/** @param {string} text @param {number} at */
function readTrustee(text, at) {
    const words = text.split(" ");
    try {
        must(words.length === 3 && isId(words[1]), "ceremony.field");
        const enrolment = base64Fixed(words[2], 32);
        return { index: parseNumber(words[0]), id: words[1], enrolment };
    } catch (error) {
        if (error instanceof Refusal) {
            refuse("ceremony.field", "受托人", at);
        }
        throw error;
    }
}

/** @param {string} text @returns {Ceremony} */
export function parseCeremony(text) {
    const statement = parseText(text);
    checkRow(statement, CEREMONY_ROW);
    const trustees = values(statement, "受托人").map((held, i) => readTrustee(held, i + 1));
    const t = number(statement, "门限");
    const n = number(statement, "人数");
    const sizes = n >= 2 && n <= 16 && trustees.length === n && t <= n && 2 * t > n;
    const numbered = trustees.every(({ index }, i) => index === i + 1);
    const distinct = new Set(trustees.map(({ id }) => id)).size === n;
    must(sizes && numbered && distinct, "ceremony.trustees", "受托人");
    const id = value(statement, "仪式");
    return { origin: statement.origin, id, t, n, trustees, hash: statement.hash, text };
}

/** @param {Omit<Ceremony, "hash" | "text" | "n">} parts */
export function printCeremony({ origin, id, t, trustees }) {
    /** @type {[string, string | number][]} */
    const fields = [
        ["仪式", id],
        ["门限", t],
        ["人数", trustees.length],
    ];
    trustees.forEach(({ index, id: person, enrolment }) => {
        const text = sodium.to_base64(enrolment, sodium.base64_variants.ORIGINAL);
        fields.push(["受托人", `${index} ${person} ${text}`]);
    });
    return printText("trustee.ceremony", origin, fields);
}

/** @param {Uint8Array} hash @param {number} index @param {Uint8Array[]} A */
function dealingClaim(hash, index, A) {
    const equations = A.map((image, k) => ({ witness: k, base: GENERATOR, image }));
    return { label: "dealing", context: [hash, index], branches: [{ witnesses: A.length, equations }] };
}

/** The box of crypto_box_seal, with an ephemeral key that can be made again. @param {Uint8Array} ephemeral @param {Uint8Array} to @param {Uint8Array} plain */
export function sealWith(ephemeral, to, plain) {
    const publicKey = sodium.crypto_scalarmult_base(ephemeral);
    const nonce = sodium.crypto_generichash(24, concat(publicKey, to), null);
    return concat(publicKey, sodium.crypto_box_easy(plain, nonce, to, ephemeral));
}

/** @param {{ hash: Uint8Array, dealer: number, index: number }} place */
function sharePlace({ hash, dealer, index }) {
    return concat(hash, be64(dealer), be64(index));
}

/** @param {Uint8Array} trusteeSecret @param {{ hash: Uint8Array, dealer: number, index: number }} place */
export function shareEphemeral(trusteeSecret, { hash, dealer, index }) {
    const message = H32("xiling/v1 share key", hash, dealer, index);
    return sodium.crypto_generichash(32, message, trusteeSecret);
}

/** @param {Ceremony} ceremony @param {number} index @param {Uint8Array} trusteeSecret */
export function coefficients({ hash, t }, index, trusteeSecret) {
    return Array.from({ length: t }, (_, k) =>
        Hs("xiling/v1 coefficient", trusteeSecret, hash, index, k),
    );
}

/**
 * @param {Ceremony} ceremony
 * @param {number} index of the dealer
 * @param {Uint8Array} trusteeSecret
 * @param {Uint8Array[]} boxKeys of all trustees, in their order
 * @param {Uint8Array} [fresh]
 * @returns {Dealing}
 */
export function makeDealing(ceremony, index, trusteeSecret, boxKeys, fresh = randomBytes(32)) {
    const secret = coefficients(ceremony, index, trusteeSecret);
    const A = secret.map(base);
    const proof = provePlain(dealingClaim(ceremony.hash, index, A), secret, fresh);
    const sealed = boxKeys.map((to, i) => {
        const place = { hash: ceremony.hash, dealer: index, index: i + 1 };
        const plain = concat(sharePlace(place), evaluate(secret, i + 1));
        return sealWith(shareEphemeral(trusteeSecret, place), to, plain);
    });
    return { A, proof, sealed };
}

/**
 * @param {Ceremony} ceremony
 * @param {number} index
 * @param {Dealing} dealing
 */
export function checkDealing({ hash, t, n }, index, { A, proof, sealed }) {
    const shape = A.length === t && sealed.length === n;
    must(shape && sealed.every(({ length }) => length === SEALED_SHARE), "dealing.shape");
    must(A.every(isPoint), "dealing.edge");
    try {
        verifyProof(dealingClaim(hash, index, A), proof);
    } catch (error) {
        if (error instanceof Refusal) {
            refuse("dealing.proof");
        }
        throw error;
    }
}

/**
 * @param {{ hash: Uint8Array, dealer: number, index: number }} place
 * @param {Uint8Array[]} A
 * @param {Uint8Array} plain
 */
function isShare(place, A, plain) {
    const share = plain.slice(48);
    return (
        plain.length === PLAIN_SHARE &&
        equal(plain.slice(0, 48), sharePlace(place)) &&
        isScalar(share) &&
        equal(base(share), evaluatePoints(A, place.index))
    );
}

/**
 * The share that the dealer sealed to trustee `index`.
 * @param {{ hash: Uint8Array, dealer: number, index: number, A: Uint8Array[], sealed: Uint8Array,
 *   box: Pair }} held
 * @returns {Uint8Array}
 */
export function openShare({ hash, dealer, index, A, sealed, box }) {
    let plain;
    try {
        plain = sodium.crypto_box_seal_open(sealed, box.publicKey, box.privateKey);
    } catch {
        return refuse("dealing.share", "密封份额", dealer);
    }
    must(isShare({ hash, dealer, index }, A, plain), "dealing.share", "密封份额", dealer);
    return plain.slice(48);
}

/** @param {Uint8Array[]} hashes SHA-256 of each dealing's text, in the dealers' order */
export function dealingsHash(hashes) {
    return H32("xiling/v1 dealings", ...hashes);
}

/** @param {Uint8Array[][]} dealings A of each dealer @param {number} index */
export function shareKeyPoint(dealings, index) {
    return sum(dealings.map((A) => evaluatePoints(A, index)));
}

/** @param {Uint8Array[][]} dealings */
export function electionKey(dealings) {
    return sum(dealings.map((A) => A[0]));
}

/** x_j from the shares of every dealer. @param {Uint8Array[]} shares */
export function shareKey(shares) {
    return shares.reduce(scalarAdd, new Uint8Array(32));
}

/**
 * What a dealer publishes to answer a complaint.
 * @param {Ceremony} ceremony
 * @param {number} dealer
 * @param {number} complainer
 * @param {Uint8Array} trusteeSecret
 */
export function publishShare(ceremony, dealer, complainer, trusteeSecret) {
    const place = { hash: ceremony.hash, dealer, index: complainer };
    const share = evaluate(coefficients(ceremony, dealer, trusteeSecret), complainer);
    return {
        plain: concat(sharePlace(place), share),
        ephemeral: shareEphemeral(trusteeSecret, place),
    };
}

/**
 * Who is wrong: the complainer iff the published plaintext is right in every part and sealing it
 * again gives the logged bytes.
 * @param {{ hash: Uint8Array, dealer: number, index: number, A: Uint8Array[], sealed: Uint8Array,
 *   boxPublic: Uint8Array, plain: Uint8Array, ephemeral: Uint8Array }} complaint `index` complains
 * @returns {"dealer" | "complainer"}
 */
export function judge({ hash, dealer, index, A, sealed, boxPublic, plain, ephemeral }) {
    const right = isShare({ hash, dealer, index }, A, plain);
    const same = equal(sealWith(ephemeral, boxPublic, plain), sealed);
    return right && same ? "complainer" : "dealer";
}
