#include "record/view_case.h"

#include "record/case_file.h"
#include "record/query.h"
#include "record/sealed_parts.h"

static uint64_t index_of(struct query *query, int column)
{
    return query_is_null(query, column) ? VIEW_NONE : query_number(query, column);
}

static struct result fixed_or_zero(struct query *query, int column, struct hash32 *out)
{
    *out = (struct hash32){{0}};
    return query_is_null(query, column) ? OK
                                        : query_fixed(query, column, out->bytes, sizeof out->bytes);
}

/* --- cases --- */

#define CASE_COLUMNS                                                                 \
    "SELECT hash, notice, number, position, time, late, state, since,"               \
    " (SELECT due FROM case_term WHERE case_term.objection = hash AND met IS NULL)," \
    " closed, verified, assigned, joined IS NOT NULL, erased IS NOT NULL FROM objection"

static struct result take_cases(struct query *query, view_case_visit *visit, void *context,
                                size_t *count)
{
    bool found;

    TRY(query_step(query, &found));
    for (*count = 0; found; ++*count) {
        struct view_case row = {
            .notice = query_text(query, 1),
            .number = query_number(query, 2),
            .index = query_number(query, 3),
            .time = query_number(query, 4),
            .late = query_number(query, 5) != 0,
            .state = query_text(query, 6),
            .since = query_number(query, 7),
            .due = index_of(query, 8),
            .closed = index_of(query, 9),
            .verified = query_text(query, 10),
            .assigned = query_text(query, 11),
            .joined = query_number(query, 12) != 0,
            .erased = query_number(query, 13) != 0,
        };

        TRY(query_fixed(query, 0, row.hash.bytes, sizeof row.hash.bytes));
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static const char SELECT_CASE[] = CASE_COLUMNS " WHERE hash = :hash";

struct result view_case(struct record *record, const struct hash32 *hash, view_case_visit *visit,
                        void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CASE);
    size_t count;

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(take_cases(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static const char SELECT_NUMBERED[] = CASE_COLUMNS " WHERE notice = :notice AND number = :number";

struct result view_case_numbered(struct record *record, struct bytes notice, uint64_t number,
                                 view_case_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_NUMBERED);
    size_t count;

    query_bind_text(&query, ":notice", notice);
    query_bind_number(&query, ":number", number);
    TRY(take_cases(&query, visit, context, &count));
    REQUIRE(count > 0, NOT_FOUND, "view.unknown");
    return OK;
}

static const char SELECT_CASES[] = CASE_COLUMNS " WHERE notice = :notice ORDER BY number";

struct result view_cases(struct record *record, struct bytes notice, view_case_visit *visit,
                         void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_CASES);
    size_t count;

    query_bind_text(&query, ":notice", notice);
    return take_cases(&query, visit, context, &count);
}

static const char SELECT_OF_KEY[] = "SELECT hash FROM objection WHERE sign_key = :key";

struct result view_case_of_key(struct record *record, const struct public_key *key,
                               struct hash32 *out)
{
    AUTO_QUERY query = query_start(record, SELECT_OF_KEY);
    bool found;

    query_bind_blob(&query, ":key", BYTES(key->bytes));
    TRY(query_step(&query, &found));
    REQUIRE(found, NOT_FOUND, "view.unknown");
    return query_fixed(&query, 0, out->bytes, sizeof out->bytes);
}

/* --- what was done --- */

static const char SELECT_ACTS[] = "SELECT position, time, type, state FROM case_act"
                                  " WHERE objection = :hash ORDER BY position";

struct result view_case_acts(struct record *record, const struct hash32 *hash,
                             view_act_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ACTS);
    bool found;

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_act row = {query_number(&query, 0), query_number(&query, 1),
                                     query_text(&query, 2), query_text(&query, 3)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static const char SELECT_TERMS[] = "SELECT position, state, due, met FROM case_term"
                                   " WHERE objection = :hash ORDER BY position";

struct result view_case_terms(struct record *record, const struct hash32 *hash,
                              view_term_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_TERMS);
    bool found;

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_term row = {query_number(&query, 0), query_text(&query, 1),
                                      query_number(&query, 2), index_of(&query, 3)};

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static const char SELECT_OPENINGS[] =
    "SELECT position, reader, first_keeper, second_keeper FROM identity_opening"
    " WHERE objection = :hash ORDER BY position";

struct result view_case_openings(struct record *record, const struct hash32 *hash,
                                 view_identity_opening_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_OPENINGS);
    bool found;

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &found));
    while (found) {
        const struct view_identity_opening row = {
            .index = query_number(&query, 0),
            .reader = query_text(&query, 1),
            .keepers = {query_text(&query, 2), query_text(&query, 3)},
        };

        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}

static const char SELECT_DECLARATIONS[] =
    "SELECT person, conflict FROM case_declaration WHERE objection = :hash ORDER BY person";

struct result view_case_declarations(struct record *record, const struct hash32 *hash,
                                     view_declaration_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_DECLARATIONS);
    bool found;

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    TRY(query_step(&query, &found));
    while (found) {
        TRY(visit(context, query_text(&query, 0), query_number(&query, 1) == 1));
        TRY(query_step(&query, &found));
    }
    return OK;
}

