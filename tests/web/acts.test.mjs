/* drafts and trustees' acts: whatever they write, the fold takes; a year made of them alone
 * covers: draft, trustee_acts
 */
import assert from "node:assert/strict";
import test from "node:test";
import { shortCode } from "../../web/lib/code.js";
import * as drafts from "../../web/lib/draft.js";
import { parseElection } from "../../web/lib/election.js";
import { ruleOf } from "../../web/lib/refusal.js";
import { parseStatement, value } from "../../web/lib/statement.js";
import * as acts from "../../web/lib/trustee_acts.js";
import { MEMBERS, TRUSTEES, World } from "./world.mjs";

const CHAIR = ["chair", "officer-a"];
const WATCHED = ["chair", "watcher-1", "watcher-2"];

/** Up to the ceremony, by acts alone. */
function withKeys() {
    const world = new World();
    world.people();
    world.cycle();
    const { state } = world;
    const log = (text, signers) => world.log(world.note(text, signers));
    log(drafts.draftCeremony(state, { id: "keys-1", t: 2, trustees: TRUSTEES }), CHAIR);
    const [{ hash }] = state.ceremonies.values();
    const keys = (id) => world.keys.get(id);
    assert.equal(ruleOf(() => acts.actConfirm(state, hash, TRUSTEES[0], keys(TRUSTEES[0]))), "trustee.early");
    TRUSTEES.forEach((id) => log(acts.actDeal(state, hash, id, keys(id)), [id]));
    assert.equal(ruleOf(() => acts.actConfirm(state, hash, TRUSTEES[0], keys(TRUSTEES[1]))), "dealing.share");
    TRUSTEES.forEach((id) => log(acts.actConfirm(state, hash, id, keys(id)), [id]));
    TRUSTEES.forEach((id) => log(acts.actRehearse(state, hash, id, keys(id)), [id]));
    return { world, state, log, hash, keys };
}

test("a year written by drafts and acts folds to its result", () => {
    const { world, state, log, hash, keys } = withKeys();
    const secret = new Uint8Array(32).fill(9);
    world.openMeeting();
    log(drafts.draftCommit(state, "meeting-1", secret), ["officer-a"]);
    MEMBERS.forEach((id) => world.signIn(id));
    world.recuse("member-2", "org-3");
    log(drafts.draftFreeze(state, "meeting-1"), CHAIR);
    log(drafts.draftReveal(state, "meeting-1", secret), ["officer-a"]);
    const plan = { id: "award-1", meeting: "meeting-1", ceremony: hash, window: 60, opens: world.time, closes: world.time + 900 };
    const text = drafts.draftManifest(state, plan);
    log(text, CHAIR);
    world.election = parseElection(text);
    const { M } = world.election;
    world.cast(MEMBERS.map((id) => [id, { "org-2": 2 }]));
    assert.equal(ruleOf(() => acts.actShare(state, M, TRUSTEES[0], keys(TRUSTEES[0]), "AAAAAAAA")), "election.still_open");
    log(drafts.draftClose(state, M), CHAIR);
    const [held] = state.elections.values();
    const code = shortCode(held.sums);
    assert.equal(ruleOf(() => acts.actShare(state, M, TRUSTEES[0], keys(TRUSTEES[0]), "ZZZZZZZZ")), "share.code");
    TRUSTEES.slice(1).forEach((id) => log(acts.actShare(state, M, id, keys(id), code.slice(0, 8)), [id]));
    log(drafts.draftResult(state, M), WATCHED);
    log(drafts.draftMinutes(state, "meeting-1", "示例纪要。"), WATCHED);
    assert.deepEqual(held.seated, [{ grade: 2, candidate: "org-2" }]);
});

test("a runoff is drafted for the tied alone", () => {
    const { world, state, log, hash } = withKeys();
    world.meeting();
    world.openElection();
    const votes = ["org-2", "org-2", "org-3", "org-3"].map((other, i) => [`member-${i + 1}`, { "org-1": 2, [other]: 1 }]);
    world.cast([...votes, ["member-5", { "org-2": 1, "org-3": 1 }]]);
    world.close();
    world.share(0);
    world.share(1);
    world.result();
    const plan = { id: "award-2", meeting: "meeting-1", ceremony: hash, window: 60, opens: world.time, closes: world.time + 900 };
    const { M } = world.election;
    const { grade, left, among } = drafts.tieOf(world.held);
    assert.deepEqual([grade, left, among.sort()], [1, 1, ["org-2", "org-3"]]);
    const text = drafts.draftRunoff(state, plan, M);
    log(text, CHAIR);
    assert.deepEqual(parseElection(text).candidates.map(({ id }) => id).sort(), among);
    assert.equal(ruleOf(() => drafts.draftRunoff(state, plan, parseElection(text).M)), "draft.tie");
});

test("a complaint is answered by the share that was dealt, and the complainer is found wrong", () => {
    const world = new World();
    world.people();
    const { state } = world;
    const log = (text, signers) => world.log(world.note(text, signers));
    log(drafts.draftCeremony(state, { id: "keys-1", t: 2, trustees: TRUSTEES }), CHAIR);
    const [{ hash, complaints }] = state.ceremonies.values();
    log(acts.actDeal(state, hash, TRUSTEES[0], world.keys.get(TRUSTEES[0])), [TRUSTEES[0]]);
    log(acts.actComplain(state, hash, TRUSTEES[1], 1), [TRUSTEES[1]]);
    const answer = acts.actPublish(state, hash, TRUSTEES[0], world.keys.get(TRUSTEES[0]), 2);
    const note = world.note(answer, [TRUSTEES[0]]);
    assert.equal(value(parseStatement(note), "投诉人"), "2");
    world.log(note);
    assert.equal(complaints[0].wrong, "complainer");
    assert.equal(ruleOf(() => acts.actDeal(state, hash, "member-1", world.keys.get("member-1"))), "trustee.index");
});
