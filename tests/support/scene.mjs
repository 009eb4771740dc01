// scene.mjs - a test of the real service: a folder of its own, a service in it, and both gone afterwards.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { District } from "./district.mjs";
import { Service, freePort } from "./service.mjs";

/**
 * Runs `play({ folder, service, district })`; what a failed one leaves behind is kept and named.
 * `make(service, folder)` builds another district than the usual one of `members`.
 */
export async function scene(name, play, { members = 3, data = (folder) => join(folder, "data"),
  make = (service, folder) => new District(service, folder, members) } = {}) {
  const folder = mkdtempSync(join(tmpdir(), `xiling-${name}-`));
  const origin = "faults.example/log/2026";
  const service = new Service(data(folder), { port: await freePort(), origin });
  const district = make(service, folder);
  let played = false;
  try {
    await play({ folder, service, district });
    played = true;
  } finally {
    await service.end();
    if (played) rmSync(folder, { recursive: true, force: true });
    else console.log(`what it left: ${folder}\n${service.lastWords()}`);
  }
}

/** A statement of which there are as many as one likes: an invitation. */
export function invite(district, id) {
  const name = district.hide("person.invite", "姓名", "示例");
  return district.sign(district.compose("person.invite", ["人员", id], ["姓名", name.field]),
    district.officers[0]);
}

/** What is refused says so as docs/api.md promises: rule, and words in both languages. */
export function assertProblem(answer, ...statuses) {
  assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text}`);
  const problem = JSON.parse(answer.text);
  assert.ok(problem.rule, answer.text);
  for (const part of ["what", "do"]) {
    assert.ok(problem[part].zh && problem[part].en, `${part} is missing: ${answer.text}`);
  }
  return problem;
}
