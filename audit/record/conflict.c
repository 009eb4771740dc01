#include "record/conflict.h"

#include "base/text.h"
#include "protocol/statement.h"
#include "record/cycle.h"
#include "record/organisation.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"

/* --- what stands --- */

static struct result select_person(struct record *record, const char *sql, struct bytes cycle,
                                   struct bytes person, bool *out)
{
    AUTO_QUERY query = query_start(record, sql);

    query_bind_text(&query, ":cycle", cycle);
    query_bind_text(&query, ":person", person);
    return query_step(&query, out);
}

static const char SELECT_UNDERTAKING[] =
    "SELECT 1 FROM undertaking WHERE cycle = :cycle AND person = :person";

struct result conflict_has_undertaken(struct record *record, struct bytes cycle,
                                      struct bytes person, bool *out)
{
    return select_person(record, SELECT_UNDERTAKING, cycle, person, out);
}

static const char SELECT_DECLARATION[] =
    "SELECT 1 FROM declaration WHERE cycle = :cycle AND person = :person";

struct result conflict_has_declared(struct record *record, struct bytes cycle, struct bytes person,
                                    bool *out)
{
    return select_person(record, SELECT_DECLARATION, cycle, person, out);
}

static const char SELECT_CONFLICT[] =
    "SELECT declared, found FROM conflict"
    " WHERE cycle = :cycle AND person = :person AND organisation = :organisation";

struct known {
    bool declared;
    bool found;
};

static struct result load_known(struct record *record, struct bytes cycle, struct bytes person,
                                struct bytes organisation, struct known *out)
{
    AUTO_QUERY query = query_start(record, SELECT_CONFLICT);
    bool row;

    query_bind_text(&query, ":cycle", cycle);
    query_bind_text(&query, ":person", person);
    query_bind_text(&query, ":organisation", organisation);
    TRY(query_step(&query, &row));
    out->declared = row && !query_is_null(&query, 0);
    out->found = row && !query_is_null(&query, 1);
    return OK;
}

static const char SELECT_STANDS[] =
    "SELECT EXISTS (SELECT 1 FROM conflict"
    "  WHERE cycle = :cycle AND person = :person AND organisation = :organisation)"
    " OR EXISTS (SELECT 1 FROM organisation WHERE id = :organisation AND representative = :person)";

struct result conflict_stands(struct record *record, struct bytes cycle, struct bytes person,
                              struct bytes organisation, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_STANDS);
    bool row;

    query_bind_text(&query, ":cycle", cycle);
    query_bind_text(&query, ":person", person);
    query_bind_text(&query, ":organisation", organisation);
    TRY(query_step(&query, &row));
    *out = query_number(&query, 0) != 0;
    return OK;
}

/* --- what the rows share --- */

static struct bytes cycle_named(const struct fold *fold)
{
    return statement_value(fold->statement, "周期");
}

static struct result require_cycle(const struct fold *fold)
{
    struct cycle cycle;

    return cycle_load(fold->record, cycle_named(fold), &cycle);
}

static struct result require_reviewer(const struct fold *fold)
{
    return person_require_named(fold->record, person_named(fold), ROLE_REVIEWER, "reviewer.role");
}

/* Officers declare too, before they handle objections (C34). */
static struct result require_declaring(const struct fold *fold)
{
    return is_ok(person_require_named(fold->record, person_named(fold), ROLE_OFFICER,
                                      "reviewer.role"))
               ? OK
               : require_reviewer(fold);
}

static struct result insert_person(const struct fold *fold, const char *sql)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_text(&query, ":cycle", cycle_named(fold));
    query_bind_text(&query, ":person", person_named(fold));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

/* --- secrecy.undertake --- */

static struct result check_undertake(const struct fold *fold)
{
    bool known;

    TRY(require_cycle(fold));
    TRY(conflict_has_undertaken(fold->record, cycle_named(fold), person_named(fold), &known));
    REQUIRE(!known, CONFLICT, "secrecy.known");
    return require_reviewer(fold);
}

static const char INSERT_UNDERTAKING[] = "INSERT INTO undertaking (cycle, person, position)"
                                         " VALUES (:cycle, :person, :position)";

static struct result apply_undertake(const struct fold *fold)
{
    return insert_person(fold, INSERT_UNDERTAKING);
}

/* --- conflict.declare --- */

#define INTEREST_SOME "有"
#define INTEREST_NONE "无"

struct interest {
    struct bytes organisation;
    bool some;
};

static struct result read_interest(const struct fold *fold, size_t line, struct interest *out)
{
    struct bytes word = statement_value_at(fold->statement, "利益关系", line);

    out->organisation = text_cut(&word, ' ');
    out->some = bytes_is(word, INTEREST_SOME);
    if (!out->some && !bytes_is(word, INTEREST_NONE)) {
        return fail_field(INVALID, "conflict.lines", "利益关系", line + 1);
    }
    return OK;
}

static const char SELECT_LISTED[] =
    "SELECT organisation FROM qualified WHERE cycle = :cycle ORDER BY organisation";

/* One line for each organisation of the qualification list, in its order. */
static struct result match_list(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_LISTED);
    const size_t count = statement_count(fold->statement, "利益关系");
    struct interest interest;
    bool row;

    query_bind_text(&query, ":cycle", cycle_named(fold));
    for (size_t line = 0; line < count; line++) {
        TRY(query_step(&query, &row));
        TRY(read_interest(fold, line, &interest));
        if (!row || !bytes_equal(query_text(&query, 0), interest.organisation)) {
            return fail_field(INVALID, "conflict.lines", "利益关系", line + 1);
        }
    }
    TRY(query_step(&query, &row));
    REQUIRE(!row, INVALID, "conflict.lines");
    return OK;
}

