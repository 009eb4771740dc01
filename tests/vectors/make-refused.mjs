// make-refused.mjs - makes tests/vectors/refused-*.json again: node tests/vectors/make-refused.mjs
//
// Most cases are the tables of the C tests of the rules, kept with the log they follow. Those of
// reviews and reports come from JavaScript (make-review.mjs; `make-refused.mjs review` makes only
// them). The last file, refused-log.json, is made here: what is wrong with an entry as bytes, lines
// and signatures, whatever it says. A case is { name, after, entry, rule }: `entry` may not stand after the first
// `after` entries of `log`, and the rule says why.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { utf8 } from "../../web/lib/bytes.js";
import { deriveKeys } from "../../web/lib/keys.js";
import { signLine } from "../../web/lib/signature.js";
import { reviewVector } from "./make-review.mjs";

const build = process.env.XILING_BUILD ?? "build/release";
const tables = [
    "ballots", "case", "ceremony", "conflict", "cycle", "extension", "hearing", "list", "meeting", "notice", "objection", "organisation", "people", "record_election",
    "report", "report_signed", "tally_rules", "team",
];
const file = (name) => `tests/vectors/refused-${name}.json`;
const save = (name, held) => writeFileSync(file(name), `${JSON.stringify(held, null, 1)}\n`);

save("review", reviewVector());
if (process.argv[2] === "review") {
    process.exit(0);
}

for (const name of tables) {
    const env = { ...process.env, XILING_REFUSED: file(name) };
    execFileSync(join(build, "tests", `test-audit-${name}`), [], { env, stdio: "ignore" });
}

/* --- entries that are wrong in themselves --- */

const { log } = JSON.parse(readFileSync(file("ballots"), "utf8"));

/** As tests/support/world.c: the key code is the beginning of the hash of the id. */
const keysOf = (person) =>
    deriveKeys(new Uint8Array(createHash("sha256").update(person).digest().subarray(0, 16)));
const lineOf = (person, text, name = person) => signLine(name, keysOf(person).sign, utf8(text));

const head = (entry) => entry.slice(0, entry.indexOf("\n") + 1);
const noteOf = (entry) => entry.slice(head(entry).length);
const textOf = (entry) => noteOf(entry).slice(0, noteOf(entry).lastIndexOf("\n\n") + 1);
const linesOf = (entry) => noteOf(entry).slice(textOf(entry).length + 1);
/** The same entry, another text, signed anew by these. */
const signed = (entry, text, ...persons) =>
    `${head(entry)}${text}\n${persons.map((person) => lineOf(person, text)).join("")}`;
const edited = (entry, from, to, ...persons) => signed(entry, textOf(entry).replace(from, to), ...persons);

const place = (word, nth = 0) => log.map((entry, i) => (entry.includes(word) ? i : -1)).filter((i) => i >= 0)[nth];
const cases = [];
const refuse = (name, after, entry, rule) => cases.push({ name, after, entry, rule });

const invited = place("xiling/v1 person.invite", 1);
const invite = log[invited];
const confirmed = place("xiling/v1 person.confirm", 5);
const confirm = log[confirmed];

function entryForms() {
    const form = (name, entry) => refuse(name, invited, entry, "entry.form");
    const time = (name, from, to) => refuse(name, invited, invite.replace(from, to), "entry.time");
    form("an_entry_of_another_version", invite.replace("entry/v1", "entry/v2"));
    form("an_entry_without_its_time", invite.replace(/ 2026.*/, ""));
    time("an_entry_time_of_another_zone", "+08:00", "+00:00");
    form("an_entry_time_in_utc", invite.replace("+08:00", "Z"));
    form("an_entry_time_with_fractions", invite.replace("+08:00", ".5+08:00"));
    time("an_entry_time_that_is_no_day", "-11-22T", "-11-31T");
    time("an_entry_with_a_leap_second", /:\d\d\+/, ":60+");
    form("an_entry_with_another_line_end", invite.replace("\n", "\r\n"));
    form("an_entry_of_nothing", "");
    form("an_entry_without_a_note", head(invite));
}

function times() {
    const earlier = head(log[invited - 2]) + noteOf(invite);
    refuse("an_entry_before_the_last", invited, earlier, "log.time");
    refuse("an_entry_a_year_early", invited, invite.replace("2026-", "2025-"), "log.time");
}

function texts() {
    const text = (name, from, to, rule) => refuse(name, invited, edited(invite, from, to, "gu"), rule);
    text("a_text_of_another_version", "xiling/v1 ", "xiling/v2 ", "statement.line");
    text("a_type_in_capitals", "person.invite", "Person.invite", "statement.line");
    text("a_text_of_another_log", "日志：record.example", "日志：other.example", "statement.origin");
    text("a_text_without_its_log", /日志：.*\n/, "", "statement.line");
    text("a_narrow_colon", "人员：", "人员:", "statement.line");
    text("a_space_after_the_colon", "人员：", "人员： ", "statement.value");
    text("a_space_at_the_end", "\n姓名", " \n姓名", "statement.value");
    text("an_empty_value", /人员：.*/, "人员：", "statement.value");
    text("a_tabulator", /人员：(.)/, "人员：\t$1", "statement.character");
    text("a_byte_order_mark", "xiling/v1", "\ufeffxiling/v1", "statement.character");
    text("an_invisible_mark", /人员：(.)/, "人员：$1\u200b", "statement.character");
    text("a_letter_composed_otherwise", /人员：.*/, "人员：e\u0301", "statement.character");
    text("an_id_in_capitals", /人员：.*/, "人员：NEW", "statement.id");
    text("a_field_twice", /(人员：.*\n)/, "$1$1", "statement.field");
    text("a_field_nobody_asked_for", /$/, "备注：示例\n", "statement.field");
    text("fields_the_other_way_round", /(人员：.*\n)(姓名：.*\n)/, "$2$1", "statement.field");
    text("a_hidden_value_cut_short", /=\n$/, "\n", "statement.base64");
    text("an_empty_line_within", "\n姓名", "\n\n姓名", "statement.blank");
}

