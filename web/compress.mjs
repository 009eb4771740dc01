/*
 * compress.mjs - writes FILE.br and FILE.gz beside every file of the pages, so that the service sends
 * the small one. A copy older than its file is not sent, so an edited file needs no new run.
 */
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const WEB = new URL("./", import.meta.url);
const FOLDERS = ["", "i18n/", "lib/", "pages/", "style/", "ui/", "vendor/"];
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Every file of a folder and of the folders in it, as "pages/booth/cast.js". */
function filesOf(folder) {
    const rows = readdirSync(new URL(folder || "./", WEB), { withFileTypes: true });
    const files = rows.filter((row) => row.isFile() && /\.(js|css|html|svg)$/.test(row.name)).map((row) => folder + row.name);
    const within = folder === "" ? [] : rows.filter((row) => row.isDirectory()).flatMap((row) => filesOf(`${folder}${row.name}/`));
    return [...files, ...within];
}

function isFresh(copy, file) {
    const stat = statSync(copy, { throwIfNoEntry: false });
    return stat !== undefined && stat.mtimeMs >= statSync(file).mtimeMs;
}

for (const name of FOLDERS.flatMap(filesOf)) {
    const file = new URL(name, WEB);
    const bytes = readFileSync(file);
    const pack = { ".br": () => brotliCompressSync(bytes, QUALITY), ".gz": () => gzipSync(bytes, { level: 9 }) };
    for (const [ending, make] of Object.entries(pack)) {
        const copy = new URL(name + ending, WEB);
        if (!isFresh(copy, file)) writeFileSync(copy, make());
    }
}
