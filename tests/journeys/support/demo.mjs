/**
 * demo.mjs - the real service with its demonstration, on a free port, with data in a folder of its own.
 *
 *   startDemo({ handsOn, folder }) → { base, link(person), stop(), data }     base: "http://127.0.0.1:<port>"
 *   `folder`: where the data lies and stays, for a start after a stop; else a new one, removed by stop().
 *   covers: server/demo, server/demo_cast, server/demo_client, server/demo_links, server/demo_people
 *   covers: server/demo_play, server/demo_runoff, server/demo_setting, server/demo_stage
 *   covers: server/demo_document, server/demo_notice, server/demo_report, server/demo_review
 *   XILING_BUILD names the folder with the binaries (default build/release).
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(new URL("../../..", import.meta.url).pathname);
export const BUILD = resolve(ROOT, process.env.XILING_BUILD ?? "build/release");
const PATIENCE = 60000;

/** A port that was free a moment ago, within XILING_PORTS ("8250-8279") if that is set. */
async function freePort() {
    const [from, to] = (process.env.XILING_PORTS ?? "0-0").split("-").map(Number);
    for (let port = from; port <= to; port += 1) {
        const server = createServer();
        const got = await new Promise((done) => {
            server.once("error", () => done(0));
            server.listen(port, "127.0.0.1", () => done(server.address().port));
        });
        await new Promise((done) => { server.close(done); });
        if (got) return got;
    }
    throw new Error("no free port");
}

export async function startDemo({ handsOn = false, folder = "" } = {}) {
    const data = folder || await mkdtemp(join(tmpdir(), "xiling-journey-"));
    const port = await freePort();
    const options = ["demo", "--data", join(data, "data"), "--port", String(port), ...(handsOn ? ["--hands-on"] : [])];
    const service = spawn(join(BUILD, "xiling"), options, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let over = false;
    service.stdout.on("data", (chunk) => { said += chunk; });
    service.stderr.on("data", (chunk) => { said += chunk; });
    const ended = new Promise((done) => { service.on("close", () => { over = true; done(); }); });

    async function stop() {
        service.kill("SIGTERM");
        const late = setTimeout(() => service.kill("SIGKILL"), 5000);
        await ended;
        clearTimeout(late);
        if (!folder) await rm(data, { recursive: true, force: true });
    }
    const base = `http://127.0.0.1:${port}`;
    const link = (person) => said.match(new RegExp(`http\\S+enter\\.html#${person}\\.\\S+`))?.[0];
    const deadline = Date.now() + PATIENCE;
    while (!link("trustee-1") && !over && Date.now() < deadline) await new Promise((done) => { setTimeout(done, 200); });
    if (!link("member-15")) {
        await stop();
        throw new Error(`the demonstration did not start:\n${said.slice(-2000)}`);
    }
    const codeOf = async (person) => (await readFile(join(data, "data", "demo", `${person}.code`), "utf8")).trim();
    return { base, link, codeOf, stop, output: () => said, data: join(data, "data") };
}
