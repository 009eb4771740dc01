/*
 * standalone.mjs - pages that check as one file each: web/vendor/check-standalone.html, the second
 * device's, and report-check-standalone.html, a stranger's who holds a signed report.
 *
 * Every module a page needs stands in the file as a data: address of an import map, so it opens from
 * a disk, a stick or another operator, and asks the service that it checks for nothing but the public
 * log. Prints each file's SHA-256; that of the first stands on the meeting sheet.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("./", import.meta.url));
const PAGES = [
    { output: "check-standalone.html", entry: "pages/check.js", title: "核对", last: "vote.css" },
    { output: "report-check-standalone.html", entry: "pages/report-check.js", title: "核对报告签署", last: "proof.css" },
];
const STYLES = ["tokens.css", "base.css", "components.css", "lists.css"];
const POLICY = "default-src 'none'; script-src 'unsafe-inline' data: 'wasm-unsafe-eval'; style-src 'unsafe-inline'; " +
    "img-src data:; connect-src http: https:; form-action 'none'; base-uri 'none'";

/** "from './x.js'", "import './x.js'" and "import('./x.js')" */
const IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}\/[^"']+)\2/g;

/** Reads a module and all it imports; relative names become names of the import map. */
function collect(path, modules = new Map()) {
    if (modules.has(path)) return modules;
    modules.set(path, "");
    const source = readFileSync(join(WEB, path), "utf8").replace(IMPORT, (whole, before, quote, name) => {
        const target = normalize(join(dirname(path), name));
        collect(target, modules);
        return `${before}${quote}xiling/${target}${quote}`;
    });
    modules.set(path, source);
    return modules;
}

const encode = (source) => `data:text/javascript;base64,${Buffer.from(source, "utf8").toString("base64")}`;

function build({ entry, title, last }) {
    const imports = {};
    for (const [path, source] of collect(entry)) imports[`xiling/${path}`] = encode(source);
    const styles = [...STYLES, last].map((name) => readFileSync(join(WEB, "style", name), "utf8").replace(/@import[^;]+;/g, "")).join("\n");
    const [open, close] = ["<sty" + "le>", "</sty" + "le>"];
    const [module, map, end] = ["<scr" + 'ipt type="module">', "<scr" + 'ipt type="importmap">', "</scr" + "ipt>"];
    return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>西泠 · ${title}</title>
${open}
${styles}
${close}
${map}${JSON.stringify({ imports })}${end}
</head>
<body>
${module}import "xiling/${entry}";${end}
</body>
</html>
`;
}

mkdirSync(join(WEB, "vendor"), { recursive: true });
for (const one of PAGES) {
    const page = build(one);
    writeFileSync(join(WEB, "vendor", one.output), page);
    console.log(`${createHash("sha256").update(page).digest("hex")}  ${one.output}`);
}
