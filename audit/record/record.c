/*
 * The pipe. The order of refusals is: grammar, type, origin and row, known text, own time, what
 * it acts on, signers and signatures, rules, proofs.
 */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "log/entry.h"
#include "record/journal.h"
#include "record/query.h"
#include "record/signers.h"
#include "record/state.h"
#include "record/subject.h"
#include "record/types.h"

void prepared_free(struct prepared *prepared)
{
    if (prepared->statement) {
        statement_free(prepared->statement);
        free(prepared->statement);
    }
    buffer_free(&prepared->note);
    *prepared = (struct prepared)PREPARED_INIT;
}

const char *prepared_type_name(const struct prepared *prepared)
{
    return prepared->type->row->name;
}

bool prepared_is_logged_type(const struct prepared *prepared)
{
    return !prepared->type->never_logged;
}

static const char SELECT_ORIGIN[] = "SELECT origin FROM genesis";

/* Nothing stands before the genesis, and so nothing pins the origin but its own text. */
static struct result check_row(struct record *record, const struct prepared *prepared)
{
    AUTO_QUERY query = query_start(record, SELECT_ORIGIN);
    const bool is_genesis = bytes_is(prepared->statement->type, "log.genesis");
    bool row;

    TRY(query_step(&query, &row));
    REQUIRE(row || is_genesis, CONFLICT, "genesis.first");
    return statement_check(prepared->statement, prepared->type->row,
                           row ? query_text(&query, 0) : EMPTY_BYTES);
}

static struct result check_known(struct record *record, const struct hash32 *text_hash)
{
    uint64_t index;
    const struct result found = journal_find_text(record, text_hash, &index);

    if (is_ok(found)) {
        return fail_field(CONFLICT, "statement.logged", 0, index);
    }
    return found.failure == NOT_FOUND ? OK : found;
}

/* A statement that states its own time is refused 10 minutes away from the entry's. */
static struct result check_own_time(const struct statement *statement, uint64_t time)
{
    int64_t stated;
    uint64_t apart;

    if (!statement_has(statement, "时间")) {
        return OK;
    }
    TRY(statement_time(statement, "时间", &stated));
    apart = stated < 0                ? UINT64_MAX
            : (uint64_t)stated < time ? time - (uint64_t)stated
                                      : (uint64_t)stated - time;
    REQUIRE(apart <= RECORD_TIME_SLACK, INVALID, "statement.clock");
    return OK;
}

static struct result load_fold(struct record *record, const struct prepared *prepared,
                               uint64_t time, struct fold *out)
{
    struct merkle_head head;

    TRY(journal_load_head(record, &head));
    *out = (struct fold){record, prepared, prepared->statement, time, head.size, false};
    return OK;
}

static struct result parse_note(struct bytes note, struct prepared *out)
{
    TRY(buffer_append(&out->note, note));
    out->statement = calloc(1, sizeof *out->statement);
    REQUIRE(out->statement, OUT_OF_MEMORY, "record.memory");
    TRY(statement_parse(buffer_view(&out->note), out->statement));
    out->type = type_find(out->statement->type);
    REQUIRE(out->type, MALFORMED, "statement.type");
    out->text_hash = statement_digest(out->statement);
    return OK;
}

struct result record_verify(const struct prepared *prepared)
{
    if (prepared->type->signers[0].lines[0] == SIGNER_RING) {
        return OK; /* the ring proof is the signature */
    }
    return statement_verify(prepared->statement, prepared->keys, prepared->signed_count);
}

static struct result find_signers(const struct fold *fold, bool partial, struct prepared *out)
{
    struct signing signing;

    TRY(signers_match(fold, partial, &signing));
    memcpy(out->keys, signing.keys, signing.signed_count * sizeof signing.keys[0]);
    memcpy(out->signed_by, signing.signed_by, sizeof out->signed_by);
    memcpy(out->missing, signing.missing, sizeof out->missing);
    out->signed_count = signing.signed_count;
    out->missing_count = signing.missing_count;
    out->signed_keys = signers_key_hash(&signing);
    return OK;
}

static struct result read_into(struct record *record, struct bytes note, uint64_t time,
                               bool partial, struct prepared *out)
{
    struct fold fold;

    TRY(parse_note(note, out));
    TRY(check_row(record, out));
    TRY(check_known(record, &out->text_hash));
    TRY(check_own_time(out->statement, time));
    TRY(load_fold(record, out, time, &fold));
    TRY(subject_resolve(record, out));
    TRY(find_signers(&fold, partial, out));
    TRY(record_verify(out));
    return out->type->check(&fold);
}

