/**
 * lost-keeper.mjs - the drill of docs/operator.zh.md: a keeper's key is lost, and the other two open an
 * identity from the seal that is theirs; with two lost, nobody opens one. Then the identity of a closed
 * case is destroyed after its term, by a service whose clock stands two days ahead, and the log verifies.
 */
// covers: audit/record/identity, server/intake, server/documents, server/shares
import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { utf8Decode } from "../../web/lib/bytes.js";
import { partName } from "../../web/lib/seal_objection.js";
import { openSealed } from "../../web/lib/sealed.js";
import { openShared, shareFor } from "../../web/lib/share_identity.js";
import { Docket, PLAN } from "../support/docket.mjs";
import { timeFromNow } from "../support/district.mjs";
import { scene } from "../support/scene.mjs";

/** Only the service's clock: its own waiting goes on as always. */
const TWO_DAYS_ON = ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", "+2d"];

class Drill extends Docket {
  rulesText() {
    return super.rulesText().replace("身份保存天数：180", "身份保存天数：1");
  }

  /** As a lost device with a lost code: nothing of it is left. */
  lose(keeper) {
    rmSync(this.path("keys", keeper));
    assert.throws(() => this.boxPair(keeper));
  }

  identities(objection) {
    return objection.parts.filter(({ kind }) => kind === "身份");
  }

  stored(part) {
    return existsSync(join(this.service.folder, "documents", partName(part)));
  }

  keepersSign(objection, ...keepers) {
    const reason = this.hide("identity.open", "理由", "核验身份");
    return this.sign(this.caseText("identity.open", objection, ["交给", "officer-1"], ["理由", reason.field]), ...keepers);
  }
}

const ruleOf = (call) => {
  try {
    call();
    return "";
  } catch (error) {
    return error.rule;
  }
};

/** keeper-2 is gone: the pairs with it stay shut, the pair of the others opens. */
async function opensWithoutOne(drill, objection) {
  drill.lose("keeper-2");
  await drill.log(drill.keepersSign(objection, "keeper-1", "keeper-3"));
  const reader = drill.boxPair("officer-1");
  const [withSecond, theirs, secondAgain] = drill.identities(objection);
  const share = (part, keeper) => shareFor(part.document, drill.boxPair(keeper), reader.publicKey);
  const shares = ["keeper-1", "keeper-3"].map((keeper) => share(theirs, keeper));
  assert.match(utf8Decode(openShared(theirs.document, reader, shares)), /姓名: 示例市民/);
  assert.equal(ruleOf(() => share(withSecond, "keeper-3")), "sealed.reader");
  assert.equal(ruleOf(() => share(secondAgain, "keeper-1")), "sealed.reader");
  assert.equal(ruleOf(() => openShared(withSecond.document, reader, [share(withSecond, "keeper-1"), shares[0]])), "sealed.key");
}

/** keeper-3 is gone too: one keeper opens nothing, whatever is tried with the one key. */
async function staysShutWithoutTwo(drill, objection) {
  drill.lose("keeper-3");
  await drill.refused(drill.keepersSign(objection, "keeper-1"), "signers.count");
  await drill.refused(drill.keepersSign(objection, "keeper-1", "officer-1"), "signers.role");
  const [reader, left] = [drill.boxPair("officer-1"), drill.boxPair("keeper-1")];
  for (const { document } of drill.identities(objection)) {
    assert.equal(ruleOf(() => openSealed(document, [left])), "sealed.reader");
    assert.match(ruleOf(() => openSealed(document, [left, left])), /^sealed\.(key|reader)$/);
    assert.match(ruleOf(() => openSealed(document, [left, reader])), /^sealed\.reader$/);
  }
  for (const part of drill.identities(objection).slice(0, 2)) {
    const own = shareFor(part.document, left, reader.publicKey);
    assert.equal(ruleOf(() => openShared(part.document, reader, [own])), "sealed.key");
    assert.equal(ruleOf(() => openShared(part.document, reader, [own, own])), "sealed.key");
  }
}

const eraseNote = (drill, objection) => drill.officers2(drill.caseText("identity.erase", objection));

async function isClosed(drill, objection) {
  await drill.refused(eraseNote(drill, objection), "case.open");
  const text = drill.caseText("objection.withdraw", objection, ["时间", timeFromNow()]);
  await drill.log(drill.objectorSigns(text, objection.keys));
  await drill.refused(eraseNote(drill, objection), "identity.keep");
}

/** After a day nobody opens it any more: the files are gone, and whoever sends them again is refused. */
async function isDestroyedAfterItsTerm(drill, objection) {
  const identities = drill.identities(objection);
  assert.ok(identities.every((part) => drill.stored(part)));
  await drill.service.end("SIGTERM");
  drill.service.wrap = TWO_DAYS_ON;
  await drill.service.start();
  await drill.log(eraseNote(drill, objection));
  await drill.until(async () => identities.every((part) => !drill.stored(part)));
  assert.ok(drill.stored(objection.parts.find(({ kind }) => kind === "正文")));
  const again = await drill.send(identities[0]);
  assert.deepEqual([again.status, (await again.json()).rule], [404, "document.unnamed"]);
  assert.ok(!drill.stored(identities[0]));
}

await scene("lost-keeper", async ({ district: drill }) => {
  await drill.prepare();
  const objection = await drill.received(drill.objector("org-b"));
  const other = await drill.received(drill.objector("org-a"));
  await drill.log(drill.declareCase(objection, "officer-1", "无"));
  await drill.log(drill.declareCase(other, "officer-1", "无"));
  await opensWithoutOne(drill, objection);
  await staysShutWithoutTwo(drill, other);
  await isClosed(drill, objection);
  await isDestroyedAfterItsTerm(drill, objection);
  assert.ok(drill.identities(other).every((part) => drill.stored(part)));
  await drill.holds();
  console.log("lost-keeper: opened without one, shut without two; destroyed after its term; the log verifies");
}, { make: (service, folder) => new Drill(service, folder, PLAN) });