/* --- files --- */

#define ALL_FILES                                                                               \
    "(SELECT part_text.objection AS objection, sealed_part.hash AS hash, text, position, size," \
    " kind, '' AS state, '' AS basis, place FROM sealed_part JOIN part_text"                    \
    " ON part_text.hash = text UNION ALL SELECT objection, hash, NULL, position, size, kind,"   \
    " state, basis, 0 FROM case_file)"
#define FILE_COLUMNS \
    "SELECT objection, hash, text, position, size, kind, state, basis FROM " ALL_FILES

static struct result take_files(struct query *query, view_case_file_visit *visit, void *context)
{
    bool found;

    TRY(query_step(query, &found));
    while (found) {
        struct view_case_file row = {
            .index = query_number(query, 3),
            .size = query_number(query, 4),
            .kind = query_text(query, 5),
            .state = query_text(query, 6),
            .basis = query_text(query, 7),
        };

        TRY(query_fixed(query, 0, row.objection.bytes, sizeof row.objection.bytes));
        TRY(query_fixed(query, 1, row.hash.bytes, sizeof row.hash.bytes));
        TRY(fixed_or_zero(query, 2, &row.text));
        TRY(visit(context, &row));
        TRY(query_step(query, &found));
    }
    return OK;
}

static struct result files_by(struct record *record, const char *sql, const struct hash32 *hash,
                              view_case_file_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, sql);

    query_bind_blob(&query, ":hash", BYTES(hash->bytes));
    return take_files(&query, visit, context);
}

static const char SELECT_FILES[] = FILE_COLUMNS " WHERE objection = :hash ORDER BY position, place";

struct result view_case_files(struct record *record, const struct hash32 *hash,
                              view_case_file_visit *visit, void *context)
{
    return files_by(record, SELECT_FILES, hash, visit, context);
}

/*
 * A file is of the case whose text named it first: whoever names another's file later can neither
 * have it destroyed nor keep it.
 */
#define IS_ERASED                                                                              \
    "kind IN ('" PART_IDENTITY "', '" PART_IDENTITY_FILE "')"                                  \
    " AND objection IN (SELECT hash FROM objection WHERE erased IS NOT NULL)"                  \
    " AND position = (SELECT min(position) FROM part_text AS naming JOIN sealed_part AS named" \
    "  ON named.text = naming.hash WHERE named.hash = file.hash)"

static const char SELECT_FILE[] =
    FILE_COLUMNS " AS file WHERE hash = :hash AND NOT EXISTS (SELECT 1 FROM " ALL_FILES
                 " AS file WHERE hash = :hash AND " IS_ERASED ") ORDER BY position DESC";

struct result view_sealed_file(struct record *record, const struct hash32 *file,
                               view_case_file_visit *visit, void *context)
{
    return files_by(record, SELECT_FILE, file, visit, context);
}

