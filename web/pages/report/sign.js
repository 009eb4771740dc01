/**
 * sign.js - the panel on which a reviewer or an organisation signs: opinion, reason, exact text, passphrase.
 *
 *   const desk = await openDesk(model, { came, moved })    came() when a signature has come into the log,
 *                         moved() after each change of stage
 *       desk.element      put it into the page
 *       desk.draw()       after the model has changed: the file has been checked, a version has come …
 *       desk.relabel()    in the language of now
 *       desk.stage        "form" | "sending" | "lost" | "opening" | "failed" | "done"
 *       desk.proof        the verified receipt, once done
 */
import { base64, base64Decode, hex, randomBytes, utf8 } from "../../lib/bytes.js";
import { OPINIONS, draftSignature, needsReason } from "../../lib/draft_report.js";
import { sha256 } from "../../lib/hash.js";
import { button, card, el, field, fill, input, rule, textButton } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { blockedButton } from "../../ui/list.js";
import { refusal } from "../../ui/refusal.js";
import { act, passphraseField } from "../../ui/sign.js";
import { signStatement } from "../../ui/signer.js";
import { banner } from "../../ui/state.js";
import { statementBlock } from "../../ui/statement.js";
import { serverNow } from "../../ui/time.js";
import { deliver, keepSent, loadOwn, readDraft, readSent, saveDraft } from "./delivery.js";
import { doneView } from "./done.js";

export const REASON_MAX = 600;
const RETRY = 5000;
const MINUTE = 60000;
const PAUSE = 250;

export class Desk {
    constructor(model, { came, moved }) {
        Object.assign(this, { model, came, moved, stage: "form", draft: null, sent: null, proof: null, error: null, text: "", off: null });
        this.element = el("section", { class: "card document sign-desk" });
        this.key = { pin: model.pin, id: model.status.id, version: model.status.version, person: model.me.person };
        this.timer = setInterval(() => { if (this.stage === "form") this.draw(); }, MINUTE);
        addEventListener("online", () => { if (this.stage === "lost" || this.stage === "opening") this.send(); });
    }

    get row() {
        return this.model.status.signers.find(({ person }) => person === this.key.person);
    }

    /* --- what this device remembers --- */

    async recall() {
        this.draft = (await readDraft(this.key)) ?? { opinion: "", reason: "", salt: base64(randomBytes(32)) };
        this.sent = await readSent(this.key);
        if (this.sent) return this.send();
        return this.row.index !== null && this.follow();
    }
    /** Signed on another device, or before this one forgot: the receipt is in the log. */
    async follow() {
        if (this.stage !== "form" || this.row?.index === null || !this.row) return;
        try {
            this.proof = await loadOwn(this.model, this.row);
            this.sent = { text: this.proof.statement.text, opinion: this.row.opinion, receipt: this.proof.text };
            this.to("done");
        } catch (error) {
            if (!error.lost) this.to("failed", error);
        }
    }
    keep() {
        clearTimeout(this.keeping);
        this.keeping = setTimeout(() => saveDraft(this.key, this.draft), PAUSE);
    }

    /* --- the form --- */

