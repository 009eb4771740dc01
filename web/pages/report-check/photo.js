/**
 * photo.js - the QR codes in a photograph or a scan of a signing page; there may be several.
 *
 *   readCodes(File) → Promise of texts, in no order; [] if there is none
 *
 * The browser's own reader finds all at once. Ours finds one at a time: what it has read is painted
 * over, and it looks again; a code too fine for one size of the picture may be read at another.
 */
const SIDES = [1600, 2400, 1000];
const CODES_MAX = 12;

async function byBrowser(image) {
    if (!("BarcodeDetector" in globalThis)) return [];
    const known = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!known.includes("qr_code")) return [];
    const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
    return (await detector.detect(image)).map(({ rawValue }) => rawValue);
}

function draw(image, side) {
    const scale = side / Math.max(image.width, image.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return context;
}

function paintOver(context, corners) {
    context.fillStyle = "white";
    context.beginPath();
    corners.forEach(({ x, y }) => context.lineTo(x, y));
    context.fill();
}

async function oneByOne(image, side, found) {
    const { default: jsQR } = await import("../../vendor/jsqr.mjs");
    const context = draw(image, side);
    const { width, height } = context.canvas;
    for (let i = 0; i < CODES_MAX; i += 1) {
        const code = jsQR(context.getImageData(0, 0, width, height).data, width, height);
        if (!code) return;
        if (code.data) found.add(code.data);
        const { topLeftCorner: a, topRightCorner: b, bottomRightCorner: c, bottomLeftCorner: d } = code.location;
        paintOver(context, [a, b, c, d]);
    }
}

export async function readCodes(file) {
    const image = await createImageBitmap(file);
    const found = new Set(await byBrowser(image).catch(() => []));
    for (const side of SIDES) {
        if (found.size > 0) break;
        await oneByOne(image, side, found);
    }
    image.close();
    return [...found];
}
