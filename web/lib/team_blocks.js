/*
 * team_blocks.js - who cannot be on a team, and by which rule: said before anything is signed.
 *
 *   blocksOf(review, person, organisations) -> [{ rule, organisation?, how?, index? }]   empty: none
 *
 * `review` is what stands: { people: Map of id -> { confirmed, revoked, roles: Set }, reviewers: as
 * GET /api/reviews gives them, organisations: [{ id, representative }] }. The fold decides; this
 * restates its rules (audit/record/team.c) in the same order.
 */

const REVIEWER = "评审员";
const MEMBER = "委员";

/**
 * @typedef {{ rule: string, organisation?: string, how?: string, index?: number }} Block
 * @typedef {{ person: string, undertaken: number | null, declared: number | null,
 *   conflicts: { organisation: string, how: string, index: number }[] }} Reviewer
 * @typedef {{ people: Map<string, { confirmed: number | null, revoked: number | null, roles: Set<string> }>,
 *   reviewers: Reviewer[], organisations: { id: string, representative: string }[] }} Review
 */

/** @param {Review} review @param {string} person @returns {Block[]} */
function roleBlocks({ people }, person) {
    const held = people.get(person);
    const isReviewer = held && held.confirmed !== null && held.revoked === null && held.roles.has(REVIEWER);
    if (!isReviewer) {
        return [{ rule: "team.reviewer" }];
    }
    return held.roles.has(MEMBER) ? [{ rule: "team.dual_role" }] : [];
}

/** @param {Review} review @param {string} person @param {string[]} among @returns {Block[]} */
function conflictBlocks({ reviewers, organisations }, person, among) {
    const held = reviewers.find((one) => one.person === person)?.conflicts ?? [];
    const declared = held.filter(({ organisation }) => among.includes(organisation));
    const own = organisations.filter(({ id, representative }) => among.includes(id) && representative === person);
    return [
        ...declared.map((one) => ({ rule: "team.conflict", ...one })),
        ...own.map(({ id }) => ({ rule: "team.conflict", organisation: id, how: "representative" })),
    ];
}

/** @param {Review} review @param {string} person @param {string[]} organisations @returns {Block[]} */
export function blocksOf(review, person, organisations) {
    const said = review.reviewers.find((one) => one.person === person);
    return [
        ...roleBlocks(review, person),
        ...(said && said.undertaken !== null ? [] : [{ rule: "team.undertaking" }]),
        ...(said && said.declared !== null ? [] : [{ rule: "team.undeclared" }]),
        ...conflictBlocks(review, person, organisations),
    ];
}
