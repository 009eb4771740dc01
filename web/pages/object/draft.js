/**
 * draft.js - an objection while it is written, kept on this device and nowhere else: each pause in typing,
 * each file. Once it is filed, what is needed to send the rest takes its place.
 *
 *   openDraft(notice)  → { step, values, files, save(), later(), erase() }
 *        values   what was typed, by name      files, idFiles   [{ name, format, size, file, clean, strip }]
 *        save() resolves when it is durable; later() does it after a pause, and tells `onSaved`
 *   keepFiled(notice, filed), readFiled(notice), eraseFiled(notice)
 *        filed = { code, text, note, receipt, hash, parts: [{ kind, hash, size, bytes: Blob }] }
 *   bind(draft, name, control)   the control shows what was typed and keeps what is typed
 */
import { eraseNote, readNote, saveNote } from "../../ui/store.js";

const PAUSE = 400;
const nameOf = (notice) => `objection ${notice}`;
const filedOf = (notice) => `filed ${notice}`;

export async function openDraft(notice) {
    const kept = await readNote(nameOf(notice));
    const draft = { step: 1, values: {}, files: [], idFiles: [], ...kept, onSaved: () => {} };
    let timer = 0;
    draft.save = async () => {
        clearTimeout(timer);
        const { step, values, files, idFiles } = draft;
        await saveNote(nameOf(notice), { step, values, files, idFiles });
        draft.onSaved();
    };
    draft.later = () => {
        clearTimeout(timer);
        timer = setTimeout(draft.save, PAUSE);
    };
    draft.erase = () => {
        clearTimeout(timer);
        return eraseNote(nameOf(notice));
    };
    addEventListener("pagehide", draft.save);
    return draft;
}

export function bind(draft, name, control) {
    control.value = draft.values[name] ?? "";
    control.addEventListener("input", () => {
        draft.values[name] = control.value;
        draft.later();
    });
    return control;
}

export const keepFiled = (notice, filed) => saveNote(filedOf(notice), filed);
export const readFiled = (notice) => readNote(filedOf(notice));
export const eraseFiled = (notice) => eraseNote(filedOf(notice));
