/**
 * time.js - times as people read them (visual.md 6). All times of statements are +08:00; so are the
 * ones shown, wherever the device thinks it is.
 *
 *   moment(time)          2026年11月22日 16:00        clock(time)       16:00 (to the second below a minute: clock(time, true))
 *   until(time)           moment(time), but midnight as 24:00 of the day before
 *   remaining(time, now)  还剩 2 天 7 小时 · 还剩 22 分
 *   stamp(date)           the +08:00 text of a Date, for a field 时间
 *   keepTime(time)        learn the server's time;  serverNow()  a Date by the server's clock
 */
import { language, t } from "./language.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];
const BEIJING = 8 * 3600 * 1000;
let offset = 0;

/** The Date of a time text, number of milliseconds, or Date. */
export function instant(time) {
    return time instanceof Date ? time : new Date(time);
}

function parts(time) {
    const shifted = new Date(instant(time).getTime() + BEIJING);
    const two = (n) => String(n).padStart(2, "0");
    return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth(), day: shifted.getUTCDate(),
        minute: `${two(shifted.getUTCHours())}:${two(shifted.getUTCMinutes())}`, second: two(shifted.getUTCSeconds()) };
}

export function clock(time, seconds = false) {
    const { minute, second } = parts(time);
    return seconds ? `${minute}:${second}` : minute;
}

export function day(time) {
    const { year, month, day: date } = parts(time);
    return language() === "en" ? `${date} ${MONTHS[month]} ${year}` : `${year}年${month + 1}月${date}日`;
}

export function moment(time) {
    return language() === "en" ? `${day(time)}, ${clock(time)} (Beijing time)` : `${day(time)} ${clock(time)}`;
}

/** A term that ends with a day is said to end at 24:00 of it. */
export function until(time) {
    const { minute, second } = parts(time);
    if (minute !== "00:00" || second !== "00") return moment(time);
    const last = day(instant(time).getTime() - 1000);
    return language() === "en" ? `the end of ${last}` : `${last} 24:00`;
}

/** 2026.11.20, as on the seal. */
export function dotted(time) {
    const { year, month, day: date } = parts(time);
    return `${year}.${String(month + 1).padStart(2, "0")}.${String(date).padStart(2, "0")}`;
}

export function remaining(time, now = serverNow()) {
    const seconds = Math.floor((instant(time) - now) / 1000);
    if (seconds <= 0) return t("time.over");
    if (seconds < 60) return t("time.seconds", { n: seconds });
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return t("time.minutes", { n: minutes });
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return t("time.hours", { h: hours, n: minutes % 60 });
    return t("time.days", { d: Math.floor(hours / 24), h: hours % 24 });
}

export function stamp(date = serverNow()) {
    return new Date(instant(date).getTime() + BEIJING).toISOString().slice(0, 19) + "+08:00";
}

export function keepTime(time) {
    offset = instant(time) - Date.now();
}

export function serverNow() {
    return new Date(Date.now() + offset);
}

/** Minutes by which this device's clock differs from the server's. */
export function clockError() {
    return Math.round(Math.abs(offset) / 60000);
}
