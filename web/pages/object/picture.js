/**
 * picture.js - receipt and code as one picture, drawn on the device, so that no server ever sees the code.
 *
 *   drawPicture({ title, rows: [label, text], head, code, foot }) → a data: address of a PNG
 *        code: as keyCodePrint writes it; it is there in nine groups, and as a QR code
 */
import { el } from "../../ui/dom.js";
import { drawQr } from "../../ui/qr.js";

const [WIDTH, HEIGHT, EDGE, QR] = [720, 1280, 40, 400];

/** Between words where there are any, else between characters. */
function wrapped(pen, text) {
    const lines = [""];
    for (const piece of text.match(/[\x21-\x7e]+ ?|./gu) ?? []) {
        if (lines.at(-1) !== "" && pen.measureText(lines.at(-1) + piece).width > WIDTH - 2 * EDGE) lines.push("");
        lines[lines.length - 1] += piece;
    }
    return lines;
}

export function drawPicture({ title, rows, head, code, foot }) {
    const canvas = el("canvas", { width: WIDTH, height: HEIGHT });
    const pen = canvas.getContext("2d");
    let y = 30;
    const write = (text, size, weight = "") => {
        pen.font = `${weight} ${size}px sans-serif`;
        for (const line of wrapped(pen, text)) {
            y += Math.round(1.6 * size);
            pen.fillText(line, EDGE, y);
        }
    };
    pen.fillStyle = "white";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.fillStyle = "black";
    write(title, 40, "bold");
    for (const [label, text] of rows) write(`${label}  ${text}`, 24);
    y += 20;
    write(head, 30, "bold");
    for (const row of code.replaceAll("-", "").match(/.{9}/g)) write(row.match(/.{3}/g).join("   "), 44, "bold");
    drawQr(pen, code, (WIDTH - QR) / 2, y + 40, QR);
    y += QR + 60;
    pen.fillStyle = "black";
    write(foot, 22);
    return canvas.toDataURL("image/png");
}
