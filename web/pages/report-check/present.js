/**
 * present.js - what only the log knows now: asked of the service, and where it proves it, checked.
 *
 *   askPresent(address, result, vkey) → { status, proof: { size, filed } or null }
 *        status: the service's word (GET /api/reports/<id>); proof: proven, the newest version by its own
 *        evidence, verified under the same key, or null if that does not hold or is older than ours
 */
import * as api from "../../api.js";
import { utf8 } from "../../lib/bytes.js";
import { Refusal } from "../../lib/refusal.js";
import { proven } from "../../ui/state.js";
import { judge } from "./judge.js";

async function newestProof(id, result, vkey) {
    try {
        const evidence = utf8(await api.readEvidence(id));
        const { origin, size, filed, verdict } = judge({ evidence, vkey, document: null });
        const fits = verdict !== "broken" && origin === result.origin && filed.report === id;
        return fits && size >= result.size ? proven({ size, filed }) : null;
    } catch (error) {
        if (error instanceof Refusal) return null;
        throw error;
    }
}

export async function askPresent(address, result, vkey) {
    const id = result.filed.report;
    api.askService(address);
    try {
        return { status: await api.readReport(id), proof: await newestProof(id, result, vkey) };
    } finally {
        api.askService("");
    }
}
