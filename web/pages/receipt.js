/**
 * receipt.js - a receipt as a page: by its address (?ballot=<hash>), as a file, or pasted; verified here.
 *
 * The log's key is the one this device is pinned to; a device that never saw this log takes it from the
 * service and keeps it. With a file nothing else is needed.
 */
import words from "../i18n/booth.js";
import * as api from "../api.js";
import { fingerprint } from "../lib/ballot.js";
import { base64Decode } from "../lib/bytes.js";
import { shortCode } from "../lib/code.js";
import { value, values } from "../lib/statement.js";
import { button, el, field, input, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { openReceipt, verifyAcceptance } from "../ui/log.js";
import { receiptCard } from "../ui/receipt.js";
import { explain } from "../ui/refusal.js";
import { pinService } from "../ui/signer.js";
import { banner, verifiedBanner } from "../ui/state.js";
import { statementBlock } from "../ui/statement.js";
import { readPin } from "../ui/store.js";
import { moment } from "../ui/time.js";
import { printFoot, receiptAddress, receiptParts } from "./booth/cast.js";

const EVERY = 3000;
const page = openPage({ title: "receipt.title", table: words });
const asked = new URLSearchParams(location.search).get("ballot");
let pin = null;

function fingerprintOf(statement) {
    const pairs = values(statement, "选择").map((text) => {
        const bytes = base64Decode(text);
        return { alpha: bytes.slice(0, 32), beta: bytes.slice(32, 64) };
    });
    return shortCode(fingerprint(base64Decode(value(statement, "清单")), value(statement, "附码"), pairs));
}

function goodView(receipt, hash) {
    const { statement } = receipt;
    const url = hash && receiptAddress(hash);
    const parts = statement.type === "ballot"
        ? receiptParts({ receipt, F: fingerprintOf(statement), M: base64Decode(value(statement, "清单")), url })
        : { title: statement.type, index: receipt.index, time: receipt.time, rows: [[t("receipt.time"), moment(receipt.time)]] };
    return [el("h1", { class: "no-print" }, t("receipt.page")),
        verifiedBanner(receipt, t("receipt.good"), t("receipt.good.body", { n: receipt.index, t: moment(receipt.time) })),
        receiptCard(receipt, parts), printFoot(receipt, url),
        hash && el("div", { class: "pair no-print" }, link(t("receipt.save"), `/api/receipts/${hash}`, "", { icon: "save", download: "receipt.txt" }),
            link(t("receipt.image"), api.qrImage(url), "quiet", { icon: "save", download: "receipt.png" }),
            button("quiet", t("receipt.print"), () => window.print(), { icon: "print" })),
        el("details", { class: "no-print" }, el("summary", {}, t("receipt.text")), statementBlock(statement.text, { signed: false, title: t("receipt.text") })),
        otherButton()];
}

function badView(error) {
    return [el("h1", {}, t("receipt.page")), banner("stop", t("receipt.bad"), t("receipt.bad.body", { rule: error.rule ?? error.message })), otherButton()];
}

function otherButton() {
    return button("quiet", t("receipt.open"), () => page.show(openView, true), { icon: "file" });
}

function judge(text, hash) {
    try {
        const receipt = openReceipt(pin, text);
        page.show(() => goodView(receipt, hash), true);
    } catch (error) {
        page.show(() => badView(error), true);
    }
}

function openView() {
    const file = input({ type: "file", accept: ".txt,text/plain" });
    file.addEventListener("change", async () => judge(await file.files[0].text(), null));
    const pasted = input({ rows: 6, spellcheck: "false" });
    const place = field({ label: t("receipt.paste"), input: pasted });
    return [el("h1", {}, t("receipt.page")), el("p", {}, t("receipt.intro")), field({ label: t("receipt.open"), input: file }), place,
        button("ink", t("receipt.paste.button"), () => judge(pasted.value.endsWith("\n") ? pasted.value : `${pasted.value}\n`, null))];
}

function waitingView({ by }) {
    return [el("h1", {}, t("receipt.page")), banner("wait", t("receipt.waiting"), t("receipt.waiting.body", { t: moment(by) }))];
}

async function follow() {
    for (;;) {
        const { receipt, acceptance } = await api.readReceipt(asked);
        if (receipt) return judge(receipt, asked);
        const note = verifyAcceptance(pin, acceptance, asked);
        page.show(() => waitingView(note));
        await new Promise((resolve) => { setTimeout(resolve, EVERY); });
    }
}

async function start() {
    try {
        pin = (await pinService().catch((error) => (error.lost ? readPin() : Promise.reject(error)))) ?? null;
        if (!pin) throw explain("refuse.net");
        if (asked) await follow();
        else page.show(openView, true);
    } catch (error) {
        page.fail(error, { label: t("receipt.open"), press: () => page.show(openView, true) });
    }
}

start();
