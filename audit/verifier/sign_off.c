#include "verifier/sign_off.h"

#include "base/text.h"
#include "log/entry.h"
#include "protocol/statement.h"
#include "record/types.h"
#include "verifier/sign_off_keys.h"
#include "verifier/sign_off_list.h"

/* The filing that the evidence is about, and the cycle of its team, before anything is verified. */
struct candidate {
    bool found;
    uint64_t index;
    struct bytes report;
    struct bytes team;
    struct bytes cycle; /* empty if the evidence holds no team.form */
    uint64_t version;
};

struct reading {
    const struct sign_off_evidence *evidence;
    struct sign_off *out;
    struct candidate candidate;
    struct sign_off_keys keys;
    struct bytes leader; /* now */
    bool formed;         /* the team.form holds */
    bool again;          /* the cycle.open holds and says 重签 */
};

typedef bool belongs_function(const struct reading *reading, const struct statement *statement);
typedef struct result apply_function(struct reading *reading, const struct sign_off_act *act);

/* What may stand in the evidence of a report, besides keys. */
struct act_row {
    const char *type;
    size_t least, most; /* signature lines */
    bool before;        /* judged before the filing stands, too */
    belongs_function *belongs;
    apply_function *apply;
};

/* --- whose an entry is --- */

static bool value_is(const struct statement *statement, const char *label, struct bytes value)
{
    return bytes_equal(statement_value(statement, label), value);
}

static uint64_t version_of(const struct statement *statement)
{
    uint64_t version = 0;

    return is_ok(statement_number(statement, "版本", &version)) ? version : 0;
}

static bool is_of_report(const struct reading *reading, const struct statement *statement)
{
    return value_is(statement, "报告", reading->candidate.report) &&
           version_of(statement) == reading->candidate.version;
}

static bool is_filing(const struct reading *reading, const struct statement *statement)
{
    return is_of_report(reading, statement) ||
           (value_is(statement, "报告", reading->candidate.report) &&
            version_of(statement) == reading->candidate.version + 1);
}

static bool is_of_team(const struct reading *reading, const struct statement *statement)
{
    return value_is(statement, "评审组", reading->candidate.team);
}

static bool is_of_subject(const struct reading *reading, const struct statement *statement)
{
    return sign_off_list_has_organisation(reading->out, statement_value(statement, "组织"));
}

static bool is_of_cycle(const struct reading *reading, const struct statement *statement)
{
    return reading->candidate.cycle.size > 0 &&
           value_is(statement, "周期", reading->candidate.cycle);
}

/* --- what an entry does --- */

static struct result require_leader(const struct sign_off_act *act, struct bytes leader)
{
    REQUIRE(bytes_equal(act->statement->signatures[0].name, leader), UNAUTHORIZED,
            "sign_off.leader");
    return OK;
}

static struct result apply_cycle(struct reading *reading, const struct sign_off_act *act)
{
    reading->again = bytes_is(statement_value(act->statement, "换人后"), "重签");
    return OK;
}

static struct result apply_team(struct reading *reading, const struct sign_off_act *act)
{
    (void)act;
    reading->formed = true;
    return OK;
}

static struct result read_subjects(const struct statement *statement, struct buffer *out)
{
    for (size_t i = 0; i < statement_count(statement, "受评组织"); i++) {
        const struct bytes subject = statement_value_at(statement, "受评组织", i);

        TRY(buffer_append(out, (struct bytes){(const uint8_t *)&subject, sizeof subject}));
    }
    return OK;
}

static struct result read_filing(const struct sign_off_act *act, struct sign_off *out)
{
    const struct statement *const statement = act->statement;
    int64_t deadline;

    TRY(statement_number(statement, "大小", &out->size));
    TRY(statement_hash(statement, "文件", &out->file));
    TRY(statement_time(statement, "签署期限", &deadline));
    TRY(read_subjects(statement, &out->subjects));
    out->report = statement_value(statement, "报告");
    out->kind = statement_value(statement, "种类");
    out->team = statement_value(statement, "评审组");
    out->title = statement_value(statement, "标题");
    out->format = statement_value(statement, "格式");
    out->version = version_of(statement);
    out->deadline = (uint64_t)deadline;
    out->index = act->index;
    out->time = act->time;
    out->since = act->index;
    out->filed = true;
    return OK;
}