static const char SELECT_TEXT_FILES[] = FILE_COLUMNS " WHERE text = :hash ORDER BY place";

struct result view_text_files(struct record *record, const struct hash32 *text,
                              view_case_file_visit *visit, void *context)
{
    return files_by(record, SELECT_TEXT_FILES, text, visit, context);
}

static const char SELECT_ERASED[] = FILE_COLUMNS " AS file WHERE " IS_ERASED;

struct result view_erased_files(struct record *record, view_case_file_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ERASED);

    return take_files(&query, visit, context);
}

static const char SELECT_MAY_READ[] =
    "SELECT 1 FROM " ALL_FILES " AS file JOIN objection ON objection.hash = file.objection"
    " WHERE file.hash = :hash AND EXISTS (SELECT 1 FROM person WHERE id = :person"
    "  AND confirmed IS NOT NULL AND revoked IS NULL) AND ("
    " kind IN ('" PART_CONTENT "', '" PART_FILE "', '" FILE_REPORT "', '" FILE_SUMMARY "',"
    "  '" FILE_REPLY "') AND EXISTS ("
    "  SELECT 1 FROM case_declaration WHERE case_declaration.objection = file.objection"
    "  AND person = :person AND conflict = 0)"
    " OR kind IN ('" PART_IDENTITY "', '" PART_IDENTITY_FILE "') AND erased IS NULL AND EXISTS ("
    "  SELECT 1 FROM identity_opening WHERE identity_opening.objection = file.objection"
    "  AND :person IN (reader, first_keeper, second_keeper)))";

struct result view_may_read_sealed(struct record *record, struct bytes person,
                                   const struct hash32 *file, bool *out)
{
    AUTO_QUERY query = query_start(record, SELECT_MAY_READ);

    query_bind_blob(&query, ":hash", BYTES(file->bytes));
    query_bind_text(&query, ":person", person);
    return query_step(&query, out);
}

/* --- hearings --- */

static const char SELECT_HEARINGS[] =
    "SELECT told.objection, summary, notice, number, told.position, size, due, replied,"
    " closed IS NOT NULL FROM case_hearing AS told"
    " JOIN objection ON objection.hash = told.objection"
    " JOIN case_file ON case_file.position = told.position ORDER BY told.position";

static struct result take_hearing(struct query *query, view_hearing_visit *visit, void *context)
{
    struct view_hearing row = {
        .notice = query_text(query, 2),
        .number = query_number(query, 3),
        .index = query_number(query, 4),
        .size = query_number(query, 5),
        .due = query_number(query, 6),
        .replied = index_of(query, 7),
        .closed = query_number(query, 8) != 0,
    };

    TRY(query_fixed(query, 0, row.objection.bytes, sizeof row.objection.bytes));
    TRY(query_fixed(query, 1, row.summary.bytes, sizeof row.summary.bytes));
    return visit(context, &row);
}

struct result view_hearings(struct record *record, view_hearing_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_HEARINGS);
    bool found;

    TRY(query_step(&query, &found));
    while (found) {
        TRY(take_hearing(&query, visit, context));
        TRY(query_step(&query, &found));
    }
    return OK;
}

/* --- what is awaited --- */

static const char SELECT_AWAITED[] =
    "SELECT part_text.objection, part_text.hash, due FROM part_text"
    " JOIN objection ON objection.hash = part_text.objection"
    " WHERE part_text.received IS NULL AND lapsed IS NULL AND closed IS NULL"
    " ORDER BY part_text.position";

struct result view_awaited_texts(struct record *record, view_awaited_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_AWAITED);
    bool found;

    TRY(query_step(&query, &found));
    while (found) {
        struct view_awaited row = {.due = query_number(&query, 2)};

        TRY(query_fixed(&query, 0, row.objection.bytes, sizeof row.objection.bytes));
        TRY(query_fixed(&query, 1, row.text.bytes, sizeof row.text.bytes));
        TRY(visit(context, &row));
        TRY(query_step(&query, &found));
    }
    return OK;
}
