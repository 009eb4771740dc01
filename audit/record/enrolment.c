/*
 * The rows about people: how somebody is invited, enrols, is confirmed, gains and loses roles.
 */
#include <string.h>

#include "protocol/statement.h"
#include "record/genesis.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"

/* --- person.invite --- */

static struct result check_invite(const struct fold *fold)
{
    struct person person;
    const struct result found = person_load(fold->record, person_named(fold), &person);

    REQUIRE(!is_ok(found), CONFLICT, "person.known");
    REQUIRE(!person_is_reserved(person_named(fold)), INVALID, "person.reserved");
    return found.failure == NOT_FOUND ? OK : found;
}

static const char INSERT_PERSON[] = "INSERT INTO person (id, hidden_name, invited)"
                                    " VALUES (:id, :hidden, :position)";

static struct result apply_invite(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_PERSON);

    query_bind_text(&query, ":id", person_named(fold));
    query_bind_text(&query, ":hidden", statement_value(fold->statement, "姓名"));
    query_bind_number(&query, ":position", fold->index);
    return query_run(&query);
}

/* --- person.enrol --- */

static const char SELECT_KEY_HOLDER[] =
    "SELECT 1 FROM person WHERE (sign_key = :sign_key OR box_key = :box_key) AND id <> :id";

struct offered_keys {
    struct public_key sign_key;
    struct box_public box_key;
};

static struct result read_offered(const struct fold *fold, struct offered_keys *out)
{
    *out = (struct offered_keys){0};
    TRY(statement_fixed(fold->statement, "签名公钥", 0, out->sign_key.bytes, 32));
    return statement_fixed(fold->statement, "封存公钥", 0, out->box_key.bytes, 32);
}

static struct result check_keys_free(const struct fold *fold, const struct offered_keys *keys)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_KEY_HOLDER);
    bool row;

    query_bind_blob(&query, ":sign_key", BYTES(keys->sign_key.bytes));
    query_bind_blob(&query, ":box_key", BYTES(keys->box_key.bytes));
    query_bind_text(&query, ":id", person_named(fold));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "person.key");
    return OK;
}

static struct result check_enrol(const struct fold *fold)
{
    struct offered_keys keys;
    struct person person;

    TRY(person_load_named(fold, &person));
    REQUIRE(!person.confirmed, CONFLICT, "person.confirmed");
    TRY(read_offered(fold, &keys));
    REQUIRE(public_key_is_valid(&keys.sign_key), INVALID, "key.sign");
    REQUIRE(box_public_is_valid(&keys.box_key), INVALID, "key.box");
    return check_keys_free(fold, &keys);
}

static const char INSERT_ENROLMENT[] =
    "INSERT INTO enrolment (text_hash, person, position, sign_key, box_key)"
    " VALUES (:hash, :person, :position, :sign_key, :box_key)";

static struct result apply_enrol(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_ENROLMENT);
    struct offered_keys keys;

    TRY(read_offered(fold, &keys));
    query_bind_blob(&query, ":hash", BYTES(fold->prepared->text_hash.bytes));
    query_bind_text(&query, ":person", person_named(fold));
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":sign_key", BYTES(keys.sign_key.bytes));
    query_bind_blob(&query, ":box_key", BYTES(keys.box_key.bytes));
    return query_run(&query);
}

/* --- person.confirm --- */

static const char SELECT_ENROLMENT[] =
    "SELECT sign_key, box_key FROM enrolment WHERE text_hash = :hash AND person = :person";

static struct result load_enrolment(const struct fold *fold, struct offered_keys *out)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_ENROLMENT);
    struct hash32 hash;
    bool row;

    TRY(statement_hash(fold->statement, "登记", &hash));
    query_bind_blob(&query, ":hash", BYTES(hash.bytes));
    query_bind_text(&query, ":person", person_named(fold));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "person.enrolment");
    TRY(query_fixed(&query, 0, out->sign_key.bytes, sizeof out->sign_key.bytes));
    return query_fixed(&query, 1, out->box_key.bytes, sizeof out->box_key.bytes);
}

static struct result check_confirm(const struct fold *fold)
{
    struct offered_keys keys;
    struct person person;

    TRY(person_load_named(fold, &person));
    REQUIRE(!person.confirmed, CONFLICT, "person.confirmed");
    TRY(load_enrolment(fold, &keys));
    TRY(check_keys_free(fold, &keys));
    return person_check_roles(fold);
}

static const char UPDATE_CONFIRMED[] =
    "UPDATE person SET confirmed = :position, enrol_hash = :hash, sign_key = :sign_key,"
    " box_key = :box_key WHERE id = :id";

