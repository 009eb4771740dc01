/**
 * enrol.js - a person's first two minutes: key code, passphrase, signed enrolment, 12 digits in person.
 *
 * #<person>.<token>. The key code is made here, shown once, and its middle cell asked for; the token
 * leaves the address at once and is sent only with the enrolment it allows.
 */
import words from "../i18n/member.js";
import * as api from "../api.js";
import { hex } from "../lib/bytes.js";
import { checkDigits, keyCodePrint } from "../lib/code.js";
import { deriveKeys, keyCodeDraw, wipeKeys } from "../lib/keys.js";
import { parseStatement, parseText, printText } from "../lib/statement.js";
import { codeGrid, digitsBlock, plain } from "../ui/code.js";
import { button, card, el, field, input, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { qrCode } from "../ui/qr.js";
import { readQr } from "../ui/qrtext.js";
import { explain } from "../ui/refusal.js";
import { scanPanel } from "../ui/scan.js";
import { act, passphraseField } from "../ui/sign.js";
import { keepPerson, pinService, signWith } from "../ui/signer.js";
import { banner, proven, verifiedBanner } from "../ui/state.js";
import { statementBlock } from "../ui/statement.js";
import { stepper } from "../ui/stepper.js";
import { choosePerson, readNote, saveNote } from "../ui/store.js";

const STEPS = 4;
const EVERY = 3000;
const page = openPage({ title: "enrol.title", table: words });
/** code: 16 bytes, only until it is wrapped; hash: of the enrol text; index: its entry; n: the officer's */
const model = { person: "", token: "", origin: "", code: null, text: "", hash: null, index: null, n: null, confirmed: null };

function takeFragment() {
    const match = decodeURIComponent(location.hash.slice(1)).match(/^([a-z0-9][a-z0-9-]{0,62})(?:\.(.+))?$/);
    history.replaceState(null, "", `${location.pathname}#${match?.[1] ?? ""}`);
    return { person: match?.[1] ?? "", token: match?.[2] ?? "" };
}

function startView() {
    return [stepper(t("enrol.start.step"), 1, STEPS), el("h1", {}, t("enrol.start.title")),
        el("p", {}, t("enrol.start", { person: model.person })), el("p", {}, t("enrol.start.paper")),
        button("ink", t("enrol.start.button"), () => {
            model.code = keyCodeDraw();
            page.show(codeView, true);
        })];
}

function codeView() {
    const code = keyCodePrint(model.code).replaceAll("-", "");
    const middle = code.slice(12, 15);
    const control = input({ code: true, maxlength: 5, enterkeyhint: "next" });
    const line = field({ label: t("enrol.code.check"), input: control });
    const next = () => {
        if (plain(control.value) === middle) page.show(signView, true);
        else line.say(t("enrol.code.wrong"));
    };
    control.addEventListener("keydown", (event) => { if (event.key === "Enter") next(); });
    return [stepper(t("enrol.code.step"), 2, STEPS), el("h1", {}, t("enrol.code.title")), el("p", {}, t("enrol.code.body")),
        card([codeGrid(code), qrCode(`${model.person}.${code}`, t("enrol.qr"))], { kind: "document" }),
        line, button("ink", t("enrol.code.next"), next), el("p", { class: "small" }, t("enrol.code.warn"))];
}

function enrolText() {
    const keys = deriveKeys(model.code);
    const text = printText("person.enrol", model.origin, [["人员", model.person],
        ["签名公钥", keys.sign.publicKey], ["封存公钥", keys.box.publicKey]]);
    wipeKeys(keys);
    return text;
}

function signView() {
    const pass = passphraseField(true);
    const again = passphraseField(false, t("pass.again"));
    const place = el("div", {});
    const press = button("seal", t("enrol.sign.button"), submit, { icon: "pen" });
    model.text = enrolText();
    again.onEnter(submit);
    function submit() {
        pass.say([...pass.value()].length < 8 ? t("pass.short") : "");
        again.say(pass.value() === again.value() ? "" : t("pass.differ"));
        if ([...pass.value()].length >= 8 && pass.value() === again.value()) {
            act(press, place, t("sign.busy"), () => enrol(pass.value()));
        }
    }
    return [stepper(t("enrol.sign.step"), 3, STEPS), el("h1", {}, t("enrol.sign.title")), pass, again,
        statementBlock(model.text), place, press];
}

/** Kept on the device before anything is sent: a key that is logged is never lost by a reload. */
async function enrol(passphrase) {
    await keepPerson(model.person, model.code, passphrase);
    const keys = deriveKeys(model.code);
    const note = signWith(model.person, keys, model.text);
    wipeKeys(keys);
    model.hash = parseText(model.text).hash;
    await saveNote(`enrol ${model.person}`, { text: model.text });
    await api.postEntry(note, { invitation: model.token });
    model.code.fill(0);
    choosePerson(model.person);
    await follow();
}

function digitsView() {
    if (model.confirmed) return doneView();
    const found = (text, how) => {
        const n = how === "camera" ? readQr(text)?.n : typedNonce(text);
        if (!n) return t("enrol.digits.notcode");
        model.n = n;
        page.show(digitsView, true);
        return "";
    };
    return [stepper(t("enrol.digits.step"), 4, STEPS),
        banner("wait", t("enrol.digits.wait"), t("enrol.digits.wait.body", { n: model.index })),
        model.n ? card([el("h2", {}, t("enrol.digits")), digitsBlock(checkDigits(model.hash, model.n)),
            el("p", { class: "small" }, t("enrol.digits.bad"))], { kind: "document" })
            : scanPanel({ label: t("enrol.digits.scan"), typed: { label: t("enrol.digits.typed") }, found })];
}

/** 26 Crockford characters of 16 bytes, as the officer reads them out. */
function typedNonce(text) {
    const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const typed = plain(text);
    if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(typed)) return null;
    let number = 0n;
    for (const character of typed) number = number * 32n + BigInt(ALPHABET.indexOf(character));
    return Uint8Array.from((number >> 2n).toString(16).padStart(32, "0").match(/../g), (pair) => parseInt(pair, 16));
}

