// meeting-runoff.mjs - a tie, a runoff that ties again, a second one that does too: vacant.
// covers: audit/pen/draft_runoff
//
// Three bodies pass for two places, two of them with equal votes. The year allows two runoffs; no
// casting vote breaks the tie, so one place stays vacant and the first round says so again.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const plan = { members: 6, candidates: letters(3), rules: assent(2, { pass: "1 1/2 实到 不少于" }) };
const votes = { "org-a": 6, "org-b": 5, "org-c": 5 };

const first = (place, candidate) => (place < votes[candidate] ? 1 : 0);
/** One place is left, so each assents to one: three to each. */
const tiedAgain = (place, candidate) => ((place % 2 === 0) === (candidate === "org-b") ? 1 : 0);

async function runOff(district, id, previous) {
  await district.open(id, { previous });
  await district.vote(id, tiedAgain);
  const result = await district.finish(id);
  assert.deepEqual(result.counts.sort(), ["org-b 3", "org-c 3"]);
  assert.deepEqual([result.seated, result.tied.sort()], [[], ["1 org-b", "1 org-c"]]);
}

await assemble("runoff", plan, async (district) => {
  await district.prepareYear();
  await district.meet();
  await district.open("round-1");
  await district.vote("round-1", first);
  const result = await district.finish("round-1");
  assert.deepEqual([result.seated, result.tied.sort()], [["1 org-a"], ["1 org-b", "1 org-c"]]);
  await district.refused(district.minutesNote(), "minutes.tie");

  await runOff(district, "round-2", "round-1");
  const openedAt = district.placeOf("选举：round-2\n", "上一轮清单：");
  await runOff(district, "round-3", "round-2");
  const another = district.manifest("round-4", { previous: "round-3" });
  await district.refused(district.officials(another), "runoff.limit");

  const settled = await district.decide("round-1");
  assert.deepEqual([settled.seated, settled.tied], [["1 org-a"], []]);
  await district.minute();
  await district.holds();

  const greedy = district.textAt(openedAt).replace("席位：1 1", "席位：1 2");
  await district.forgeryFails({ keep: openedAt, notes: [district.officials(greedy)] }, "V12",
    "runoff.rules");
});
