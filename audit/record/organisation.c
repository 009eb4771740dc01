#include "record/organisation.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/cycle.h"
#include "record/must_sign.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"

/* --- what stands --- */

static const char SELECT_ORGANISATION[] = "SELECT representative FROM organisation WHERE id = :id";

struct result organisation_load(struct record *record, struct bytes id,
                                char representative[static RECORD_ID_SIZE])
{
    AUTO_QUERY query = query_start(record, SELECT_ORGANISATION);
    bool row;

    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "organisation.unknown");
    state_copy_id(query_text(&query, 0), representative);
    return OK;
}

static const char SELECT_LIST[] = "SELECT 1 FROM qualified WHERE cycle = :cycle";

struct result organisation_require_list(struct record *record, struct bytes cycle)
{
    AUTO_QUERY query = query_start(record, SELECT_LIST);
    bool row;

    query_bind_text(&query, ":cycle", cycle);
    TRY(query_step(&query, &row));
    REQUIRE(row, INVALID, "qualification.missing");
    return OK;
}

static const char SELECT_QUALIFIED[] =
    "SELECT 1 FROM qualified WHERE cycle = :cycle AND organisation = :organisation";

struct result organisation_is_qualified(struct record *record, struct bytes cycle, struct bytes id,
                                        bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_QUALIFIED);

    query_bind_text(&query, ":cycle", cycle);
    query_bind_text(&query, ":organisation", id);
    return query_step(&query, out);
}

struct result organisation_check_order(const struct fold *fold, const char *label, const char *rule)
{
    const size_t count = statement_count(fold->statement, label);

    for (size_t i = 1; i < count; i++) {
        const struct bytes before = statement_value_at(fold->statement, label, i - 1);
        const struct bytes value = statement_value_at(fold->statement, label, i);

        if (bytes_compare(before, value) >= 0) {
            return fail_field(INVALID, rule, label, i + 1);
        }
    }
    return OK;
}

/* --- 统一社会信用代码 --- */

#define CODE_SIZE 18

/* The place of a character in the set of GB 32100, which has no I, O, S, V and Z; 31 if none. */
static unsigned code_digit(uint8_t character)
{
    static const char set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const char *const place = character ? strchr(set, character) : 0;

    return place ? (unsigned)(place - set) : 31;
}

/* Weights are the powers of 3 modulo 31; the check makes the sum a multiple of 31. */
static bool code_is_valid(struct bytes code)
{
    unsigned weight = 1;
    unsigned sum = 0;

    if (code.size != CODE_SIZE) {
        return false;
    }
    for (size_t i = 0; i < CODE_SIZE; i++) {
        const unsigned digit = code_digit(code.data[i]);

        if (digit > 30) {
            return false;
        }
        sum += i + 1 < CODE_SIZE ? digit * weight : digit;
        weight = weight * 3 % 31;
    }
    return sum % 31 == 0;
}

struct result organisation_check_code(struct bytes code)
{
    return code_is_valid(code) ? OK
                               : fail_field(INVALID, "organisation.code", "统一社会信用代码", 0);
}

/* --- organisation.register, organisation.delegate --- */

static const char SELECT_REPRESENTED[] = "SELECT 1 FROM organisation WHERE representative = :id";

/* Confirmed, holds the role, and represents nobody yet. */
static struct result check_representative(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_REPRESENTED);
    const struct bytes person = statement_value(fold->statement, "代表");
    bool row;

    TRY(person_require_named(fold->record, person, ROLE_DELEGATE, "organisation.representative"));
    query_bind_text(&query, ":id", person);
    TRY(query_step(&query, &row));
    REQUIRE(!row, INVALID, "organisation.representative");
    return OK;
}

static const char SELECT_SAME[] = "SELECT id FROM organisation WHERE id = :id OR code = :code"
                                  " ORDER BY id = :id DESC";

static struct result check_register(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_SAME);
    const struct bytes id = statement_value(fold->statement, "组织");
    const struct bytes code = statement_value(fold->statement, "统一社会信用代码");
    bool row;

    query_bind_text(&query, ":id", id);
    query_bind_text(&query, ":code", code);
    TRY(query_step(&query, &row));
    REQUIRE(!row || !bytes_equal(query_text(&query, 0), id), CONFLICT, "organisation.known");
    TRY(organisation_check_code(code));
    REQUIRE(!row, CONFLICT, "organisation.code_known");
    return check_representative(fold);
}

static const char INSERT_ORGANISATION[] =
    "INSERT INTO organisation (id, name, code, representative, position)"
    " VALUES (:id, :name, :code, :representative, :position)";

