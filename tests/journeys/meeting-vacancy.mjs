// meeting-vacancy.mjs - nobody has two thirds: nobody is awarded, and the minutes say so.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const plan = { members: 5, candidates: letters(2), rules: assent(1) };
const votes = { "org-a": 3, "org-b": 2 };

await assemble("vacancy", plan, async (district) => {
  await district.prepareYear();
  await district.meet();
  await district.open("round-1");
  await district.vote("round-1", (place, candidate) => (place < votes[candidate] ? 1 : 0));
  const result = await district.finish("round-1");
  assert.deepEqual(result.counts.sort(), ["org-a 3", "org-b 2"]);
  assert.deepEqual([result.seated, result.tied], [[], []]);

  const again = district.witnesses(result.text);
  assert.equal((await district.post(again)).status, 200, "the same text is not stated twice");
  await district.minute("没有候选单位达到三分之二，本年度质量奖空缺。");
  await district.holds();

  const place = district.placeOf("xiling/v1 election.result");
  const gift = district.witnesses(`${district.textAt(place)}入选：1 org-a\n`);
  await district.forgeryFails({ keep: place, notes: [gift] }, "V18", "result.lines");
});
