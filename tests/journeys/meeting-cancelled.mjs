// meeting-cancelled.mjs - a round is cancelled with ballots cast; a new one begins from nothing.
//
// The new manifest has another hash, so everybody has another tag and votes again; a ballot of the
// cancelled round is a ballot of no round that is open.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const plan = { members: 5, candidates: letters(2), rules: assent(1) };

await assemble("cancelled", plan, async (district) => {
  await district.prepareYear();
  await district.meet();
  await district.open("round-1");
  const [early, late] = [district.members.slice(0, 3), district.members[3]];
  await district.vote("round-1", () => 1, early);
  const unsent = district.ballot("round-1", late, "1,1");
  const second = district.officials(district.manifest("round-1-again"));
  await district.refused(second, "election.another");
  await district.cancel("round-1", "投影的清单与记录不符，本轮作废重来");
  await district.refused(unsent, "election.cancelled");

  await district.open("round-1-again");
  await district.vote("round-1-again", (_, candidate) => (candidate === "org-a" ? 1 : 0));
  const result = await district.finish("round-1-again");
  assert.deepEqual(result.counts.sort(), ["org-a 5", "org-b 0"]);
  await district.minute();
  await district.holds();

  const cancelledAt = district.placeOf("xiling/v1 election.cancel");
  await district.forgeryFails({ keep: cancelledAt, notes: [second] }, "V12", "election.another");
  await district.forgeryFails({ keep: cancelledAt + 1, notes: [unsent] }, "V13", "election.cancelled");
});
