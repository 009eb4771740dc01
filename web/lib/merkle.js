/*
 * merkle.js - the log's hash tree (log-formats 3.4, 3.5).
 *
 *   leafHash(entry), nodeHash(left, right), EMPTY_ROOT
 *   new Edge()  grows: append(leaf), root(), size; Edge.clone()
 *   verifyInclusion(leaf, index, size, root, path)          merkle.inclusion
 *   verifyConsistency(older, newer, path)                   merkle.consistency; heads are {size, root}
 *   new Tree(leaves)  small trees whole: root(size), proveInclusion(i, size), proveConsistency(m, n)
 */
import { concat, equal } from "./bytes.js";
import { must } from "./refusal.js";
import sodium from "./sodium.js";

/** @typedef {{ size: number, root: Uint8Array }} Head */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const PROOF_MAX = 63;

/** @param {...Uint8Array} parts @returns {Uint8Array} */
function sha256(...parts) {
    return sodium.crypto_hash_sha256(concat(...parts));
}

export const EMPTY_ROOT = sha256();

/** @param {Uint8Array} entry */
export function leafHash(entry) {
    return sha256(LEAF, entry);
}

/** @param {Uint8Array} left @param {Uint8Array} right */
export function nodeHash(left, right) {
    return sha256(NODE, left, right);
}

/** @param {number} n */
const half = (n) => Math.floor(n / 2);
/** @param {number} n */
const isOdd = (n) => n % 2 === 1;

/** The largest complete subtrees of the first `size` leaves, leftmost first. */
export class Edge {
    constructor() {
        this.size = 0;
        /** @type {{ height: number, hash: Uint8Array }[]} */
        this.peaks = [];
    }

    /** @param {Uint8Array} leaf */
    append(leaf) {
        let top = { height: 0, hash: leaf };
        while (this.peaks.length > 0 && this.peaks[this.peaks.length - 1].height === top.height) {
            const left = /** @type {{ hash: Uint8Array }} */ (this.peaks.pop());
            top = { height: top.height + 1, hash: nodeHash(left.hash, top.hash) };
        }
        this.peaks.push(top);
        this.size += 1;
    }

    root() {
        const hashes = this.peaks.map(({ hash }) => hash);
        return hashes.length === 0
            ? EMPTY_ROOT
            : hashes.reduceRight((right, left) => nodeHash(left, right));
    }

    clone() {
        const copy = new Edge();
        copy.size = this.size;
        copy.peaks = [...this.peaks];
        return copy;
    }
}

/** @param {Uint8Array[]} path */
function isPath(path) {
    return path.length <= PROOF_MAX && path.every((hash) => hash.length === 32);
}

/**
 * @param {Uint8Array} leaf
 * @param {number} index
 * @param {number} size
 * @param {Uint8Array} root
 * @param {Uint8Array[]} path
 */
export function verifyInclusion(leaf, index, size, root, path) {
    const whole = leaf.length === 32 && root.length === 32 && isPath(path);
    must(whole && index >= 0 && index < size, "merkle.inclusion");
    let [fn, sn, hash] = [index, size - 1, leaf];
    for (const sibling of path) {
        must(sn > 0, "merkle.inclusion");
        if (isOdd(fn) || fn === sn) {
            hash = nodeHash(sibling, hash);
            while (!isOdd(fn) && fn !== 0) {
                [fn, sn] = [half(fn), half(sn)];
            }
        } else {
            hash = nodeHash(hash, sibling);
        }
        [fn, sn] = [half(fn), half(sn)];
    }
    must(sn === 0 && equal(hash, root), "merkle.inclusion");
}

/** @param {number} n */
function isPowerOfTwo(n) {
    return Number.isInteger(Math.log2(n));
}

/**
 * @param {Head} older
 * @param {Head} newer
 * @param {Uint8Array[]} path
 */
export function verifyConsistency(older, newer, path) {
    const whole = older.root.length === 32 && newer.root.length === 32 && isPath(path);
    must(whole && older.size > 0 && older.size <= newer.size, "merkle.consistency");
    if (older.size === newer.size) {
        must(path.length === 0 && equal(older.root, newer.root), "merkle.consistency");
        return;
    }
    must(path.length > 0, "merkle.consistency");
    const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...path] : path;
    let [fn, sn] = [older.size - 1, newer.size - 1];
    while (isOdd(fn)) {
        [fn, sn] = [half(fn), half(sn)];
    }
    let [from, to] = [first, first];
    for (const hash of rest) {
        must(sn > 0, "merkle.consistency");
        if (isOdd(fn) || fn === sn) {
            [from, to] = [nodeHash(hash, from), nodeHash(hash, to)];
            while (!isOdd(fn) && fn !== 0) {
                [fn, sn] = [half(fn), half(sn)];
            }
        } else {
            to = nodeHash(to, hash);
        }
        [fn, sn] = [half(fn), half(sn)];
    }
    const same = equal(from, older.root) && equal(to, newer.root);
    must(sn === 0 && same, "merkle.consistency");
}

/** The largest power of two below n > 1. @param {number} n */
function splitPoint(n) {
    let k = 1;
    while (k * 2 < n) {
        k *= 2;
    }
    return k;
}

/** All leaves at hand: what a client holds that has read the log. */
export class Tree {
    /** @param {Uint8Array[]} leaves hashes */
    constructor(leaves) {
        this.leaves = leaves;
        /** @type {Map<string, Uint8Array>} */
        this.complete = new Map();
    }

    /** @param {number} from @param {number} size @returns {Uint8Array} */
    hash(from, size) {
        if (size === 0) {
            return EMPTY_ROOT;
        }
        if (size === 1) {
            return this.leaves[from];
        }
        const name = `${from} ${size}`;
        const known = this.complete.get(name);
        if (known !== undefined) {
            return known;
        }
        const k = splitPoint(size);
        const hash = nodeHash(this.hash(from, k), this.hash(from + k, size - k));
        if (k * 2 === size) {
            this.complete.set(name, hash);
        }
        return hash;
    }

    /** @param {number} [size] */
    root(size = this.leaves.length) {
        return this.hash(0, size);
    }

    /** @param {number} index @param {number} size @param {number} [from] @returns {Uint8Array[]} */
    proveInclusion(index, size, from = 0) {
        if (size === 1) {
            return [];
        }
        const k = splitPoint(size);
        return index < k
            ? [...this.proveInclusion(index, k, from), this.hash(from + k, size - k)]
            : [...this.proveInclusion(index - k, size - k, from + k), this.hash(from, k)];
    }

    /** @param {number} older @param {number} size @returns {Uint8Array[]} */
    proveConsistency(older, size) {
        return this.consistency(older, 0, size, true);
    }

    /** @param {number} m @param {number} from @param {number} n @param {boolean} known @returns {Uint8Array[]} */
    consistency(m, from, n, known) {
        if (m === n) {
            return known ? [] : [this.hash(from, n)];
        }
        const k = splitPoint(n);
        return m <= k
            ? [...this.consistency(m, from, k, known), this.hash(from + k, n - k)]
            : [...this.consistency(m - k, from + k, n - k, false), this.hash(from, k)];
    }
}
