/**
 * names.js - the names behind the ids of the log, for a reader with a session.
 *
 *   readOpenings()               → Map "#…" → { type, label, salt, value }; empty without a session
 *   readNames(log, openings)     → Map person → name: only where the opening fits the field in the log
 */
import * as api from "../../api.js";
import { base64Decode } from "../../lib/bytes.js";
import { parseEntry } from "../../lib/entry.js";
import { isHiddenOpening } from "../../lib/hash.js";
import { parseStatement, value, values } from "../../lib/statement.js";
import { readEntries } from "../../ui/log.js";

export async function readOpenings() {
    const { openings } = await api.readOpenings().catch(() => ({ openings: [] }));
    return new Map(openings.map((opening) => [opening.hidden, opening]));
}

/** Person and "#…" of each name that an entry commits to. */
function namesIn({ type, fields, ...rest }) {
    const statement = { type, fields, ...rest };
    if (type === "person.invite") return [[value(statement, "人员"), "姓名", value(statement, "姓名")]];
    if (type !== "log.genesis") return [];
    return values(statement, "工作人员").map((line) => [line.split(" ")[0], "工作人员", line.split(" ").find((word) => word.startsWith("#"))]);
}

export async function readNames(log, openings) {
    const names = new Map();
    if (openings.size === 0) return names;
    for (const { entry } of await readEntries(log, 0, log.size)) {
        const statement = parseStatement(parseEntry(entry).note);
        for (const [person, label, field] of namesIn(statement)) {
            const opening = openings.get(field);
            if (opening && isHiddenOpening(statement.type, label, field, base64Decode(opening.salt), opening.value)) names.set(person, opening.value);
        }
    }
    return names;
}
