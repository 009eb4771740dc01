/*
 * id_number.js - numbers of identity documents, telephone numbers and names, as people type them.
 *
 *   ID_TYPES                     the documents that an objector may choose from
 *   halfWidth(typed)             full-width letters, digits and signs as the usual ones
 *   tidy(typed)                  as numbers are kept: half width, capitals, no spaces or hyphens
 *   idFault(type, typed, today)  "" or identity.<resident, resident_old, date, check, permit,
 *                                foreign, hongkong, taiwan, passport, type>
 *   phoneFault(typed)            "" or identity.phone
 *   nameFault(typed)             "" or identity.name
 *
 * GB 11643 (resident numbers), docs/rules.md C17. The type is what the person says it is: no check
 * ever guesses it, since a valid number of one type often passes the check of another. Address codes
 * are not looked up: abolished ones belong to living people. The twin of server/id_number.h.
 */

export const ID_TYPES = [
    "居民身份证",
    "港澳台居民居住证",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "护照",
];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";
const NAME_MOST = 50;
const EIGHTEEN = /^[1-9]\d{16}[\dX]$/;

/** @param {string} typed */
export function halfWidth(typed) {
    const half = (/** @type {string} */ wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
    return typed.replace(/[\uff01-\uff5e]/g, half).replace(/\u3000/g, " ");
}

/** Only the letters A to Z have capitals here: others would become letters that nobody typed. @param {string} typed */
export function tidy(typed) {
    return halfWidth(typed)
        .replace(/[a-z]/g, (letter) => letter.toUpperCase())
        .replace(/[\s\-‐‑–—]/g, "");
}

/** @param {string} number 18 characters */
function isChecked(number) {
    const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
    return CHECKS[sum % 11] === number[17];
}

/** The characters 7 to 14 are a day that was. @param {string} number @param {Date} today */
function isBorn(number, today) {
    const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    return year >= 1850 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date <= today;
}

/** @param {string} number @param {Date} today @param {RegExp} form @param {string} rule */
function eighteenFault(number, today, form, rule) {
    if (!EIGHTEEN.test(number) || !form.test(number)) {
        return rule;
    }
    if (!isBorn(number, today)) {
        return "identity.date";
    }
    return isChecked(number) ? "" : "identity.check";
}

/** @param {string} number @param {RegExp} form @param {string} rule */
const formFault = (number, form, rule) => (form.test(number) ? "" : rule);

/** @type {Record<string, (number: string, today: Date) => string>} */
const FAULTS = {
    居民身份证: (number, today) =>
        /^\d{15}$/.test(number) ? "identity.resident_old" : eighteenFault(number, today, /^[1-8]/, "identity.resident"),
    港澳台居民居住证: (number, today) => eighteenFault(number, today, /^8[123]0000/, "identity.permit"),
    港澳居民来往内地通行证: (number) => formFault(number, /^[HM]\d{8}(\d{2})?$/, "identity.hongkong"),
    台湾居民来往大陆通行证: (number) => formFault(number, /^(\d{8}|\d{10}[A-Z])$/, "identity.taiwan"),
    外国人永久居留身份证: (number, today) =>
        /^[A-Z]{3}\d{12}$/.test(number) ? "" : eighteenFault(number, today, /^9/, "identity.foreign"),
    护照: (number) => formFault(number, /^[A-Z0-9]{5,17}$/, "identity.passport"),
};

/** @param {string} type @param {string} typed @param {Date} [today] */
export function idFault(type, typed, today = new Date()) {
    return Object.hasOwn(FAULTS, type) ? FAULTS[type](tidy(typed), today) : "identity.type";
}

const PHONES = [
    /^(\+?86)?1[3-9]\d{9}$/,
    /^0\d{2,3}\d{7,8}$/,
    /^\+86(10|[2-9]\d{1,2})\d{7,8}$/,
    /^\+?85[23]\d{8}$/,
    /^\+?886\d{9}$/,
    /^\+(?!86)[1-9]\d{6,14}$/,
];

/** An extension follows the last hyphen of a landline. @param {string} typed */
export function phoneFault(typed) {
    const whole = halfWidth(typed).trim().replace(/^(0\d{2,3}[-\s]?\d{7,8})-\d{1,6}$/, "$1");
    const digits = whole.replace(/[\s\-()]/g, "");
    return PHONES.some((form) => form.test(digits)) ? "" : "identity.phone";
}

/**
 * Letters of any script, by their blocks and not by the tables of one Unicode version: 〇 and 々 are in
 * names, and so are characters that were encoded last year. Never signs, figures or private use.
 */
const LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u3005-\u3007\u3041-\u318f\u31a0-\u31bf" +
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\uabff\uac00-\ud7ff\uf900-\ufdcf\ufe00-\ufe0f\u{10000}-\u{1cfff}" +
    "\u{20000}-\u{3ffff}\u{e0100}-\u{e01ef}";
const NAME = new RegExp(`^[${LETTER}][${LETTER}·•‧・.'’\\- ]*$`, "u");

/** @param {string} typed */
export function nameFault(typed) {
    const name = halfWidth(typed).trim();
    return NAME.test(name) && [...name].length <= NAME_MOST ? "" : "identity.name";
}
