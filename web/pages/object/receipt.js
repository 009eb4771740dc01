/**
 * receipt.js - what the objector keeps: that it was received and when, and the code, shown until it is
 * put somewhere else.
 *
 * The receipt is public and has addresses: a page, the proof as text, a picture of the page's code. The code
 * has none, ever: its picture is drawn and its text written here. Neither holds a name or a subject.
 *
 *   receiptView(room) → nodes      room.filed, room.proof, room.second, room.status, room.sending
 *   openSecond(pin, status) → the service's own receipt for the material, or null; { hash, proof }
 *   serialOf(notice, number)
 */
import * as api from "../../api.js";
import { base64Decode, hex, utf8 } from "../../lib/bytes.js";
import { keyCodePrint } from "../../lib/code.js";
import { parseEntry } from "../../lib/entry.js";
import { printReceiptCode } from "../../lib/objection_code.js";
import { must } from "../../lib/refusal.js";
import { parseStatement, value } from "../../lib/statement.js";
import { codeGrid } from "../../ui/code.js";
import { copyButton } from "../../ui/copy.js";
import { button, card, el, facts, link, progress } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { openReceipt } from "../../ui/log.js";
import { qrCode } from "../../ui/qr.js";
import { receiptCard, receiptPage } from "../../ui/receipt.js";
import { banner, verifiedBanner } from "../../ui/state.js";
import { clock, day, instant, moment, until } from "../../ui/time.js";
import { sizeText } from "../../ui/upload.js";
import { drawPicture } from "./picture.js";

export const serialOf = (notice, number) => `${notice}-${String(number).padStart(4, "0")}`;

const isLate = ({ proof, notice }) => instant(proof.time) >= instant(notice.end);
const countsOf = (parts, kind) => parts.filter((part) => part.kind === kind).length;

function partsText({ parts }) {
    const pairs = countsOf(parts, "身份");
    return t("obj.parts", { text: countsOf(parts, "正文"), files: countsOf(parts, "附件"), seals: countsOf(parts, "身份附件") / pairs });
}

export async function openSecond(pin, { acts, case: objection }) {
    const act = acts.find(({ type }) => type === "objection.receive");
    if (!act) return null;
    const { hash } = parseStatement(parseEntry(utf8(await api.readEntry(act.index))).note);
    const { receipt } = await api.readReceipt(hex(hash));
    const proof = openReceipt(pin, receipt);
    must(proof.statement.type === act.type && hex(base64Decode(value(proof.statement, "案件"))) === objection, "receipt.text");
    return { hash: hex(hash), proof };
}

function sendingCard({ sending, status, second }) {
    if (status && status.state !== "待材料") {
        return card([el("h2", {}, t("obj.sent")), el("p", {}, t("obj.sent.body")),
            second && link(t("obj.second", { n: second.proof.index, t: moment(second.proof.time) }), receiptPage(second.hash), "quiet", { icon: "check" })]);
    }
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

const wordsOf = (room) => lines(room).map(([label, value]) => [label, typeof value === "string" ? value : value.textContent]);

/** Drawn anew only when its words change: a page that is drawn again keeps the picture. */
function pictureOf(room, code) {
    const rows = wordsOf(room);
    const words = JSON.stringify(rows);
    if (room.picture?.words !== words) {
        room.picture = { words, address: drawPicture({ title: t("obj.receipt"), rows, head: t("obj.code"), code, foot: t("obj.code.keep") }) };
    }
    return room.picture.address;
}

function plainText(room, code) {
    const rows = wordsOf(room).map(([label, value]) => `${label}: ${value}`);
    return `${t("obj.receipt")}\n${rows.join("\n")}\n${receiptPage(room.filed.hash)}\n${t("obj.code")}: ${printReceiptCode(base64Decode(room.filed.code))}\n${t("obj.code.keep")}\n`;
}

/** Everything here may be shown to anybody, and every link can be kept, sent and opened again. */
function publicLinks({ filed }) {
    const page = receiptPage(filed.hash);
    return el("div", { class: "stack no-print" }, link(t("obj.public.page"), page, "", { icon: "scan" }),
        el("div", { class: "pair always" }, link(t("obj.public.qr"), api.qrImage(page), "quiet", { icon: "save", download: "xiling-receipt.png" }),
            link(t("obj.save.proof"), `/api/receipts/${filed.hash}`, "quiet", { icon: "save", download: "xiling-receipt.txt" })));
}

/** Nine boxes to write down, a code for another device, a picture to hold or to save, a text to copy. */
function codeCard(room) {
    const code = keyCodePrint(base64Decode(room.filed.code));
    const image = pictureOf(room, code);
    const text = el("pre", { class: "typed mono small" }, plainText(room, code));
    return card([el("h2", {}, t("obj.code")), el("p", {}, el("b", {}, t("obj.code.once")), t("obj.code.body")), codeGrid(code), qrCode(code, t("obj.code.qr")),
        link(t("obj.save"), image, "ink no-print", { icon: "save", download: "xiling-objection.png" }),
        el("details", { class: "no-print" }, el("summary", {}, t("obj.wechat")), el("p", { class: "small" }, t("obj.wechat.body")), el("img", { class: "receipt-picture", src: image, alt: t("obj.receipt") })),
        el("details", { class: "no-print" }, el("summary", {}, t("obj.save.text")), text, copyButton(t("do.copy"), () => text.textContent, text))]);
}

export function receiptView(room) {
    const { notice, proof, filed, page } = room;
    const late = isLate(room);
    page.title(t(late ? "obj.late.word" : "obj.received.word"));
    return [el("h1", {}, t("obj.receipt")), late ? banner("wait", t("obj.late.word"), t("obj.late.body", { t: until(notice.end), n: proof.index })) : verifiedBanner(proof, t("obj.received.word"), t("obj.received.body", { n: proof.index })),
        sendingCard(room),
        codeCard(room),
        receiptCard(proof, { title: t("obj.receipt.public"), index: proof.index, time: proof.time, rows: lines(room), qrSrc: api.qrImage(receiptPage(filed.hash)), note: t("obj.public.note") }),
        publicLinks(room),
        button("no-print", t("do.print"), () => print(), { icon: "print" }),
        link(t("obj.progress"), "status.html", "quiet"),
        el("p", { class: "small" }, t("obj.receipt.note")),
        button("quiet", t("obj.clear"), room.clear)];
}
