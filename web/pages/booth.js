/**
 * booth.js - the booth: open, compare the list, choose, seal, check or challenge, cast, keep the receipt.
 *
 * No session and no cookie. Choices and seed rest in a vault on the device, whose key lies wrapped
 * beside the vote key; they are erased when the ballot is cast or challenged. Protocol section 6.
 */
import words from "../i18n/booth.js";
import member from "../i18n/member.js";
import * as api from "../api.js";
import { base64, hex, randomBytes, utf8Decode } from "../lib/bytes.js";
import { makeBallot, wipeBallot } from "../lib/ballot_make.js";
import { ballotCode, shortCode } from "../lib/code.js";
import { memberIndex } from "../lib/election.js";
import { vaultOpen, vaultSeal } from "../lib/vault.js";
import { inEights } from "../ui/code.js";
import { button, el, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { learn, t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { loadElection } from "../ui/log.js";
import { explain } from "../ui/refusal.js";
import { act, passphraseField } from "../ui/sign.js";
import { breathe, pinService, unwrapOnDevice } from "../ui/signer.js";
import { banner } from "../ui/state.js";
import { stepper } from "../ui/stepper.js";
import { chosenPerson, eraseVoteKey, isAlone, readBallot, readNote, readVoteKey, saveBallot } from "../ui/store.js";
import { clock, instant, remaining, serverNow } from "../ui/time.js";
import { castBallot, closedCard, showKept } from "./booth/cast.js";
import { badListView, fingerprintView, listView, notCast, openedView, sealingView, secondView, STEPS } from "./booth/check.js";
import { chooseView } from "./booth/choose.js";

const EVERY = 3000;
learn(member);
const person = chosenPerson();
const page = openPage({ title: "booth.title", table: words });
/** x, vault: secret, in memory only. draft: what the vault holds: { choices, listed }. sealed: secret too */
const model = { pin: null, status: null, election: null, M: "", mine: -1, x: null, vault: null, draft: null, sealed: null };

const recused = () => model.election.roll[model.mine].recused;

/* --- finding the vote --- */

async function findStatus() {
    const asked = new URLSearchParams(location.search).get("election");
    if (asked) return api.readElection(asked);
    const { elections } = await api.readOverview();
    const open = elections.filter((one) => one.state === "open").at(-1) ?? elections.at(-1);
    return open ? api.readElection(open.id) : null;
}

function progressView(k, n) {
    return [stepper(t("booth.step.open"), 1, STEPS), el("h1", {}, t("booth.head")), notCast(), el("p", { role: "status" }, t("booth.checking", { k, n }))];
}

async function load() {
    model.election = await loadElection(model.pin, model.status, (k, n) => page.show(() => progressView(k, n)));
    model.M = base64(model.election.M);
    model.mine = memberIndex(model.election, person);
}

function waitView() {
    if (!model.status) return [el("h1", {}, t("booth.head")), empty(t("booth.none"), t("booth.none.body"))];
    const { state, opens } = model.status;
    if (state === "cancelled") return [el("h1", {}, t("booth.head")), empty(t("booth.cancelled"), t("booth.cancelled.body"))];
    if (state === "open") return [el("h1", {}, t("booth.head")), notCast(), empty(t("vote.early", { t: clock(opens, true) }), t("vote.early.body"))];
    return [el("h1", {}, t("booth.head")), closedCard(model.election), link(t("booth.results"), `result.html?election=${model.status.id}`, "")];
}

/** Early, closed, cancelled, or no vote: says so, and looks again by itself. */
async function waitForVote() {
    for (;;) {
        const { status } = model;
        if (status?.state === "open" && instant(status.opens) <= serverNow()) return;
        if (status && status.state !== "open" && !model.election) await load();
        page.show(waitView);
        await new Promise((resolve) => { setTimeout(resolve, EVERY); });
        model.status = (await findStatus().catch(() => null)) ?? model.status;
    }
}

/* --- opening --- */

function keyFor(held) {
    const P = base64(model.election.roll[model.mine].P);
    return held?.keys.find((key) => key.P === P) ?? null;
}

function openView(key) {
    const pass = passphraseField();
    const place = el("div", {});
    const press = button("ink", t("booth.open.button"), submit);
    pass.onEnter(submit);
    function submit() {
        if (!pass.value()) return pass.say(t("pass.empty"));
        pass.say("");
        return act(press, place, t("login.busy"), () => unlock(key, pass.value()));
    }
    return [stepper(t("booth.step.open"), 1, STEPS), el("h1", {}, t("booth.head")), notCast(), ...about(), el("p", {}, t("booth.open.body")), pass, place, press];
}

function about() {
    const { round, opens, closes } = model.election;
    return [el("p", { class: "small" }, t("booth.round", { n: round, from: clock(opens * 1000), to: clock(closes * 1000), left: remaining(closes * 1000) }))];
}

async function unlock(key, passphrase) {
    const secret = await unwrapOnDevice(key.wrapped, passphrase);
    model.x = secret.slice(0, 32);
    model.vault = secret.slice(32, 64);
    const kept = await readBallot(model.M, person);
    model.draft = kept?.draft ? vaultOpen(model.vault, kept.draft) : emptyDraft();
    page.show(model.draft.listed ? chooseStep : listStep, true);
}

/** A row of a recused candidate is 0 from the start; every other row waits for the member. */
function emptyDraft() {
    return { listed: false, choices: model.election.candidates.map((_, i) => (recused().includes(i) ? 0 : null)) };
}

async function keepDraft() {
    await saveBallot({ M: model.M, person, election: model.election.id, draft: vaultSeal(model.vault, model.draft) });
}

/* --- list, choices, second device --- */

function listStep() {
    return listView({ election: model.election,
        pass() {
            model.draft.listed = true;
            keepDraft();
            go(chooseStep);
        },
        stop: () => page.show(() => badListView({ again: () => page.show(listStep, true) }), true) });
}

function chooseStep() {
    return chooseView({ election: model.election, recused: recused(), choices: model.draft.choices,
        change(index, grade) {
            model.draft.choices[index] = grade;
            keepDraft();
        },
        next: () => go(secondStep),
        head: [stepper(t("booth.step.choose"), 2, STEPS), el("h1", {}, t("booth.head")), notCast(), ...about(),
            el("p", { class: "small" }, t("list.ok.body", { code: inEights(shortCode(model.election.M)) }))] });
}

function secondStep() {
    return secondView({ use: (u) => seal(u, true), without: () => seal(ballotCode(), false), back: () => go(chooseStep) });
}

/* --- sealing --- */

/** One seed, one ballot; a seed whose values break an edge is drawn anew (chance 2^-120). */
function make(u) {
    const { election, mine, x, draft } = model;
    const seed = randomBytes(32);
    try {
        return { seed, made: makeBallot(election, { member: mine, voteKey: x, seed, choices: [...draft.choices], code: u }) };
    } catch (error) {
        if (error.rule === "ballot.seed") return make(u);
        throw error;
    }
}

async function seal(u, second) {
    page.show(sealingView, true);
    await breathe();
    try {
        const { seed, made } = make(u);
        model.sealed = { seed, made, u, second, fingerprint: made.fingerprint, choices: [...model.draft.choices] };
        go(fingerprintStep);
    } catch (error) {
        page.fail(error, { label: t("fp.back"), press: () => page.show(chooseStep, true) });
    }
}

function fingerprintStep() {
    const place = el("div", { role: "status" });
    return fingerprintView({ election: model.election, recused: recused(), choices: model.draft.choices, sealed: model.sealed, place,
        back() {
            dropSealed();
            go(chooseStep);
        },
        cast() {
            if (navigator.onLine === false) return place.replaceChildren(banner("wait", t("net.before"), t("net.before.body")));
            return cast();
        },
        challenge });
}

function dropSealed() {
    if (model.sealed) wipeBallot(model.sealed.seed, model.sealed.made);
    model.sealed = null;
}

/** Void before it is shown: nothing of it is left that could be cast. */
function challenge() {
    const { seed, choices, fingerprint } = model.sealed;
    const opened = { seed: seed.slice(), choices, fingerprint };
    dropSealed();
    model.draft = { ...emptyDraft(), listed: true };
    keepDraft();
    page.show(() => openedView({ election: model.election, recused: recused(), opened, next: () => go(chooseStep) }), true);
}

async function cast() {
    const { made, u, second } = model.sealed;
    const record = { M: model.M, person, election: model.election.id, note: utf8Decode(made.note), hash: hex(made.hash),
        F: shortCode(made.fingerprint), u, second, sent: false };
    // The record without draft and seed replaces the one with: choices are erased at cast.
    await saveBallot(record);
    dropSealed();
    model.draft = null;
    model.x.fill(0);
    model.vault.fill(0);
    window.onpopstate = null;
    await castBallot(job(record));
}

function job(record) {
    return { page, pin: model.pin, election: model.election, record, elsewhere: () => location.reload() };
}

/* --- the way back is one step back, never out --- */

const BACK = new Map([[fingerprintStep, secondStep], [secondStep, chooseStep], [chooseStep, chooseStep]]);
let present = null;

function go(step) {
    present = step;
    if (!history.state?.booth) history.pushState({ booth: true }, "");
    page.show(step, true);
}

window.onpopstate = () => {
    if (!present || !model.draft) return;
    if (present === fingerprintStep) dropSealed();
    history.pushState({ booth: true }, "");
    go(BACK.get(present) ?? present);
};

/* --- start --- */

async function resume() {
    const kept = await readBallot(model.M, person);
    if (kept?.note) return castBallot(job(kept)).then(() => true);
    const receipt = await readNote(`receipt ${model.M} ${person}`);
    if (receipt) return showKept(job(null), receipt).then(() => true);
    return false;
}

/** A round that is decided needs the key no more, unless a runoff may follow in the same meeting. */
async function forgetOldKeys() {
    const meeting = await api.readMeeting(model.election.meeting).catch(() => null);
    if (meeting?.state === "closed") await eraseVoteKey(person, model.election.meeting);
}

async function start() {
    try {
        model.pin = await pinService();
        if (!person) throw explain("refuse.nobody");
        // Two booths would write over each other's record of one ballot.
        if (!(await isAlone(`booth ${person}`))) throw explain("booth.twice");
        model.status = await findStatus();
        if (model.status) {
            await load();
            if (await resume()) return await forgetOldKeys();
        }
        await waitForVote();
        await load();
        if (model.mine < 0) throw explain("booth.notroll");
        const key = keyFor(await readVoteKey(person, model.election.meeting));
        if (!key) throw explain("booth.nokey");
        return page.show(() => openView(key), true);
    } catch (error) {
        return page.fail(error, { label: t("do.reload"), press: () => location.reload() });
    }
}

start();
