#include "record/ceremony.h"

#include <string.h>

#include "protocol/dealing.h"
#include "protocol/statement.h"
#include "record/deal.h"
#include "record/dispute.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"
#include "record/types.h"

/* --- what stands --- */

static const char SELECT_CEREMONY[] =
    "SELECT threshold, trustees, disputed, dealings_hash, election_key,"
    " (SELECT COUNT(dealt) FROM trustee WHERE ceremony = :hash),"
    " (SELECT COUNT(confirmed) FROM trustee WHERE ceremony = :hash),"
    " (SELECT COUNT(rehearsed) FROM trustee WHERE ceremony = :hash)"
    " FROM ceremony WHERE hash = :hash";

struct result ceremony_load(struct record *record, const struct hash32 *hash,
                            struct ceremony_state *out)
{
    AUTO_QUERY query = query_start(record, SELECT_CEREMONY);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "ceremony.unknown");
    out->threshold = query_number(&query, 0);
    out->trustees = query_number(&query, 1);
    out->disputed = !query_is_null(&query, 2);
    out->has_key = !query_is_null(&query, 4);
    out->dealt = query_number(&query, 5);
    out->confirmed = query_number(&query, 6);
    out->rehearsed = query_number(&query, 7);
    if (out->has_key) {
        TRY(query_fixed(&query, 3, out->dealings.bytes, sizeof out->dealings.bytes));
        TRY(query_fixed(&query, 4, out->key.bytes, sizeof out->key.bytes));
    }
    return OK;
}

bool ceremony_is_ready(const struct ceremony_state *state)
{
    return !state->disputed && state->rehearsed == state->trustees;
}

static const char SELECT_TRUSTEE[] =
    "SELECT person, dealt IS NOT NULL, confirmed IS NOT NULL, rehearsed IS NOT NULL, deal_hash,"
    " share_key FROM trustee WHERE ceremony = :hash AND place = :place";

struct result ceremony_load_trustee(struct record *record, const struct hash32 *hash,
                                    uint64_t index, struct trustee_state *out)
{
    AUTO_QUERY query = query_start(record, SELECT_TRUSTEE);
    bool row;

    memset(out, 0, sizeof *out);
    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    query_bind_number(&query, ":place", index);
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "ceremony.index");
    state_copy_id(query_text(&query, 0), out->person);
    out->dealt = query_number(&query, 1) != 0;
    out->confirmed = query_number(&query, 2) != 0;
    out->rehearsed = query_number(&query, 3) != 0;
    if (out->dealt) {
        TRY(query_fixed(&query, 4, out->deal_hash.bytes, sizeof out->deal_hash.bytes));
    }
    return out->confirmed ? query_fixed(&query, 5, out->share_key.bytes, POINT_SIZE) : OK;
}

struct result ceremony_load_text(struct record *record, const struct hash32 *hash,
                                 struct ceremony *out)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(state_load_text(record, hash, &text));
    return ceremony_parse(buffer_view(&text), out);
}

static const char COUNT_ABLE[] =
    "SELECT COUNT(*) FROM trustee JOIN person ON person.id = trustee.person"
    " JOIN role ON role.person = trustee.person AND role.role = :role AND role.ended IS NULL"
    " WHERE trustee.ceremony = :hash AND person.revoked IS NULL";

struct result ceremony_count_able(struct record *record, const struct hash32 *hash, uint64_t *out)
{
    AUTO_QUERY query = query_start(record, COUNT_ABLE);
    bool row;

    query_bind_text(&query, ":role", LITERAL(ROLE_TRUSTEE));
    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &row));
    *out = query_number(&query, 0);
    return OK;
}

/* --- trustee.ceremony --- */

static const char SELECT_ID[] = "SELECT 1 FROM ceremony WHERE id = :id";

static struct result check_id_new(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, SELECT_ID);
    bool row;

    query_bind_text(&query, ":id", statement_value(fold->statement, "仪式"));
    TRY(query_step(&query, &row));
    REQUIRE(!row, CONFLICT, "ceremony.known");
    return OK;
}

/* A trustee's box key is the one confirmed with this very enrolment. */
static struct result check_trustee(const struct fold *fold, const struct ceremony_trustee *trustee)
{
    struct person person;

    TRY(person_require_named(fold->record, trustee->id, ROLE_TRUSTEE, "ceremony.person"));
    TRY(person_load(fold->record, trustee->id, &person));
    REQUIRE(person.has_enrolment && hash32_equal(&person.enrolment, &trustee->enrolment), INVALID,
            "ceremony.enrolment");
    return OK;
}

static struct result check_ceremony(const struct fold *fold)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;

    TRY(check_id_new(fold));
    TRY(ceremony_parse(fold->statement->text, &ceremony));
    for (size_t i = 0; i < ceremony.trustee_count; i++) {
        struct result checked = check_trustee(fold, &ceremony.trustees[i]);

        checked.at = is_ok(checked) ? 0 : i + 1;
        TRY(checked);
    }
    return OK;
}

static const char INSERT_CEREMONY[] =
    "INSERT INTO ceremony (hash, id, position, threshold, trustees)"
    " VALUES (:hash, :id, :position, :threshold, :trustees)";

