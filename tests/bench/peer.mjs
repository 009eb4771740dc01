// peer.mjs - belenios-tool beside ours: a three-answer question for each of 30 candidates.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CANDIDATES = 30;
const BALLOTS = 3;

/** `ours` is what bench-crypto gave for 30 candidates and 30 members. */
export function measurePeer(table, folder, ours) {
  table.title(`belenios-tool, ${BALLOTS} ballots of ${CANDIDATES} questions (must: ours is better)`);
  if (spawnSync("belenios-tool", ["--version"]).error) {
    table.note("not installed");
    return;
  }
  const choices = Array.from({ length: CANDIDATES }, (_, i) => (i < 3 ? 2 : i < 9 ? 1 : 0));
  writeFileSync(join(folder, "votes.json"), JSON.stringify(Array(BALLOTS).fill(choices)));
  execFileSync("bash", ["tests/peer/belenios.sh", join(folder, "votes.json"), join(folder, "peer")]);
  const told = readFileSync(join(folder, "peer", "milliseconds"), "utf8");
  const [, make, verify] = /make (\d+) verify (\d+)/.exec(told).map(Number);
  table.row("make: theirs, by the wall, with its start", make, "ms", { least: ours.make });
  table.row("verify: theirs, by the wall, with its start", verify, "ms", { least: ours.verify });
  table.row("bytes of a ballot: theirs", statSync(join(folder, "peer", "ballot")).size, "B",
    { least: ours.note });
  table.note("Theirs: 2048-bit groups, no limits over candidates, no ring (a credential's signature).");
}
