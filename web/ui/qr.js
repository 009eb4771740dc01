/**
 * qr.js - draws QR codes on the device, as one SVG path; for saving, as a PNG.
 *
 *   qrCode(text, label, "large"?)   an <svg>, black on white, with a quiet zone of 4 modules
 *   qrBytes(bytes, label)           of raw bytes
 *   qrPart(text, label)             of capitals, digits and $%*+-./: only, which take less room
 *   qrPng(text, scale)              Promise<Blob> of a PNG
 *   drawQr(context, text, x, y, size)   onto a canvas
 */
import qrcode from "../vendor/qrcode.mjs";
import { svg } from "./dom.js";

const QUIET = 4;

function make(text, mode) {
    const code = qrcode(0, "M");
    code.addData(text, mode);
    code.make();
    return code;
}

function modules(content) {
    // The library's "Byte" mode takes one character for one byte.
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return make(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""), "Byte");
}

function eachDark(code, call) {
    const count = code.getModuleCount();
    for (let row = 0; row < count; row += 1) {
        for (let column = 0; column < count; column += 1) {
            if (code.isDark(row, column)) call(column + QUIET, row + QUIET);
        }
    }
    return count + 2 * QUIET;
}

function picture(code, label, size) {
    const steps = [];
    const side = eachDark(code, (x, y) => steps.push(`M${x} ${y}h1v1h-1z`));
    return svg("svg", { class: `qr ${size}`.trim(), viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": label,
        "shape-rendering": "crispEdges" }, svg("path", { d: steps.join("") }));
}

export const qrCode = (content, label, size = "") => picture(modules(content), label, size);
export const qrPart = (text, label) => picture(make(text, "Alphanumeric"), label, "");
export const qrBytes = qrCode;

export function drawQr(context, content, x, y, size) {
    const code = modules(content);
    const module = Math.floor(size / (code.getModuleCount() + 2 * QUIET));
    context.fillStyle = "white";
    context.fillRect(x, y, size, size);
    context.fillStyle = "black";
    eachDark(code, (column, row) => context.fillRect(x + column * module, y + row * module, module, module));
}

export function qrPng(content, module = 8) {
    const side = (modules(content).getModuleCount() + 2 * QUIET) * module;
    const canvas = document.createElement("canvas");
    canvas.width = side;
    canvas.height = side;
    drawQr(canvas.getContext("2d"), content, 0, 0, side);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
