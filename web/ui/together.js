/**
 * together.js - a statement that several persons sign: this one's line now, the others' when they come.
 *
 *   signingView(page, desk, { type, title, text, form, note, checked, single, back, done })
 *       → a view: exact text, passphrase, 签署：…; then 已入册, or 等另一位 until it is logged
 *       text    the statement, or a function that makes it from the form (a throw shows why it cannot)
 *       form    () → node beside it; its onRefresh(call) is told what to call when something is typed,
 *               and text(form) gets it
 *       before  async: what must be kept on this device before anything is sent
 *       after   async: what goes beside the statement once it is there
 *       failed  (error, form): tells the form which field was refused; the panel shows the refusal itself
 *       single  one signature is enough: it goes to the log at once
 *       checked () → node: what this device has compared
 *       back()  shows the page one came from;  done(proof) after it is logged
 *   articleText(article), listed(words), actName(type), missingText(missing)   in the reader's language
 */
import * as api from "../api.js";
import { hex, utf8 } from "../lib/bytes.js";
import { sha256 } from "../lib/hash.js";
import { el, fill, textButton } from "./dom.js";
import { language, t } from "./language.js";
import { verifyReceipt } from "./log.js";
import { refusal } from "./refusal.js";
import { signPanel } from "./sign.js";
import { signStatement } from "./signer.js";
import { banner, verifiedBanner } from "./state.js";
import { statementBlock } from "./statement.js";

const EVERY = 2000;

export function actName(type) {
    return t(`act.${type}`);
}

const ARTICLES = { 第四条: 4, 第九条: 9, 第十一条: 11, 第十二条: 12, 第十三条: 13, 第十七条: 17, 第十八条: 18, 第十九条: 19, 第二十条: 20, 第二十九条: 29 };

/** The article that a type rests on, as the reader's language writes it. */
export function articleText(article) {
    return language() === "en" && article in ARTICLES ? `Article ${ARTICLES[article]}` : article;
}

/** A list of names or roles. */
export function listed(words) {
    return words.join(language() === "en" ? ", " : "、");
}

/** "主持人", "监票人" of what the service says is missing. */
export function missingText(missing) {
    return listed(missing.map((one) => {
        const { role, person } = typeof one === "string" ? { role: one } : one;
        return person ?? t(`signer.${role}`);
    }));
}

async function handIn(note, single) {
    return single ? api.postEntry(note) : api.postProposal(note);
}

export function signingView(page, desk, signing) {
    const { type, text, back, single } = signing;
    const makeText = typeof text === "function" ? text : () => text;
    let form = null;

    async function sign(passphrase, exact) {
        try {
            await signNow(passphrase, exact);
        } catch (error) {
            signing.failed?.(error, form);
            throw error;
        }
    }
    async function signNow(passphrase, exact) {
        const note = await signStatement(desk.person, passphrase, exact);
        await signing.before?.(exact);
        const answer = await handIn(note, single);
        await signing.after?.(form);
        if (answer.receipt) return finish(page, desk, signing, exact, answer.receipt);
        return page.show(waitingView(page, desk, signing, exact, answer.missing), true);
    }
    return () => {
        form = signing.form?.();
        const place = el("div", { class: "stack" });
        const draw = panelIn(place, () => makeText(form), { label: t("sign.button", { what: actName(type) }), sign, note: signing.note });
        form?.onRefresh(draw);
        draw();
        return [el("h1", {}, signing.title ?? actName(type)), desk.identity(),
            form ? el("div", { class: "panes" }, form, place) : [signing.checked?.(), place], textButton(t("do.back"), back)];
    };
}

/**
 * The panel to sign on, or why there is nothing to sign yet; called again when the form changes. The
 * panel stays the same one, so that nobody who goes on to the passphrase loses the place.
 */
function panelIn(place, make, options) {
    let panel = null;
    return () => {
        try {
            make();
            if (panel) return panel.refresh();
            panel = signPanel({ text: make, ...options });
            return fill(place, panel);
        } catch (error) {
            panel = null;
            return fill(place, el("p", { class: "note wait" }, error.say ?? t("form.unfit", { rule: error.message })));
        }
    };
}

function finish(page, desk, signing, text, receipt) {
    const proof = verifyReceipt(desk.pin, receipt, text);
    const sentence = t("together.done", { what: actName(signing.type), n: proof.index });
    page.show(() => [el("h1", {}, actName(signing.type)), verifiedBanner(proof, t("together.done.word"), sentence),
        statementBlock(text, { signed: false, title: t("sign.signed") }), textButton(t("together.on"), signing.back)], true);
    signing.done?.(proof);
}

/** The own line is given; the page waits for the others', and finishes by itself. */
function waitingView(page, desk, signing, text, missing) {
    const hash = hex(sha256(utf8(text)));
    const who = missingText(missing);
    const box = el("section", { class: "stack" });
    let gone = false;
    const words = () => (gone
        ? refusal({ what: t("together.gone.what"), basis: t("together.gone.basis"), do: t("together.gone.do") },
            { label: t("together.redraft"), press: signing.back })
        : banner("wait", t("together.wait.word"), t("together.wait", { who })));

    async function watch() {
        if (!box.isConnected) return undefined;
        try {
            const { receipt } = await api.readReceipt(hash);
            if (receipt) return finish(page, desk, signing, text, receipt);
        } catch (error) {
            gone = error.status === 404 && (await isGone());
            if (gone) return fill(box, words());
        }
        return setTimeout(watch, EVERY);
    }
    async function isGone() {
        const { proposals } = await api.readProposals().catch(() => ({ proposals: [{ id: hash }] }));
        if (proposals.some(({ id }) => id === hash)) return false;
        return api.readReceipt(hash).then(() => false, (error) => error.status === 404);
    }
    setTimeout(watch, EVERY);
    return () => [el("h1", {}, actName(signing.type)), fill(box, words()), statementBlock(text, { signed: false, title: t("sign.signed") }),
        el("p", { class: "small" }, t("together.leave")), textButton(t("do.back"), signing.back)];
}
