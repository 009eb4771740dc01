/**
 * signin.js - the member signs in to the meeting, and this device draws the vote key of that meeting.
 *
 * The key is wrapped and kept before the statement is sent, so that no logged key is ever lost. When
 * the vote opens, the page goes to the booth by itself.
 */
import words from "../i18n/member.js";
import * as api from "../api.js";
import { base64, concat, randomBytes, wipe } from "../lib/bytes.js";
import { printText } from "../lib/statement.js";
import { drawVoteKey, proveVoteKey, voteKeyPoint } from "../lib/voter.js";
import { card, el, facts, link } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { empty } from "../ui/list.js";
import { latestCheckpoint, verifyReceipt } from "../ui/log.js";
import { explain } from "../ui/refusal.js";
import { signPanel } from "../ui/sign.js";
import { pinService, signStatement, wrapForDevice } from "../ui/signer.js";
import { stateLine, verifiedBanner } from "../ui/state.js";
import { chosenPerson, readPerson, readVoteKey, saveVoteKey } from "../ui/store.js";
import { moment } from "../ui/time.js";

const EVERY = 2500;
const person = chosenPerson();
const page = openPage({ title: "signin.title", who: person, table: words });
/** fresh: {x, P, proof} drawn for the text on the screen; signed: the verified receipt */
const model = { pin: null, meeting: null, text: "", fresh: null, signed: null, isDone: false };
let shown = "";

async function findMeeting() {
    const asked = new URLSearchParams(location.search).get("meeting");
    if (asked) return api.readMeeting(asked);
    const { meetings } = await api.readOverview();
    const open = meetings.filter((meeting) => meeting.state !== "closed").at(-1);
    return open ? api.readMeeting(open.id) : null;
}

async function prepareText() {
    const { pin, meeting } = model;
    const seen = await latestCheckpoint(pin);
    const x = drawVoteKey();
    model.fresh = { x, P: voteKeyPoint(x), proof: proveVoteKey(meeting.id, person, x) };
    model.text = printText("meeting.signin", pin.origin, [["会议", meeting.id], ["签到人", person],
        ["投票公钥", model.fresh.P], ["证明", model.fresh.proof], ["随机数", randomBytes(16)],
        ["日志条数", seen.size], ["日志根", seen.root]]);
}

async function sign(passphrase, text) {
    const { meeting, fresh } = model;
    // x, and behind it the key of the vault in which the booth keeps choices: one opening for both.
    const wrapped = await wrapForDevice(concat(fresh.x, randomBytes(32)), passphrase);
    const note = await signStatement(person, passphrase, text);
    const kept = (await readVoteKey(person, meeting.id))?.keys ?? [];
    await saveVoteKey({ person, meeting: meeting.id, keys: [...kept, { P: base64(fresh.P), wrapped }] });
    const { receipt } = await api.postEntry(note);
    model.signed = verifyReceipt(model.pin, receipt, text);
    wipe(fresh.x);
    model.meeting = await api.readMeeting(meeting.id);
    page.show(doneView, true);
}

function about() {
    const { meeting } = model;
    return card([facts([[t("signin.meeting"), meeting.id], [t("signin.place"), el("span", { lang: "zh" }, meeting.place)],
        [t("signin.time"), moment(meeting.time)],
        [t("signin.present"), `${present()} / ${meeting.quorum}`]])]);
}

/** A member who signs in again is still one member. */
function present() {
    return new Set(model.meeting.signins.map((signin) => signin.person)).size;
}

const mine = () => model.meeting.signins.filter((signin) => signin.person === person).at(-1);

function signView() {
    return [el("h1", {}, t("signin.title")), stateLine("none", t("signin.not"), t("signin.others", { k: present() })), about(),
        el("p", {}, t("signin.body")), mine() && el("p", { class: "note wait" }, t("signin.again")),
        signPanel({ text: model.text, label: t("signin.button"), sign })];
}

function doneView() {
    model.isDone = true;
    const n = model.signed?.index ?? mine().index;
    const sentence = t("signin.done", { n, k: present(), q: model.meeting.quorum });
    return [el("h1", {}, t("signin.title")),
        model.signed ? verifiedBanner(model.signed, t("signin.done.word"), sentence) : stateLine("done", t("signin.done.word"), sentence),
        about(), el("p", {}, t("signin.next"))];
}

function frozenView() {
    return [el("h1", {}, t("signin.title")), empty(t("signin.frozen"), t("signin.frozen.body")), about(),
        link(t("do.home"), `home.html#${person}`, "")];
}

function emptyView() {
    return [el("h1", {}, t("signin.title")), empty(t("signin.none"), t("signin.none.body"))];
}

function openElection() {
    return model.meeting?.elections.find((election) => election.state === "open");
}

async function chooseView() {
    const { meeting } = model;
    const held = (await readVoteKey(person, meeting.id))?.keys ?? [];
    const here = mine() && held.some(({ P }) => P === mine().P);
    if (here) return page.show(doneView);
    if (meeting.state !== "open") return page.show(frozenView);
    await prepareText();
    return page.show(signView, true);
}

/** Counts people in, and leads on when the vote opens; a text being signed stays as it is. */
async function follow() {
    const fresh = model.meeting ? await api.readMeeting(model.meeting.id).catch(() => null) : await findMeeting().catch(() => null);
    if (fresh) {
        const first = !model.meeting;
        model.meeting = fresh;
        const now = JSON.stringify([fresh.state, present(), fresh.elections]);
        if (first || (shown && JSON.parse(shown)[0] !== fresh.state)) await chooseView();
        else if (now !== shown && model.isDone) page.refresh();
        shown = now;
        const election = openElection();
        if (election && (await readVoteKey(person, fresh.id))) return location.assign(`booth.html?election=${election.id}#${person}`);
    }
    return setTimeout(follow, EVERY);
}

async function start() {
    try {
        if (!person || !(await readPerson(person))) throw explain("refuse.nobody");
        model.pin = await pinService();
        model.meeting = await findMeeting();
        if (model.meeting) await chooseView();
        else page.show(emptyView);
        follow();
    } catch (error) {
        page.fail(error, { label: t("login.other"), press: () => location.assign(`enter.html#${person ?? ""}`) });
    }
}

start();
