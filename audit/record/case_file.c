#include "record/case_file.h"

#include "protocol/statement.h"
#include "record/query.h"
#include "record/sealed_parts.h"

static const char INSERT_FILE[] =
    "INSERT INTO case_file (position, objection, kind, state, basis, hash, size)"
    " VALUES (:position, :objection, :kind, :state, :basis, :hash, :size)";

struct result case_file_insert(const struct fold *fold, const struct hash32 *objection,
                               const struct case_file *file)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_FILE);
    struct hash32 hash;
    uint64_t size;

    TRY(statement_hash(fold->statement, file->hash_label, &hash));
    TRY(statement_number(fold->statement, "大小", &size));
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":objection", BYTES(objection->bytes));
    query_bind_text(&query, ":kind", bytes_of_string(file->kind));
    query_bind_text(&query, ":state", file->state);
    query_bind_text(&query, ":basis", file->basis);
    query_bind_blob(&query, ":hash", BYTES(hash.bytes));
    query_bind_number(&query, ":size", size);
    return query_run(&query);
}

struct result case_file_check_size(const struct fold *fold, uint64_t readers)
{
    uint64_t size;

    TRY(statement_number(fold->statement, "大小", &size));
    return is_ok(sealed_parts_check_size(size, readers))
               ? OK
               : fail_field(INVALID, "objection.size", "大小", 0);
}
