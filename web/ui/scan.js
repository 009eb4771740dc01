/**
 * scan.js - reads a QR code by camera, with typing always beside it. Nobody compares long strings by eye
 * where a camera can do it, and nobody needs a camera.
 *
 *   scanPanel({ label, hint, typed: { label, code: true, check }, found, fine })
 *       found(text, "camera" | "typed") → a sentence to show if it does not fit, else nothing
 *       fine: the codes are large and their modules small; the picture is read in full size
 *       the camera runs only while the panel is in the page and after the person asked for it
 */
import { button, el, field, fill, input } from "./dom.js";
import { t } from "./language.js";

const COARSE = 720;
const FINE = 1440;

async function reader(width) {
    if ("BarcodeDetector" in globalThis) {
        const known = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => []);
        if (known.includes("qr_code")) {
            const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
            return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
        }
    }
    const { default: jsQR } = await import("../vendor/jsqr.mjs");
    const canvas = document.createElement("canvas");
    return async (video) => {
        const scale = Math.min(1, width / (video.videoWidth || width));
        canvas.width = Math.round(video.videoWidth * scale);
        canvas.height = Math.round(video.videoHeight * scale);
        if (canvas.width === 0) return null;
        const context = canvas.getContext("2d", { willReadFrequently: true });
        context.drawImage(video, 0, 0, canvas.width, canvas.height);
        const image = context.getImageData(0, 0, canvas.width, canvas.height);
        return jsQR(image.data, image.width, image.height)?.data || null;
    };
}

async function watch(video, stream, width, found) {
    const read = await reader(width);
    let last = "";
    while (video.isConnected) {
        const text = await read(video).catch(() => null);
        if (text && text !== last) {
            last = text;
            if (!found(text)) break;
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
    }
    for (const track of stream.getTracks()) track.stop();
}

export function scanPanel({ label, hint, typed, found, fine }) {
    const said = el("p", { class: "small", role: "status" });
    const stage = el("div", { class: "stack" });
    const start = button("", label, openCamera, { icon: "scan" });
    fill(stage, start);

    async function openCamera() {
        fill(said, t("scan.opening"));
        try {
            const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", ...(fine ? { width: { ideal: FINE } } : {}) } });
            const video = el("video", { class: "camera", playsinline: true, muted: true, "aria-label": t("scan.view") });
            video.srcObject = stream;
            fill(stage, video);
            await video.play();
            fill(said, t("scan.hold"));
            await watch(video, stream, fine ? FINE : COARSE, (text) => {
                const complaint = found(text, "camera");
                fill(said, complaint || t("scan.read"));
                return complaint;
            });
            fill(stage, start);
        } catch {
            fill(stage, start);
            fill(said, t("scan.none"));
        }
    }

    const control = input({ code: true, enterkeyhint: "done", ...typed.input });
    const line = field({ label: typed.label, hint, input: control });
    const take = () => line.say(found(control.value, "typed") || "");
    control.addEventListener("keydown", (event) => { if (event.key === "Enter") take(); });
    return el("div", { class: "stack" }, stage, said, line, button("quiet", typed.button ?? t("do.compare"), take));
}
