#include "record/people.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/query.h"
#include "record/state.h"

const char *const PERSON_ROLES[] = {ROLE_OFFICER,    ROLE_MEMBER,  ROLE_CHAIR,
                                    ROLE_SCRUTINEER, ROLE_TRUSTEE, ROLE_REVIEWER,
                                    ROLE_DELEGATE,   ROLE_KEEPER,  0};

bool person_is_reserved(struct bytes id)
{
    static const char *const RESERVED[] = {"ring", "objector", "respondent", "service"};

    for (size_t i = 0; i < sizeof RESERVED / sizeof RESERVED[0]; i++) {
        if (bytes_is(id, RESERVED[i])) {
            return true;
        }
    }
    return false;
}

static const char SELECT_PERSON[] =
    "SELECT confirmed, revoked, hidden_name, enrol_hash, sign_key, box_key FROM person"
    " WHERE id = :id";

struct result person_load(struct record *record, struct bytes id, struct person *out)
{
    AUTO_QUERY query = query_start(record, SELECT_PERSON);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_text(&query, ":id", id);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "person.unknown");
    out->confirmed = !query_is_null(&query, 0);
    out->revoked = !query_is_null(&query, 1);
    out->has_enrolment = !query_is_null(&query, 3);
    state_copy_id(query_text(&query, 2), out->hidden_name);
    if (out->has_enrolment) {
        TRY(query_fixed(&query, 3, out->enrolment.bytes, sizeof out->enrolment.bytes));
    }
    if (!out->confirmed) {
        return OK;
    }
    TRY(query_fixed(&query, 4, out->sign_key.bytes, sizeof out->sign_key.bytes));
    return query_fixed(&query, 5, out->box_key.bytes, sizeof out->box_key.bytes);
}

static const char SELECT_ROLE[] = "SELECT 1 FROM role WHERE person = :person AND role = :role"
                                  " AND ended IS NULL";

struct result person_has_role(struct record *record, struct bytes id, struct bytes role, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_ROLE);

    query_bind_text(&query, ":person", id);
    query_bind_text(&query, ":role", role);
    return query_step(&query, out);
}

struct result person_require(struct record *record, struct bytes id, const char *role,
                             struct person *out)
{
    const struct result loaded = person_load(record, id, out);
    bool holds = true;

    REQUIRE(loaded.failure != NOT_FOUND, UNAUTHORIZED, "signers.unknown");
    TRY(loaded);
    REQUIRE(!out->revoked, UNAUTHORIZED, "signers.revoked");
    REQUIRE(out->confirmed, UNAUTHORIZED, "signers.unknown");
    if (role) {
        TRY(person_has_role(record, id, bytes_of_string(role), &holds));
    }
    REQUIRE(holds, UNAUTHORIZED, "signers.role");
    return OK;
}

struct result person_require_named(struct record *record, struct bytes id, const char *role,
                                   const char *rule)
{
    struct person person;
    const struct result held = person_require(record, id, role, &person);

    REQUIRE(held.failure != UNAUTHORIZED, INVALID, rule);
    return held;
}

static const char INSERT_ROLE[] = "INSERT INTO role (person, role, granted)"
                                  " VALUES (:person, :role, :position)";

struct result person_grant(const struct fold *fold, struct bytes person, struct bytes role)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_ROLE);

    query_bind_text(&query, ":person", person);
    query_bind_text(&query, ":role", role);
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

/* --- what the rows about people share --- */

struct bytes person_named(const struct fold *fold)
{
    return statement_value(fold->statement, "人员");
}

struct result person_load_named(const struct fold *fold, struct person *out)
{
    TRY(person_load(fold->record, person_named(fold), out));
    REQUIRE(!out->revoked, CONFLICT, "person.revoked");
    return OK;
}

struct result person_check_roles(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "角色");

    for (size_t i = 0; i < count; i++) {
        const struct bytes role = statement_value_at(fold->statement, "角色", i);

        for (size_t j = 0; j < i; j++) {
            REQUIRE(!bytes_equal(role, statement_value_at(fold->statement, "角色", j)), INVALID,
                    "role.repeated");
        }
    }
    return OK;
}

struct result person_grant_roles(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, "角色");

    for (size_t i = 0; i < count; i++) {
        TRY(person_grant(fold, person_named(fold), statement_value_at(fold->statement, "角色", i)));
    }
    return OK;
}
