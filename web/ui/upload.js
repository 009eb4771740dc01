/**
 * upload.js - a document on its way to the service: hashed here first, sent in pieces, resumed after a drop.
 *
 *   hashFile(file, tell) → { hash, size, format }      tell(done, total) after each piece
 *   upload(hash, file, { tell, signal })               resolves when the service holds every byte
 *       hash   hex SHA-256 that a logged report names
 *       tell({ state: "sending" | "lost" | "done", sent, size })
 *   fileRow()   a row with bar and words: .show({ name, size, done, total, kind, words })
 *   filePicker(label, hint, choose)   a button to choose a file, and a place to drop one
 *   sizeText(bytes)
 *
 * The token that keys the unfinished upload is kept on this device, so that after a reload the same
 * file goes on where it stopped, and a stranger's pieces never mix with these.
 */
import * as api from "../api.js";
import { randomBytes } from "../lib/bytes.js";
import { documentReader } from "../lib/document.js";
import { el, fill, freshId, progress } from "./dom.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { readNote, saveNote } from "./store.js";

const PIECE = 1 << 20;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

export const sizeText = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

export async function hashFile(file, tell = () => {}) {
    const reader = documentReader();
    for (let at = 0; at < file.size; at += PIECE) {
        reader.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
        tell(Math.min(at + PIECE, file.size), file.size);
        await new Promise((done) => { setTimeout(done, 0); });
    }
    return reader.end();
}

async function tokenOf(hash) {
    const kept = await readNote(`upload ${hash}`);
    if (kept) return kept;
    const token = [...randomBytes(24)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await saveNote(`upload ${hash}`, token);
    return token;
}

/** What another try can mend; a full disk too may be mended by others. */
const isPassing = (error) => error.lost || error.status === 429 || error.status >= 500;

function sleep(milliseconds, signal) {
    return new Promise((done) => {
        const wake = () => {
            clearTimeout(timer);
            removeEventListener("online", wake);
            done();
        };
        const timer = setTimeout(wake, milliseconds);
        addEventListener("online", wake, { once: true });
        signal?.addEventListener("abort", wake, { once: true });
    });
}

/** From where the service stands to the end; a piece it did not expect makes it say where it stands. */
async function sendRest(hash, token, file, { tell, signal }) {
    let { received, complete } = await api.readDocumentState(hash, token);
    while (!complete && !signal?.aborted) {
        tell({ state: "sending", sent: received, size: file.size });
        try {
            ({ received, complete } = await api.putDocument(hash, token, file.slice(received, received + PIECE), received, file.size));
        } catch (error) {
            if (error.status !== 409) throw error;
            ({ received, complete } = await api.readDocumentState(hash, token));
        }
    }
    return received;
}

export async function upload(hash, file, { tell = () => {}, signal } = {}) {
    const token = await tokenOf(hash);
    let wait = FIRST_WAIT;
    let sent = 0;
    const heard = (news) => {
        wait = FIRST_WAIT;
        sent = news.sent;
        tell(news);
    };
    while (!signal?.aborted) {
        try {
            await sendRest(hash, token, file, { tell: heard, signal });
            if (signal?.aborted) return;
            tell({ state: "done", sent: file.size, size: file.size });
            return;
        } catch (error) {
            if (!isPassing(error)) throw error;
            tell({ state: "lost", sent, size: file.size, error });
            await sleep((error.retryAfter ?? 0) * 1000 || wait, signal);
            wait = Math.min(2 * wait, LONGEST_WAIT);
        }
    }
}

/* --- what one sees of it --- */

export function fileRow() {
    const row = el("div", { class: "file-row", hidden: true });
    const said = el("p", { class: "small", role: "status" });
    row.show = ({ name, size, done, total, kind = "", words }) => {
        row.hidden = false;
        fill(row, el("p", { class: "row spread" }, el("span", {}, icon("file", "text"), " ", name), el("span", { class: "small" }, sizeText(size))), progress(done, total, kind), said);
        if (said.textContent !== words) fill(said, words);
    };
    row.clear = () => { row.hidden = true; };
    return row;
}

export function filePicker(label, hint, choose) {
    const id = freshId("file");
    const control = el("input", { type: "file", id, class: "file-input", accept: ".pdf,.jpg,.jpeg,.png,.txt,application/pdf,image/jpeg,image/png,text/plain",
        "aria-describedby": `${id}-hint`, onchange: take });
    const zone = el("div", { class: "drop-zone" }, control, el("label", { for: id, class: "button" }, icon("file"), el("span", {}, label)),
        el("p", { class: "caption", id: `${id}-hint` }, hint));
    function take() {
        const [file] = control.files;
        control.value = "";
        if (file) choose(file);
    }
    const over = (isOver) => (event) => {
        event.preventDefault();
        zone.classList.toggle("over", isOver);
    };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
        over(false)(event);
        if (event.dataTransfer.files[0]) choose(event.dataTransfer.files[0]);
    });
    return zone;
}

export const uploadWords = ({ state, sent, size }) => t(`upload.${state}`, { n: size > 0 ? Math.floor((100 * sent) / size) : 0 });
