/**
 * upload.js - the bytes of a filed report on their way: progress, a drop, a reload, another file chosen.
 *
 *   uploading(context, report, { file, proof }) → view
 *       file   as chosen before signing; none after a reload: it is chosen again, and must be the same
 *       proof  of the filing's receipt, if it was just signed here
 */
import { hex } from "../../lib/bytes.js";
import { button, card, el, facts, fill, link } from "../../ui/dom.js";
import { t } from "../../ui/language.js";
import { explain, refusal } from "../../ui/refusal.js";
import { banner, verifiedBanner } from "../../ui/state.js";
import { fileRow, filePicker, hashFile, sizeText, upload, uploadWords } from "../../ui/upload.js";

/** One upload of a page; a view that is drawn again shows it, and does not begin another. */
export function uploading({ desk, goHome, page }, report, { file = null, proof = null } = {}) {
    const held = { file, news: null, error: null, stop: null };
    const row = fileRow();
    const place = el("div", { class: "stack", "aria-live": "assertive" });

    const showFile = (chosen, done, total, words, kind) => row.show({ name: chosen.name, size: chosen.size, done, total, words, kind });
    function tell(news) {
        const wasOver = held.news?.state === "done";
        held.news = news;
        showFile(held.file, news.sent, news.size, uploadWords(news), news.state === "done" ? "done" : news.state === "lost" ? "wait" : "");
        if (news.state === "done" && !wasOver) page.refresh();
    }
    async function go(chosen) {
        held.file = chosen;
        held.stop = new AbortController();
        addEventListener("pagehide", () => held.stop.abort(), { once: true });
        try {
            await upload(report.file, chosen, { tell, signal: held.stop.signal });
        } catch (error) {
            fill(place, refusal(error, { label: t("do.again"), press: () => { fill(place); go(chosen); } }));
        }
    }
    async function choose(chosen) {
        fill(place);
        const { hash } = await hashFile(chosen, (done, total) => showFile(chosen, done, total, t("file.hashing", { n: Math.floor((100 * done) / total) })));
        if (hex(hash) === report.file) return go(chosen).then(() => page.refresh());
        row.clear();
        return fill(place, refusal(explain("upload.other", { name: chosen.name })));
    }
    if (file) go(file);

    const isDone = () => held.news?.state === "done" || report.document === "stored";
    return () => [el("h1", {}, t("upload.title")), desk.identity(),
        proof && verifiedBanner(proof, t("together.done.word"), t("upload.filed", { n: proof.index })),
        isDone() ? banner("none", t("upload.done.word"), t("upload.done.body")) : el("p", { class: "note wait" }, t("upload.keep")),
        card([el("h2", {}, report.title), facts([[t("report.id"), report.id], [t("upload.version"), String(report.version)], [t("upload.size"), `${report.format} · ${sizeText(report.size)}`],
            [t("upload.hash"), el("span", { class: "mono small" }, report.file)]]),
        !isDone() && !held.file && filePicker(t("upload.choose"), t("upload.choose.hint"), choose), row, place]),
        isDone() && link(t("upload.read"), `report.html#${report.id}`, "ink"), button("quiet", t("do.back.team"), goHome)];
}
