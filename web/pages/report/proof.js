/**
 * proof.js - the state of a report, computed again on this device: every statement's inclusion in the log
 * and every signature on it, and what follows from them; then compared with what the service says.
 *
 *   proveReport({ pin, log, status }) → proven { size, filed, entries, checkpoint }, or null while the
 *        service is ahead of its own evidence; a Refusal of evidence.js or sign_off.js, "report.proof"
 *        where what follows from the evidence is not what the service says
 */
import * as api from "../../api.js";
import { equal, hex, utf8 } from "../../lib/bytes.js";
import { verifyEvidence } from "../../lib/evidence.js";
import { must, refuse } from "../../lib/refusal.js";
import { vkeyParse } from "../../lib/signature.js";
import { readSignOff } from "../../lib/sign_off.js";
import { proven } from "../../ui/state.js";

const indexOf = ({ index, refusal }) => index ?? refusal ?? null;

/** The same people, in the same order, with the same entries behind them, and the same state. */
function agrees(filed, status) {
    const lines = ({ signers }) => JSON.stringify(signers.map((row) => [row.person, row.capacity, indexOf(row)]));
    return filed.report === status.id && filed.version === status.version && hex(filed.file) === status.file &&
        filed.state === status.state && lines(filed) === lines(status);
}

const lastOf = ({ index, signers, void: gone }) => Math.max(index, gone?.index ?? 0, ...signers.map((row) => indexOf(row) ?? 0));

export async function proveReport({ pin, log, status }) {
    const vkey = vkeyParse(pin.vkey.trim());
    const { entries, checkpoint } = verifyEvidence(utf8(await api.readEvidence(status.id, status.version)), vkey);
    must(checkpoint.size !== log.size || equal(checkpoint.root, log.root), "log.root");
    if (checkpoint.size <= lastOf(status)) return null;
    const { filed, problems } = readSignOff({ origin: pin.origin, entries, document: null });
    if (problems.length > 0) refuse(problems[0].rule, problems[0].field, problems[0].index ?? undefined);
    must(filed !== null && agrees(filed, status), "report.proof");
    return proven({ size: checkpoint.size, filed, entries, checkpoint });
}