static struct result insert_ceremony(const struct fold *fold, const struct ceremony *ceremony)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_CEREMONY);

    query_bind_blob(&query, ":hash", BYTES(ceremony->hash.bytes));
    query_bind_text(&query, ":id", ceremony->id);
    query_bind_number(&query, ":position", fold->index);
    query_bind_number(&query, ":threshold", ceremony->threshold);
    query_bind_number(&query, ":trustees", ceremony->trustee_count);
    return query_run(&query);
}

static const char INSERT_TRUSTEE[] = "INSERT INTO trustee (ceremony, place, person)"
                                     " VALUES (:hash, :place, :person)";

static struct result insert_trustee(const struct fold *fold, const struct ceremony *ceremony,
                                    size_t place)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_TRUSTEE);

    query_bind_blob(&query, ":hash", BYTES(ceremony->hash.bytes));
    query_bind_number(&query, ":place", place + 1);
    query_bind_text(&query, ":person", ceremony->trustees[place].id);
    return query_run(&query);
}

static struct result apply_ceremony(const struct fold *fold)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;

    TRY(ceremony_parse(fold->statement->text, &ceremony));
    TRY(insert_ceremony(fold, &ceremony));
    for (size_t i = 0; i < ceremony.trustee_count; i++) {
        TRY(insert_trustee(fold, &ceremony, i));
    }
    return OK;
}

/* --- rows --- */

static const struct field_type CONFIRM[] = {
    FIELD_ONE("密钥仪式", KIND_HASH),
    FIELD_ONE("序号", KIND_NUMBER),
    FIELD_ONE("分发", KIND_HASH),
    FIELD_ONE("份额公钥", KIND_POINT),
};
static const struct field_type REHEARSAL[] = {
    FIELD_ONE("密钥仪式", KIND_HASH),
    FIELD_ONE("序号", KIND_NUMBER),
    FIELD_ONE("预演", KIND_POINT),
    FIELD_ONE("证明", KIND_PROOF),
};
static const struct field_type COMPLAIN[] = {
    FIELD_ONE("密钥仪式", KIND_HASH),
    FIELD_ONE("序号", KIND_NUMBER),
    FIELD_ONE("分发人", KIND_NUMBER),
};
static const struct field_type PUBLISH[] = {
    FIELD_ONE("密钥仪式", KIND_HASH),    FIELD_ONE("序号", KIND_NUMBER),
    FIELD_ONE("投诉人", KIND_NUMBER),    {"份额明文", KIND_PROOF, 1, 1, 0, SHARE_PLAIN_BYTES},
    FIELD_ONE("临时私钥", KIND_BYTES32),
};

static const struct statement_type PUBLISH_TYPE = ROW("trustee.publish", PUBLISH);
static const struct statement_type CONFIRM_TYPE = ROW("trustee.confirm", CONFIRM);
static const struct statement_type REHEARSAL_TYPE = ROW("trustee.rehearsal", REHEARSAL);
static const struct statement_type COMPLAIN_TYPE = ROW("trustee.complain", COMPLAIN);

static const struct type ROWS[] = {
    {
        .row = &CEREMONY_TYPE,
        .signers = SIGNED_BY(SIGNER_CHAIR, SIGNER_OFFICER),
        .article = "第二十条",
        .remark = "each trustee by SHA-256 of the confirmed enrol text",
        .check = check_ceremony,
        .apply = apply_ceremony,
    },
    {
        .row = &DEALING_TYPE,
        .signers = SIGNED_BY(SIGNER_TRUSTEE),
        .subject = SUBJECT_CEREMONY,
        .article = "第二十条",
        .remark = "the dealer; sealed shares of 128 bytes; once",
        .check = deal_check,
        .prove = deal_prove,
        .apply = deal_apply,
    },
    {
        .row = &CONFIRM_TYPE,
        .signers = SIGNED_BY(SIGNER_TRUSTEE),
        .subject = SUBJECT_CEREMONY,
        .article = "第二十条",
        .remark = "after every dealing",
        .check = confirm_check,
        .prove = confirm_prove,
        .apply = confirm_apply,
    },
    {
        .row = &REHEARSAL_TYPE,
        .signers = SIGNED_BY(SIGNER_TRUSTEE),
        .subject = SUBJECT_CEREMONY,
        .article = "第二十条",
        .remark = "after every confirmation, once; the last one is refused unless all agree",
        .check = rehearsal_check,
        .prove = rehearsal_prove,
        .apply = rehearsal_apply,
    },
    {
        .row = &COMPLAIN_TYPE,
        .signers = SIGNED_BY(SIGNER_TRUSTEE),
        .subject = SUBJECT_CEREMONY,
        .article = "第二十条",
        .remark = "`序号` is the complainer, who has not confirmed; ends the ceremony",
        .check = complain_check,
        .apply = complain_apply,
    },
    {
        .row = &PUBLISH_TYPE,
        .signers = SIGNED_BY(SIGNER_TRUSTEE),
        .subject = SUBJECT_CEREMONY,
        .article = "第二十条",
        .remark = "`序号` is the dealer, after a complaint; everybody can judge",
        .check = publish_check,
        .apply = publish_apply,
    },
};

const struct type_list CEREMONY_TYPES = {"audit/record/ceremony.c", "Trustees", ROWS,
                                         sizeof ROWS / sizeof ROWS[0]};
