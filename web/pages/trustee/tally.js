/**
 * tally.js - 开票: the trustee's device has verified the election from the log; the person compares the
 * sums code that was read aloud; only then is a share made, and (M, sums) is kept before it is.
 *
 *   tallyView(page, model, back) → view       model: { person, index, journal, ring, held, pin }
 */
import * as api from "../../api.js";
import { base64, hex } from "../../lib/bytes.js";
import { matchesShortCode, shortCode } from "../../lib/code.js";
import { isTooSmall } from "../../lib/state.js";
import { actShare } from "../../lib/trustee_acts.js";
import { inEights } from "../../ui/code.js";
import { button, card, el, field, input, textButton } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { checklist } from "../../ui/list.js";
import { verifyReceipt } from "../../ui/log.js";
import { explain } from "../../ui/refusal.js";
import { act, passphraseField } from "../../ui/sign.js";
import { banner, verifiedBanner } from "../../ui/state.js";
import { statementBlock } from "../../ui/statement.js";
import { readNote, saveNote } from "../../ui/store.js";

const COMPARED = 8;

function rows({ held, journal }) {
    const { election, ballots } = held;
    const meeting = journal.state.meetings.get(election.meeting);
    const row = (isMet, title, beside) => ({ state: isMet ? "done" : "stop", title, beside });
    return [row(true, t("tally.log", { n: journal.entries.length })), row(true, t("tally.ballots", { n: ballots.length }), `${ballots.length} / ${election.roll.length}`),
        row(election.roll.length >= meeting.quorum, t("tally.quorum", { q: meeting.quorum })), row(!isTooSmall(held), t("tally.three")),
        row(true, t("tally.shares", { k: held.shares.length, t: election.t }))];
}

/**
 * This device opens one vector of sums for a manifest, ever. Kept before the share exists, so that
 * neither a reload nor another log can get a second one.
 */
async function keepSums({ pin, held }) {
    const name = `sums ${pin.vkey} ${base64(held.election.M)}`;
    const kept = await readNote(name);
    if (kept && kept !== hex(held.sums)) throw explain("tally.other");
    await saveNote(name, hex(held.sums));
}

async function makeShare(model, typed) {
    const { held, journal, person, ring } = model;
    await keepSums(model);
    return ring.use((keys) => actShare(journal.state, held.election.M, person, keys, typed));
}

export function tallyView(page, model, back) {
    const { held, index, person } = model;
    if (held.cancelled !== null) return () => [el("h1", {}, t("tally.title")), banner("none", t("wall.cancelled"), "")];
    if (held.closed === null) return () => [el("h1", {}, t("tally.title")), banner("none", t("tally.early.word"), t("tally.early")), back()];
    if (held.shares.some((share) => share.index === index)) return () => givenView(model, back);
    return () => [el("h1", {}, t("tally.title")), el("p", { class: "small" }, `${held.election.id} · ${person}`),
        banner("wait", t("tally.word"), t("trustee.open", { n: held.ballots.length })),
        el("div", { class: "panes aside" }, card([el("h2", {}, t("tally.checked")), checklist(rows(model))]), compareCard(page, model, back))];
}

function compareCard(page, model, back) {
    const code = input({ code: true, maxlength: 31, enterkeyhint: "done" });
    const typed = field({ label: t("tally.code"), hint: t("tally.code.hint"), input: code });
    const pass = passphraseField();
    const place = el("div", {});
    const press = button("ink", t("tally.make"), submit, { icon: "lock" });
    pass.onEnter(submit);
    function submit() {
        const isRight = matchesShortCode(code.value, model.held.sums);
        typed.say(isRight ? "" : t(code.value.replace(/[\s-]/g, "").length < COMPARED ? "tally.code.short" : "tally.code.bad"));
        if (!isRight) return undefined;
        if (!model.ring.isOpen && pass.value() === "") return pass.say(t("pass.empty"));
        pass.say("");
        return act(press, place, t("tally.making"), async () => {
            if (!model.ring.isOpen) await model.ring.open(pass.value());
            const text = await makeShare(model, code.value);
            page.show(signView(page, model, text, back), true);
        });
    }
    return card([el("h2", {}, t("tally.compare")), el("p", { class: "small" }, t("tally.compare.body")), typed, !model.ring.isOpen && pass, place, press]);
}

function signView(page, model, text, back) {
    return () => {
        const place = el("div", {});
        const press = button("seal", t("sign.button", { what: t("tally.act") }), submit, { icon: "pen" });
        function submit() {
            return act(press, place, t("sign.busy"), async () => {
                const { receipt } = await api.postEntry(await model.ring.sign(text));
                const proof = verifyReceipt(model.pin, receipt, text);
                model.ring.close();
                page.show(() => [el("h1", {}, t("tally.title")), verifiedBanner(proof, t("tally.given.word"), t("tally.given", { n: proof.index })),
                    card([el("p", {}, t("tally.next", { k: model.held.shares.length + 1, t: model.held.election.t }))]), back()], true);
            });
        }
        return [el("h1", {}, t("tally.title")), el("p", {}, t("tally.sign", { code: inEights(shortCode(model.held.sums)) })),
            statementBlock(text), place, press, textButton(t("do.back"), () => page.show(tallyView(page, model, back), true))];
    };
}

function givenView({ held }, back) {
    const { shares, election } = held;
    return [el("h1", {}, t("tally.title")), banner("none", t("tally.given.word"), t("tally.next", { k: shares.length, t: election.t })), back()];
}