function doneView() {
    return [stepper(t("enrol.digits.step"), 4, STEPS),
        verifiedBanner(model.confirmed, t("enrol.done.word"), t("enrol.done", { n: model.confirmed.index })),
        link(t("enrol.home"), `enter.html#${model.person}`, "ink")];
}

/** Looks for the confirmation of exactly this text, entry by entry after the enrolment. */
async function follow() {
    const { index } = await api.readLogged(hex(model.hash));
    model.index = index;
    page.show(digitsView, true);
    let next = index + 1;
    while (!model.confirmed) {
        const entry = await api.readEntry(next).catch((error) => (error.status === 404 || error.lost ? null : Promise.reject(error)));
        if (entry === null) await new Promise((resolve) => { setTimeout(resolve, EVERY); });
        else {
            model.confirmed = confirmationOf(entry, next);
            next += 1;
        }
    }
    page.show(digitsView, true);
}

function confirmationOf(entry, index) {
    const statement = parseStatement(new TextEncoder().encode(entry.slice(entry.indexOf("\n") + 1)));
    const of = (label) => statement.fields.find((one) => one.label === label)?.value;
    if (statement.type !== "person.confirm" || of("人员") !== model.person) return null;
    const mine = btoa(String.fromCharCode(...model.hash));
    if (of("登记") !== mine) throw explain("enrol.other");
    return proven({ index });
}

async function start() {
    Object.assign(model, takeFragment());
    try {
        model.origin = (await pinService()).origin;
        const kept = model.person && (await readNote(`enrol ${model.person}`));
        if (kept && parseText(kept.text).origin === model.origin) {
            Object.assign(model, { text: kept.text, hash: parseText(kept.text).hash });
            const logged = await api.readLogged(hex(model.hash)).catch(() => null);
            if (logged) return await follow();
        }
        if (!model.person || !model.token) throw explain("enrol.bad");
        return page.show(startView, true);
    } catch (error) {
        return page.fail(error);
    }
}

start();
