// flood.mjs - the last hour of a notice: objections from many addresses while people read, and what being put
// off costs a device.
import { join } from "node:path";
import { solveWork } from "../../web/lib/work.js";
import { Docket, NOTICE, PLAN } from "../support/docket.mjs";
import { Source, addressOf, makeFilings, newCounts, runAll } from "../support/flood.mjs";
import { Service, freePort, pause } from "../support/service.mjs";
import { cpuOf } from "./load.mjs";

const ORIGIN = "record.example/log/2026";
const EACH = 8; /* filings of an address: fewer than it may make */
const AT_ONCE = 256;
const PAGES = ["/log/checkpoint", `/api/notices/${NOTICE}`, "/log/tile/entries/000.p/1", "/notice.html"];

async function browse(service, state) {
  for (let i = 0; !state.over; i++) {
    if ((await service.get(PAGES[i % PAGES.length])).status !== 200) throw new Error("a reader was turned away");
    state.read += 1;
  }
}

async function measureFilings(table, docket, count) {
  const { service } = docket;
  const filings = makeFilings(docket, count);
  const sources = Array.from({ length: Math.ceil(count / EACH) }, (_, i) => new Source(service, addressOf(i + 1)));
  const counts = newCounts();
  const state = { over: false, read: 0 };
  await pause(100); /* to notice connections that went idle while filings were signed */
  const cpu = cpuOf(service.child);
  const begin = performance.now();
  const readers = [browse(service, state), browse(service, state)];
  await runAll(filings.map((filing, i) => () => sources[i % sources.length].file(filing, counts)), AT_ONCE);
  const seconds = (performance.now() - begin) / 1000;
  const used = cpuOf(service.child) - cpu;
  state.over = true;
  await Promise.all(readers);
  for (const source of sources) source.close();
  const { objections } = await docket.refresh();
  if (objections !== count) throw new Error(`${objections} objections of ${count}`);
  table.title(`${count.toLocaleString("en")} objections from ${sources.length} addresses while people read (one node process asks for all)`);
  table.row("committed, durable, each with its receipt", count / seconds, "/s");
  table.row("the same, for each core of the service", count / used, "/s");
  table.row("pages and tiles read meanwhile", state.read / seconds, "/s");
  table.row("told to come back (429), by work or by waiting", counts[429], "times");
  table.row("queue full (503)", counts[503], "times");
}

/** Median of what a page would need, here. */
async function measureWork(table) {
  table.title("The work of who is over a rate, in this node (a telephone is some five times slower)");
  for (const bits of [12, 15, 17]) {
    const times = [];
    for (let i = 0; i < 9; i++) {
      const begin = performance.now();
      await solveWork({ token: i.toString(16).padStart(50, "0"), bits }, "a note", async () => {});
      times.push(performance.now() - begin);
    }
    table.row(`${bits} bits`, times.sort((a, b) => a - b)[4], "ms");
  }
}

export async function measureFlood(table, folder, quick) {
  const service = new Service(join(folder, "flood-data"), { port: await freePort(), origin: ORIGIN });
  const docket = new Docket(service, join(folder, "flood"), PLAN);
  try {
    await docket.prepare();
    await measureFilings(table, docket, quick ? 1500 : 5000);
    await measureWork(table);
  } finally {
    await service.end();
  }
}
