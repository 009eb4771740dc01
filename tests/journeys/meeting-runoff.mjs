// meeting-runoff.mjs - a tie, a runoff that ties again, a second runoff that does too: vacant.
//
// Three bodies pass for two places, two of them with equal votes. The year allows two runoffs; no
// casting vote breaks the tie, so one place stays vacant and the first round says so again.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const plan = { members: 6, candidates: letters(3), rules: assent(2) };
const votes = { "org-a": 6, "org-b": 5, "org-c": 5 };

/** All six assent to one or the other, three each: half, which is less than two thirds. */
const tiedAgain = (place, candidate) => (place < votes[candidate] ? 1 : 0);

await assemble("runoff", plan, async (district) => {
  await district.prepareYear();
  await district.meet();
  await district.open("round-1");
  await district.vote("round-1", tiedAgain);
  const first = await district.finish("round-1");
  assert.deepEqual(first.seated, ["1 org-a"]);
  assert.deepEqual(first.tied.sort(), ["1 org-b", "1 org-c"]);
  await district.refused(district.minutesNote(), "minutes.tie");

  await runOff(district, "round-2", "round-1");
  const openedAt = district.placeOf("选举：round-2");
  await runOff(district, "round-3", "round-2");
  await district.refusesToDraft("runoff.no_tie", "manifest", "--election", "round-9", "--previous",
    "round-9", "--opens", "x", "--closes", "x").catch(() => {});
  await refusesAFourth(district);

  const again = await district.decide("round-1");
  assert.deepEqual(again.seated, ["1 org-a"]);
  assert.deepEqual(again.tied, []);
  await district.minute();
  await district.holds();

  const greedy = district.textAt(openedAt).replace("席位：1 1", "席位：1 2").replace("限额：1 1", "限额：2 1");
  await district.forgeryFails({ keep: openedAt, notes: [district.officials(greedy)] }, "V12", "runoff.rules");
});
