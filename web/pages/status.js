/**
 * status.js - how an objection stands, for whoever holds its receipt code. The code is typed or read by
 * the camera; it stays in this tab, and only its signature is ever sent (docs/protocol.md section 8).
 */
import words from "../i18n/objection.js";
import * as api from "../api.js";
import { hexDecode, utf8Decode } from "../lib/bytes.js";
import { keyCodeParse } from "../lib/code.js";
import { draftAsk, draftWithdrawal, signAsObjector } from "../lib/draft_objection.js";
import { deriveKeys, wipeKeys } from "../lib/keys.js";
import { ANSWER, readText } from "../lib/objection_text.js";
import { openSealed } from "../lib/sealed.js";
import { button, card, el, fill, link, textButton } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { patienceNote } from "../ui/patience.js";
import { explain, refusal } from "../ui/refusal.js";
import { scanPanel } from "../ui/scan.js";
import { act } from "../ui/sign.js";
import { pinService } from "../ui/signer.js";
import { statementBlock } from "../ui/statement.js";
import { serverNow } from "../ui/time.js";
import { askOwn } from "./object/send.js";
import { answersCard, openingsCard, stateBanner, timeline } from "./status/parts.js";
import { supplementCard } from "./status/supplement.js";

const page = openPage({ title: "status.title", table: words });
const model = { pin: null, keys: null, status: null, notice: null, answers: new Map(), busy: null };

/* --- the code --- */

function codeOf(typed) {
    try {
        return keyCodeParse(typed);
    } catch (error) {
        throw explain(error.rule === "code.length" ? "status.length" : "status.mistyped");
    }
}

async function enter(typed, tell) {
    model.keys = deriveKeys(codeOf(typed));
    try {
        await look(tell);
    } catch (error) {
        wipeKeys(model.keys);
        throw error.status === 404 ? explain("status.none") : error;
    }
    page.show(caseView, true);
}

function codeView() {
    const place = el("div", { "aria-live": "assertive" });
    const take = async (typed) => {
        fill(place);
        try {
            await enter(typed, patienceNote(place));
        } catch (error) {
            fill(place, refusal(error));
        }
    };
    return [el("h1", {}, t("status.head")), el("p", {}, t("status.body")),
        scanPanel({ label: t("status.scan"), hint: t("status.scan.hint"), typed: { label: t("status.code"), code: true, button: t("status.look") }, found: (typed) => void take(typed) }), place,
        el("p", { class: "small" }, t("status.lost")), link(t("notice.all"), "notice.html", "quiet")];
}

/* --- the case --- */

async function readAnswer({ hash }) {
    const ask = signAsObjector(draftAsk({ origin: model.pin.origin, keys: model.keys, time: serverNow() }), model.keys);
    const document = await api.askAnswer(hash, ask);
    return readAs(utf8Decode(openSealed(document, [model.keys.box])));
}

/** An answer that another program sealed may be a bare text. */
function readAs(text) {
    try {
        return readText(text, ANSWER).get("正文").join("\n");
    } catch {
        return text;
    }
}

async function look(tell) {
    model.status = await askOwn(model.pin, model.keys, { tell, waits: true });
    model.notice ??= await api.readNotice(model.status.notice);
    for (const file of model.status.files.filter(({ kind, stored, hash }) => kind === "答复" && stored && !model.answers.has(hash))) {
        model.answers.set(file.hash, await readAnswer(file).catch(() => null));
    }
}

function withdrawCard() {
    const { status, pin } = model;
    if (status.closed !== null) return null;
    const place = el("div", { class: "stack", "aria-live": "assertive" });
    const begin = () => {
        const text = () => draftWithdrawal({ origin: pin.origin, hash: hexDecode(status.case), time: serverNow() });
        const block = statementBlock(text());
        const said = el("div", { "aria-live": "assertive" });
        const signed = text();
        block.update(signed);
        const press = button("seal", t("status.withdraw.sign"), () => act(press, said, t("sign.busy"), async () => {
            await api.postEntry(signAsObjector(signed, model.keys), { tell: patienceNote(said), waits: true });
            await look();
            page.show(caseView, true);
        }), { icon: "pen" });
        fill(place, el("p", {}, t("status.withdraw.body")), block, said, press, textButton(t("do.back"), () => page.refresh()));
    };
    fill(place, button("", t("status.withdraw"), begin));
    return card([el("h2", {}, t("status.withdraw.head")), place]);
}

function caseView() {
    const { status, notice } = model;
    page.title(t(`case.${status.state}`));
    return [stateBanner(status, notice), timeline(status), answersCard(status, model.answers), supplementCard(model, async () => {
        await look();
        page.show(caseView, true);
    }), openingsCard(status), withdrawCard(),
    el("div", { class: "pair" }, button("", t("status.again"), () => look().then(() => page.refresh(), (error) => page.fail(error))),
        button("quiet", t("status.leave"), () => location.reload()))];
}

async function start() {
    try {
        model.pin = await pinService();
        page.show(codeView, true);
    } catch (error) {
        page.fail(error, { label: t("do.again"), press: () => location.reload() });
    }
}

addEventListener("pagehide", () => model.keys && wipeKeys(model.keys));
start();