/* What was declared once stays declared; `out` says whether anything is. */
static struct result check_interests(const struct fold *fold, bool *out)
{
    const size_t count = statement_count(fold->statement, "利益关系");

    *out = false;
    for (size_t line = 0; line < count; line++) {
        struct interest interest;
        struct known known;

        TRY(read_interest(fold, line, &interest));
        TRY(load_known(fold->record, cycle_named(fold), person_named(fold), interest.organisation,
                       &known));
        if (known.declared && !interest.some) {
            return fail_field(CONFLICT, "conflict.withdrawn", "利益关系", line + 1);
        }
        *out = *out || interest.some;
    }
    return OK;
}

static struct result check_declare(const struct fold *fold)
{
    bool any;

    TRY(require_cycle(fold));
    TRY(organisation_require_list(fold->record, cycle_named(fold)));
    TRY(match_list(fold));
    TRY(check_interests(fold, &any));
    REQUIRE(any || !statement_has(fold->statement, "说明"), INVALID, "conflict.note");
    return require_declaring(fold);
}

static const char INSERT_DECLARED[] =
    "INSERT INTO conflict (cycle, person, organisation, declared)"
    " VALUES (:cycle, :person, :organisation, :position)"
    " ON CONFLICT (cycle, person, organisation)"
    " DO UPDATE SET declared = COALESCE(declared, excluded.declared)";

static const char INSERT_FOUND[] = "INSERT INTO conflict (cycle, person, organisation, found)"
                                   " VALUES (:cycle, :person, :organisation, :position)"
                                   " ON CONFLICT (cycle, person, organisation)"
                                   " DO UPDATE SET found = excluded.found";

static struct result insert_conflict(const struct fold *fold, const char *sql,
                                     struct bytes organisation)
{
    AUTO_QUERY query = query_start(fold->record, sql);

    query_bind_text(&query, ":cycle", cycle_named(fold));
    query_bind_text(&query, ":person", person_named(fold));
    query_bind_text(&query, ":organisation", organisation);
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

static const char INSERT_DECLARATION[] = "INSERT INTO declaration (cycle, person, position)"
                                         " VALUES (:cycle, :person, :position)"
                                         " ON CONFLICT (cycle, person)"
                                         " DO UPDATE SET position = excluded.position";

static struct result apply_declare(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "利益关系");

    TRY(insert_person(fold, INSERT_DECLARATION));
    for (size_t line = 0; line < count; line++) {
        struct interest interest;

        TRY(read_interest(fold, line, &interest));
        if (interest.some) {
            TRY(insert_conflict(fold, INSERT_DECLARED, interest.organisation));
        }
    }
    return OK;
}

/* --- conflict.find --- */

static struct result check_find(const struct fold *fold)
{
    const struct bytes organisation = statement_value(fold->statement, "组织");
    char representative[RECORD_ID_SIZE];
    struct person person;
    struct known known;

    TRY(require_cycle(fold));
    TRY(person_load(fold->record, person_named(fold), &person));
    TRY(organisation_load(fold->record, organisation, representative));
    TRY(load_known(fold->record, cycle_named(fold), person_named(fold), organisation, &known));
    REQUIRE(!known.found, CONFLICT, "conflict.known");
    return OK;
}

static struct result apply_find(const struct fold *fold)
{
    return insert_conflict(fold, INSERT_FOUND, statement_value(fold->statement, "组织"));
}

/* --- rows --- */

static const struct field_type UNDERTAKE[] = {
    FIELD_ONE("周期", KIND_ID),
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("承诺", KIND_TEXT),
};
static const struct field_type DECLARE[] = {
    FIELD_ONE("周期", KIND_ID),
    FIELD_ONE("人员", KIND_ID),
    FIELD_SOME("利益关系", KIND_LINE),
    FIELD_OPTIONAL("说明", KIND_HIDDEN),
};
static const struct field_type FIND[] = {
    FIELD_ONE("周期", KIND_ID),
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("组织", KIND_ID),
    FIELD_ONE("理由", KIND_HIDDEN),
};

static const struct statement_type UNDERTAKE_TYPE = ROW("secrecy.undertake", UNDERTAKE);
static const struct statement_type DECLARE_TYPE = ROW("conflict.declare", DECLARE);
static const struct statement_type FIND_TYPE = ROW("conflict.find", FIND);

static const struct type ROWS[] = {
    {
        .row = &UNDERTAKE_TYPE,
        .signers = SIGNED_BY(SIGNER_PERSON),
        .article = "第二十九条",
        .remark = "a reviewer, once a cycle",
        .check = check_undertake,
        .apply = apply_undertake,
    },
    {
        .row = &DECLARE_TYPE,
        .signers = SIGNED_BY(SIGNER_PERSON),
        .article = "第十二条",
        .remark = "the whole qualification list in its order; may be repeated, 有 never becomes 无",
        .check = check_declare,
        .apply = apply_declare,
    },
    {
        .row = &FIND_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第十二条",
        .remark = "kept apart from what was declared; both block",
        .check = check_find,
        .apply = apply_find,
    },
};

const struct type_list CONFLICT_TYPES = {"audit/record/conflict.c",
                                         "Undertakings and conflicts of interest", ROWS,
                                         sizeof ROWS / sizeof ROWS[0]};
