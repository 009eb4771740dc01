/**
 * receipt.js - what the objector keeps: that it was received and when, and the code, shown until it is
 * put somewhere else. The picture and the text that are saved hold no name and no subject.
 *
 *   receiptView(room) → nodes      room.filed, room.proof, room.status, room.sending
 *   serialOf(notice, number)
 */
import { base64Decode } from "../../lib/bytes.js";
import { keyCodePrint } from "../../lib/code.js";
import { codeGrid } from "../../ui/code.js";
import { button, card, el, facts, link, progress } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { drawQr, qrCode } from "../../ui/qr.js";
import { receiptCard } from "../../ui/receipt.js";
import { banner, verifiedBanner } from "../../ui/state.js";
import { clock, day, instant, until } from "../../ui/time.js";
import { sizeText } from "../../ui/upload.js";

export const serialOf = (notice, number) => `${notice}-${String(number).padStart(4, "0")}`;

const isLate = ({ proof, notice }) => instant(proof.time) >= instant(notice.end);
const countsOf = (parts, kind) => parts.filter((part) => part.kind === kind).length;

function partsText({ parts }) {
    const pairs = countsOf(parts, "身份");
    return t("obj.parts", { text: countsOf(parts, "正文"), files: countsOf(parts, "附件"), seals: countsOf(parts, "身份附件") / pairs });
}

function sendingCard({ sending, status }) {
    if (status && status.state !== "待材料") return card([el("h2", {}, t("obj.sent")), el("p", {}, t("obj.sent.body"))]);
    const { sent, total, state } = sending;
    return card([el("h2", {}, t("obj.sending", { sent: sizeText(sent), total: sizeText(total) })), progress(sent, total, state === "lost" ? "wait" : ""),
        el("p", { class: "small", role: "status" }, t(state === "lost" ? "obj.sending.lost" : "obj.sending.body", { t: status?.due ? until(status.due) : "" }))]);
}

const lines = (room) => {
    const { notice, proof, status, filed } = room;
    const late = isLate(room);
    return [[t("obj.serial"), status ? serialOf(notice.id, status.number) : t("obj.serial.wait")], [t("obj.time"), `${day(proof.time)} ${clock(proof.time, true)}`],
        [t("obj.intime"), late ? t("obj.intime.no", { t: until(notice.end) }) : t("obj.intime.yes", { t: until(notice.end) })], [t("obj.material"), partsText(filed)],
        [t("obj.when"), t("obj.when.body", { a: notice.rules.accept, i: notice.rules.investigate, w: notice.rules.answer })], [t("obj.key"), el("span", { class: "mono" }, notice.key)]];
};

/** As saved: the same words, the code and its QR; drawn here, so that no server ever sees the code. */
function picture(room, code) {
    const canvas = el("canvas", { width: 720, height: 1080 });
    const pen = canvas.getContext("2d");
    const write = (text, y, font) => {
        pen.font = `${font} sans-serif`;
        pen.fillText(text, 40, y);
    };
    pen.fillStyle = "white";
    pen.fillRect(0, 0, 720, 1080);
    pen.fillStyle = "black";
    write(t("obj.receipt"), 70, "bold 40px");
    lines(room).filter(([, value]) => typeof value === "string").forEach(([label, value], i) => write(`${label}  ${value}`, 130 + 44 * i, "24px"));
    write(t("obj.code"), 400, "bold 30px");
    code.replaceAll("-", "").match(/.{9}/g).forEach((row, i) => write(row.match(/.{3}/g).join("   "), 460 + 56 * i, "bold 44px"));
    drawQr(pen, code, 160, 620, 400);
    pen.fillStyle = "black";
    write(t("obj.code.keep"), 1050, "22px");
    return base64Decode(canvas.toDataURL("image/png").split(",")[1]);
}

/** Drawn anew only when its words change: a page that is drawn again keeps the address. */
function pictureAddress(room, code) {
    const words = JSON.stringify(lines(room).map(([, value]) => value));
    if (room.picture?.words !== words) room.picture = { words, address: URL.createObjectURL(new Blob([picture(room, code)], { type: "image/png" })) };
    return room.picture.address;
}

function textFile(room, code) {
    const rows = lines(room).map(([label, value]) => `${label}: ${typeof value === "string" ? value : value.textContent}`);
    return `${t("obj.receipt")}\n${rows.join("\n")}\n${t("obj.code")}: ${code}\n${t("obj.code.keep")}\n`;
}

const download = (text) => URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));

export function receiptView(room) {
    const { notice, proof, filed, page } = room;
    const code = keyCodePrint(base64Decode(filed.code));
    const late = isLate(room);
    page.title(t(late ? "obj.late.word" : "obj.received.word"));
    const image = pictureAddress(room, code);
    return [late ? banner("wait", t("obj.late.word"), t("obj.late.body", { t: until(notice.end), n: proof.index })) : verifiedBanner(proof, t("obj.received.word"), t("obj.received.body", { n: proof.index })),
        sendingCard(room),
        receiptCard(proof, { title: t("obj.receipt"), index: proof.index, time: proof.time, rows: lines(room) }),
        card([el("h2", {}, t("obj.code")), el("p", {}, el("b", {}, t("obj.code.once")), t("obj.code.body")), codeGrid(code), qrCode(code, t("obj.code.qr"))]),
        link(t("obj.save"), image, "ink", { icon: "save", download: "xiling-objection.png" }),
        el("div", { class: "pair no-print" }, link(t("obj.save.text"), download(textFile(room, code)), "", { icon: "save", download: "xiling-objection.txt" }),
            link(t("obj.save.proof"), download(filed.receipt), "", { icon: "save", download: "xiling-receipt.txt" }), button("", t("do.print"), () => print(), { icon: "print" })),
        el("details", { class: "no-print" }, el("summary", {}, t("obj.wechat")), el("p", { class: "small" }, t("obj.wechat.body")), el("img", { class: "receipt-picture", src: image, alt: t("obj.receipt") })),
        link(t("obj.progress"), "status.html", "quiet"),
        el("p", { class: "small" }, t("obj.receipt.note")),
        button("quiet", t("obj.clear"), room.clear)];
}
