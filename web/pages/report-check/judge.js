/**
 * judge.js - what a proof says under a key, and which of its words a page may paint green.
 *
 *   originOf(evidence bytes) → the log that its checkpoint names    evidence.*
 *   judge({ evidence, vkey, witnesses, document }) → { origin, size, witnesses, filed, problems, match, verdict }
 *        evidence: bytes; vkey: its text; document: SHA-256 or null
 *        witnesses: vkeys this device knows; of the result: how many of these have cosigned
 *        match: "same" | "other" | "none" (no file at hand);   a Refusal if the proof does not verify
 *        verdict: "other" | "broken" | the state of the version
 *        proven (ui/state.js) if nothing is wrong with it
 */
import { equal } from "../../lib/bytes.js";
import { countCosigned, splitNote } from "../../lib/checkpoint.js";
import { parseEvidence, verifyEvidence } from "../../lib/evidence.js";
import { vkeyParse } from "../../lib/signature.js";
import { readSignOff } from "../../lib/sign_off.js";
import { proven } from "../../ui/state.js";

const OTHER_FILE = "sign_off.document";

export function originOf(evidence) {
    return splitNote(parseEvidence(evidence).checkpoint).text.split("\n")[0];
}

function matchOf(filed, document) {
    if (document === null || filed === null) return "none";
    return equal(document, filed.file) ? "same" : "other";
}

function verdictOf({ filed, problems }, match) {
    const wrong = problems.some(({ rule }) => rule !== OTHER_FILE);
    if (filed === null || wrong) return "broken";
    return match === "other" ? "other" : filed.state;
}

export function judge({ evidence, vkey, witnesses = [], document }) {
    const { entries, checkpoint } = verifyEvidence(evidence, vkeyParse(vkey.trim()));
    const signOff = readSignOff({ origin: checkpoint.origin, entries, document });
    const match = matchOf(signOff.filed, document);
    const verdict = verdictOf(signOff, match);
    const cosigned = countCosigned(checkpoint, witnesses.map((one) => vkeyParse(one)));
    const result = { origin: checkpoint.origin, size: checkpoint.size, witnesses: cosigned, ...signOff, match, verdict };
    return verdict === "broken" || verdict === "other" ? result : proven(result);
}
