/*
 * tally.js - from ballots to sums, and from shares to counts (protocol section 6).
 *
 *   newTally(candidates) -> Tally { ballots, alphas, betas };  addBallot(tally, ciphertexts)
 *   checkTally(tally)                   tally.sums: no Σα is the identity: a trustee multiplies it
 *   sumsHash(M, tally)                  its short code is read aloud at the close
 *   combine(tally, shares, t) -> T      from the first t of [{ index, D }]   tally.shares
 *   combineAll(tally, shares, t) -> T   every t of them must agree           tally.shares
 *   decode(weights, ballots, totals) -> [[votes of grade 1, 2 …] per candidate]  tally.counts
 */
import { equal, key } from "./bytes.js";
import { GENERATOR, IDENTITY, add, isIdentity, multiply, subtract, sum, weight } from "./group.js";
import { H32 } from "./hash.js";
import { interpolate, lagrange } from "./interpolation.js";
import { must, refuse } from "./refusal.js";

/**
 * @typedef {{ ballots: number, alphas: Uint8Array[], betas: Uint8Array[] }} Tally
 * @typedef {{ index: number, D: Uint8Array[] }} Share
 */

/** @param {number} candidates @returns {Tally} */
export function newTally(candidates) {
    const none = Array.from({ length: candidates }, () => IDENTITY);
    return { ballots: 0, alphas: none, betas: [...none] };
}

/**
 * @param {Tally} tally
 * @param {import("./ballot_claims.js").Ciphertext[]} ciphertexts
 * @returns {Tally}
 */
export function addBallot({ ballots, alphas, betas }, ciphertexts) {
    return {
        ballots: ballots + 1,
        alphas: alphas.map((alpha, i) => add(alpha, ciphertexts[i].alpha)),
        betas: betas.map((beta, i) => add(beta, ciphertexts[i].beta)),
    };
}

/** @param {Tally} tally */
export function checkTally({ alphas }) {
    alphas.forEach((alpha, i) => must(!isIdentity(alpha), "tally.sums", "", i + 1));
}

/** @param {Uint8Array} M @param {Tally} tally */
export function sumsHash(M, { ballots, alphas, betas }) {
    const parts = alphas.flatMap((alpha, i) => [alpha, betas[i]]);
    return H32("xiling/v1 sums", M, ballots, ...parts);
}

/**
 * T_i·G = β_i - Σ λ_j·D_{i,j}.
 * @param {Tally} tally
 * @param {Share[]} shares verified
 * @param {number} t
 */
export function combine({ betas }, shares, t) {
    const used = shares.slice(0, t);
    const indices = used.map(({ index }) => index);
    must(used.length === t && new Set(indices).size === t, "tally.shares");
    const lambdas = lagrange(indices);
    return betas.map((beta, i) =>
        subtract(beta, sum(lambdas.map((lambda, j) => multiply(lambda, used[j].D[i])))),
    );
}

/**
 * The totals, after checking that the shares beyond t lie on the same polynomials.
 * @param {Tally} tally
 * @param {Share[]} shares
 * @param {number} t
 */
export function combineAll(tally, shares, t) {
    const totals = combine(tally, shares, t);
    const used = shares.slice(0, t);
    const indices = used.map(({ index }) => index);
    for (const { index, D } of shares.slice(t)) {
        D.forEach((point, i) => {
            const expected = interpolate(indices, used.map((share) => share.D[i]), index);
            must(equal(expected, point), "tally.shares", "序号", index);
        });
    }
    return totals;
}

/**
 * How far grade 1 alone gets: every multiple of G up to the number of ballots.
 * @param {number} ballots
 */
function unitTable(ballots) {
    const table = new Map();
    let point = IDENTITY;
    for (let count = 0; count <= ballots; count++) {
        table.set(key(point), count);
        point = add(point, GENERATOR);
    }
    return table;
}

/**
 * Takes multiples of the higher grades off until grade 1 explains what is left.
 * @param {Map<string, number>} units
 * @param {number[]} weights
 * @param {number} ballots left
 * @param {Uint8Array} total
 * @returns {number[] | null} votes of grade 1 … (weights.length - 1)
 */
function search(units, weights, ballots, total) {
    if (weights.length === 2) {
        const count = units.get(key(total));
        return count !== undefined && count <= ballots ? [count] : null;
    }
    const step = weight(weights[weights.length - 1]);
    let rest = total;
    for (let count = 0; count <= ballots; count++) {
        const found = search(units, weights.slice(0, -1), ballots - count, rest);
        if (found !== null) {
            return [...found, count];
        }
        rest = subtract(rest, step);
    }
    return null;
}

/**
 * @param {number[]} weights of every grade, 0 first
 * @param {number} ballots
 * @param {Uint8Array[]} totals T_i·G
 */
export function decode(weights, ballots, totals) {
    const units = unitTable(ballots);
    return totals.map(
        (total, i) =>
            search(units, weights, ballots, total) ?? refuse("tally.counts", "得票", i + 1),
    );
}
