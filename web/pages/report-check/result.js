/**
 * result.js - what a stranger reads: does the file fit, who signed what, how far the proof reaches.
 *
 *   resultViews({ result, key, document, present }) → nodes: banner, file, signers, what is proved and what is not
 *   wrongView(error)                       → nodes for a proof that does not verify
 *
 * Names are not here: the log holds ids, and a name needs an opening that a stranger does not have.
 */
import { hex } from "../../lib/bytes.js";
import { printTime } from "../../lib/text.js";
import { card, el, facts, tag } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { checklist } from "../../ui/list.js";
import { refusal } from "../../ui/refusal.js";
import { banner, stateLine, verifiedBanner } from "../../ui/state.js";
import { moment } from "../../ui/time.js";

const BY_ITSELF = "bundle";
const SHAPES = { agreed: "ring-check", reserved: "ring-check", disagreed: "stop", refused: "stop", missing: "ring" };
const LOOKS = { agreed: "done", reserved: "wait", disagreed: "ink", refused: "ink", missing: "" };
const MEGABYTE = 1048576;
const KILOBYTE = 1024;

const at = (seconds) => moment(printTime(seconds));
const short = (hash) => hex(hash).slice(0, 16);
const mono = (text) => el("span", { class: "mono hash" }, text);

export function sizeText(bytes) {
    return bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / KILOBYTE))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/* --- the banner --- */

function counts({ signers }) {
    const count = (...verdicts) => signers.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const missing = signers.filter(({ verdict }) => verdict === "missing").map(({ person }) => person);
    return { n: count("agreed", "reserved", "disagreed"), of: signers.length, refused: count("refused"), k: count("reserved"), no: count("disagreed"),
        who: missing.join(t("proof.comma")) };
}

/** How a complete sign-off is said: only a file that fits, under a key that is not the proof's own, is green. */
function completeBanner(result, key) {
    const held = { ...counts(result.filed), size: result.size };
    const said = [t(held.refused ? "proof.refused.body" : "proof.signed.body", held), held.k > 0 && t("proof.complete.reserved", held),
        t("proof.asof", held)].filter(Boolean).join("");
    if (key.known === BY_ITSELF) return banner("wait", t("proof.unkeyed"), `${said}${t("proof.unkeyed.body")}`);
    if (result.match === "none") return banner("wait", t("proof.unfiled"), `${said}${t("proof.unfiled.body")}`);
    return verifiedBanner(result, t("proof.complete"), said);
}

const BANNERS = {
    complete: completeBanner,
    open: ({ filed, size }) => banner("wait", t("proof.open"), t("proof.open.body", counts(filed)) + t("proof.asof", { size })),
    blocked: ({ filed, size }) => banner("stop", t("proof.blocked"), t("proof.blocked.body", counts(filed)) + t("proof.asof", { size })),
    void: ({ filed }) => banner("stop", t("proof.void"), t(`proof.void.${filed.how}`, { v: filed.version, next: filed.version + 1, n: filed.since })),
    broken: ({ filed }) => banner("stop", t("proof.broken"), t(filed ? "proof.broken.body" : "proof.broken.none")),
};

/** Calm and unmistakable: both short fingerprints, and that nobody signed this file. */
function otherFile({ filed }, document) {
    return banner("stop", t("proof.other"), t("proof.other.body"),
        facts([[t("proof.other.given"), mono(short(document.hash))], [t("proof.other.signed"), mono(short(filed.file))]]));
}

/* --- the file and the report --- */

function fileLine(result, document) {
    if (result.match === "same") return stateLine("done", t("proof.match"), t("proof.match.body", { name: document.name }));
    return stateLine("none", t("proof.nofile"), t("proof.nofile.body"));
}

function reportCard({ filed, origin, size }) {
    return card([el("h2", { lang: "zh" }, filed.title),
        facts([[t("proof.report"), el("span", {}, mono(filed.report), " ", t("report.version", { v: filed.version }))],
            [t("proof.kind"), t(`report.kind.${filed.kind}`)],
            [t("proof.subjects"), mono(filed.organisations.join(" "))],
            [t("proof.file"), el("span", {}, `${filed.format} · ${sizeText(filed.size)} `, mono(short(filed.file)))],
            [t("proof.filed"), `${at(filed.time)} · ${t("report.entry", { n: filed.index })}`],
            [t("proof.deadline"), at(filed.deadline)],
            [t("proof.log"), el("span", {}, mono(origin), " ", t("proof.log.size", { size }))]])], { kind: "document" });
}

/* --- who signed what --- */

