// bitflip.mjs - one bit of what is stored is changed: the service does not start on it, and names
// the entry or the table.
//
// covers: server/refold
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scene, invite } from "../support/scene.mjs";

/** The file that holds the bytes of this entry, and where. */
function find(folder, wanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(wanted);
    if (at >= 0) return { path, bytes, at };
  }
  throw new Error("the entry is not stored in one piece");
}

async function startsNot(service, ...names) {
  await assert.rejects(service.start(5000), (failure) => {
    assert.match(failure.message, /ended with [1-9]/, failure.message);
    for (const name of names) assert.match(failure.message, name, failure.message);
    return true;
  });
}

const startsNotAndNames = (service, index) => startsNot(service, new RegExp(`log\\.broken \\(${index}\\)`));

// --- tables ---

const database = (service) => join(service.folder, "xiling.db");
const sql = (service, ...sentences) =>
  execFileSync("sqlite3", [database(service), ...sentences], { encoding: "utf8" }).trim();

/** Changes one bit of the last column of a table's first row; false if the table has no row. */
function changeRow(service, table) {
  const columns = sql(service, `SELECT name FROM pragma_table_info('${table}')`).split("\n");
  const quoted = columns.map((name) => `quote("${name}")`).join(" || char(31) || ");
  const row = sql(service, `SELECT ${quoted} FROM ${table} LIMIT 1`);
  if (row === "") return false;
  const values = row.split("\u001f");
  const [column, held] = [columns.at(-1), values.at(-1)];
  const other = held === "NULL" || /^-?\d+$/.test(held) ? `COALESCE("${column}", 0) + 1`
    : held.startsWith("X") ? held.replace(/[^]'$/, (end) => (end[0] === "0" ? "1'" : "0'"))
      : held.replace(/[^]'$/, (end) => (end[0] === "a" ? "b'" : "a'"));
  sql(service, `UPDATE ${table} SET "${column}" = ${other}` +
    ` WHERE ${columns.map((name, i) => `"${name}" IS ${values[i]}`).join(" AND ")}`);
  return true;
}

async function namesEveryTable(service) {
  const tables = sql(service, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'private_%'" +
    " AND name NOT LIKE 'sqlite_%' AND name NOT IN ('entry', 'node')").split("\n");
  const whole = readFileSync(database(service));
  const named = [];
  for (const table of tables) {
    if (!changeRow(service, table)) continue;
    await startsNot(service, /state\.broken/, new RegExp(`table ${table} `));
    named.push(table);
    writeFileSync(database(service), whole);
  }
  console.log(`tables with one value changed, each named: ${named.join(" ")}`);
  assert.ok(named.length >= 12, `only ${named.length} of ${tables.length} tables held anything`);
}

/** The hash of a text stands in its row and in an index: either place is noticed. */
async function noticesIndexes(service) {
  const hash = Buffer.from(sql(service, "SELECT hex(text_hash) FROM entry WHERE position = 3"), "hex");
  const whole = readFileSync(database(service));
  let places = 0;
  for (let at = whole.indexOf(hash); at >= 0; at = whole.indexOf(hash, at + 1), places += 1) {
    const changed = Buffer.from(whole);
    changed[at + 31] ^= 1;
    writeFileSync(database(service), changed);
    await startsNot(service, /(log|state|database)\.broken/);
  }
  assert.ok(places >= 2, `${places} places`);
  writeFileSync(database(service), whole);
}

/** A ballot that was promised and waits for its batch is not lost in silence. */
async function noticesWaitingBallots(service, district) {
  const [member] = district.members;
  await service.start();
  assert.equal((await service.post("/api/entries", district.ballot(member))).status, 202);
  await service.end("SIGTERM");
  const whole = readFileSync(database(service));
  const at = whole.indexOf("xiling/v1 ballot", whole.indexOf("xiling/v1 ballot") + 1) < 0
    ? whole.indexOf("xiling/v1 ballot") : whole.lastIndexOf("xiling/v1 ballot");
  const changed = Buffer.from(whole);
  changed[at + 400] ^= 1;
  writeFileSync(database(service), changed);
  await startsNot(service, /waiting\.broken/);
  writeFileSync(database(service), whole);
}

await scene("bitflip", async ({ service, district }) => {
  await district.begin();
  for (let i = 0; i < 12; i++) await district.log(invite(district, `guest-${i}`));
  district.verify();
  const entries = district.entries();
  await service.end("SIGTERM");
  for (const [index, entry] of entries.entries()) {
    const stored = Buffer.from(entry);
    const { path, bytes, at } = find(service.folder, stored);
    const changed = Buffer.from(bytes);
    changed[at + Math.floor(Math.random() * stored.length)] ^= 1 << Math.floor(Math.random() * 8);
    writeFileSync(path, changed);
    await startsNotAndNames(service, index);
    writeFileSync(path, bytes);
  }
  console.log(`${entries.length} entries, each with one bit changed: noticed and named`);
});

await scene("bitflip-state", async ({ service, district }) => {
  await district.prepare({ window: 3600, seconds: 7200 });
  await service.end("SIGTERM");
  await namesEveryTable(service);
  await noticesIndexes(service);
  await noticesWaitingBallots(service, district);
  await service.start();
  district.exportLog();
  district.verify();
});
