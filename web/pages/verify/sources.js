/**
 * sources.js - where a log to verify comes from: this service, or an exported folder.
 *
 *   fromService()        { name, checkpoint(), bundle(path), tile(path) }
 *   fromFolder(files)    the same, of a folder laid out as the log is served (xiling-audit mirror);
 *                        null if there is no checkpoint in it
 *   digestOf(path)       SHA-256 in hex of a file of this page, as the service sends it
 */
import * as api from "../../api.js";
import { hex, utf8 } from "../../lib/bytes.js";
import { sha256 } from "../../lib/hash.js";
import { refuse } from "../../lib/refusal.js";

const below = (path) => path.slice("tile/".length);

export function fromService() {
    return { name: location.origin, checkpoint: async () => utf8(await api.readCheckpoint()),
        bundle: (path) => api.readTile(below(path)), tile: (path) => api.readTile(below(path)) };
}

export function fromFolder(files) {
    const checkpoint = files.find((file) => file.name === "checkpoint");
    if (!checkpoint) return null;
    const root = pathOf(checkpoint).slice(0, -"checkpoint".length);
    const byPath = new Map(files.map((file) => [pathOf(file).slice(root.length), file]));
    const read = async (path) => {
        const file = byPath.get(path) ?? refuse("bundle.missing", path);
        return new Uint8Array(await file.arrayBuffer());
    };
    return { name: root || checkpoint.name, checkpoint: () => read("checkpoint"), bundle: read, tile: read };
}

const pathOf = (file) => file.webkitRelativePath || file.name;

export async function digestOf(path) {
    return hex(sha256(await api.readPageFile(path)));
}
