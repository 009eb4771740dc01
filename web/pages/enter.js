/**
 * enter.js - puts a person's key code into this device, or opens the one that is there.
 *
 * The code comes behind '#' (#<person>.<code>), or is typed. It is taken out of the address at once,
 * wrapped under a passphrase, and never leaves the device.
 */
import words from "../i18n/member.js";
import { keyCodeParse } from "../lib/code.js";
import { button, card, el, field, input, link, textButton } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { t } from "../ui/language.js";
import { refusal } from "../ui/refusal.js";
import { act, passphraseField } from "../ui/sign.js";
import { keepPerson, openMySession, pinService, repinService } from "../ui/signer.js";
import { choosePerson, listPeople, readPin } from "../ui/store.js";
import * as api from "../api.js";

const page = openPage({ title: "enter.title", table: words });
const model = { person: "", code: "", people: [] };

/** Reads #<person>.<code> once and removes it, so that it stays in no history. */
function takeFragment() {
    const match = decodeURIComponent(location.hash.slice(1)).match(/^([a-z0-9][a-z0-9-]{0,62})(?:\.(.+))?$/);
    if (match?.[2]) history.replaceState(null, "", location.pathname);
    return { person: match?.[1] ?? "", code: match?.[2] ?? "" };
}

function goHome(person) {
    choosePerson(person);
    location.assign(`home.html#${person}`);
}

function checkNew(pass, again) {
    if ([...pass.value()].length < 8) {
        pass.say(t("pass.short"));
        return false;
    }
    pass.say("");
    if (pass.value() === again.value()) return true;
    again.say(t("pass.differ"));
    return false;
}

function readCode(text) {
    try {
        return keyCodeParse(text);
    } catch {
        return null;
    }
}

async function keep(person, code, pass) {
    await pinService();
    await keepPerson(person, code, pass);
    await openMySession(person, pass);
    goHome(person);
}

/** The key code came in the link: only a passphrase is missing. */
function importView() {
    const pass = passphraseField(true);
    const again = passphraseField(false, t("pass.again"));
    const place = el("div", {});
    const press = button("ink", t("enter.keep"), submit, { icon: "lock" });
    const typed = model.code ? null : codeFields();
    again.onEnter(submit);
    function submit() {
        const given = typed ? typed.read() : { person: model.person, code: readCode(model.code) };
        if (!given) return;
        if (!given.code) place.replaceChildren(refusal({ what: t("enter.code.bad") }));
        else if (checkNew(pass, again)) act(press, place, t("login.busy"), () => keep(given.person, given.code, pass.value()));
    }
    return [el("h1", {}, t("enter.code.title")),
        model.code && el("p", {}, el("b", {}, t("enter.code.for", { person: model.person }))),
        el("p", {}, t("enter.code.body")), typed, pass, again, place, press,
        model.people.length > 0 && textButton(t("do.back"), () => page.show(chooseView, true))];
}

function codeFields() {
    const person = input({ value: model.person, autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
    const code = input({ code: true, long: true, maxlength: 40 });
    const who = field({ label: t("enter.person"), hint: t("enter.person.hint"), input: person });
    const what = field({ label: t("enter.code.label"), hint: t("enter.code.typed"), input: code });
    const fields = el("div", { class: "stack" }, who, what);
    fields.read = () => {
        const id = person.value.trim();
        const bytes = readCode(code.value);
        who.say(/^[a-z0-9][a-z0-9-]{0,62}$/.test(id) ? "" : t("enter.person.bad"));
        what.say(bytes ? "" : t("enter.code.bad"));
        return bytes && /^[a-z0-9][a-z0-9-]{0,62}$/.test(id) ? { person: id, code: bytes } : null;
    };
    return fields;
}

/** The key is on this device: open the tasks by the passphrase. */
function openView() {
    const pass = passphraseField();
    const place = el("div", {});
    const press = button("ink", t("login.title"), submit);
    pass.onEnter(submit);
    function submit() {
        if (!pass.value()) return pass.say(t("pass.empty"));
        pass.say("");
        return act(press, place, t("login.busy"), async () => {
            await openMySession(model.person, pass.value());
            goHome(model.person);
        });
    }
    return [el("h1", {}, t("login.title")), el("p", {}, el("b", {}, t("login.who", { person: model.person }))),
        el("p", {}, t("login.body")), pass, place, press,
        el("div", { class: "row spread" }, textButton(t("home.switch"), () => page.show(chooseView, true)),
            textButton(t("login.other"), startImport))];
}

function startImport() {
    page.show(importView, true);
}

function chooseView() {
    return [el("h1", {}, t("login.title")),
        card(model.people.map(({ person, roles }) => button("quiet", `${person} ${roles.map((role) => t(`role.${role}`)).join("、")}`,
            () => { model.person = person; page.show(openView, true); }, { icon: "person" }))),
        textButton(t("login.other"), () => { model.person = ""; startImport(); })];
}

/** The key code is for another log than this device knows: a person decides. */
async function repinView(next) {
    const [kept, present] = [await readPin(), await api.readServicePin()];
    page.show(() => [el("h1", {}, t("enter.repin")),
        el("p", {}, t("enter.repin.body", { old: kept.origin, new: present.origin })),
        button("ink", t("enter.repin.button"), async () => { await repinService(); page.show(next, true); }),
        link(t("do.back"), "index.html", "quiet")], true);
}

async function start() {
    Object.assign(model, takeFragment(), { people: await listPeople() });
    const known = model.people.some(({ person }) => person === model.person);
    if (!model.person && model.people.length === 1) model.person = model.people[0].person;
    let next = importView;
    if (!model.code && (known || model.people.length === 1)) next = openView;
    else if (!model.code && model.people.length > 1) next = chooseView;
    try {
        await pinService();
        page.show(next, true);
    } catch (error) {
        if (error.message === "refuse.origin") await repinView(next);
        else page.fail(error, { label: t("do.again"), press: start });
    }
}

start();
