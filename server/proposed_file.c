#include "server/proposed_file.h"

#include "base/encoding.h"
#include "protocol/statement.h"
#include "record/case.h"
#include "record/objection.h"
#include "record/query.h"

/* Which field of which statement names the file. */
static const struct {
    const char *type;
    const char *label;
} NAMING[] = {
    {"case.summary", "摘要"},
    {"case.report", "文件"},
};

static const char *label_of(struct bytes type)
{
    for (size_t i = 0; i < sizeof NAMING / sizeof NAMING[0]; i++) {
        if (bytes_is(type, NAMING[i].type)) {
            return NAMING[i].label;
        }
    }
    return 0;
}

static struct result read_note(struct bytes note, const struct hash32 *file,
                               struct proposed_file *out, bool *found)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct hash32 named;

    TRY(statement_parse(note, &statement));
    const char *const label = label_of(statement.type);

    if (!label) {
        return OK;
    }
    TRY(statement_hash(&statement, label, &named));
    *found = hash32_equal(&named, file);
    TRY(statement_hash(&statement, "案件", &out->objection));
    return statement_number(&statement, "大小", &out->size);
}

/* Whatever else names it in base64 is told apart by reading it. */
static const char SELECT_NAMING[] =
    "SELECT note FROM private_proposal WHERE instr(note, :file) > 0 ORDER BY since";

struct result proposed_file_find(struct record *record, const struct hash32 *file,
                                 struct proposed_file *out)
{
    AUTO_QUERY query = query_start(record, SELECT_NAMING);
    AUTO_BUFFER named = BUFFER_INIT;
    bool found = false;
    bool row;

    TRY(base64_append(&named, BYTES(file->bytes)));
    query_bind_blob(&query, ":file", buffer_view(&named));
    TRY(query_step(&query, &row));
    while (row && !found) {
        TRY(read_note(query_blob(&query, 0), file, out, &found));
        TRY(query_step(&query, &row));
    }
    REQUIRE(found, NOT_FOUND, "document.unnamed");
    return OK;
}

struct result proposed_file_may_read(struct record *record, struct bytes person,
                                     const struct hash32 *file, bool *out)
{
    struct proposed_file proposed;
    struct objection objection;

    TRY(proposed_file_find(record, file, &proposed));
    TRY(objection_load(record, &proposed.objection, &objection));
    *out = is_ok(case_check_handler(record, &objection, person));
    return OK;
}
