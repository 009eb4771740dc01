// meeting-recusal.mjs - a member recused from one candidate: the base shrinks, and only there.
//
// Seven members, one of them recused from org-a. Of six who may vote about it four assent, which is
// two thirds of six and less than two thirds of seven; org-b has five of seven.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const recused = "member-03";
const inFavour = { "org-a": [0, 1, 3, 4], "org-b": [0, 1, 2, 3, 4] };
const plan = { members: 7, candidates: letters(2), rules: assent(2) };

await assemble("recusal", plan, async (district) => {
  await district.prepareYear();
  await district.meet({ [recused]: "org-a" });

  const manifest = district.manifest("round-1");
  assert.ok(manifest.includes(`回避：${recused} org-a\n`), manifest);
  const forgotten = district.officials(manifest.replace(`回避：${recused} org-a\n`, ""));
  await district.refused(forgotten, "election.recusals");
  await district.log(district.officials(manifest));
  const opened = district.placeOf("xiling/v1 draw.record") + 1;

  await district.vote("round-1", (place, candidate) => (inFavour[candidate].includes(place) ? 1 : 0));
  const result = await district.finish("round-1");
  assert.deepEqual(result.counts.sort(), ["org-a 4", "org-b 5"]);
  assert.deepEqual(result.seated.sort(), ["1 org-a", "1 org-b"]);
  await district.minute();
  await district.holds();

  await district.forgeryFails({ keep: opened, notes: [forgotten] }, "V12", "election.recusals");
});
