/**
 * signing-page.js - the signing page on A4: file, every statement as signed, who, when, and the QR codes
 * that hold the whole proof. Printed black on white. Names stand on it only where this reader's openings
 * fit the log, reasons only where this reader holds them.
 */
import words from "../i18n/report.js";
import * as api from "../api.js";
import { parseEntry } from "../lib/entry.js";
import { refuse } from "../lib/refusal.js";
import { parseStatement } from "../lib/statement.js";
import { button, el, link, rule } from "../ui/dom.js";
import { openPage } from "../ui/frame.js";
import { icon, logo } from "../ui/icon.js";
import { t } from "../ui/language.js";
import { openLog, witnessCount } from "../ui/log.js";
import { qrPart } from "../ui/qr.js";
import { explain } from "../ui/refusal.js";
import { pinService } from "../ui/signer.js";
import { moment } from "../ui/time.js";
import { addressOf } from "./report/more.js";
import { readNames, readOpenings } from "./report/names.js";
import { proveReport } from "./report/proof.js";
import { nameOf, reasonOf, reservedCount, signedCount } from "./report/people.js";

const PATIENCE = 5;
const page = openPage({ title: "signing.title", width: "wide", table: words });
const model = { pin: null, log: null, status: null, proof: null, parts: [], names: new Map(), openings: new Map(), organisations: new Map() };

function askedFor() {
    const [, id, version] = /^([a-z0-9][a-z0-9-]{0,62})(?:\.v([1-9][0-9]{0,5}))?$/.exec(decodeURIComponent(location.hash.slice(1))) ?? [];
    if (!id) throw explain("report.none");
    return [id, version ? Number(version) : undefined];
}

/* --- the parts of the sheet --- */

function head() {
    return [el("header", { class: "sheet-head" }, logo(), el("div", {}, el("b", {}, t("signing.office")), el("p", {}, t("signing.head")))), rule(),
        el("h1", {}, t("signing.title")), el("p", { class: "signing-for" }, el("span", { lang: "zh" }, t("signing.for", { title: model.status.title, v: model.status.version })))];
}

function stateFrame() {
    const { status } = model;
    const k = reservedCount(status);
    const shape = { complete: "ring-check", open: "ring", blocked: "warn", void: "stop" }[status.state];
    return el("div", { class: "signing-state" }, icon(shape), el("div", {}, el("b", {}, t(`signing.state.${status.state}`, { n: signedCount(status), of: status.signers.length })),
        el("p", {}, t(`report.article.${status.kind}`), k > 0 && t("signing.reserved", { k }))));
}

function signerCells(row) {
    const { names } = model;
    const by = row.organisation && el("span", { class: "signing-small block" }, t("signing.by", { who: names.get(row.person) ?? row.person }));
    const opinion = row.refusal !== null ? t("report.refused") : row.opinion ? t(`report.opinion.${row.opinion}`) : t("signing.missing");
    const index = row.index ?? row.refusal;
    return [[el("b", { lang: "zh" }, nameOf(model, row)), by], t(`report.capacity.${row.capacity}`), el("b", {}, opinion),
        row.time ? moment(row.time) : "–", index === null ? "–" : t("report.entry", { n: index })];
}

function signersTable() {
    const titles = ["who", "capacity", "opinion", "time", "entry"].map((word) => t(`signing.${word}`));
    return el("table", { class: "signing-table" }, el("thead", {}, el("tr", {}, titles.map((title) => el("th", { scope: "col" }, title)))),
        el("tbody", {}, model.status.signers.map((row) => el("tr", {}, signerCells(row).map((cell) => el("td", {}, cell))))));
}

function reservations() {
    const rows = model.status.signers.filter(({ reason }) => reason);
    if (rows.length === 0) return null;
    return [el("h2", {}, t("signing.reservations")), el("ul", { class: "signing-reasons" }, rows.map((row) => {
        const reason = reasonOf(model, row);
        const values = { who: nameOf(model, row), opinion: t(`report.opinion.${row.opinion}`), reason };
        return el("li", { lang: reason ? "zh" : null }, reason ? t("signing.reason", values) : t("signing.reason.hidden", values));
    }))];
}

