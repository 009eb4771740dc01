// audit.mjs - whole logs verified by xiling-audit: time of the wall and of the CPU, memory.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { program } from "../support/service.mjs";

/** Writes a log, or tells why not. */
function writeLog(kind, folder, count) {
  execFileSync(program("tests/bench-log"), [kind, folder, String(count)],
    { stdio: ["ignore", "ignore", "inherit"] });
}

/** { wall, cpu (seconds), memory (MB) } of one verification; throws unless the log holds. */
function verify(folder, threads) {
  const run = spawnSync("/usr/bin/time", ["--format", "%e %U %S %M", program("xiling-audit"),
    "verify", folder, "--vkey", join(folder, "vkey"), "--threads", String(threads)],
  { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${folder}: ${run.stdout}${run.stderr}`);
  const [wall, user, system, kilobytes] = run.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall, cpu: user + system, memory: kilobytes / 1024 };
}

function measureElections(table, folder, elections) {
  const ballots = elections * 30;
  const of = `${ballots} ballots, C=30 n=30`;
  const goal = (most) => (elections === 10 ? { most } : {});
  writeLog("elections", folder, elections);
  const one = verify(folder, 1);
  const two = verify(folder, 2);
  table.row(`${of}: one thread, wall`, one.wall, "s");
  table.row(`${of}: one thread, CPU`, one.cpu, "s");
  table.row(`${of}: CPU a ballot, everything included`, one.cpu * 1000 / ballots, "ms", { most: 50 });
  table.row(`${of}: two threads, wall`, two.wall, "s", goal(10));
  table.row(`${of}: two threads, CPU / 2`, two.cpu / 2, "s", goal(10));
  table.row(`${of}: memory`, two.memory, "MB");
  return two.memory;
}

function measureStatements(table, folder, count) {
  writeLog("statements", folder, count);
  const run = verify(folder, 1);
  const of = `${count.toLocaleString("en")} signed statements`;
  table.row(`${of}: replayed, by CPU`, count / run.cpu, "/s", { least: 10000 });
  table.row(`${of}: replayed, one thread beside the fold, by the wall`, count / run.wall, "/s");
  table.row(`${of}: replayed, two beside it, by the wall`, count / verify(folder, 2).wall, "/s");
  table.row(`${of}: memory`, run.memory, "MB");
  return run.memory;
}

export function measureAudits(table, folder, quick) {
  table.title("A whole log verified (xiling-audit verify)");
  measureElections(table, join(folder, "one"), 1);
  const few = measureStatements(table, join(folder, "few"), quick ? 5000 : 20000);
  if (quick) return;
  const ten = measureElections(table, join(folder, "ten"), 10);
  const twenty = measureElections(table, join(folder, "twenty"), 20);
  const many = measureStatements(table, join(folder, "many"), 60000);
  table.row("memory: twice the ballots take", twenty / ten, "times", { most: 1.2 });
  table.row("memory: three times the statements take", many / few, "times");
}
