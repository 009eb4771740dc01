// proxy.mjs - whose rate it is, behind a proxy and without one: what a client writes about itself counts for nothing.
// covers: server/address
import assert from "node:assert/strict";
import { Source } from "../support/flood.mjs";
import { assertProblem, scene } from "../support/scene.mjs";
import { run } from "../support/service.mjs";

const PROXY = "127.0.0.9";
const FILING = "xiling/v1 objection.file\nnot one\n\n"; // refused for its form, after the rate was looked at

/** How many pass before one is told to come back. */
async function fill(source, forwarded) {
  for (let passed = 0; passed < 50; passed++) {
    const answer = await source.post(FILING, forwarded === undefined ? {} : { "X-Forwarded-For": forwarded });
    if (answer.status === 429) {
      assert.equal(assertProblem(answer, 429).rule, "service.rate");
      return passed;
    }
    assert.equal(answer.status, 400, answer.text);
  }
  return Infinity;
}

await scene("proxy", async ({ service }) => {
  service.create();
  service.options = ["--proxy", "not-an-address"];
  assert.throws(() => run("xiling", ["serve", ...service.words, ...service.options]), /config\.proxy/);
  service.options = ["--proxy", PROXY];
  await service.start();
  const proxy = new Source(service, PROXY);
  const free = await fill(proxy, "203.0.113.1");
  assert.ok(free >= 5 && free <= 20, String(free));
  assert.ok(await fill(proxy, "203.0.113.2") >= 5, "another client of the proxy pays for the first");
  assert.ok(await fill(proxy, "203.0.113.9, 203.0.113.1") < 2, "a client chose its own address");
  assert.ok(await fill(proxy, ["203.0.113.8", "203.0.113.1"]) < 2, "a client chose its own address in a header of its own");
  assert.ok(await fill(proxy, "2001:db8:1:1::1") >= 5);
  assert.ok(await fill(proxy, "2001:db8:1:1:ffff::2") < 2, "a /64 is one subscriber");
  assert.ok(await fill(proxy, "nonsense") >= 5, "who is not named counts as the proxy");
  const direct = new Source(service, "127.0.0.8");
  assert.ok(await fill(direct, "203.0.113.50") >= 5);
  assert.ok(await fill(direct, "203.0.113.51") < 2, "a stranger passes for a proxy");
  for (const source of [proxy, direct]) source.close();
  console.log(`proxy: ${free} filings at once for each address that the proxy names`);
});
