// meeting-paper.mjs - burned tags and paper: three or more are counted with the rest, two are not.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { assemble, assent, letters } from "../support/assembly.mjs";

const plan = { members: 7, candidates: letters(2), rules: assent(1) };
const inFavour = (_, candidate) => (candidate === "org-a" ? 1 : 0);

/** Two have burned their tags: paper for so few would show who they are. */
async function refusesTwo(district) {
  const [some, others] = [district.members.slice(0, 5), district.members.slice(5)];
  await district.open("round-1");
  await district.cast("round-1", inFavour, some);
  for (const member of others) await district.log(district.burnNote("round-1", member));
  await district.logged("round-1", some.length);
  await district.close("round-1");
  const paper = await district.paperNote("round-1", 2, "org-a 1", "org-b 1");
  await district.refused(paper, "paper.burned");
  await assert.rejects(district.share("round-1", "trustee-1"), /share\.small/);
  await district.cancel("round-1", "作废两个标签，不足三个，不能用纸票");
  return { paper, place: district.placeOf("xiling/v1 election.close") + 1 };
}

/** Three have: their papers are added before anything is shown. */
async function countsThree(district) {
  const [some, others] = [district.members.slice(0, 4), district.members.slice(4)];
  await district.open("round-2");
  await district.cast("round-2", inFavour, some.slice(0, 1));
  rmSync(`${district.voteKey(some[0])}.cast`, { force: true }); // as on another device
  await district.refused(district.burnNote("round-2", some[0]), "burn.tag"); // its ballot waits
  await district.cast("round-2", inFavour, some.slice(1));
  const twice = district.ballot("round-2", others[0], "1,1");
  assert.throws(() => district.burnNote("round-2", others[0]), /burn\.sent/,
    "a device that has made a ballot burns nothing");
  rmSync(`${district.voteKey(others[0])}.cast`); // as on another device of the same member
  for (const member of others) await district.log(district.burnNote("round-2", member));
  await district.logged("round-2", some.length);
  await district.refused(twice, "ballot.tag");
  district.exportLog();
  assert.throws(() => district.burnNote("round-2", some[0]), /burn\.tag/,
    "a burn of a tag that has voted would name the voter");
  await district.close("round-2");
  const order = district.order("round-2");
  await district.log(await district.paperNote("round-2", 3,
    ...order.map((candidate) => `${candidate} ${candidate === "org-a" ? 2 : 1}`)));
  await district.openSums("round-2");
  const result = await district.decide("round-2");
  assert.match(result.text, /\n选票数：7\n/);
  assert.deepEqual(result.counts.sort(), ["org-a 6", "org-b 1"]);
  assert.deepEqual(result.seated, ["1 org-a"]);
  return twice;
}

await assemble("paper", plan, async (district) => {
  await district.prepareYear();
  await district.meet();
  const { paper, place } = await refusesTwo(district);
  const twice = await countsThree(district);
  await district.minute();
  await district.holds();

  await district.forgeryFails({ keep: place, notes: [paper] }, "V14", "paper.burned");
  const burned = district.placeOf("xiling/v1 ballot.burn") + 1;
  await district.forgeryFails({ keep: burned, notes: [twice] }, "V13", "ballot.tag");
});
