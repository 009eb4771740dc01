#include "record/cycle.h"

#include "base/text.h"
#include "protocol/election.h"
#include "protocol/manifest.h"
#include "protocol/statement.h"
#include "record/people.h"
#include "record/query.h"

static const char SELECT_CYCLE[] =
    "SELECT quorum_numerator, quorum_denominator, runoffs FROM cycle WHERE id = :id";

struct result cycle_load(struct record *record, struct bytes id, struct cycle *out)
{
    AUTO_QUERY query = query_start(record, SELECT_CYCLE);
    bool row;

    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "cycle.unknown");
    out->quorum_numerator = query_number(&query, 0);
    out->quorum_denominator = query_number(&query, 1);
    out->runoffs = query_number(&query, 2);
    return OK;
}

static const char SELECT_LINES[] = "SELECT lines FROM cycle WHERE id = :id";

struct result cycle_load_lines(struct record *record, struct bytes id, struct buffer *out)
{
    AUTO_QUERY query = query_start(record, SELECT_LINES);
    bool row;

    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "cycle.unknown");
    return buffer_append(out, query_text(&query, 0));
}

struct result cycle_copy_lines(const struct statement *statement, struct buffer *out)
{
    static const char *const labels[] = {"等次", "限额", "席位", "通过"};

    for (size_t label = 0; label < sizeof labels / sizeof labels[0]; label++) {
        const size_t count = statement_count(statement, labels[label]);

        for (size_t i = 0; i < count; i++) {
            TRY(statement_add(out, labels[label], statement_value_at(statement, labels[label], i)));
        }
    }
    return OK;
}

static const char SELECT_AFTER_CHANGE[] = "SELECT rule FROM after_change WHERE cycle = :cycle";

struct result cycle_signs_again(struct record *record, struct bytes id, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_AFTER_CHANGE);
    bool row;

    query_bind_text(&query, ":cycle", id);
    TRY(query_step(&query, &row));
    *out = row && bytes_is(query_text(&query, 0), AFTER_CHANGE_AGAIN);
    return OK;
}

/* Numbers are at most 2^53 and a committee has at most 600 members: nothing overflows 64 bits. */
uint64_t cycle_quorum(const struct cycle *cycle, uint64_t appointed)
{
    return (cycle->quorum_numerator * appointed + cycle->quorum_denominator - 1) /
           cycle->quorum_denominator;
}

/* --- cycle.open --- */

/* A denominator that people can count with, so that no product overflows. */
#define QUORUM_PARTS_MAX 1000

static struct result read_quorum(const struct statement *statement, struct cycle *out)
{
    struct bytes value = statement_value(statement, "法定人数");
    const struct bytes numerator = text_cut(&value, '/');

    REQUIRE(is_ok(text_parse_number(numerator, &out->quorum_numerator)) &&
                is_ok(text_parse_number(value, &out->quorum_denominator)),
            MALFORMED, "cycle.quorum");
    REQUIRE(out->quorum_numerator > 0 && out->quorum_numerator <= out->quorum_denominator &&
                out->quorum_denominator <= QUORUM_PARTS_MAX,
            INVALID, "cycle.quorum");
    return OK;
}

struct lines {
    struct election_grade grades[GRADES_MAX];
    size_t grade_count;
    struct election_seat seats[GRADES_MAX];
    size_t seat_count;
    struct election_pass passes[GRADES_MAX];
    size_t pass_count;
};

static struct result at_line(struct result result, size_t line)
{
    result.at = is_ok(result) ? 0 : line + 1;
    return result;
}

static struct result read_grades(const struct statement *statement, struct lines *out)
{
    const size_t limits = statement_count(statement, "限额");
    uint64_t weight = 0;

    out->grade_count = statement_count(statement, "等次");
    REQUIRE(out->grade_count >= 2 && out->grade_count <= GRADES_MAX, INVALID, "election.grades");
    for (size_t i = 0; i < out->grade_count; i++) {
        TRY(at_line(manifest_grade(statement_value_at(statement, "等次", i), i, &out->grades[i]),
                    i));
        REQUIRE(out->grades[i].weight == weight, INVALID, "election.grades");
        weight = weight == 0 ? 1 : weight * 1024;
    }
    for (size_t i = 0; i < limits; i++) {
        struct election_limit limit;

        TRY(at_line(
            manifest_limit(statement_value_at(statement, "限额", i), out->grade_count, &limit), i));
    }
    return OK;
}

static struct result read_seats(const struct statement *statement, struct lines *out)
{
    out->seat_count = statement_count(statement, "席位");
    out->pass_count = statement_count(statement, "通过");
    REQUIRE(out->seat_count >= 1 && out->seat_count < out->grade_count, INVALID, "election.seats");
    REQUIRE(out->pass_count == out->seat_count, INVALID, "election.passes");
    for (size_t i = 0; i < out->seat_count; i++) {
        TRY(at_line(manifest_seat(statement_value_at(statement, "席位", i), out->grade_count,
                                  &out->seats[i]),
                    i));
        TRY(at_line(manifest_pass(statement_value_at(statement, "通过", i), out->grade_count,
                                  &out->passes[i]),
                    i));
    }
    return OK;
}

