/**
 * gates.js - what the next step waits for: one row a condition, met ones too (visual.md 4, gate list).
 *
 *   gatesOf(scene, live) → [{ state, title, evidence, beside }] for checklist(), in the reader's language
 *   isBlocked(rows)      a condition that nobody at this desk can meet by signing is not met
 *   live: { election: what /api/elections says or null, holdsDraw: the draw's bytes are on this device }
 */
import { findType } from "../../lib/types.js";
import { t } from "../../ui/language.js";
import { clock, instant, remaining, serverNow } from "../../ui/time.js";
import { articleText, listed } from "../../ui/together.js";
import { nextType, revealed } from "./scene.js";

function gate(isMet, key, values = {}, more = {}) {
    const evidence = more.evidence ?? null;
    return { state: isMet ? "done" : "wait", title: t(`gate.${key}`, values), evidence, beside: more.beside, isMet };
}

function signersGate(type) {
    const { signers, article } = findType(type);
    const who = listed(signers[0].map((signer) => t(`signer.${signer}`)));
    return { state: "none", title: t("gate.sign", { who }), beside: articleText(article), isMet: true };
}

function keysGates({ ceremony }) {
    const rounds = [["deal", "dealt"], ["confirmed", "confirmed"], ["rehearsed", "rehearsed"]];
    return rounds.map(([name, word]) => {
        const awaited = ceremony.trustees.filter((trustee) => trustee[name] === null).map(({ person }) => person);
        return gate(awaited.length === 0, `keys.${word}`, {}, awaited.length > 0 ? { evidence: t("gate.awaits", { who: listed(awaited) }) } : {});
    });
}

function signinGates({ meeting, present }) {
    return [gate(meeting.commitment !== null, "commit"),
        gate(present.length >= meeting.quorum, "quorum", { k: present.length, q: meeting.quorum }, { beside: t("gate.article20") }),
        gate(present.length >= 3, "three"),
        gate(present.length === meeting.appointed.length, "everybody", { k: present.length, n: meeting.appointed.length },
            { evidence: absent(meeting, present) })].map(soften);
}

/** Not everybody has to come; the row says who is not there. */
function soften(row, i) {
    return i === 3 ? { ...row, state: row.isMet ? "done" : "none", isMet: true } : row;
}

function absent(meeting, present) {
    const missing = meeting.appointed.filter((id) => !present.some(({ person }) => person === id));
    return missing.length > 0 ? t("gate.absent", { who: listed(missing) }) : null;
}

function drawGates({ meeting }, { holdsDraw }) {
    return [gate(true, "frozen", { n: meeting.frozen }),
        meeting.commitment === null ? gate(true, "drum") : gate(holdsDraw, "draw", {}, { evidence: holdsDraw ? null : t("gate.draw.elsewhere") })];
}

function openGates({ meeting, present }) {
    return [gate(true, "drawn"), gate(true, "keys"), gate(present.length >= meeting.quorum, "quorum", { k: present.length, q: meeting.quorum })];
}

function voteGates({ round }, { election }) {
    const { closes, roll } = round.election;
    const cast = round.ballots.length + round.burned.length;
    const over = serverNow() >= instant(closes * 1000);
    const waiting = election?.waiting ?? 0;
    const evidence = over ? null : t("gate.vote.left", { left: remaining(closes * 1000), n: cast, of: roll.length, w: waiting });
    return [gate(over || cast === roll.length, "vote", { t: clock(closes * 1000), n: roll.length }, { evidence })];
}

function shareGates({ round }) {
    const { trustees, t: threshold } = round.election;
    const given = new Set(round.shares.map(({ index }) => index));
    const awaited = trustees.filter(({ index }) => !given.has(index)).map(({ id }) => id);
    return [gate(given.size >= threshold, "shares", { k: given.size, t: threshold }, { evidence: t("gate.awaits.any", { who: listed(awaited) }) })];
}

function minutesGates({ rounds, tie }) {
    return [gate(rounds.every(({ decided }) => decided !== null), "decided"), gate(tie === null, "settled")];
}

const GATES = {
    keys: keysGates, signin: signinGates, draw: drawGates, open: openGates, runoff: openGates, vote: voteGates, share: shareGates,
    minutes: minutesGates, result: (scene) => shareGates(scene).map((row) => ({ ...row, evidence: null })),
};

export function gatesOf(scene, live) {
    const rows = GATES[scene.phase]?.(scene, live) ?? [];
    const type = nextType(scene);
    return type ? [...rows, signersGate(type)] : rows;
}

export function isBlocked(rows) {
    return rows.some(({ isMet }) => !isMet);
}

/** What a result could reveal at this size (protocol section 6). */
export function sizeWarning(election) {
    const { voters, least } = revealed(election);
    return { text: t("reveal.body", { voters, least }), isSmall: least < 5 };
}
