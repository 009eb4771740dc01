/*
 * vendor.mjs - copies libsodium, pdf.js and the two QR libraries from node_modules to web/vendor/, as
 * the pages load them.
 *
 * The two ES modules are taken as npm delivers them (their integrity stands in the lock file); only
 * the bare import becomes a relative one, and an import of random.mjs comes first. Beside each file
 * stand precompressed copies. Of pdf.js it is the build for older browsers, and with it everything that
 * a document may need beside its own bytes (character maps, standard fonts, decoders), so that no page
 * asks another host; its scripting sandbox is left out. `node web/vendor.mjs` prints the SHA-256 of every file served.
 */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FROM = new URL("./node_modules/", import.meta.url);
const TO = new URL("./vendor/", import.meta.url);

/* Node 18 has no global `crypto`, without which libsodium refuses to start; browsers have one. */
const RANDOM = `if (globalThis.crypto === undefined) {
    globalThis.crypto = (await import("node:crypto")).webcrypto;
}
`;

function read(path) {
    return readFileSync(new URL(path, FROM), "utf8");
}

function wrappers() {
    const source = read("libsodium-wrappers-sumo/dist/modules-sumo-esm/libsodium-wrappers.mjs");
    const bare = /from\s*"libsodium-sumo"/g;
    if (source.match(bare)?.length !== 1) {
        throw new Error("libsodium-wrappers.mjs does not import libsodium-sumo exactly once");
    }
    return `import "./random.mjs";\n${source.replace(bare, 'from "./libsodium-sumo.mjs"')}`;
}

/** The reader comes as a script for any kind of loader; here it becomes a module. */
function reader() {
    const source = read("jsqr/dist/jsQR.js");
    return `const module = { exports: {} };\nconst exports = module.exports;\n${source}\nexport default module.exports.default ?? module.exports;\n`;
}

function write(name, text) {
    const bytes = Buffer.from(text, "utf8");
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    writeFileSync(new URL(name, TO), bytes);
    writeFileSync(new URL(`${name}.gz`, TO), gzipSync(bytes, { level: 9 }));
    writeFileSync(new URL(`${name}.br`, TO), brotliCompressSync(bytes, quality));
    console.log(`${createHash("sha256").update(bytes).digest("hex")}  ${name}`);
}

/** The files of one folder of pdf.js as they are; their licences as texts, which the service sends. */
function copyFolder(folder, wanted) {
    mkdirSync(new URL(`pdfjs/${folder}/`, TO), { recursive: true });
    for (const name of readdirSync(new URL(`pdfjs-dist/${folder}/`, FROM))) {
        if (!wanted.test(name) && !name.startsWith("LICENSE")) continue;
        const target = name.startsWith("LICENSE") ? `${name}.txt` : name;
        copyFileSync(new URL(`pdfjs-dist/${folder}/${name}`, FROM), new URL(`pdfjs/${folder}/${target}`, TO));
    }
}

function copyPdf() {
    copyFolder("cmaps", /\.bcmap$/);
    copyFolder("standard_fonts", /\.(pfb|ttf)$/);
    copyFolder("wasm", /\.wasm$/);
    copyFileSync(new URL("pdfjs-dist/LICENSE", FROM), new URL("pdfjs/LICENSE.txt", TO));
    write("pdfjs/pdf.mjs", read("pdfjs-dist/legacy/build/pdf.min.mjs"));
    write("pdfjs/pdf.worker.mjs", read("pdfjs-dist/legacy/build/pdf.worker.min.mjs"));
}

mkdirSync(TO, { recursive: true });
copyPdf();
write("random.mjs", RANDOM);
write("libsodium-sumo.mjs", read("libsodium-sumo/dist/modules-sumo-esm/libsodium-sumo.mjs"));
write("libsodium-wrappers.mjs", wrappers());
write("qrcode.mjs", read("qrcode-generator/dist/qrcode.mjs"));
write("jsqr.mjs", reader());
