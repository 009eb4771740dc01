/*
 * twin.mjs - asks the C verifier about what JavaScript has made.
 *
 *   AUDIT                            path of xiling-audit of the build under test, or "" if there is none
 *   saveLog(folder, served, size, vkey)    the files of a log, as the service serves and exports them
 *   auditVerify(folder) -> { status, output }
 *   auditTypes() -> the table of types as JSON
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { bundlePath, bundlesOf, tilePath, tilesOf } from "../../web/lib/tile.js";

const path = resolve(process.env.XILING_BUILD ?? "build/release", "xiling-audit");
export const AUDIT = existsSync(path) ? path : "";

export async function saveLog(folder, { checkpoint, bundles, tiles }, size, vkey) {
    const save = (name, contents) => {
        const file = join(folder, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, contents);
    };
    save("checkpoint", checkpoint);
    for (const { index, width } of bundlesOf(size)) {
        save(bundlePath({ index, width }), await bundles(index, width));
    }
    for (const tile of tilesOf(size)) {
        save(tilePath(tile), await tiles(tilePath(tile)));
    }
    save("vkey", `${vkey}\n`);
}

function audit(...words) {
    const { status, stdout, stderr } = spawnSync(AUDIT, words, { encoding: "utf8" });
    return { status, output: stdout + stderr };
}

export function auditVerify(folder) {
    return audit("verify", folder, "--vkey", join(folder, "vkey"));
}

export function auditTypes() {
    return JSON.parse(audit("types", "json").output);
}
