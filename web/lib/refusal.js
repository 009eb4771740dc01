/*
 * refusal.js - how every function of this library says that a rule does not hold.
 *
 *   Refusal            an Error with `rule` ("ballot.ring"), `field` (label or ""), `at` (number or 0)
 *   refuse(rule, …)    throws one
 *   must(ok, rule, …)  throws one unless `ok`
 *   ruleOf(call)       "" if the call passes, else the rule it was refused by
 *
 * The same names as the `rule` of struct result in C; the words for people are audit/record/refusal.c.
 */

export class Refusal extends Error {
    /**
     * @param {string} rule "noun.rule"
     * @param {string} [field] label of the field at fault
     * @param {number} [at] which line, candidate, entry, counted as the rule counts
     */
    constructor(rule, field = "", at = 0) {
        super(field === "" ? rule : `${rule} (${field}${at === 0 ? "" : ` ${at}`})`);
        this.name = "Refusal";
        this.rule = rule;
        this.field = field;
        this.at = at;
    }
}

/**
 * @param {string} rule
 * @param {string} [field]
 * @param {number} [at]
 * @returns {never}
 */
export function refuse(rule, field, at) {
    throw new Refusal(rule, field, at);
}

/**
 * @param {unknown} ok
 * @param {string} rule
 * @param {string} [field]
 * @param {number} [at]
 * @returns {asserts ok}
 */
export function must(ok, rule, field, at) {
    if (!ok) {
        throw new Refusal(rule, field, at);
    }
}

/**
 * @param {() => unknown} call
 * @returns {string} any error that is not a Refusal passes through
 */
export function ruleOf(call) {
    try {
        call();
        return "";
    } catch (error) {
        if (error instanceof Refusal) {
            return error.rule;
        }
        throw error;
    }
}
