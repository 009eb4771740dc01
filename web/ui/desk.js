/**
 * desk.js - the table at which an official works: who one is, a session to read with, the folded log.
 *
 *   const desk = await sitDown(page)     asks for the passphrase if no session is open for this person
 *     desk.person, .roles, .pin, .journal, .state       .holds("工作人员")
 *     desk.named(id)         the name, if this person may read it
 *     desk.nameOf(id)        "member-01 何示例" where this person may read the name, else the id
 *     desk.proposals         what waits for this person's line, or for others after it
 *     desk.look()            → true if log or proposals have changed since
 *     desk.identity()        who one is, and a way to be somebody else on this device
 */
import * as api from "../api.js";
import { button, card, el, link, progress, textButton } from "./dom.js";
import { icon } from "./icon.js";
import { language, t } from "./language.js";
import { followJournal, openJournal } from "./journal.js";
import { act, passphraseField } from "./sign.js";
import { openMySession, pinService } from "./signer.js";
import { banner } from "./state.js";
import { choosePerson, chosenPerson, listPeople } from "./store.js";
import { explain } from "./refusal.js";

/** Each person of this device is another page: nothing of one stays when another sits down. */
function become(person) {
    choosePerson(person);
    location.hash = person;
    location.reload();
}

function chooseView(people) {
    return () => [el("h1", {}, t("desk.who")), el("p", {}, t("desk.who.body")),
        card(people.map(({ person, roles }) => button("quiet", `${person}　${rolesText(roles)}`, () => become(person), { icon: "person" }))),
        link(t("desk.enter"), "enter.html", "quiet")];
}

export function rolesText(roles) {
    return roles.map((role) => t(`role.${role}`)).join(language() === "en" ? ", " : "、");
}

function loginView(person, people, opened) {
    return () => {
        const pass = passphraseField();
        const place = el("div", {});
        const press = button("ink", t("desk.open"), submit, { icon: "lock" });
        pass.onEnter(submit);
        function submit() {
            if (!pass.value()) return pass.say(t("pass.empty"));
            pass.say("");
            return act(press, place, t("desk.opening"), async () => opened(await openMySession(person, pass.value())));
        }
        return [el("h1", {}, t("desk.login", { person })), el("p", {}, t("desk.login.body")), pass, place, press,
            others(people, person)];
    };
}

/** A session of this very person, from the cookie or from the passphrase. */
async function openDeskSession(page, person, people) {
    try {
        const me = await api.readMe();
        if (me.person === person) return me;
    } catch (error) {
        if (error.status !== 401) throw error;
    }
    return new Promise((resolve) => { page.show(loginView(person, people, resolve), true); });
}

export function countingView(count) {
    return () => [el("h1", {}, t("desk.reading")), banner("wait", t("desk.reading.word"), t("desk.reading.body")),
        el("p", { class: "small" }, t("desk.reading.count", count)), progress(count.done, count.total)];
}

/** The folded log, with a page that counts. */
export async function readJournal(page, pin) {
    const count = { done: 0, total: 0 };
    let painted = 0;
    page.show(countingView(count));
    return openJournal(pin, (done, total) => {
        Object.assign(count, { done, total });
        if (performance.now() - painted < 120) return;
        painted = performance.now();
        page.refresh();
    });
}

export async function sitDown(page) {
    const people = await listPeople();
    const person = chosenPerson();
    if (people.length === 0) throw explain("refuse.nobody");
    if (!people.some((kept) => kept.person === person)) return new Promise(() => page.show(chooseView(people), true));
    page.setup.who = person;
    const pin = await pinService();
    const { roles } = await openDeskSession(page, person, people);
    const journal = await readJournal(page, pin);
    const desk = makeDesk({ person, roles, pin, journal, people });
    await desk.look();
    return desk;
}

function makeDesk({ person, roles, pin, journal, people }) {
    let names = new Map();
    let shown = "";
    const desk = { person, roles, pin, journal, people, proposals: [], look, nameOf, identity, named: (id) => names.get(id),
        holds: (role) => roles.includes(role),
        get state() { return journal.state; } };
    return desk;

    async function look() {
        const { log } = await api.readOverview();
        const grown = log.size !== journal.state.size && (await followJournal(journal));
        const { proposals } = await api.readProposals();
        desk.proposals = proposals;
        if (grown || names.size === 0) names = await readNames(journal.state);
        const now = JSON.stringify(proposals);
        const changed = grown || now !== shown;
        shown = now;
        return changed;
    }
    function nameOf(id) {
        const name = names.get(id);
        return name ? `${id} ${name}` : id;
    }
    function identity() {
        return el("div", { class: "row spread identity" },
            el("p", { class: "small" }, icon("person", "text"), " ", t("desk.you", { person: nameOf(person), roles: rolesText(roles) })),
            others(people, person));
    }
}

/** id → name, for the names this person may read. */
async function readNames(state) {
    const { openings } = await api.readOpenings().catch(() => ({ openings: [] }));
    const values = new Map(openings.map(({ hidden, value }) => [hidden, value]));
    return new Map([...state.people.values()].map(({ id, hiddenName }) => [id, values.get(hiddenName)]));
}

/** The other persons of this device. */
function others(people, person) {
    const rest = people.filter((other) => other.person !== person);
    return rest.length > 0 && el("span", { class: "row small" }, t("desk.be"),
        rest.map((other) => textButton(other.person, () => become(other.person))));
}