    get reason() {
        return needsReason(this.draft.opinion) ? this.draft.reason.trim() : "";
    }
    /** Why it cannot be signed now; "" if it can. */
    get obstacle() {
        const { model, draft } = this;
        if (!model.status.newest || model.status.state === "void") return t("report.off.void");
        if (!model.hasKey) return t("report.off.key");
        if (!model.log) return t("report.off.log");
        if (model.file.state === "loading" || model.file.state === "none") return t("report.off.loading");
        if (model.file.state === "missing") return t("report.off.missing");
        if (model.file.state === "unshown") return t("report.off.unshown");
        if (model.file.state !== "ok") return t("report.off.file");
        if (!draft.opinion) return t("report.off.opinion");
        const n = [...this.reason].length;
        if (needsReason(draft.opinion) && n === 0) return t("report.off.reason");
        return n > REASON_MAX ? t("report.off.long", { n, of: REASON_MAX }) : "";
    }
    makeText() {
        const { model, draft, key } = this;
        return draftSignature({ origin: model.pin.origin, report: key.id, version: key.version, file: model.file.hash, person: key.person,
            capacity: this.row.capacity, opinion: draft.opinion, reason: this.reason, salt: base64Decode(draft.salt),
            size: model.log.size, root: model.log.root, time: serverNow() });
    }
    choose(opinion) {
        this.draft.opinion = opinion;
        this.keep();
        this.relabel();
        this.element.querySelector("input:checked")?.focus();
    }
    opinions() {
        const more = { 保留意见: t("report.reserve.short"), 不同意: t("report.disagree.short") };
        return el("fieldset", {}, el("legend", { class: "desk-head" }, t("report.opinion")), el("div", { class: "opinions" }, OPINIONS.map((opinion) =>
            el("label", { class: "choice opinion" }, el("input", { type: "radio", name: "opinion", value: opinion, checked: opinion === this.draft.opinion,
                onchange: () => this.choose(opinion) }), el("span", {}, t(`report.opinion.${opinion}`),
                more[opinion] && el("span", { class: "opinion-more small" }, more[opinion]))))));
    }
    reasonField() {
        const { opinion } = this.draft;
        if (!needsReason(opinion)) return null;
        const control = input({ rows: 4, lang: "zh", value: this.draft.reason, oninput: () => { this.draft.reason = control.value; this.keep(); this.draw(); } });
        const whole = field({ label: t(`report.reason.${opinion}`), hint: t("report.reason.who"), input: control });
        this.count = el("p", { class: "caption", "aria-live": "off" });
        whole.append(this.count);
        return el("div", { class: "stack" }, opinion === "不同意" && el("p", { class: "note wait" }, t("report.disagree.long")), whole);
    }
    /** Everything anew; what was typed is in the draft, and the passphrase in its field. */
    relabel() {
        if (this.stage !== "form") return this.draw();
        this.pass ??= this.makePass();
        this.place = el("div", { "aria-live": "assertive" });
        this.shown = el("div", {});
        this.pressing = el("div", { class: "stack" });
        this.off = null;
        this.block = null;
        fill(this.element, rule(), this.opinions(), this.reasonField(), this.shown, this.pass, this.place, this.pressing);
        if (this.error) fill(this.place, refusal(this.error));
        return this.draw();
    }
    makePass() {
        const pass = passphraseField();
        pass.onEnter(() => this.sign());
        return pass;
    }
    draw() {
        this.element.className = this.stage === "done" ? "stack wide" : "card document sign-desk";
        if (this.stage !== "form") return fill(this.element, this.stage !== "done" && rule(), this.stageView());
        if (!this.pressing) return this.relabel();
        const off = this.obstacle;
        this.text = off === "" ? this.makeText() : "";
        this.drawText();
        if (this.count) this.count.textContent = t("report.reason.count", { n: [...this.reason].length, of: REASON_MAX });
        if (this.off !== off) this.drawButton(off);
        this.off = off;
        return undefined;
    }
    drawText() {
        if (!this.text) {
            this.block = null;
            return fill(this.shown);
        }
        if (this.block) return this.block.update(this.text);
        this.block = statementBlock(this.text, { chosen: "意见：" });
        return fill(this.shown, this.block);
    }
    drawButton(off) {
        const { opinion } = this.draft;
        const label = opinion ? t("report.sign", { opinion: t(`report.opinion.${opinion}`) }) : t("report.sign.plain");
        if (off) return fill(this.pressing, blockedButton(label, off), el("p", { class: "small" }, t("report.kept")));
        this.press = button("seal", label, () => this.sign(), { icon: "pen" });
        return fill(this.pressing, this.press, el("p", { class: "small center" }, t("report.sign.note")));
    }

    /* --- signing and sending --- */

    sign() {
        if (this.stage !== "form" || this.off !== "") return undefined;
        if (this.pass.value() === "") return this.pass.say(t("pass.empty"));
        this.pass.say("");
        this.error = null;
        return act(this.press, this.place, t("sign.busy"), () => this.signText(this.text));
    }
    /** Kept on this device, durably, before the first byte leaves it. */
    async signText(text) {
        const { draft, reason, key } = this;
        const note = await signStatement(key.person, this.pass.value(), text);
        const opening = reason === "" ? null
            : { type: "report.sign", label: "理由", salt: draft.salt, value: reason, statement: hex(sha256(utf8(text))) };
        this.sent = { note, text, opening, receipt: null, opinion: draft.opinion };
        await keepSent(key, this.sent);
        this.pass = null;
        this.send();
    }
    async send() {
        clearTimeout(this.again);
        this.to("sending");
        try {
            this.proof = await deliver(this.model, this.key, this.sent, (stage) => this.to(stage));
            this.to("done");
            this.came();
        } catch (error) {
            this.fail(error);
        }
    }
    async fail(error) {
        if (error.isTemporary) {
            this.again = setTimeout(() => this.send(), Math.max(RETRY, 1000 * (error.retryAfter ?? 0)));
            return this.to(this.sent.receipt ? "opening" : "lost");
        }
        if (!error.isRefused) return this.to("failed", error);
        this.sent = null;
        await keepSent(this.key, null);
        this.error = error;
        this.pressing = null;
        this.to("form");
        return this.came();
    }
    to(stage, error = null) {
        this.stage = stage;
        if (error) this.error = error;
        this.draw();
        this.moved();
        if (stage === "done" || stage === "lost") this.element.querySelector("[data-focus]")?.focus({ preventScroll: true });
    }
    stageView() {
        if (this.stage === "done") return doneView(this);
        if (this.stage === "failed") return [refusal(this.error, { label: t("do.again"), press: () => (this.sent?.note ? this.send() : location.reload()) })];
        const words = { sending: ["report.sending.word", "report.sending"], lost: ["report.lost.word", "report.lost"], opening: ["report.opening.word", "report.opening"] };
        const [word, sentence] = words[this.stage];
        return [banner("wait", t(word), t(sentence)), statementBlock(this.sent.text, { signed: false, title: t("sign.signed") }),
            this.stage !== "sending" && textButton(t("report.retry"), () => this.send())];
    }
}

export async function openDesk(model, calls) {
    const desk = new Desk(model, calls);
    await desk.recall();
    desk.draw();
    return desk;
}
