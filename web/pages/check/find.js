/**
 * find.js - one ballot, looked for in the log itself and not in what the service says of it.
 *
 *   searchLog(pin, M, isSeen)   → { size, found }: found is proven { index, size }, or null for not yet
 *        M: the list the fingerprint was scanned with, or undefined; isSeen(code, F): is it this ballot
 *
 * The checkpoint is signed by the pinned key, every entry hashes into its root, the log has grown from
 * what this device saw before. Refused: a ballot without its list in the log before it, outside the
 * time of voting, after a close or a cancellation, or whose own proofs do not hold.
 */
import { checkBallotAsync, fingerprint } from "../../lib/ballot.js";
import { base64Decode, equal, hex } from "../../lib/bytes.js";
import { parseElection } from "../../lib/election.js";
import { parseEntry } from "../../lib/entry.js";
import { must } from "../../lib/refusal.js";
import { bytes, parseStatement, value, values } from "../../lib/statement.js";
import { openLog, readEntries } from "../../ui/log.js";
import { proven } from "../../ui/state.js";

const OVER = ["election.close", "election.cancel"];

const pause = () => new Promise((resolve) => { setTimeout(resolve, 0); });

function fingerprintOf(statement) {
    const pairs = values(statement, "选择").map((text) => {
        const both = base64Decode(text);
        return { alpha: both.slice(0, 32), beta: both.slice(32, 64) };
    });
    return fingerprint(bytes(statement, "清单"), value(statement, "附码"), pairs);
}

function readAll(entries) {
    return entries.map(({ index, entry }) => {
        const { time, note } = parseEntry(entry);
        return { index, time, note, statement: parseStatement(note) };
    });
}

async function stands(mine, before) {
    const M = bytes(mine.statement, "清单");
    const opened = before.find(({ statement }) => statement.type === "election.open" && equal(statement.hash, M));
    must(opened !== undefined, "election.unknown", "清单");
    const election = parseElection(opened.statement.text);
    const isOver = ({ statement }) => OVER.includes(statement.type) && equal(bytes(statement, "清单"), M);
    must(!before.some(isOver), "election.closed");
    must(mine.time >= election.opens, "ballot.early");
    must(mine.time < election.closes, "ballot.late");
    await checkBallotAsync(election, mine.note, () => false, pause);
}

export async function searchLog(pin, M, isSeen) {
    const log = await openLog(pin);
    const rows = readAll(await readEntries(log, 0, log.size));
    must(rows.length > 0 && hex(rows[0].statement.hash) === pin.genesis, "log.genesis");
    const isMine = ({ statement }) => statement.type === "ballot" && isSeen(value(statement, "附码"), fingerprintOf(statement));
    const mine = rows.find((row) => isMine(row) && (!M || equal(bytes(row.statement, "清单"), M)));
    if (!mine) return { size: log.size, found: null };
    await stands(mine, rows.slice(0, mine.index));
    return { size: log.size, found: proven({ index: mine.index, size: log.size }) };
}
