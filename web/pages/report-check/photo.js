/**
 * photo.js - the QR codes in a photograph or a scan of a signing page; there may be several.
 *
 *   readCodes(File, isEnough) → Promise of texts, in no order; [] if there is none
 *        isEnough(texts): no need to look for more
 *
 * The browser's own reader finds all at once, where there is one. Ours finds one code in a picture, and
 * none where there are two: so the page is cut into what looks like codes, and each is read for itself.
 */
import { findBlocks } from "./blocks.js";

const SMALL = 480;
const WHOLE = [1000, 1600];
/* A code that one size blurs another may show. */
const SIDES = [1000, 1300, 850];
const BLOCKS_MAX = 16;

async function byBrowser(image) {
    if (!("BarcodeDetector" in globalThis)) return [];
    const known = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!known.includes("qr_code")) return [];
    const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
    return (await detector.detect(image)).map(({ rawValue }) => rawValue);
}

/** A part of the picture, its longer side so many pixels. */
function draw(image, { x, y, width, height }, side) {
    const scale = side / Math.max(width, height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(image, x, y, width, height, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
}

const wholeOf = ({ width, height }) => ({ x: 0, y: 0, width, height });

function greyOf({ data, width, height }) {
    const grey = new Uint8Array(width * height);
    for (let i = 0; i < grey.length; i += 1) grey[i] = (data[4 * i] * 77 + data[4 * i + 1] * 150 + data[4 * i + 2] * 29) >> 8;
    return { data: grey, width, height };
}

/** What looks like a code, in pixels of the picture itself. */
function piecesOf(image) {
    const small = draw(image, wholeOf(image), SMALL);
    const scale = Math.max(image.width, image.height) / SMALL;
    return findBlocks(greyOf(small)).slice(0, BLOCKS_MAX)
        .map(({ x, y, width, height }) => ({ x: x * scale, y: y * scale, width: width * scale, height: height * scale }));
}

const pause = () => new Promise((resolve) => { setTimeout(resolve, 0); });

async function byOurs(image, isEnough) {
    const { default: jsQR } = await import("../../vendor/jsqr.mjs");
    const found = new Set();
    const read = async (part, sides) => {
        for (const side of sides) {
            const { data, width, height } = draw(image, part, side);
            const code = jsQR(data, width, height);
            await pause();
            if (code?.data) return found.add(code.data);
        }
        return null;
    };
    for (const piece of piecesOf(image)) if (!isEnough([...found])) await read(piece, SIDES);
    if (found.size === 0) await read(wholeOf(image), WHOLE);
    return found;
}

export async function readCodes(file, isEnough) {
    const image = await createImageBitmap(file);
    const found = await byBrowser(image).catch(() => []);
    const texts = found.length > 0 ? found : [...(await byOurs(image, isEnough))];
    image.close();
    return texts;
}
