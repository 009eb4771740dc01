// meeting-golden.mjs - the published numbers of a first city award, voted again with real programs.
//
// 31 ballots of 同意 or not about four bodies: 29, 28 and 25 in favour are awarded; the fourth has
// 20, and two thirds of 31 are 20⅔.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const members = 31;
const votes = { "org-a": 29, "org-b": 28, "org-c": 25, "org-d": 20 };
const plan = { members, candidates: letters(4), rules: assent(3) };

/** In favour: the first so many members, counted from another member for each body. */
const inFavour = (place, candidate) => {
  const from = Object.keys(votes).indexOf(candidate) * 7;
  return (place + members - from) % members < votes[candidate] ? 1 : 0;
};

await assemble("golden", plan, async (district) => {
  await district.prepareYear();
  await district.meet();
  await district.open("round-1");
  await district.vote("round-1", inFavour);
  const result = await district.finish("round-1");
  const counts = Object.fromEntries(result.counts.map((line) => {
    const [candidate, assented] = line.split(" ");
    return [candidate, Number(assented)];
  }));
  assert.deepEqual(counts, votes);
  assert.deepEqual(result.seated, ["1 org-a", "1 org-b", "1 org-c"]);
  assert.deepEqual(result.tied, []);
  await district.minute();
  assert.match(await district.holds(), /31 ballots/);

  const place = district.placeOf("xiling/v1 election.result");
  const lie = district.textAt(place).replace("入选：1 org-c", "入选：1 org-d");
  await district.forgeryFails({ keep: place, notes: [district.witnesses(lie)] }, "V18", "result.lines");
});
