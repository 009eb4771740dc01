#include "server/status_ask.h"

#include <string.h>

#include "protocol/statement.h"
#include "record/record.h"
#include "record/view_case.h"

struct result status_find(struct record *record, struct bytes note, uint64_t now,
                          struct hash32 *objection)
{
    AUTO_PREPARED prepared = PREPARED_INIT;
    struct public_key key;

    TRY(record_check(record, note, now, &prepared));
    REQUIRE(strcmp(prepared_type_name(&prepared), "status.ask") == 0, INVALID, "status.type");
    TRY(statement_fixed(prepared.statement, "签名公钥", 0, key.bytes, sizeof key.bytes));
    REQUIRE(is_ok(view_case_of_key(record, &key, objection)), NOT_FOUND, "status.unknown");
    return OK;
}
