/*
 * workday.js - days, working days and the terms that are counted in them (rule C13).
 *
 *   dayOf(time), endOfDay(day)             days since 1970-01-01 in UTC+8; 24:00 of a day in seconds
 *   parseDate("2027-01-01") -> day         notice.date
 *   isWorking(table, day)                  table: Map of day -> boolean, of notice.rules
 *   addWorkdays(table, time, count)        the end of the count-th working day after that of time
 *   addCalendarDays(table, time, count)    the end of that day, or of the first working day from it on
 *
 * The twin of audit/record/workday.c.
 */
import { ruleOf, must, refuse } from "./refusal.js";
import { parseTime } from "./text.js";

const DAY = 86400;
const EAST = 28800;
const SEARCH = 400;

/** @typedef {Map<number, boolean>} Table */

/** @param {number} time seconds since 1970 */
export function dayOf(time) {
    return Math.floor((time + EAST) / DAY);
}

/** @param {number} day */
export function endOfDay(day) {
    return (day + 1) * DAY - EAST;
}

/** @param {string} text @returns {number} */
export function parseDate(text) {
    const midnight = `${text}T00:00:00+08:00`;
    must(text.length === 10 && ruleOf(() => parseTime(midnight)) === "", "notice.date");
    const time = parseTime(midnight);
    must(time >= 0, "notice.date");
    return dayOf(time);
}

/** 1970-01-01 was a Thursday. @param {Table} table @param {number} day */
export function isWorking(table, day) {
    return table.get(day) ?? ![2, 3].includes(day % 7);
}

/** The first working day from a day on. @param {Table} table @param {number} from */
function nextWorking(table, from) {
    for (let day = from; day < from + SEARCH; day++) {
        if (isWorking(table, day)) {
            return day;
        }
    }
    return refuse("notice.date");
}

/** @param {Table} table @param {number} time @param {number} count */
export function addWorkdays(table, time, count) {
    let day = dayOf(time);
    for (let i = 0; i < count; i++) {
        day = nextWorking(table, day + 1);
    }
    return endOfDay(day);
}

/** @param {Table} table @param {number} time @param {number} count */
export function addCalendarDays(table, time, count) {
    return endOfDay(nextWorking(table, dayOf(time) + count));
}
