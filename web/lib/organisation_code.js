/*
 * organisation_code.js - 统一社会信用代码 of GB 32100-2015: 18 characters, the last one a check.
 *
 *   isOrganisationCode(text)    checkCharacter(first 17) -> the 18th, or "" if a character is not of the set
 *   codeFault(text) -> "" | "character" | "length" | "check"     what is wrong first, for whoever types it
 */

/** Digits and letters without I, O, S, V and Z. */
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const BASE = 31;
export const CODE_LENGTH = 18;

/** @param {string} body 17 characters */
export function checkCharacter(body) {
    let [sum, weight] = [0, 1];
    for (const character of body) {
        const held = CHARACTERS.indexOf(character);
        if (held < 0) {
            return "";
        }
        sum += held * weight;
        weight = (weight * 3) % BASE;
    }
    return CHARACTERS[(BASE - (sum % BASE)) % BASE];
}

/** @param {string} text */
export function isOrganisationCode(text) {
    return text.length === CODE_LENGTH && checkCharacter(text.slice(0, -1)) === text.slice(-1);
}

/** @param {string} text @returns {"" | "character" | "length" | "check"} */
export function codeFault(text) {
    if ([...text].some((character) => !CHARACTERS.includes(character))) {
        return "character";
    }
    if (text.length !== CODE_LENGTH) {
        return "length";
    }
    return isOrganisationCode(text) ? "" : "check";
}
