/**
 * patience.js - a request that the service puts off, made again by itself (docs/api.md, "Rates").
 *
 *   insist(send, body, { tell, waits })   send(headers) → the answer, or throws a Problem
 *        Over its address's rate it goes on at once after a little work, if the service offers it. With
 *        `waits` it also comes back after the time that the service names, until it is taken.
 *        tell({ state: "work" }), tell({ state: "wait", until: Date }) before each, tell({ state: "send" })
 *   patienceNote(place)   a `tell` that says in `place` what is being done, and when
 */
import { timeSlices } from "../lib/pause.js";
import { el, fill } from "./dom.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { clock, serverNow } from "./time.js";

const BITS_MOST = 22; // more than a service asks for; beyond it a page would hang on a wrong answer
const WORKS_MOST = 3; // in a row: each asks for what others did meanwhile
const WAIT = 5;
const WAIT_MOST = 120;

const isPutOff = ({ status, rule }) => status === 429 || rule === "service.busy" || rule === "objection.queue";
const sleep = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

async function work(problem, body, tell) {
    tell({ state: "work" });
    const { solveWork } = await import("../lib/work.js");
    return { "X-Work": await solveWork(problem.work, body, timeSlices()) };
}

/** A little longer than it says, and not all at one moment. */
async function wait(problem, tell) {
    const seconds = Math.min(problem.retryAfter ?? WAIT, WAIT_MOST) + Math.random();
    tell({ state: "wait", until: new Date(serverNow().getTime() + Math.ceil(seconds) * 1000) });
    await sleep(seconds);
    return {};
}

export async function insist(send, body, { tell = () => {}, waits = false } = {}) {
    let headers = {};
    for (let works = 0; ;) {
        try {
            return await send(headers);
        } catch (problem) {
            const canWork = works < WORKS_MOST && problem.work?.bits <= BITS_MOST;
            if (!isPutOff(problem) || (!canWork && !waits)) throw problem;
            headers = canWork ? await work(problem, body, tell) : await wait(problem, tell);
            works = canWork ? works + 1 : 0;
            tell({ state: "send" });
        }
    }
}

export function patienceNote(place) {
    const said = el("p", { class: "note info", role: "status" });
    return ({ state, until }) => {
        if (!said.isConnected) fill(place, said);
        fill(said, icon("clock", "text"), " ", t(`rate.${state}`, { t: until ? clock(until, true) : "" }));
    };
}
