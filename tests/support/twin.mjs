// twin.mjs - what the pages do, in node: verify an exported log, make a ballot.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyLog } from "../../web/lib/audit.js";
import { makeBallot } from "../../web/lib/ballot_make.js";
import { hexDecode } from "../../web/lib/bytes.js";
import { ballotCode } from "../../web/lib/code.js";
import { memberIndex, parseElection } from "../../web/lib/election.js";
import { parseEntry } from "../../web/lib/entry.js";
import { vkeyParse } from "../../web/lib/signature.js";
import { parseStatement } from "../../web/lib/statement.js";
import { splitBundle } from "../../web/lib/tile.js";

/** null if the log holds, else { step, entry, rule } of what does not. */
export async function twinVerifies(folder, vkeyFile) {
  const read = (name) => new Uint8Array(readFileSync(join(folder, name)));
  const vkey = vkeyParse(readFileSync(vkeyFile, "utf8").trim());
  const pin = { origin: vkey.name, vkey, genesis: genesisHash(folder, read) };
  const { failure } = await verifyLog({ pin, checkpoint: read("checkpoint"),
    bundles: async (index, width, path) => read(path), tiles: async (path) => read(path) });
  return failure && { step: failure.step, entry: failure.entry, rule: failure.rule };
}

/** Pinned from paper in real life; here the first entry's own. */
function genesisHash(folder, read) {
  const size = Number(new TextDecoder().decode(read("checkpoint")).split("\n")[1]);
  const name = size < 256 ? `tile/entries/000.p/${size}` : "tile/entries/000";
  return parseStatement(parseEntry(splitBundle(read(name))[0]).note).hash;
}

/** A ballot note as the booth makes it; `manifest` is the signed text of the opening. */
export function twinBallot(manifest, person, keyFile, choices) {
  const election = parseElection(manifest);
  const voteKey = hexDecode(readFileSync(keyFile, "utf8").trim());
  return makeBallot(election, { member: memberIndex(election, person), voteKey, choices,
    seed: new Uint8Array(randomBytes(32)), code: ballotCode() }).note;
}