static unsigned lowest_grade(grade_set grades)
{
    unsigned grade = 0;

    while (grade < GRADES_MAX && (grades >> grade & 1u) == 0) {
        grade++;
    }
    return grade;
}

/* Each grade that has seats has them once, and one line that says who passes. */
static struct result match_passes(const struct lines *lines)
{
    for (size_t i = 0; i < lines->seat_count; i++) {
        size_t seats = 0;
        size_t passes = 0;

        for (size_t j = 0; j < lines->seat_count; j++) {
            seats += lines->seats[j].grade == lines->seats[i].grade;
            passes += lowest_grade(lines->passes[j].grades) == lines->seats[i].grade;
        }
        REQUIRE(seats == 1, INVALID, "election.seats");
        REQUIRE(passes == 1, INVALID, "election.passes");
    }
    return OK;
}

static const char SELECT_SAME[] = "SELECT id FROM cycle WHERE id = :id OR year = :year";

static struct result check_new(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_SAME);
    uint64_t year;
    bool row;

    TRY(statement_number(fold->statement, "年度", &year));
    query_bind_text(&query, ":id", statement_value(fold->statement, "周期"));
    query_bind_number(&query, ":year", year);
    TRY(query_step(&query, &row));
    if (row) {
        return fail(CONFLICT,
                    bytes_equal(query_text(&query, 0), statement_value(fold->statement, "周期"))
                        ? "cycle.known"
                        : "cycle.year");
    }
    return OK;
}

static struct result check_cycle(const struct fold *fold)
{
    struct lines lines;
    struct cycle cycle;

    TRY(check_new(fold));
    TRY(read_quorum(fold->statement, &cycle));
    TRY(read_grades(fold->statement, &lines));
    TRY(read_seats(fold->statement, &lines));
    return match_passes(&lines);
}

static const char INSERT_CYCLE[] =
    "INSERT INTO cycle (id, year, position, document, quorum_numerator, quorum_denominator,"
    " runoffs, lines)"
    " VALUES (:id, :year, :position, :document, :numerator, :denominator, :runoffs, :lines)";

static struct result insert_cycle(const struct fold *fold)
{
    AUTO_BUFFER lines = BUFFER_INIT;
    AUTO_QUERY query = query_start(fold->record, INSERT_CYCLE);
    struct cycle cycle;
    uint64_t year;

    TRY(statement_number(fold->statement, "年度", &year));
    TRY(statement_number(fold->statement, "加投上限", &cycle.runoffs));
    TRY(read_quorum(fold->statement, &cycle));
    TRY(cycle_copy_lines(fold->statement, &lines));
    query_bind_text(&query, ":id", statement_value(fold->statement, "周期"));
    query_bind_number(&query, ":year", year);
    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":document", statement_value(fold->statement, "细则文号"));
    query_bind_number(&query, ":numerator", cycle.quorum_numerator);
    query_bind_number(&query, ":denominator", cycle.quorum_denominator);
    query_bind_number(&query, ":runoffs", cycle.runoffs);
    query_bind_text(&query, ":lines", buffer_view(&lines));
    return query_run(&query);
}

static const char INSERT_AFTER_CHANGE[] =
    "INSERT INTO after_change (cycle, rule) VALUES (:cycle, :rule)";

/* A table of its own: the folders of earlier logs have a table of cycles without it. */
static struct result apply_cycle(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_AFTER_CHANGE);

    TRY(insert_cycle(fold));
    if (!statement_has(fold->statement, "换人后")) {
        return OK;
    }
    query_bind_text(&query, ":cycle", statement_value(fold->statement, "周期"));
    query_bind_text(&query, ":rule", statement_value(fold->statement, "换人后"));
    return query_run(&query);
}

static const char *const AFTER_CHANGE[] = {AFTER_CHANGE_STANDS, AFTER_CHANGE_AGAIN, 0};

static const struct field_type OPEN[] = {
    FIELD_ONE("周期", KIND_ID),
    FIELD_ONE("年度", KIND_NUMBER),
    FIELD_ONE("规则文件", KIND_HASH),
    FIELD_ONE("细则文号", KIND_TEXT),
    FIELD_ONE("法定人数", KIND_LINE),
    FIELD_ONE("加投上限", KIND_NUMBER),
    FIELD_ANY("等次", KIND_LINE),
    FIELD_ANY("限额", KIND_LINE),
    FIELD_ANY("席位", KIND_LINE),
    FIELD_ANY("通过", KIND_LINE),
    {"换人后", KIND_WORD, 0, 1, AFTER_CHANGE, 0},
};

static const struct statement_type OPEN_TYPE = ROW("cycle.open", OPEN);

static const struct type ROWS[] = {
    {
        .row = &OPEN_TYPE,
        .signers = SIGNED_BY(SIGNER_CHAIR, SIGNER_OFFICER),
        .article = "第四条",
        .remark =
            "one a year; 等次 to 通过 are the lines of a first round's manifest; no 换人后 is 保留",
        .check = check_cycle,
        .apply = apply_cycle,
    },
};

const struct type_list CYCLE_TYPES = {"audit/record/cycle.c", "Cycle", ROWS,
                                      sizeof ROWS / sizeof ROWS[0]};
