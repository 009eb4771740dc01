/**
 * more.js - what else there is to a report: where it stands, its versions, what anybody may take along.
 *
 *   stateBanner(model)    the state that everybody sees; green only with a proof made on this device
 *   voidBanner(model)     a newer version, a void: before everything else; false if the version stands
 *   factsCard(model), versionsCard(model), takeCard(model)
 */
import { reportAddress } from "../../api.js";
import { card, el, facts, link } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { banner, isProven, verifiedBanner } from "../../ui/state.js";
import { moment } from "../../ui/time.js";
import { missingOf, reservedCount, signedCount } from "./people.js";

export function addressOf({ id, version, newest }) {
    return newest ? `#${id}` : `#${id}.v${version}`;
}

export function sizeText(bytes) {
    if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
    return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const newestOf = ({ versions }) => Math.max(...versions.map(({ version }) => version));

/** The page may have been opened as "the newest" before there was a newer one. */
function goNewest(event) {
    if (event.currentTarget.hash !== location.hash) return;
    event.preventDefault();
    location.reload();
}

export function voidBanner({ status }) {
    if (status.state !== "void" && status.newest) return false;
    const how = status.newest ? status.void?.how ?? "voided" : "superseded";
    const v = newestOf(status);
    const more = !status.newest && el("p", {}, link(t("report.void.go", { v }), `#${status.id}`, "narrow", { onclick: goNewest }));
    return banner("stop", t("report.state.void"), t(`report.void.${how}`, { v, n: status.void?.index ?? "–" }), more);
}

function completeWords(status) {
    const k = reservedCount(status);
    return [t("report.complete.body", { n: signedCount(status), of: status.signers.length }),
        k > 0 && t("report.complete.reserved", { k }),
        status.signers.some(({ refusal }) => refusal !== null) && t("report.complete.refused")].filter(Boolean).join("");
}

function sentence(model) {
    const { status } = model;
    if (status.state === "complete") return completeWords(status);
    if (status.state === "blocked") return t("report.blocked.body");
    return t("report.open.body", { n: signedCount(status), of: status.signers.length, who: missingOf(model) });
}

export function proofLine({ proof }) {
    if (proof?.rule) return el("p", { class: "note wait" }, t("report.unfit.body", { rule: proof.rule }));
    return el("p", { class: "small" }, isProven(proof) ? t("report.proven", { n: proof.size - 1 }) : t("report.unproven"));
}

export function stateBanner(model) {
    const { status, proof } = model;
    const word = t(`report.state.${status.state}`);
    const since = el("p", { class: "banner-since" }, t("report.since", { t: moment(status.since) }));
    if (proof?.rule) return banner("stop", t("report.unfit"), t("report.unfit.body", { rule: proof.rule }));
    if (status.state === "complete" && isProven(proof)) return verifiedBanner(proof, word, sentence(model), since);
    return banner(status.state === "open" ? "none" : "wait", word, sentence(model), since);
}

export function factsCard({ status, organisations }) {
    return card([el("h2", {}, t("report.facts")), facts([
        [t("report.id"), el("span", { class: "mono" }, status.id)],
        [t("report.team"), el("span", { class: "mono" }, status.team)],
        [t("report.organisations"), el("span", { lang: "zh" }, status.organisations.map((id) => organisations.get(id)?.name ?? id).join(t("report.joint")))],
        [t("report.filed"), t("report.filed.at", { t: moment(status.time), n: status.index })],
        [t("report.deadline"), moment(status.deadline)],
        [t("report.size"), `${status.format} · ${t("report.size.bytes", { n: status.size.toLocaleString("en") })}`],
        [t("report.fingerprint"), el("span", { class: "mono" }, status.file.match(/.{1,4}/g).join(" "))]])]);
}

export function versionsCard({ status }) {
    if (status.versions.length < 2) return null;
    return card([el("h2", {}, t("report.versions")), el("ul", { class: "stack" }, status.versions.map((one) => el("li", { class: "row spread" },
        one.version === status.version ? el("span", {}, el("b", {}, t("report.version", { v: one.version })), ` · ${t("report.version.now")}`)
            : link(t("report.version", { v: one.version }), `#${status.id}.v${one.version}`),
        el("span", { class: "small" }, `${t(`report.state.${one.state}`)} · ${t("report.entry", { n: one.index })}`))))]);
}

export function takeCard({ status, mayRead }) {
    const { id, version } = status;
    const asked = status.newest ? undefined : version;
    const file = (name) => reportAddress(id, name, asked);
    const rows = [["report.take.page", `signing-page.html${addressOf(status)}`], ["report.take.pdf", file("signing-page.pdf")],
        ["report.take.proof", file("evidence"), `${id}-v${version}-evidence.txt`], mayRead && !["missing", "partial"].includes(status.document) && ["report.take.bundle", file("bundle.tar")],
        ["report.take.attestation", file("attestation.json")], status.state === "open" && ["report.take.calendar", file("deadline.ics")],
        ["report.take.check", "report-check.html"], ["report.take.all", "reports.html"]].filter(Boolean);
    return card([el("h2", {}, t("report.take")), el("ul", { class: "take" }, rows.map(([word, href, download]) =>
        el("li", {}, link(t(word), href, undefined, { download }))))]);
}