/* What a refused note has filled is emptied again. */
static struct result filled_or_empty(struct result result, struct prepared *out)
{
    if (!is_ok(result)) {
        prepared_free(out);
    }
    return result;
}

static struct result read_note(struct record *record, struct bytes note, uint64_t time,
                               bool partial, struct prepared *out)
{
    return filled_or_empty(read_into(record, note, time, partial, out), out);
}

struct result record_read(struct record *record, struct bytes note, uint64_t time,
                          struct prepared *out)
{
    return read_note(record, note, time, false, out);
}

struct result record_prove(struct record *record, const struct prepared *prepared)
{
    const struct fold fold = {record, prepared, prepared->statement, 0, 0, false};

    return prepared->type->prove ? prepared->type->prove(&fold) : OK;
}

static struct result check_note(struct record *record, struct bytes note, uint64_t time,
                                bool partial, struct prepared *out)
{
    TRY(read_note(record, note, time, partial, out));
    return filled_or_empty(record_prove(record, out), out);
}

struct result record_check(struct record *record, struct bytes note, uint64_t time,
                           struct prepared *out)
{
    return check_note(record, note, time, false, out);
}

struct result record_check_partial(struct record *record, struct bytes note, uint64_t time,
                                   struct prepared *out)
{
    return check_note(record, note, time, true, out);
}

/* The signatures were verified with keys; here only whether the same persons still hold them. */
static struct result check_signers_again(const struct fold *fold)
{
    struct signing signing;
    struct hash32 keys;

    TRY(signers_match(fold, false, &signing));
    keys = signers_key_hash(&signing);
    REQUIRE(hash32_equal(&keys, &fold->prepared->signed_keys), UNAUTHORIZED, "signers.changed");
    return OK;
}

struct result record_admit(struct record *record, const struct prepared *prepared, uint64_t time)
{
    struct fold fold;
    uint64_t last;

    REQUIRE(!prepared->type->never_logged, INVALID, "statement.unlogged");
    REQUIRE(prepared->missing_count == 0, UNAUTHORIZED, "signers.count");
    TRY(load_fold(record, prepared, time, &fold));
    fold.entering = true;
    TRY(journal_last_time(record, &last));
    REQUIRE(time >= last, INVALID, "log.time");
    TRY(check_row(record, prepared));
    TRY(check_known(record, &prepared->text_hash));
    TRY(check_own_time(prepared->statement, time));
    TRY(check_signers_again(&fold));
    return prepared->type->check(&fold);
}

struct result record_append(struct record *record, const struct prepared *prepared, uint64_t time,
                            uint64_t *out_index)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    const struct entry entry = {time, buffer_view(&prepared->note)};
    struct journal_line line = {
        .text_hash = prepared->text_hash, .type = prepared->type->row->name, .time = time};
    struct fold fold;

    TRY(load_fold(record, prepared, time, &fold));
    TRY(entry_write(&entry, &raw));
    line.entry = buffer_view(&raw);
    TRY(journal_append(record, &line, out_index));
    return prepared->type->apply(&fold);
}

/* --- folding again --- */

static struct result check_follows(const struct fold *fold)
{
    uint64_t last;

    TRY(fold->prepared->type->check(fold));
    REQUIRE(!fold->prepared->type->never_logged, INVALID, "statement.unlogged");
    TRY(journal_last_time(fold->record, &last));
    REQUIRE(fold->time >= last, INVALID, "log.time");
    return OK;
}

static struct result follow_into(struct record *record, struct bytes note, uint64_t time,
                                 struct prepared *out)
{
    struct fold fold;
    struct result follows;

    TRY(parse_note(note, out));
    TRY(check_row(record, out));
    TRY(check_known(record, &out->text_hash));
    TRY(check_own_time(out->statement, time));
    TRY(load_fold(record, out, time, &fold));
    fold.entering = true;
    TRY(subject_resolve(record, out));
    TRY(find_signers(&fold, false, out));
    follows = check_follows(&fold);
    if (!is_ok(follows)) {
        TRY(record_verify(out)); /* the service would have seen this first */
    }
    return follows;
}

struct result record_follow(struct record *record, struct bytes note, uint64_t time,
                            struct prepared *out)
{
    return filled_or_empty(follow_into(record, note, time, out), out);
}
