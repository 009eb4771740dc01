/**
 * trustee.js - a trustee's two duties: the ceremony (rounds run by themselves while the page is open)
 * and the opening of the tally. Needs no session; everything is read from the log this device folds.
 */
import words from "../i18n/trustee.js";
import * as api from "../api.js";
import { actComplain, actPublish, trusteeIndex } from "../lib/trustee_acts.js";
import { readJournal } from "../ui/desk.js";
import { button, card, el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { followJournal } from "../ui/journal.js";
import { language, t } from "../ui/language.js";
import { checklist, empty } from "../ui/list.js";
import { verifyReceipt } from "../ui/log.js";
import { explain, refusal } from "../ui/refusal.js";
import { act, passphraseField } from "../ui/sign.js";
import { pinService } from "../ui/signer.js";
import { statementBlock } from "../ui/statement.js";
import { chosenPerson, readPerson } from "../ui/store.js";
import { complaintAgainst, matrix, recent, standOf, stateBanner, whyCard } from "./trustee/ceremony.js";
import { keyring } from "./trustee/keyring.js";
import { tallyView } from "./trustee/tally.js";

const EVERY = 2500;
const asked = new URLSearchParams(location.search);
const person = chosenPerson();
const page = openPage({ title: "trustee.title", width: "wide", who: person, table: words });
const model = { pin: null, journal: null, ring: keyring(person), ceremony: null, held: null, index: 0, fault: null, error: null, isRunning: false, person, signed: "" };

/* --- what this trustee has to do --- */

function findCeremony(state) {
    const all = [...state.ceremonies.values()].filter(({ parsed }) => trusteeIndex(parsed, person) > 0);
    return all.find(({ id }) => id === asked.get("ceremony")) ?? all.at(-1) ?? null;
}

function findElection(state) {
    const all = [...state.elections.values()].filter(({ election, cancelled }) => cancelled === null && trusteeIndex(election, person) > 0);
    const named = all.find(({ election }) => election.id === asked.get("election"));
    return named ?? all.find(({ closed, decided }) => closed !== null && decided === null) ?? null;
}

function read() {
    const { state } = model.journal;
    model.ceremony = findCeremony(state);
    model.held = asked.get("ceremony") ? null : findElection(state);
    const parsed = model.held?.election ?? model.ceremony?.parsed;
    model.index = parsed ? trusteeIndex(parsed, person) : 0;
}

/* --- the ceremony --- */

async function post(text) {
    model.signed = text;
    const { receipt } = await api.postEntry(await model.ring.sign(text));
    verifyReceipt(model.pin, receipt, text);
}

/** One act if one is due. A share that does not fit stops everything: a person decides to complain. */
async function runRound() {
    const { journal: { state }, ceremony, ring, index } = model;
    const { due, act: make } = standOf(ceremony, index);
    if (!due || !ring.isOpen || model.fault || model.isRunning) return;
    model.isRunning = true;
    try {
        const text = await ring.use((keys) => make(state, ceremony.hash, person, keys));
        await post(text);
    } catch (error) {
        if (error.rule === "dealing.share") model.fault = { dealer: error.at };
        else model.error = error;
        page.refresh();
    } finally {
        model.isRunning = false;
    }
}

/** Cards in which something is typed outlive a redrawing of the page. */
const cards = new Map();

function kept(make, name = make.name) {
    const key = `${name} ${language()}`;
    if (!cards.has(key)) cards.set(key, make());
    return cards.get(key);
}

function startCard() {
    const pass = passphraseField();
    const place = el("div", {});
    const press = button("seal", t("trustee.start"), submit, { icon: "pen" });
    pass.onEnter(submit);
    function submit() {
        if (pass.value() === "") return pass.say(t("pass.empty"));
        pass.say("");
        return act(press, place, t("trustee.opening"), async () => {
            await model.ring.open(pass.value());
            page.refresh();
            await runRound();
        });
    }
    return card([el("h2", {}, t("trustee.start.title")), el("p", {}, t("trustee.start.body")), pass, place, press]);
}

function faultCard() {
    const { journal, ceremony, fault } = model;
    const dealer = ceremony.trustees[fault.dealer - 1].person;
    const text = actComplain(journal.state, ceremony.hash, person, fault.dealer);
    const place = el("div", {});
    const press = button("seal", t("sign.button", { what: t("trustee.complain") }), () => act(press, place, t("sign.busy"), async () => {
        await post(text);
        model.fault = null;
        await follow(true);
    }), { icon: "pen" });
    return card([refusal({ what: t("trustee.fault.what", { dealer }), basis: t("trustee.fault.basis"), do: t("trustee.fault.do") }),
        statementBlock(text), place, press], { kind: "needs" });
}

/** The dealer can show what was sealed; then anybody can judge. */
function answerCard() {
    const { journal, ceremony, index, ring } = model;
    const complaint = complaintAgainst(ceremony, index);
    const pass = passphraseField();
    const place = el("div", {});
    const press = button("seal", t("sign.button", { what: t("trustee.publish") }), () => act(press, place, t("sign.busy"), async () => {
        if (!ring.isOpen) await ring.open(pass.value());
        await post(await ring.use((keys) => actPublish(journal.state, ceremony.hash, person, keys, complaint.complainer)));
        await follow(true);
    }), { icon: "pen" });
    return card([el("h2", {}, t("trustee.answer")), el("p", {}, t("trustee.answer.body")), !ring.isOpen && pass, place, press], { kind: "needs" });
}

function prepareCard() {
    const done = model.ceremony.trustees[model.index - 1].rehearsed !== null;
    return card([el("h2", {}, t("trustee.prepare")), checklist([{ state: "done", title: t("trustee.prepare.key") },
        { state: "done", title: t("trustee.prepare.log", { n: model.journal.entries.length }) },
        { state: done ? "done" : "none", title: t("trustee.prepare.off") }]), el("p", { class: "small" }, t("trustee.prepare.later"))]);
}

function ceremonyView() {
    const { ceremony, index, ring, journal, fault, error, signed } = model;
    const { round } = standOf(ceremony, index);
    const open = round !== "" && !ring.isOpen && ceremony.trustees[index - 1].rehearsed === null;
    return [el("div", { class: "row spread" }, el("div", {}, el("p", { class: "small" }, t("trustee.which", { id: ceremony.id, n: ceremony.n, t: ceremony.t })),
        el("h1", {}, t(round ? `trustee.round.${round}` : "trustee.title"))), home()),
    el("div", { class: "panes aside" }, el("div", { class: "stack wide" }, stateBanner(journal, ceremony, index), error && refusal(error), fault && kept(faultCard),
        complaintAgainst(ceremony, index) && kept(answerCard), open && kept(startCard), matrix(ceremony, index), recent(journal, ceremony)),
    el("div", { class: "stack wide" }, whyCard(ceremony), prepareCard(), el("p", { class: "note info" }, t("trustee.note")),
        signed && statementBlock(signed, { signed: false, title: t("sign.signed") })))];
}

function home() {
    return link(t("do.home"), `home.html#${person}`, "quiet narrow");
}

/* --- the page --- */

function choose() {
    read();
    const { ceremony, held } = model;
    if (held) return page.show(tallyView(page, model, home), true);
    if (ceremony) return page.show(ceremonyView, true);
    return page.show(() => [el("h1", {}, t("trustee.title")), empty(t("trustee.none"), t("trustee.none.body")), home()], true);
}

async function follow(once = false) {
    try {
        const { log } = await api.readOverview();
        if (log.size !== model.journal.state.size && (await followJournal(model.journal))) {
            const before = [model.held, model.held?.closed];
            read();
            if (model.held !== before[0] || model.held?.closed !== before[1]) choose();
            else if (!model.held) page.refresh();
        }
        if (!model.held && model.ceremony) await runRound();
    } catch (error) {
        if (error.entry !== undefined) return page.fail(error);
    }
    return once ? undefined : setTimeout(() => follow(), EVERY);
}

async function start() {
    try {
        if (!person || !(await readPerson(person))) throw explain("refuse.nobody");
        model.pin = await pinService();
        model.journal = await readJournal(page, model.pin);
        choose();
        follow();
    } catch (error) {
        page.fail(error, { label: t("trustee.enter"), press: () => location.assign(`enter.html#${person ?? ""}`) });
    }
}

start();
