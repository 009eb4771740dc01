/**
 * language.js - the words of the pages, in the language of the reader.
 *
 * A table of words is one object: key -> [Chinese, English], with {name} for values. Tables stand in
 * web/i18n/, one for each family of pages; common.js is always there.
 *
 *   import table from "../i18n/booth.js";  learn(table);
 *   t("vote.open", { n: 3 })     a text       two("vote.open")   ["zh", "en"] of it
 *   pick({ zh, en })             of a pair from the server        language()   "zh" | "en"
 *   speak("en")                  changes it, remembers it, and calls whoever asked by onLanguage(call)
 */
import common from "../i18n/common.js";

const STORED = "xiling.language";
const words = new Map(Object.entries(common));
const listeners = new Set();
let spoken = remembered() === "en" ? "en" : "zh";

function remembered() {
    try {
        return globalThis.localStorage?.getItem(STORED);
    } catch {
        return null; // a browser without storage still shows the page
    }
}

export function learn(table) {
    for (const [key, pair] of Object.entries(table)) words.set(key, pair);
}

export function language() {
    return spoken;
}

export function speak(tongue) {
    spoken = tongue;
    try {
        globalThis.localStorage?.setItem(STORED, tongue);
    } catch {
        // not remembered, but spoken
    }
    for (const call of listeners) call();
}

export function onLanguage(call) {
    listeners.add(call);
}

function insert(text, values) {
    return text.replace(/\{([^{}]+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function two(key, values = {}) {
    const pair = words.get(key);
    if (!pair) throw new Error(`no words for ${key}`);
    return pair.map((text) => insert(text, values));
}

export function t(key, values = {}) {
    return two(key, values)[spoken === "en" ? 1 : 0];
}

export function pick(pair) {
    if (!pair) return "";
    if (typeof pair === "string") return pair;
    return (spoken === "en" ? pair.en : pair.zh) || pair.zh || "";
}
