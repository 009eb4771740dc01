#include "record/genesis.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"

struct founder {
    struct bytes id;
    struct public_key sign_key;
    struct box_public box_key;
    struct bytes hidden_name;
};

static struct result read_founder(const struct statement *statement, size_t index,
                                  struct founder *out)
{
    static const struct field_type hidden = FIELD_ONE(ROLE_OFFICER, KIND_HIDDEN);
    struct bytes line = statement_value_at(statement, ROLE_OFFICER, index);

    out->id = text_cut(&line, ' ');
    REQUIRE(text_is_id(out->id), MALFORMED, "genesis.officer");
    TRY(base64_decode_fixed(text_cut(&line, ' '), out->sign_key.bytes, 32));
    TRY(base64_decode_fixed(text_cut(&line, ' '), out->box_key.bytes, 32));
    out->hidden_name = line;
    return kind_check(&hidden, line);
}

static struct result check_founder(const struct statement *statement, size_t index,
                                   const struct founder *founder)
{
    REQUIRE(!person_is_reserved(founder->id), INVALID, "person.reserved");
    REQUIRE(public_key_is_valid(&founder->sign_key), INVALID, "key.sign");
    REQUIRE(box_public_is_valid(&founder->box_key), INVALID, "key.box");
    for (size_t i = 0; i < index; i++) {
        struct founder other;

        TRY(read_founder(statement, i, &other));
        REQUIRE(bytes_compare(other.id, founder->id) < 0, INVALID, "genesis.order");
        REQUIRE(memcmp(other.sign_key.bytes, founder->sign_key.bytes, 32) != 0, INVALID,
                "person.key");
        REQUIRE(memcmp(other.box_key.bytes, founder->box_key.bytes, 32) != 0, INVALID,
                "person.key");
    }
    return OK;
}

static struct result check_genesis_keys(const struct statement *statement)
{
    struct public_key log_key;
    struct public_key service_key;

    TRY(statement_fixed(statement, "记录公钥", 0, log_key.bytes, sizeof log_key.bytes));
    TRY(statement_fixed(statement, "服务公钥", 0, service_key.bytes, sizeof service_key.bytes));
    REQUIRE(public_key_is_valid(&log_key), INVALID, "key.sign");
    REQUIRE(public_key_is_valid(&service_key), INVALID, "key.sign");
    return OK;
}

struct result genesis_check(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, ROLE_OFFICER);
    struct founder founder;

    REQUIRE(fold->index == 0, CONFLICT, "genesis.once");
    TRY(check_genesis_keys(fold->statement));
    for (size_t i = 0; i < count; i++) {
        TRY(read_founder(fold->statement, i, &founder));
        TRY(check_founder(fold->statement, i, &founder));
    }
    return OK;
}

static const char INSERT_FOUNDER[] =
    "INSERT INTO person (id, hidden_name, invited, confirmed, sign_key, box_key)"
    " VALUES (:id, :hidden, 0, 0, :sign_key, :box_key)";

static struct result insert_founder(const struct fold *fold, const struct founder *founder)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_FOUNDER);

    query_bind_text(&query, ":id", founder->id);
    query_bind_text(&query, ":hidden", founder->hidden_name);
    query_bind_blob(&query, ":sign_key", BYTES(founder->sign_key.bytes));
    query_bind_blob(&query, ":box_key", BYTES(founder->box_key.bytes));
    TRY(query_run(&query));
    return person_grant(fold, founder->id, bytes_of_string(ROLE_OFFICER));
}

static const char INSERT_GENESIS[] =
    "INSERT INTO genesis (only, origin, text_hash, log_key, service_key, rules_hash)"
    " VALUES (0, :origin, :hash, :log_key, :service_key, :rules)";

static struct result insert_genesis(const struct fold *fold)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_GENESIS);
    struct hash32 log_key;
    struct hash32 service_key;
    struct hash32 rules;

    TRY(statement_hash(fold->statement, "记录公钥", &log_key));
    TRY(statement_hash(fold->statement, "服务公钥", &service_key));
    TRY(statement_hash(fold->statement, "规则文件", &rules));
    query_bind_text(&query, ":origin", fold->statement->origin);
    query_bind_blob(&query, ":hash", BYTES(fold->prepared->text_hash.bytes));
    query_bind_blob(&query, ":log_key", BYTES(log_key.bytes));
    query_bind_blob(&query, ":service_key", BYTES(service_key.bytes));
    query_bind_blob(&query, ":rules", BYTES(rules.bytes));
    return query_run(&query);
}

struct result genesis_apply(const struct fold *fold)
{
    const size_t count = statement_count(fold->statement, ROLE_OFFICER);

    TRY(insert_genesis(fold));
    for (size_t i = 0; i < count; i++) {
        struct founder founder;

        TRY(read_founder(fold->statement, i, &founder));
        TRY(insert_founder(fold, &founder));
    }
    return OK;
}