function signatures() {
    const note = (name, entry, rule) => refuse(name, confirmed, entry, rule);
    const [first, second] = linesOf(confirm).trimEnd().split("\n").map((line) => `${line}\n`);
    const body = `${head(confirm)}${textOf(confirm)}\n`;
    note("a_line_too_many", `${body}${first}${second}${lineOf("lu", textOf(confirm))}`, "signers.count");
    note("a_line_twice", `${body}${first}${second}${second}`, "signers.count");
    note("one_officer_in_both_lines", `${body}${first}${first}`, "signers.distinct");
    note("no_line_at_all", body, "statement.signatures");
    note("a_line_of_another_text", `${body}${first}${lineOf("he", textOf(log[1]))}`, "statement.signature");
    note("a_line_in_anothers_name", `${body}${first}${lineOf("lu", textOf(confirm), "he")}`, "statement.signers");
    note("a_line_of_a_stranger", `${body}${first}${lineOf("nobody", textOf(confirm))}`, "signers.unknown");
    note("a_line_of_one_who_may_not", `${body}${first}${lineOf("qiao", textOf(confirm))}`, "signers.role");
    note("no_space_before_the_signatures", body.slice(0, -1) + first + second, "statement.blank");
    note("a_last_line_without_its_end", (body + first + second).slice(0, -1), "statement.blank");
    note("a_hyphen_for_the_dash", body + first.replace("—", "-") + second, "statement.signatures");
    note("base64_without_its_padding", body + first + second.replace(/=+\n/, "\n"), "statement.base64");
    note("something_behind_the_signatures", `${body}${first}${second}\n`, "statement.blank");
}

/** The log goes on: the third officer is revoked, and is nobody from then on. */
function revocation() {
    const hidden = /姓名：(.*)/.exec(invite)[1];
    const reason = `xiling/v1 person.revoke\n日志：record.example/log/2026\n人员：lu\n理由：${hidden}\n`;
    const last = log[log.length - 1].replace(/:(\d\d)\+/, (_, second) => `:${String(Number(second) + 1).padStart(2, "0")}+`);
    log.push(signed(last, reason, "gu", "he"));
    const another = textOf(invite).replace(/人员：.*/, "人员：another");
    refuse("an_invitation_by_the_revoked", log.length, signed(last, another, "lu"), "signers.revoked");
    refuse("a_grant_with_the_revoked", log.length, signed(last,
        "xiling/v1 role.grant\n日志：record.example/log/2026\n人员：qiao\n角色：委员\n", "lu", "gu"), "signers.revoked");
    refuse("a_role_for_the_revoked", log.length, signed(last,
        "xiling/v1 role.grant\n日志：record.example/log/2026\n人员：lu\n角色：委员\n", "gu", "he"), "person.revoked");
}

function repeats() {
    const size = log.length;
    const last = head(log[size - 1]);
    refuse("the_genesis_again", size, last + noteOf(log[0]), "statement.logged");
    refuse("an_invitation_again", size, last + noteOf(invite), "statement.logged");
    refuse("a_sign_in_again", size, last + noteOf(log[place("meeting.signin")]), "statement.logged");
    refuse("a_manifest_again", size, last + noteOf(log[place("election.open")]), "statement.logged");
    refuse("a_ballot_with_another_last_line", size,
        last + noteOf(log[size - 1]).replace(/.{8}\n$/, "AAAAAAA=\n"), "statement.logged");
    refuse("a_ballot_before_any_election", place("election.open"), log[size - 1], "election.unknown");
    refuse("a_first_entry_that_is_no_genesis", 0, log[1], "genesis.first");
}

function ballots() {
    const first = place("xiling/v1 ballot");
    const [one, other] = [log[first], log[first + 1]];
    const choices = (entry) => entry.match(/选择：.*\n/g);
    const swap = (name, entry, rule) => refuse(name, first + 1, entry, rule);
    swap("a_choice_copied_from_another_ballot", other.replace(choices(other)[0], choices(one)[0]), "ballot.ring");
    swap("all_choices_copied_from_another_ballot",
        choices(other).reduce((entry, line, i) => entry.replace(line, choices(one)[i]), other), "ballot.ring");
    swap("two_choices_in_another_order",
        other.replace(choices(other)[0] + choices(other)[1], choices(other)[1] + choices(other)[0]), "ballot.ring");
    swap("a_code_changed_on_the_way", other.replace(/附码：.*/, "附码：00000000"), "ballot.ring");
    swap("a_code_in_small_letters", other.replace(/附码：.*/, "附码：abcdefgh"), "ballot.shape");
    swap("a_total_left_out", other.replace(/总额：.*\n/, ""), "ballot.length");
    swap("a_ring_proof_of_another_ballot", `${head(other)}${textOf(other)}\n${linesOf(one)}`, "ballot.ring");
    swap("a_tag_of_another_ballot", other.replace(/标签：.*/, /标签：.*/.exec(one)[0]), "ballot.tag");
    swap("a_tag_that_is_no_point", other.replace(/标签：.*/, `标签：${Buffer.alloc(32, 255).toString("base64")}`),
        "statement.point");
    swap("a_tag_of_nobody", other.replace(/标签：.*/, `标签：${Buffer.alloc(32).toString("base64")}`), "statement.point");
}

entryForms();
times();
texts();
signatures();
repeats();
ballots();
revocation();
save("log", { log, cases });
console.log(`${cases.length} cases in ${file("log")}`);