static struct result apply_register(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_ORGANISATION);

    query_bind_text(&query, ":id", statement_value(fold->statement, "组织"));
    query_bind_text(&query, ":name", statement_value(fold->statement, "名称"));
    query_bind_text(&query, ":code", statement_value(fold->statement, "统一社会信用代码"));
    query_bind_text(&query, ":representative", statement_value(fold->statement, "代表"));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

static struct result check_delegate(const struct fold *fold)
{
    char now[RECORD_ID_SIZE];

    TRY(organisation_load(fold->record, statement_value(fold->statement, "组织"), now));
    return check_representative(fold);
}

static const char UPDATE_REPRESENTATIVE[] =
    "UPDATE organisation SET representative = :person WHERE id = :id";

static struct result apply_delegate(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REPRESENTATIVE);
    const struct bytes id = statement_value(fold->statement, "组织");
    const struct bytes person = statement_value(fold->statement, "代表");
    char before[RECORD_ID_SIZE];

    TRY(organisation_load(fold->record, id, before));
    query_bind_text(&query, ":person", person);
    query_bind_text(&query, ":id", id);
    TRY(query_run(&query));
    return must_sign_change(
        fold, &(struct change){.organisation = id, .out = bytes_of_string(before), .in = person});
}

/* --- qualification.list --- */

static struct result check_list(const struct fold *fold)
{
    const struct bytes cycle = statement_value(fold->statement, "周期");
    const size_t count = statement_count(fold->statement, "合格");
    char representative[RECORD_ID_SIZE];
    struct result listed;
    struct cycle loaded;

    TRY(cycle_load(fold->record, cycle, &loaded));
    listed = organisation_require_list(fold->record, cycle);
    REQUIRE(!is_ok(listed), CONFLICT, "qualification.known");
    REQUIRE(listed.failure == INVALID, listed.failure, listed.rule);
    TRY(organisation_check_order(fold, "合格", "qualification.order"));
    for (size_t i = 0; i < count; i++) {
        TRY(organisation_load(fold->record, statement_value_at(fold->statement, "合格", i),
                              representative));
    }
    return OK;
}

static const char INSERT_QUALIFIED[] = "INSERT INTO qualified (cycle, organisation, position)"
                                       " VALUES (:cycle, :organisation, :position)";

static struct result insert_qualified(const struct fold *fold, struct bytes organisation)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_QUALIFIED);

    query_bind_text(&query, ":cycle", statement_value(fold->statement, "周期"));
    query_bind_text(&query, ":organisation", organisation);
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

static struct result apply_list(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "合格");

    for (size_t i = 0; i < count; i++) {
        TRY(insert_qualified(fold, statement_value_at(fold->statement, "合格", i)));
    }
    return OK;
}

/* --- rows --- */

static const struct field_type REGISTER[] = {
    FIELD_ONE("组织", KIND_ID),
    FIELD_ONE("名称", KIND_TEXT),
    FIELD_ONE("统一社会信用代码", KIND_TEXT),
    FIELD_ONE("代表", KIND_ID),
};
static const struct field_type DELEGATE[] = {
    FIELD_ONE("组织", KIND_ID),
    FIELD_ONE("代表", KIND_ID),
    FIELD_ONE("理由", KIND_HIDDEN),
};
static const struct field_type LIST[] = {
    FIELD_ONE("周期", KIND_ID),
    FIELD_SOME("合格", KIND_ID),
};

static const struct statement_type REGISTER_TYPE = ROW("organisation.register", REGISTER);
static const struct statement_type DELEGATE_TYPE = ROW("organisation.delegate", DELEGATE);
static const struct statement_type LIST_TYPE = ROW("qualification.list", LIST);

static const struct type ROWS[] = {
    {
        .row = &REGISTER_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第十三条",
        .remark = "the code by GB 32100; the representative holds 组织代表, for nobody else",
        .check = check_register,
        .apply = apply_register,
    },
    {
        .row = &DELEGATE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第十三条",
        .remark = "another representative; acts on site reports that are open or blocked",
        .check = check_delegate,
        .apply = apply_delegate,
    },
    {
        .row = &LIST_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第十七条",
        .remark = "once a cycle; ascending by id",
        .check = check_list,
        .apply = apply_list,
    },
};

const struct type_list ORGANISATION_TYPES = {"audit/record/organisation.c", "Organisations", ROWS,
                                             sizeof ROWS / sizeof ROWS[0]};
