/*
 * tile.js - names and contents of the files a log is served as (log-formats 3.6).
 *
 *   tilePath({ level, index, width })      "tile/0/x001/234" with ".p/W" if width < 256
 *   bundlePath({ index, width })           "tile/entries/000.p/2"
 *   parsePath(path) -> { level | null, index, width }           tile.path
 *   bundlesOf(size), tilesOf(size)         every path of a log of that size, with its place
 *   splitBundle(bytes) -> [entry]          bundle.form;  joinBundle(entries)
 *   checkTile(bytes, tile, tree)           tree.tile: the tile's hashes are those of the entries
 */
import { concat, equal } from "./bytes.js";
import { must, refuse } from "./refusal.js";

/** @typedef {{ level: number | null, index: number, width: number }} Tile level null: entries */

const WIDTH = 256;

/** @param {number} index */
function indexPath(index) {
    const groups = [];
    for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
        groups.unshift(String(rest % 1000).padStart(3, "0"));
    }
    return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
}

/** @param {Tile} tile */
export function tilePath({ level, index, width }) {
    const partial = width < WIDTH ? `.p/${width}` : "";
    return `tile/${level ?? "entries"}/${indexPath(index)}${partial}`;
}

/** @param {{ index: number, width: number }} tile */
export function bundlePath({ index, width }) {
    return tilePath({ level: null, index, width });
}

/** @param {string} path @returns {Tile} */
export function parsePath(path) {
    const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
    if (match === null) {
        return refuse("tile.path");
    }
    const tile = {
        level: match[1] === "entries" ? null : Number(match[1]),
        index: Number(match[2].replace(/[x/]/g, "")),
        width: match[3] === undefined ? WIDTH : Number(match[3]),
    };
    const good = (tile.level ?? 0) <= 63 && tile.width >= 1 && Number.isSafeInteger(tile.index);
    must(good && tilePath(tile) === path, "tile.path");
    return tile;
}

/** @param {number | null} level @param {number} count of hashes at this level @returns {Tile[]} */
function tilesAt(level, count) {
    return Array.from({ length: Math.ceil(count / WIDTH) }, (_, index) => ({
        level,
        index,
        width: Math.min(WIDTH, count - index * WIDTH),
    }));
}

/** @param {number} size */
export function bundlesOf(size) {
    return tilesAt(null, size);
}

/** @param {number} size */
export function tilesOf(size) {
    const tiles = [];
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / WIDTH)) {
        tiles.push(...tilesAt(level, count));
    }
    return tiles;
}

/** @param {Uint8Array} bundle */
export function splitBundle(bundle) {
    const entries = [];
    for (let at = 0; at < bundle.length; ) {
        must(at + 2 <= bundle.length, "bundle.form");
        const size = (bundle[at] << 8) | bundle[at + 1];
        must(at + 2 + size <= bundle.length, "bundle.form");
        entries.push(bundle.slice(at + 2, at + 2 + size));
        at += 2 + size;
    }
    return entries;
}

/** @param {Uint8Array[]} entries */
export function joinBundle(entries) {
    return concat(
        ...entries.flatMap((entry) => [
            Uint8Array.of(entry.length >> 8, entry.length & 255),
            entry,
        ]),
    );
}

/**
 * The contents of a hash tile of a log whose entries are known.
 * @param {Tile} tile
 * @param {import("./merkle.js").Tree} tree
 */
export function tileContents({ level, index, width }, tree) {
    const span = WIDTH ** (level ?? 0);
    const hashes = Array.from({ length: width }, (_, i) =>
        tree.hash((index * WIDTH + i) * span, span),
    );
    return concat(...hashes);
}

/**
 * @param {Uint8Array} bytes
 * @param {Tile} tile
 * @param {import("./merkle.js").Tree} tree
 */
export function checkTile(bytes, tile, tree) {
    must(equal(bytes, tileContents(tile, tree)), "tree.tile");
}
