/**
 * source.js - a document that has been checked, ready to be drawn page by page.
 *
 *   prepareSource(format)                    begins to fetch what drawing will need, while the bytes come
 *   openSource(bytes, format) → source      format: "PDF", "JPEG", "PNG", "TXT"; throws if it cannot be shown
 *       source.count                         pages
 *       source.size(n) → Promise of { width, height } at 100 %, in CSS pixels; n from 1
 *       source.draw(n, canvas, scale) → { done: Promise, cancel() }
 *       source.words(n) → Promise of the text of a page, for those who listen; "" if there is none
 *       source.text                          of a TXT: its text, which needs no drawing
 *
 * `bytes` are those that were hashed, and nothing else is drawn; a PDF takes them over (they are empty
 * afterwards). No script of a document runs, no form of it is alive, and it loads nothing from elsewhere:
 * pdf.js comes without its scripting sandbox and finds fonts and maps in vendor/.
 */
const VENDOR = new URL("../../vendor/pdfjs/", import.meta.url);
const POINT = 96 / 72;
let library = null;

/** The page's policy names this one address of a worker, and no other script can be started. */
function startWorker() {
    const address = new URL("pdf.worker.mjs", VENDOR).href;
    const policy = globalThis.trustedTypes?.createPolicy("xiling-worker", { createScriptURL: () => address });
    return new Worker(policy ? policy.createScriptURL(address) : address, { type: "module" });
}

async function loadLibrary() {
    const worker = startWorker();
    const loaded = await import("../../vendor/pdfjs/pdf.mjs");
    loaded.GlobalWorkerOptions.workerPort = worker;
    return loaded;
}

export function prepareSource(format) {
    if (format === "PDF") library ??= loadLibrary();
}

async function openPdf(bytes) {
    prepareSource("PDF");
    const { getDocument } = await library;
    const file = await getDocument({ data: bytes, isEvalSupported: false, enableXfa: false,
        cMapUrl: new URL("cmaps/", VENDOR).href, cMapPacked: true, wasmUrl: new URL("wasm/", VENDOR).href,
        standardFontDataUrl: new URL("standard_fonts/", VENDOR).href, verbosity: 0 }).promise;
    return { count: file.numPages, size, draw, words };

    async function size(n) {
        const { width, height } = (await file.getPage(n)).getViewport({ scale: POINT });
        return { width, height };
    }
    function draw(n, canvas, scale) {
        let task = null;
        let gone = false;
        const done = file.getPage(n).then((page) => {
            if (gone) return undefined;
            const viewport = page.getViewport({ scale: POINT * scale });
            canvas.width = Math.floor(viewport.width);
            canvas.height = Math.floor(viewport.height);
            task = page.render({ canvas, viewport });
            return task.promise.finally(() => page.cleanup());
        });
        return { done, cancel: () => { gone = true; task?.cancel(); } };
    }
    async function words(n) {
        const { items } = await (await file.getPage(n)).getTextContent();
        return items.map(({ str, hasEOL }) => str + (hasEOL ? "\n" : "")).join("");
    }
}

async function openPicture(bytes, type) {
    const picture = await createImageBitmap(new Blob([bytes], { type }));
    const { width, height } = picture;
    return { count: 1, size: async () => ({ width, height }), words: async () => "", draw };

    function draw(n, canvas, scale) {
        canvas.width = Math.max(1, Math.round(width * scale));
        canvas.height = Math.max(1, Math.round(height * scale));
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        return { done: Promise.resolve(), cancel: () => {} };
    }
}

function openText(bytes) {
    return { count: 1, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
}

export async function openSource(bytes, format) {
    if (format === "PDF") return openPdf(bytes);
    if (format === "TXT") return openText(bytes);
    return openPicture(bytes, format === "PNG" ? "image/png" : "image/jpeg");
}