function fileFrame() {
    const { status } = model;
    return [el("h2", {}, t("signing.file")), el("div", { class: "signing-file" }, el("p", {}, `${t("report.id")} ${status.id} · ${t("report.version", { v: status.version })} · ${
        status.format} · ${t("report.size.bytes", { n: status.size.toLocaleString("en") })}`), el("p", {}, `SHA-256 ${status.file}`))];
}

/** The statements themselves, out of the verified evidence; keys and changes of persons are only in the codes. */
function statements() {
    const said = model.proof.entries.map(({ index, entry }) => ({ index, ...parseStatement(parseEntry(entry).note) }))
        .filter(({ type }) => type.startsWith("report."));
    return [el("h2", {}, t("signing.texts")), el("ul", { class: "signing-texts", lang: "zh" }, said.map(({ index, text, signatures }) =>
        el("li", {}, el("b", {}, t("report.entry", { n: index })), `\n${text}${signatures.map(({ name }) => `— ${name}`).join("\n")}`)))];
}

function howTo() {
    const m = model.parts.length;
    const address = `${location.host}/report-check.html`;
    return el("section", { class: "signing-how" }, el("div", {}, el("h2", {}, t("signing.how")), el("ol", {}, [m > 0 && 1, 2, 3].filter(Boolean).map((i) => el("li", {}, t(`signing.how.${i}`, { address, m })))),
        el("p", {}, t(m > 0 ? "signing.how.4" : "signing.codes.none"))),
    el("ul", { class: "signing-codes" }, model.parts.map((part, i) => el("li", {}, qrPart(part, t("signing.code", { n: i + 1, m })),
        el("span", { class: "signing-small" }, t("signing.code", { n: i + 1, m }))))));
}

function foot() {
    const { pin, proof: { checkpoint } } = model;
    const witnesses = witnessCount(pin, checkpoint);
    const w = witnesses > 0 ? t("signing.witnesses", { w: witnesses }) : t("witness.none");
    return el("footer", { class: "sheet-foot" }, el("span", {}, t("signing.foot", { origin: pin.origin, n: checkpoint.size, w })), el("span", {}, model.status.id));
}

function view() {
    const { status, names } = model;
    return [el("div", { class: "stack no-print" }, names.size === 0 && el("p", { class: "note" }, t("signing.names")),
        button("ink", t("signing.print"), () => print(), { icon: "print" }), link(t("do.back"), `report.html${addressOf(status)}`, "quiet")),
    el("article", { class: "sheet signing-sheet" }, head(), stateFrame(), signersTable(), reservations(), fileFrame(), howTo(), statements(), foot())];
}

/* --- what it is made of --- */

/** State and list are printed only as they follow from the evidence, on this device. */
async function readProof(id, version) {
    for (let left = PATIENCE; model.proof === null; left -= 1) {
        model.status = await api.readReport(id, version);
        model.log = await openLog(model.pin);
        model.proof = await proveReport(model);
        if (left === 0 && model.proof === null) refuse("report.proof");
        if (model.proof === null) await new Promise((resolve) => { setTimeout(resolve, 1000); });
    }
    const parts = await api.readEvidenceParts(id, version).catch(() => "");
    model.parts = parts.split("\n").filter(Boolean);
}

async function start() {
    try {
        const [id, version] = askedFor();
        model.pin = await pinService();
        const { organisations } = await api.readOrganisations();
        model.organisations = new Map(organisations.map((one) => [one.id, one]));
        await readProof(id, version);
        model.openings = await readOpenings();
        model.names = await readNames(model.log, model.openings);
        page.show(view, true);
    } catch (error) {
        page.fail(error.status === 404 ? explain("report.none") : error, { label: t("report.take.all"), press: () => location.assign("reports.html") });
    }
}

addEventListener("hashchange", () => location.reload());
start();
