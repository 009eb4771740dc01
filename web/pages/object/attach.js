/**
 * attach.js - the material of an objection: chosen, looked at and kept on this device.
 *
 *   attachments(draft, list, { most, photos }) → node     photos: offer to clean them; list: "files" or "idFiles" of the draft
 *   plainFiles(list)   → [{ name, format, size, blob, copy }] in the order in which they are sealed: a photograph
 *        without its data first, its original after it
 */
import { documentReader } from "../../lib/document.js";
import { stripImage } from "../../lib/strip_image.js";
import { button, el, fill, textButton } from "../../ui/dom.js";
import { icon } from "../../ui/icon.js";
import { t } from "../../ui/language.js";
import { filePicker, sizeText } from "../../ui/upload.js";

const MIB = 1 << 20;
export const FILE_MOST = 20 * MIB;
export const TOGETHER_MOST = 50 * MIB;
export const FILES_MOST = 10;
const NAME_MOST = 80;

/** A name without what a text's line cannot hold. */
const tidyName = (name) => [...name.normalize("NFC").replace(/[\p{C}\p{Z}]+/gu, " ").trim()].slice(-NAME_MOST).join("") || "file";

function faultOf(list, { name, size }, format, most) {
    if (list.length >= most) return t("obj.file.many", { n: most });
    if (size === 0) return t("obj.file.empty", { name });
    if (size > FILE_MOST) return t("obj.file.large", { name, size: sizeText(size) });
    if (list.reduce((sum, one) => sum + one.size, size) > TOGETHER_MOST) return t("obj.file.together", { name });
    if (format === "") return t(/\.(docx?|wps|xlsx?|zip|rar|7z)$/i.test(name) ? "obj.file.office" : "obj.file.format", { name });
    return "";
}

async function read(file, photos) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const reader = documentReader();
    reader.add(bytes);
    const { format } = reader.end();
    const stripped = photos && stripImage(bytes);
    return { format, clean: stripped && stripped.removed.length > 0 ? new Blob([stripped.bytes]) : null };
}

export function attachments(draft, list, { most = FILES_MOST, photos = true } = {}) {
    const held = draft[list];
    const place = el("div", { class: "stack" });
    const said = el("div", { class: "stack", "aria-live": "assertive" });

    function row(one, i) {
        const drop = textButton(t("obj.file.remove"), () => {
            held.splice(i, 1);
            keep();
        }, { "aria-label": t("obj.file.remove.of", { name: one.name }) });
        return el("div", { class: "file-row" }, el("p", { class: "row spread" }, el("b", {}, icon("file", "text"), " ", one.name), el("span", { class: "small" }, sizeText(one.size))),
            el("p", { class: "row spread" }, el("span", { class: "small" }, icon("check", "text"), ` ${t("obj.file.kept", { format: one.format })}`), drop),
            one.clean && el("label", { class: "choice" }, el("input", { type: "checkbox", checked: one.strip, onchange: (event) => {
                one.strip = event.target.checked;
                draft.save();
            } }), el("span", {}, t("obj.file.strip"))));
    }
    function draw() {
        fill(place, held.map(row), held.some(({ clean }) => clean) && el("p", { class: "note info" }, icon("warn", "text"), " ", t("obj.file.photo")));
    }
    async function keep() {
        draw();
        await draft.save();
    }
    function refuse(text) {
        const row = el("div", { class: "file-row refused" }, el("p", {}, icon("warn", "text"), " ", text), button("quiet", t("obj.file.ok"), () => row.remove()));
        said.append(row);
    }
    async function choose(file) {
        const name = tidyName(file.name);
        const large = faultOf(held, { name, size: file.size }, "?", most);
        if (large) return refuse(large);
        const { format, clean } = await read(file, photos);
        const fault = faultOf(held, { name, size: file.size }, format, most);
        if (fault) return refuse(fault);
        held.push({ name, format, size: file.size, file: new Blob([await file.arrayBuffer()]), clean, strip: clean !== null });
        return keep();
    }
    draw();
    return el("div", { class: "stack" }, place, said, filePicker(t("obj.file.add"), t("obj.file.hint", { n: most }), choose));
}

export function plainFiles(list) {
    return list.flatMap(({ name, format, size, file, clean, strip }) => (clean && strip
        ? [{ name, format, size: clean.size, blob: clean, copy: true }, { name, format, size, blob: file, copy: false }]
        : [{ name, format, size, blob: file, copy: false }]));
}
