/**
 * receipt.js - a receipt as a page: by its address (?text=<hash> of any logged text, ?ballot=<hash>), as a
 * file, or pasted; verified here.
 *
 * The log's key is the one this device is pinned to; a device that never saw this log takes it from the
 * service and keeps it: its fingerprint is shown, to be compared with what was printed. With a file nothing
 * else is needed.
 */
import words from "../i18n/booth.js";
import * as api from "../api.js";
import { fingerprint } from "../lib/ballot.js";
import { base64Decode, hex } from "../lib/bytes.js";
import { keyFingerprint, shortCode } from "../lib/code.js";
import { must } from "../lib/refusal.js";
import { value, values } from "../lib/statement.js";
import { button, card, el, facts, field, input, link } from "../ui/dom.js";
import { icon } from "../ui/icon.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { openReceipt, verifyAcceptance } from "../ui/log.js";
import { receiptCard, receiptPage } from "../ui/receipt.js";
import { explain } from "../ui/refusal.js";
import { pinService } from "../ui/signer.js";
import { banner, verifiedBanner } from "../ui/state.js";
import { statementBlock } from "../ui/statement.js";
import { readPin } from "../ui/store.js";
import { instant, moment, until } from "../ui/time.js";
import { printFoot, receiptAddress, receiptParts } from "./booth/cast.js";

const EVERY = 3000;
const page = openPage({ title: "receipt.page", table: words });
const query = new URLSearchParams(location.search);
const asked = query.get("ballot") ?? query.get("text");
const KINDS = ["objection.file", "objection.supplement", "objection.withdraw", "objection.receive", "objection.lapse"];
const model = { notice: null };
let pin = null;

function fingerprintOf(statement) {
    const pairs = values(statement, "选择").map((text) => {
        const bytes = base64Decode(text);
        return { alpha: bytes.slice(0, 32), beta: bytes.slice(32, 64) };
    });
    return shortCode(fingerprint(base64Decode(value(statement, "清单")), value(statement, "附码"), pairs));
}

/** Of an objection: which notice, in time or not, what was named. Neither name nor subject stands in it. */
function objectionRows({ time, statement }) {
    if (statement.type !== "objection.file") return [];
    const { notice } = model;
    const late = notice && instant(time) >= instant(notice.end);
    return [[t("receipt.notice"), value(statement, "公示")], notice && [t("receipt.intime"), t(late ? "receipt.intime.no" : "receipt.intime.yes", { t: until(notice.end) })],
        [t("receipt.parts"), t("receipt.parts.n", { n: values(statement, "部分").length })]];
}

function partsOf(receipt, hash, url) {
    const { statement } = receipt;
    if (statement.type === "ballot") return receiptParts({ receipt, F: fingerprintOf(statement), M: base64Decode(value(statement, "清单")), url });
    return { title: t(`receipt.of.${KINDS.includes(statement.type) ? statement.type : "other"}`), index: receipt.index, time: receipt.time,
        rows: [[t("receipt.time"), moment(receipt.time)], ...objectionRows(receipt), [t("receipt.witness"), receipt.witnesses > 0 ? t("receipt.witnesses", { n: receipt.witnesses }) : t("witness.none")]],
        qrSrc: url && api.qrImage(url) };
}

/** Whoever made up a log would have another key: the printed one decides. */
function keyCard() {
    return card([el("h2", {}, icon("lock", "text"), " ", t("receipt.key.head")), facts([[t("receipt.key"), el("b", { class: "mono" }, keyFingerprint(pin.vkey.trim()))]]),
        el("p", { class: "small" }, t("receipt.key.body"))]);
}

function goodView(receipt, hash) {
    const { statement } = receipt;
    const url = hash && (statement.type === "ballot" ? receiptAddress(hash) : receiptPage(hash));
    return [el("h1", { class: "no-print" }, t("receipt.page")),
        verifiedBanner(receipt, t("receipt.good"), t("receipt.good.body", { n: receipt.index, t: moment(receipt.time) })),
        receiptCard(receipt, partsOf(receipt, hash, url)), keyCard(), printFoot(receipt, url),
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

/** Without a network the receipt is as good; only the end of the term is not told then. */
async function readNotice({ statement }) {
    model.notice = statement.type === "objection.file" ? await api.readNotice(value(statement, "公示")).catch(() => null) : null;
}

async function judge(text, hash) {
    try {
        const receipt = openReceipt(pin, text);
        if (hash) must(hex(receipt.statement.hash) === hash, "receipt.text");
        await readNotice(receipt);
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
