// forge.mjs - a log as somebody would publish it who holds its key and lies: consistent in itself.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { base64Decode, utf8 } from "../../web/lib/bytes.js";
import { signCheckpoint } from "../../web/lib/checkpoint.js";
import { makeEntry, parseEntry } from "../../web/lib/entry.js";
import { Tree, leafHash } from "../../web/lib/merkle.js";
import sodium from "../../web/lib/sodium.js";
import { bundlePath, bundlesOf, joinBundle, splitBundle, tileContents, tilePath, tilesOf }
  from "../../web/lib/tile.js";

/** The key in `<data>/log.key`: PRIVATE+KEY+<name>+<id>+<base64 of type and seed>. */
function readPair(data) {
  const words = readFileSync(join(data, "log.key"), "utf8").trim().split("+");
  const seed = base64Decode(words.slice(4).join("+")).slice(1);
  const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(seed);
  return { name: words[2], publicKey, privateKey };
}

export class Forger {
  constructor(folder, data) {
    const size = Number(readFileSync(join(folder, "checkpoint"), "utf8").split("\n")[1]);
    this.entries = bundlesOf(size).flatMap((bundle) =>
      splitBundle(new Uint8Array(readFileSync(join(folder, bundlePath(bundle))))));
    this.pair = readPair(data);
  }

  /** Writes the first `keep` entries and then one for each note; the place of the first of these. `at`: their time, if not that of the last kept. */
  write(folder, keep, notes, at = null) {
    const kept = this.entries.slice(0, keep);
    const time = at ?? parseEntry(kept.at(-1)).time;
    const entries = [...kept, ...notes.map((note) => makeEntry(time, utf8(note)))];
    const tree = new Tree(entries.map(leafHash));
    const size = entries.length;
    for (const bundle of bundlesOf(size)) {
      const from = bundle.index * 256;
      put(folder, bundlePath(bundle), joinBundle(entries.slice(from, from + bundle.width)));
    }
    tilesOf(size).forEach((tile) => put(folder, tilePath(tile), tileContents(tile, tree)));
    const head = { origin: this.pair.name, size, root: tree.root() };
    put(folder, "checkpoint", signCheckpoint(head, this.pair));
    return keep;
  }
}

function put(folder, name, bytes) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}