/* Its own list says who leads: the team may have changed since the version before. */
static struct result supersede(struct reading *reading, const struct sign_off_act *act)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    struct bytes leader = EMPTY_BYTES;

    REQUIRE(version_of(act->statement) > reading->out->version, CONFLICT, "sign_off.filing");
    TRY(sign_off_list_read(act->statement, &lines, &leader));
    TRY(require_leader(act, leader));
    return sign_off_list_void(reading->out, act, "superseded");
}

static struct result apply_filing(struct reading *reading, const struct sign_off_act *act)
{
    if (act->index != reading->candidate.index) {
        return reading->out->filed ? supersede(reading, act) : OK;
    }
    TRY(sign_off_list_read(act->statement, &reading->out->lines, &reading->leader));
    TRY(require_leader(act, reading->leader));
    return read_filing(act, reading->out);
}

static struct result apply_signature(struct reading *reading, const struct sign_off_act *act)
{
    REQUIRE(value_is(act->statement, "签署人", act->statement->signatures[0].name), UNAUTHORIZED,
            "statement.signers");
    return sign_off_list_sign(reading->out, act);
}

static struct result apply_void(struct reading *reading, const struct sign_off_act *act)
{
    if (act->statement->signature_count == 1) {
        TRY(require_leader(act, reading->leader));
    }
    return sign_off_list_void(reading->out, act, "voided");
}

static struct result apply_refusal(struct reading *reading, const struct sign_off_act *act)
{
    TRY(require_leader(act, reading->leader));
    return sign_off_list_refuse(reading->out, act);
}

static struct result apply_replacement(struct reading *reading, const struct sign_off_act *act)
{
    TRY(sign_off_list_replace(reading->out, act, reading->again && reading->formed));
    reading->leader = statement_value(act->statement, "组长");
    return OK;
}

static struct result apply_delegation(struct reading *reading, const struct sign_off_act *act)
{
    return sign_off_list_delegate(reading->out, act, reading->again && reading->formed);
}

static const struct act_row ACTS[] = {
    {"cycle.open", 2, 2, true, is_of_cycle, apply_cycle},
    {"team.form", 1, 1, true, is_of_team, apply_team},
    {"report.file", 1, 1, true, is_filing, apply_filing},
    {"report.sign", 1, 1, false, is_of_report, apply_signature},
    {"report.void", 1, 2, false, is_of_report, apply_void},
    {"report.refusal", 2, 2, false, is_of_report, apply_refusal},
    {"team.replace", 2, 2, false, is_of_team, apply_replacement},
    {"organisation.delegate", 2, 2, false, is_of_subject, apply_delegation},
};

static const struct act_row *find_act(struct bytes type)
{
    for (size_t i = 0; i < sizeof ACTS / sizeof ACTS[0]; i++) {
        if (bytes_is(type, ACTS[i].type)) {
            return &ACTS[i];
        }
    }
    return NULL;
}

static bool brings_keys(struct bytes type)
{
    return bytes_is(type, "person.enrol") || bytes_is(type, "log.genesis");
}

/* --- one entry --- */

static struct result check_form(const struct reading *reading, const struct statement *statement)
{
    const struct type *const type = type_find(statement->type);

    REQUIRE(brings_keys(statement->type) || find_act(statement->type) != NULL, INVALID,
            "sign_off.stranger");
    REQUIRE(type != NULL, MALFORMED, "statement.type");
    return statement_check(statement, type->row, reading->evidence->origin);
}

static struct result parse(const struct reading *reading, const struct sign_off_entry *entry,
                           struct statement *statement, uint64_t *time)
{
    struct entry parsed;

    TRY(entry_parse(entry->raw, &parsed));
    TRY(statement_parse(parsed.note, statement));
    *time = parsed.time;
    return check_form(reading, statement);
}

static struct result judge_act(struct reading *reading, const struct sign_off_act *act)
{
    const struct act_row *const row = find_act(act->statement->type);
    const size_t count = act->statement->signature_count;

