// Terms are counted as the rules of a cycle say (rule C13): the same days as tests/audit/test_workday.c.
import assert from "node:assert/strict";
import test from "node:test";
import { ruleOf } from "../../web/lib/refusal.js";
import { parseTime, printTime } from "../../web/lib/text.js";
import { addCalendarDays, addWorkdays, parseDate } from "../../web/lib/workday.js";

const table = new Map([
    [parseDate("2026-11-30"), false],
    [parseDate("2027-01-01"), false],
    [parseDate("2026-12-05"), true],
]);
const seven = (from) => printTime(addCalendarDays(table, parseTime(from), 7));
const working = (from, days) => printTime(addWorkdays(table, parseTime(from), days));

test("seven days end at midnight, without the first", () => {
    assert.equal(seven("2026-11-24T09:00:00+08:00"), "2026-12-02T00:00:00+08:00");
    assert.equal(seven("2026-11-24T23:59:59+08:00"), "2026-12-02T00:00:00+08:00");
    assert.equal(seven("2026-11-25T00:00:00+08:00"), "2026-12-03T00:00:00+08:00");
});

test("a last day off moves on, a Saturday that is worked does not", () => {
    assert.equal(seven("2026-11-21T09:00:00+08:00"), "2026-12-02T00:00:00+08:00");
    assert.equal(seven("2026-11-28T09:00:00+08:00"), "2026-12-06T00:00:00+08:00");
    assert.equal(seven("2026-12-25T09:00:00+08:00"), "2027-01-05T00:00:00+08:00");
});

test("working days skip weekends and the table", () => {
    assert.equal(working("2026-11-23T10:00:00+08:00", 5), "2026-12-02T00:00:00+08:00");
    assert.equal(working("2026-12-03T10:00:00+08:00", 3), "2026-12-08T00:00:00+08:00");
    assert.equal(working("2026-12-31T10:00:00+08:00", 1), "2027-01-05T00:00:00+08:00");
});

test("refuses dates that are none", () => {
    for (const bad of ["", "2026-02-30", "2026-13-01", "2026-1-1", "20261-1-01", "2026/01/01", "2026-01-011"]) {
        assert.equal(ruleOf(() => parseDate(bad)), "notice.date", bad);
    }
    assert.equal(parseDate("1970-01-02"), 1);
});
