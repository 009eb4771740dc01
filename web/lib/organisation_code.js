/*
 * organisation_code.js - 统一社会信用代码 (GB 32100-2015): 17 characters and a check character.
 *
 *   codeFault(text) -> "" | "length" | "character" | "check"     what is wrong first
 *   checkCharacter(first 17) -> the 18th
 *
 * I, O, S, V and Z are not used: they look like 1, 0, 5, U and 2.
 */

export const CODE_LENGTH = 18;
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** @param {string} first at least 17 characters of the alphabet */
export function checkCharacter(first) {
    let sum = 0;
    let weight = 1;
    for (const character of first.slice(0, CODE_LENGTH - 1)) {
        sum += ALPHABET.indexOf(character) * weight;
        weight = (weight * 3) % 31;
    }
    return ALPHABET[(31 - (sum % 31)) % 31];
}

/** @param {string} code @returns {"" | "length" | "character" | "check"} */
export function codeFault(code) {
    if ([...code].some((character) => !ALPHABET.includes(character))) {
        return "character";
    }
    if (code.length !== CODE_LENGTH) {
        return "length";
    }
    return checkCharacter(code) === code[CODE_LENGTH - 1] ? "" : "check";
}
