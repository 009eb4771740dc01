/**
 * done.js - 已签: what the signer sees once this device has verified the receipt.
 */
import { hex, utf8 } from "../../lib/bytes.js";
import { sha256 } from "../../lib/hash.js";
import { el, link } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { receiptCard } from "../../ui/receipt.js";
import { verifiedBanner } from "../../ui/state.js";
import { statementBlock } from "../../ui/statement.js";
import { moment } from "../../ui/time.js";
import { isSettled, missingOf } from "./people.js";

function sentence({ model, proof, sent }) {
    const { status } = model;
    const values = { n: proof.index, t: moment(proof.time) };
    if (sent.opinion === "不同意" || status.state === "blocked") return t("report.done.blocked", values);
    const rest = status.signers.filter((row) => !isSettled(row) && row.person !== model.me.person).length;
    if (rest === 0) return t(status.signers.some(({ refusal }) => refusal !== null) ? "report.done.witnessed" : "report.done.last", values);
    const others = { ...model, status: { ...status, signers: status.signers.filter(({ person }) => person !== model.me.person) } };
    return t("report.done.body", { ...values, k: rest, who: missingOf(others) });
}

export function doneView(desk) {
    const { model, proof, sent } = desk;
    const { status } = model;
    const save = link(t("report.receipt.save"), `/api/receipts/${hex(sha256(utf8(sent.text)))}`, "quiet",
        { icon: "save", download: `receipt-${proof.index}.txt` });
    return [verifiedBanner(proof, t("report.done"), sentence(desk)),
        receiptCard(proof, { title: t("report.receipt"), index: proof.index, time: proof.time,
            rows: [[t("report.receipt.report"), el("span", { class: "mono" }, `${status.id} · ${t("report.version", { v: status.version })}`)],
                [t("report.receipt.opinion"), t(`report.opinion.${sent.opinion}`)], [t("report.receipt.time"), moment(proof.time)]],
            ticks: [1, 2, 3].map((i) => t(`report.receipt.tick.${i}`)) }), save,
        statementBlock(sent.text, { signed: false, title: t("sign.signed") })];
}