function lineOf(line, former = false) {
    const { person, capacity, organisation, verdict, index, time } = line;
    return el("li", { class: "signer" }, icon(SHAPES[verdict]),
        el("div", { class: "stack signer-words" },
            el("div", { class: "row spread" },
                el("span", {}, el("b", { class: "mono" }, person), " ", el("span", { class: "small" }, t(`report.capacity.${capacity}`))),
                tag(LOOKS[verdict], t(`proof.verdict.${verdict}`))),
            organisation && el("p", { class: "small" }, t("proof.for", { organisation })),
            index !== null && el("p", { class: "small" }, `${at(time)} · ${t("report.entry", { n: index })}`),
            line.reason && el("p", { class: "caption" }, t(verdict === "refused" ? "proof.reason.refused" : "proof.reason")),
            former && el("p", { class: "caption" }, t("proof.former.row"))));
}

function signersCard({ filed }) {
    const { n, of } = counts(filed);
    return card([el("div", { class: "row spread" }, el("h2", {}, t("proof.signers")), el("span", { class: "small" }, t("report.signed.count", { n, of }))),
        el("ul", { class: "signer-list" }, filed.signers.map((line) => lineOf(line))),
        filed.former.length > 0 && el("h3", {}, t("proof.former")),
        filed.former.length > 0 && el("ul", { class: "signer-list" }, filed.former.map((line) => lineOf(line, true))),
        el("p", { class: "caption" }, t("proof.names"))]);
}

/* --- how far it reaches --- */

/** Without a third party's cosignature different people might be shown different logs. */
function witnessRow(count) {
    return count > 0 ? { state: "done", title: t("proof.witnesses", { n: count }), evidence: t("proof.witnesses.body") }
        : { state: "none", title: t("witness.none"), evidence: t("witness.none.why") };
}

/** The fingerprint of the file, computed here: the same, another, or none yet. */
function fileRow(match) {
    const title = t("proof.reach.file");
    if (match === "same") return { state: "done", title, evidence: t("proof.reach.file.body") };
    return match === "other" ? { state: "stop", title: t("proof.reach.other"), evidence: t("proof.reach.file.body") }
        : { state: "none", title, evidence: t("proof.reach.nofile") };
}

function reachCard({ filed, size, match, witnesses }, key) {
    const done = (title, evidence) => ({ state: "done", title, evidence });
    const open = (title, evidence) => ({ state: "none", title, evidence });
    const known = { state: key.known === BY_ITSELF ? "none" : "done", title: t("proof.reach.key"), evidence: t(`proof.known.${key.known}`) };
    return card([el("h2", {}, t("proof.reach")),
        checklist([fileRow(match), done(t("proof.reach.signatures"), t("proof.reach.signatures.body")),
            done(t("proof.reach.log", { size }), t("proof.reach.log.body")), known, witnessRow(witnesses)]),
        el("h3", {}, t("proof.unknown")),
        checklist([open(t("proof.unknown.later", { n: size - 1 }), t("proof.unknown.later.body")),
            open(t("proof.unknown.all"), t("proof.unknown.all.body")), open(t("proof.unknown.names"), t("proof.unknown.names.body"))]),
        filed.state === "void" && el("p", { class: "small" }, t("proof.reach.void"))]);
}

/* --- what does not hold --- */

function problemsCard({ problems }) {
    return card([el("h2", {}, t("proof.problems")), el("p", { class: "small" }, t("proof.problems.body")),
        el("ul", { class: "stack" }, problems.map((problem) => el("li", {},
            problem.index !== null && el("p", { class: "small" }, t("report.entry", { n: problem.index })),
            refusal(problem))))]);
}

export function wrongView(error, key) {
    const isKey = ["checkpoint.signature", "checkpoint.origin"].includes(error.rule);
    return [banner("stop", t("proof.wrong"), t(isKey ? "proof.wrong.key" : "proof.wrong.body")), refusal(error),
        isKey && key && el("p", { class: "note wait" }, t(`proof.known.${key.known}`))];
}

/** Asked for and told: what is proved here has been overtaken. */
function overtaken({ filed }, { status }) {
    return banner("wait", t("proof.overtaken", { v: status.version }), t("proof.overtaken.body", { v: status.version, was: filed.version }));
}

export function resultViews({ result, key, document, present }) {
    const { verdict, filed } = result;
    if (verdict === "other") return [otherFile(result, document), signersCard(result), reportCard(result), reachCard(result, key)];
    if (verdict === "broken") return [BANNERS.broken(result), problemsCard(result), filed && reportCard(result)];
    const first = present?.status?.version > filed.version && verdict !== "void" ? overtaken(result, present) : BANNERS[verdict](result, key);
    return [first, fileLine(result, document), signersCard(result), reportCard(result), reachCard(result, key)];
}
