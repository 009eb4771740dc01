/**
 * proxy.mjs - a service that shows another log than the one it has: what a dishonest operator, or
 * somebody on the way, could do.
 *
 *   startProxy(base, forge) → { base, stop() }     forge: Map path → bytes, served instead
 *   readLog(base) → { size, entries: [bytes] }      of the real service
 *   flipped(log, index)        one byte of one entry changed, nothing signed again
 *   resigned(log, index, edit, keyFile)   that entry's text edited, tree and checkpoint made anew with
 *        the log's own key: the most an operator can do
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { base64Decode, utf8, utf8Decode } from "../../../web/lib/bytes.js";
import { signCheckpoint } from "../../../web/lib/checkpoint.js";
import { Tree, leafHash } from "../../../web/lib/merkle.js";
import sodium from "../../../web/lib/sodium.js";
import { bundlePath, joinBundle, splitBundle, tileContents, tilePath, tilesOf } from "../../../web/lib/tile.js";

const WIDTH = 256;

export async function startProxy(base, forge) {
    const server = createServer(async (request, response) => {
        const forged = forge.get(request.url);
        const real = await fetch(base + request.url, { headers: { "Accept-Encoding": "identity" } });
        const headers = Object.fromEntries([...real.headers].filter(([name]) => !/^(content-length|content-encoding|connection|transfer-encoding|date|keep-alive)$/.test(name)));
        response.writeHead(real.status, headers);
        response.end(forged ?? Buffer.from(await real.arrayBuffer()));
    });
    await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
    return { base: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}

/** As many entries as its checkpoint says. */
export async function readLog(base) {
    const [origin, size] = (await (await fetch(`${base}/log/checkpoint`)).text()).split("\n");
    const entries = [];
    for (let index = 0; index * WIDTH < Number(size); index += 1) {
        const path = bundlePath({ index, width: Math.min(WIDTH, Number(size) - index * WIDTH) });
        entries.push(...splitBundle(new Uint8Array(await (await fetch(`${base}/log/${path}`)).arrayBuffer())));
    }
    return { origin, size: Number(size), entries };
}

function bundles({ entries, size }) {
    const files = new Map();
    for (let index = 0; index * WIDTH < size; index += 1) {
        const path = bundlePath({ index, width: Math.min(WIDTH, size - index * WIDTH) });
        files.set(`/log/${path}`, joinBundle(entries.slice(index * WIDTH, (index + 1) * WIDTH)));
    }
    return files;
}

export function flipped(log, index) {
    const entries = [...log.entries];
    entries[index] = entries[index].slice();
    entries[index][entries[index].length - 20] ^= 1;
    return bundles({ ...log, entries });
}

/** Go's form of a note key: PRIVATE+KEY+<name>+<id>+<base64(01, seed)>. */
function readKey(file) {
    const seed = base64Decode(readFileSync(file, "utf8").trim().split("+").slice(4).join("+")).slice(1);
    return sodium.crypto_sign_seed_keypair(seed);
}

export function resigned(log, index, edit, keyFile) {
    const entries = log.entries.map((entry, i) => (i === index ? utf8(edit(utf8Decode(entry))) : entry));
    const tree = new Tree(entries.map(leafHash));
    const files = bundles({ ...log, entries });
    for (const tile of tilesOf(log.size)) files.set(`/log/${tilePath(tile)}`, tileContents(tile, tree));
    return files.set("/log/checkpoint", signCheckpoint({ origin: log.origin, size: log.size, root: tree.root() }, readKey(keyFile)));
}
