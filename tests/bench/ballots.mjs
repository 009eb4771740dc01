// ballots.mjs - what a ballot costs: in C on one core, and in a booth, of which node runs the code.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { checkBallot } from "../../web/lib/ballot.js";
import { makeBallot } from "../../web/lib/ballot_make.js";
import { parseElection, printElection } from "../../web/lib/election.js";
import { base, scalarRandom } from "../../web/lib/group.js";
import { program } from "../support/service.mjs";

const SIZES = [[12, 15], [12, 30], [12, 60], [30, 15], [30, 30], [30, 60]];

/** By "C n": what bench-crypto printed of it. */
function ballotsInC(rounds) {
  const lines = execFileSync(program("tests/bench-crypto"), [String(rounds)], { encoding: "utf8" })
    .trim().split("\n").slice(2);
  return new Map(lines.map((line) => {
    const [c, n, binary, note, make, verify, , , share, check] = line.trim().split(/\s+/).map(Number);
    return [`${c} ${n}`, { binary, note, make, verify, share, check }];
  }));
}

/** A good manifest with other candidates and another roll, whose first member's key is known. */
function electionOf(candidates, members) {
  const parts = parseElection(JSON.parse(readFileSync("tests/vectors/forgery.json", "utf8")).manifest);
  const [{ name }] = parts.roll;
  const voteKey = scalarRandom();
  const roll = Array.from({ length: members }, (_, i) =>
    ({ id: `m-${100 + i}`, P: base(i === 0 ? voteKey : scalarRandom()), name, recused: [] }));
  const election = parseElection(printElection({ ...parts, roll, recusals: [],
    limits: [{ max: 3, grades: [2] }, { max: 9, grades: [1, 2] }],
    candidates: Array.from({ length: candidates }, (_, i) =>
      ({ id: `org-${100 + i}`, name: `示例机构第${i}号` })) }));
  return { election, voteKey };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function milliseconds(work) {
  const begin = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(begin);
  return [(user + system) / 1000, result];
}

/** Milliseconds of CPU, medians; the first round warms up and is not counted. */
function ballotsInNode(candidates, members, rounds) {
  const { election, voteKey } = electionOf(candidates, members);
  const choices = Array.from({ length: candidates }, (_, i) => (i < 3 ? 2 : i < 9 ? 1 : 0));
  const make = [];
  const verify = [];
  for (let round = 0; round <= rounds; round++) {
    const seed = new Uint8Array(32).fill(round);
    const [made, { note }] = milliseconds(() =>
      makeBallot(election, { member: 0, voteKey, seed, choices, code: "00000000" }));
    const [checked] = milliseconds(() => checkBallot(election, note));
    if (round > 0) {
      make.push(made);
      verify.push(checked);
    }
  }
  return { make: median(make), verify: median(verify) };
}

/** Goals are set for 30 candidates and 30 members. */
export function measureBallots(table, rounds) {
  const inC = ballotsInC(rounds);
  table.title("A ballot of C candidates, n members (CPU, medians)");
  for (const [c, n] of SIZES) {
    const goal = (goals) => (c === 30 && n === 30 ? goals : {});
    const ours = inC.get(`${c} ${n}`);
    const node = ballotsInNode(c, n, rounds);
    const of = `C=${c} n=${n}`;
    table.row(`${of}: make, C`, ours.make, "ms");
    table.row(`${of}: verify, C`, ours.verify, "ms", goal({ most: 50 }));
    table.row(`${of}: make, node (the booth's code)`, node.make, "ms", goal({ most: 300 }));
    table.row(`${of}: verify, node`, node.verify, "ms");
    table.row(`${of}: bytes, binary`, ours.binary, "B", goal({ most: 19200 }));
    table.row(`${of}: bytes of the note`, ours.note, "B");
    table.row(`${of}: a trustee's share with its proof`, ours.share, "ms", goal({ most: 20 }));
  }
  return inC.get("30 30");
}