static struct result apply_confirm(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_CONFIRMED);
    struct offered_keys keys;
    struct hash32 hash;

    TRY(statement_hash(fold->statement, "登记", &hash));
    TRY(load_enrolment(fold, &keys));
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":hash", BYTES(hash.bytes));
    query_bind_blob(&query, ":sign_key", BYTES(keys.sign_key.bytes));
    query_bind_blob(&query, ":box_key", BYTES(keys.box_key.bytes));
    query_bind_text(&query, ":id", person_named(fold));
    TRY(query_run(&query));
    return person_grant_roles(fold);
}

/* Signer, signature and time are all there is to these; the service keeps the rest. */
static struct result check_nothing(const struct fold *fold)
{
    (void)fold;
    return OK;
}

/* --- rows --- */

#define ROLE_FIELD                                        \
    {                                                     \
        "角色", KIND_WORD, 1, FIELD_MANY, PERSON_ROLES, 0 \
    }

static const struct field_type GENESIS[] = {
    FIELD_ONE("记录公钥", KIND_KEY),
    FIELD_ONE("服务公钥", KIND_KEY),
    FIELD_ONE("规则文件", KIND_HASH),
    {ROLE_OFFICER, KIND_LINE, 2, FIELD_MANY, 0, 0},
};
static const struct field_type INVITE[] = {
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("姓名", KIND_HIDDEN),
};
static const struct field_type ENROL[] = {
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("签名公钥", KIND_KEY),
    FIELD_ONE("封存公钥", KIND_KEY),
};
static const struct field_type CONFIRM[] = {
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("登记", KIND_HASH),
    FIELD_ONE("核对随机数", KIND_BYTES16),
    ROLE_FIELD,
};
static const struct field_type SESSION[] = {
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("随机数", KIND_BYTES16),
    FIELD_ONE("时间", KIND_TIME),
};
static const struct field_type ACCEPTANCE[] = {
    FIELD_ONE("文本", KIND_HASH),
    FIELD_ONE("入册不迟于", KIND_TIME),
};

static const struct field_type CONTACT[] = {
    FIELD_ONE("人员", KIND_ID),
    FIELD_ONE("邮箱", KIND_TEXT),
    FIELD_ONE("时间", KIND_TIME),
};

static const struct statement_type GENESIS_TYPE = ROW("log.genesis", GENESIS);
static const struct statement_type INVITE_TYPE = ROW("person.invite", INVITE);
static const struct statement_type ENROL_TYPE = ROW("person.enrol", ENROL);
static const struct statement_type CONFIRM_TYPE = ROW("person.confirm", CONFIRM);
static const struct statement_type SESSION_TYPE = ROW("session.open", SESSION);
static const struct statement_type ACCEPTANCE_TYPE = ROW("acceptance", ACCEPTANCE);
static const struct statement_type CONTACT_TYPE = ROW("contact.set", CONTACT);

static const struct type ROWS[] = {
    {
        .row = &GENESIS_TYPE,
        .signers = SIGNED_BY(SIGNER_FOUNDERS),
        .article = "第九条",
        .remark = "officers ascending by id; always entry 0, and only there",
        .check = genesis_check,
        .apply = genesis_apply,
    },
    {
        .row = &INVITE_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER),
        .article = "第九条",
        .remark = "",
        .check = check_invite,
        .apply = apply_invite,
    },
    {
        .row = &ENROL_TYPE,
        .signers = SIGNED_BY(SIGNER_ENROLLING),
        .article = "第九条",
        .remark = "signed with the key it names; may be repeated until it is confirmed",
        .check = check_enrol,
        .apply = apply_enrol,
    },
    {
        .row = &CONFIRM_TYPE,
        .signers = SIGNED_BY(SIGNER_OFFICER, SIGNER_OFFICER),
        .article = "第九条",
        .remark = "`登记` is SHA-256 of the enrol text",
        .check = check_confirm,
        .apply = apply_confirm,
    },
    {
        .row = &SESSION_TYPE,
        .signers = SIGNED_BY(SIGNER_PERSON),
        .never_logged = true,
        .article = "",
        .remark = "never logged",
        .check = check_nothing,
    },
    {
        .row = &ACCEPTANCE_TYPE,
        .signers = SIGNED_BY(SIGNER_SERVICE),
        .never_logged = true,
        .article = "",
        .remark = "never logged",
        .check = check_nothing,
    },
    {
        .row = &CONTACT_TYPE,
        .signers = SIGNED_BY(SIGNER_PERSON),
        .never_logged = true,
        .article = "",
        .remark = "never logged; `-` removes the address",
        .check = check_nothing,
    },
};

const struct type_list PEOPLE_TYPES = {"audit/record/enrolment.c", "People", ROWS,
                                       sizeof ROWS / sizeof ROWS[0]};
