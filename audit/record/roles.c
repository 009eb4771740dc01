/*
 * The rows about roles: granted and ended by two officers, keys ended for good.
 */
#include "protocol/statement.h"
#include "record/election.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"

static const char COUNT_OFFICERS[] =
    "SELECT COUNT(*) FROM role JOIN person ON person.id = role.person"
    " WHERE role.role = :role AND role.ended IS NULL AND person.revoked IS NULL"
    " AND person.id <> :without";

/* With one officer nothing could be signed by two any more. */
static struct result check_officers_remain(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, COUNT_OFFICERS);
    bool row;

    query_bind_text(&query, ":role", bytes_of_string(ROLE_OFFICER));
    query_bind_text(&query, ":without", person_named(fold));
    TRY(query_step(&query, &row));
    REQUIRE(query_number(&query, 0) >= 2, INVALID, "role.officers");
    return OK;
}

static struct result check_each_role(const struct fold *fold, bool held, const char *rule)
{
    const size_t count = statement_count(fold->statement, "角色");

    for (size_t i = 0; i < count; i++) {
        bool holds;

        TRY(person_has_role(fold->record, person_named(fold),
                            statement_value_at(fold->statement, "角色", i), &holds));
        REQUIRE(holds == held, CONFLICT, rule);
    }
    return person_check_roles(fold);
}

static bool names_role(const struct fold *fold, const char *role)
{
    const size_t count = statement_count(fold->statement, "角色");

    for (size_t i = 0; i < count; i++) {
        if (bytes_is(statement_value_at(fold->statement, "角色", i), role)) {
            return true;
        }
    }
    return false;
}

static struct result check_grant(const struct fold *fold)
{
    struct person person;

    TRY(person_load_named(fold, &person));
    REQUIRE(person.confirmed, CONFLICT, "person.unconfirmed");
    return check_each_role(fold, false, "role.held");
}

static struct result check_end(const struct fold *fold)
{
    struct person person;

    TRY(person_load_named(fold, &person));
    TRY(check_each_role(fold, true, "role.not_held"));
    return names_role(fold, ROLE_OFFICER) ? check_officers_remain(fold) : OK;
}

static const char UPDATE_ENDED[] = "UPDATE role SET ended = :position"
                                   " WHERE person = :person AND role = :role AND ended IS NULL";

static struct result end_role(const struct fold *fold, struct bytes role)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_ENDED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":person", person_named(fold));
    query_bind_text(&query, ":role", role);
    return query_run(&query);
}

static struct result apply_end(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "角色");

    for (size_t i = 0; i < count; i++) {
        TRY(end_role(fold, statement_value_at(fold->statement, "角色", i)));
    }
    return election_cancel_without(fold, person_named(fold), false);
}

static struct result check_revoke(const struct fold *fold)
{
    struct person person;
    bool officer;

    TRY(person_load_named(fold, &person));
    TRY(person_has_role(fold->record, person_named(fold), bytes_of_string(ROLE_OFFICER), &officer));
    return officer ? check_officers_remain(fold) : OK;
}

static const char UPDATE_REVOKED[] = "UPDATE person SET revoked = :position WHERE id = :id";

static struct result apply_revoke(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_REVOKED);

    query_bind_number(&query, ":position", fold->index);
    query_bind_text(&query, ":id", person_named(fold));
    TRY(query_run(&query));
    return election_cancel_without(fold, person_named(fold), true);
}

/* --- rows --- */

#define ROLE_FIELD                                        \
    {                                                     \
        "角色", KIND_WORD, 1, FIELD_MANY, PERSON_ROLES, 0 \
    }

static const struct field_type GRANT[] = {
    FIELD_ONE("人员", KIND_ID),
    ROLE_FIELD,
};
static const struct field_type END[] = {
    FIELD_ONE("人员", KIND_ID),
    ROLE_FIELD,
    FIELD_ONE("理由", KIND_HIDDEN),
};
static const struct field_type REVOKE[] = {
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("理由", KIND_HIDDEN),
};

static const struct statement_type GRANT_TYPE = ROW("role.grant", GRANT);
static const struct statement_type END_TYPE = ROW("role.end", END);
static const struct statement_type REVOKE_TYPE = ROW("person.revoke", REVOKE);

static const struct type ROWS[] = {
    {
        .row = &GRANT_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第九条",
        .remark = "",
        .check = check_grant,
        .apply = person_grant_roles,
    },
    {
        .row = &END_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第九条",
        .remark = "two officers remain; a trustee's end may cancel an election",
        .check = check_end,
        .apply = apply_end,
    },
    {
        .row = &REVOKE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第九条",
        .remark = "two officers remain; keys end for good; may cancel an election",
        .check = check_revoke,
        .apply = apply_revoke,
    },
};

const struct type_list ROLE_TYPES = {"audit/record/roles.c", "Roles", ROWS,
                                     sizeof ROWS / sizeof ROWS[0]};
