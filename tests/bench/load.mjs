// load.mjs - load on the real service, and what it costs.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

/** What wrk says; the load is bounded in time, and `words` may bound it further. */
export async function wrk(url, connections, seconds, ...words) {
  const { stdout } = await promisify(execFile)("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`,
    ...words.slice(0, 2), url, ...words.slice(2)]);
  const [, requests, time, unit] = /(\d+) requests in ([\d.]+)(ms|s|m)/.exec(stdout);
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  const timeouts = Number(/timeout (\d+)/.exec(stdout)?.[1] ?? 0);
  return { requests: Number(requests), refused, timeouts,
    seconds: Number(time) * { ms: 0.001, s: 1, m: 60 }[unit] };
}

/** Seconds of CPU that a process has used. */
export function cpuOf(child) {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function memoryOf(child) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
}

export async function logSize(service) {
  return Number((await service.get("/log/checkpoint")).text.split("\n")[1]);
}
