/*
 * interpolation.js - polynomials over scalars and points, as Shamir's sharing needs them (section 6).
 *
 *   lagrange(indices, at) -> a coefficient for each index: f(at) = Σ λ_j·f(j); at = 0 if not given
 *   interpolate(indices, points, at) -> point
 *   evaluatePoints(commitments, j) Σ_k j^k·A_k;   evaluate(coefficients, j) the same of scalars
 *   keysAgree(K, [X_1 … X_n], t)  they lie on one polynomial of degree t - 1
 *
 * Indices are small integers from 0.
 */
import { equal } from "./bytes.js";
import {
    IDENTITY,
    add,
    multiply,
    scalarAdd,
    scalarFromNumber,
    scalarInvert,
    scalarMultiply,
    scalarSubtract,
    sum,
} from "./group.js";

/**
 * @param {number[]} indices distinct
 * @param {number} [at] not one of them
 * @returns {Uint8Array[]}
 */
export function lagrange(indices, at = 0) {
    const x = scalarFromNumber(at);
    return indices.map((j) => {
        let numerator = scalarFromNumber(1);
        let denominator = scalarFromNumber(1);
        for (const m of indices.filter((other) => other !== j)) {
            const other = scalarFromNumber(m);
            numerator = scalarMultiply(numerator, scalarSubtract(x, other));
            const difference = scalarSubtract(scalarFromNumber(j), other);
            denominator = scalarMultiply(denominator, difference);
        }
        return scalarMultiply(numerator, scalarInvert(denominator));
    });
}

/**
 * @param {number[]} indices
 * @param {Uint8Array[]} points
 * @param {number} [at]
 */
export function interpolate(indices, points, at = 0) {
    return sum(lagrange(indices, at).map((lambda, i) => multiply(lambda, points[i])));
}

/**
 * @param {Uint8Array[]} commitments
 * @param {number} j
 */
export function evaluatePoints(commitments, j) {
    const x = scalarFromNumber(j);
    return commitments.reduceRight((total, point) => add(multiply(x, total), point), IDENTITY);
}

/**
 * @param {Uint8Array[]} coefficients
 * @param {number} j
 */
export function evaluate(coefficients, j) {
    const x = scalarFromNumber(j);
    return coefficients.reduceRight(
        (total, scalar) => scalarAdd(scalarMultiply(x, total), scalar),
        new Uint8Array(32),
    );
}

/**
 * @param {Uint8Array} K
 * @param {Uint8Array[]} X of trustees 1 … n
 * @param {number} t
 */
export function keysAgree(K, X, t) {
    const indices = Array.from({ length: t }, (_, i) => i + 1);
    const known = X.slice(0, t);
    return (
        equal(interpolate(indices, known), K) &&
        X.slice(t).every((point, i) => equal(interpolate(indices, known, t + 1 + i), point))
    );
}