    if (!reading->candidate.found || !(row->before || reading->out->filed)) {
        return OK;
    }
    REQUIRE(row->belongs(reading, act->statement), INVALID, "sign_off.stranger");
    REQUIRE(count >= row->least && count <= row->most, UNAUTHORIZED, "statement.signers");
    TRY(sign_off_keys_verify(&reading->keys, act->statement));
    return row->apply(reading, act);
}

static struct result judge(struct reading *reading, const struct sign_off_entry *entry)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct sign_off_act act = {.statement = &statement, .index = entry->index};

    TRY(parse(reading, entry, &statement, &act.time));
    if (brings_keys(statement.type)) {
        return sign_off_keys_learn(&reading->keys, &statement);
    }
    return judge_act(reading, &act);
}

/* --- all of them --- */

static void note_candidate(struct candidate *candidate, const struct statement *statement,
                           uint64_t index)
{
    if (bytes_is(statement->type, "report.file") && !candidate->found) {
        candidate->found = true;
        candidate->index = index;
        candidate->report = statement_value(statement, "报告");
        candidate->team = statement_value(statement, "评审组");
        candidate->version = version_of(statement);
    }
}

/* The views outlive the statement: they point into the entry. */
static struct result find_candidate(struct reading *reading)
{
    const struct sign_off_evidence *const evidence = reading->evidence;
    uint64_t time;

    for (size_t i = 0; i < evidence->count; i++) {
        AUTO_STATEMENT statement = STATEMENT_INIT;
        const struct result parsed = parse(reading, &evidence->entries[i], &statement, &time);

        REQUIRE(parsed.failure != OUT_OF_MEMORY, OUT_OF_MEMORY, parsed.rule);
        if (is_ok(parsed)) {
            note_candidate(&reading->candidate, &statement, evidence->entries[i].index);
        }
    }
    return OK;
}

static struct result find_cycle(struct reading *reading)
{
    const struct sign_off_evidence *const evidence = reading->evidence;
    uint64_t time;

    for (size_t i = 0; i < evidence->count; i++) {
        AUTO_STATEMENT statement = STATEMENT_INIT;
        const struct result parsed = parse(reading, &evidence->entries[i], &statement, &time);

        REQUIRE(parsed.failure != OUT_OF_MEMORY, OUT_OF_MEMORY, parsed.rule);
        if (is_ok(parsed) && bytes_is(statement.type, "team.form") &&
            is_of_team(reading, &statement)) {
            reading->candidate.cycle = statement_value(&statement, "周期");
        }
    }
    return OK;
}

static struct result note_problem(struct sign_off *out, struct result result, uint64_t index)
{
    const struct sign_off_problem problem = {result, index};

    return buffer_append(&out->problems, (struct bytes){(const uint8_t *)&problem, sizeof problem});
}

static struct result judge_all(struct reading *reading)
{
    const struct sign_off_evidence *const evidence = reading->evidence;
    struct result result;

    for (size_t i = 0; i < evidence->count; i++) {
        const struct sign_off_entry *const entry = &evidence->entries[i];

        result = i > 0 && entry->index <= entry[-1].index ? fail(INVALID, "sign_off.order")
                                                          : judge(reading, entry);
        REQUIRE(result.failure != OUT_OF_MEMORY, OUT_OF_MEMORY, result.rule);
        if (!is_ok(result)) {
            TRY(note_problem(reading->out, result, entry->index));
        }
    }
    return OK;
}

static struct result conclude(const struct reading *reading)
{
    struct sign_off *const out = reading->out;
    const struct hash32 *const document = reading->evidence->document;

    if (!reading->candidate.found) {
        return note_problem(out, fail(NOT_FOUND, "sign_off.filing"), SIGN_OFF_NONE);
    }
    if (out->filed && document != NULL && !hash32_equal(document, &out->file)) {
        return note_problem(out, fail(INVALID, "sign_off.document"), out->index);
    }
    return OK;
}

static struct result read_all(struct reading *reading)
{
    TRY(find_candidate(reading));
    TRY(find_cycle(reading));
    TRY(judge_all(reading));
    return conclude(reading);
}

struct result sign_off_read(const struct sign_off_evidence *evidence, struct sign_off *out)
{
    struct reading reading = {.evidence = evidence, .out = out};
    const struct result result = read_all(&reading);

    sign_off_keys_free(&reading.keys);
    return result;
}
