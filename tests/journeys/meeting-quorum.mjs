// meeting-quorum.mjs - too few have come: no vote; the meeting is convened again.
//
// Two thirds of five are four. Three sign in; the freeze says so, and no round can be opened.
import assert from "node:assert/strict";
import { assemble, assent, letters } from "../support/assembly.mjs";

const plan = { members: 5, candidates: letters(2), rules: assent(1) };

await assemble("quorum", plan, async (district) => {
  await district.prepareYear();
  await district.convene("meeting-1");
  await district.signIn(...district.members.slice(0, 3));
  await district.freeze();
  const short = district.officials(district.manifest("round-1"));
  assert.match(short, /\n名册：member-03 /);
  await district.refused(short, "election.quorum");
  const place = district.placeOf("xiling/v1 draw.record") + 1;
  await district.minute("到会三人，不足应到的三分之二，不能表决，改期再开。");

  await district.convene("meeting-2");
  await district.signIn(...district.members.slice(0, 4));
  await district.freeze();
  await district.open("round-1");
  await district.vote("round-1", (_, candidate) => (candidate === "org-b" ? 1 : 0),
    district.members.slice(0, 4));
  const result = await district.finish("round-1");
  assert.deepEqual(result.seated, ["1 org-b"]);
  await district.minute();
  await district.holds();

  await district.forgeryFails({ keep: place, notes: [short] }, "V12", "election.quorum");
});
