#include "server/proposals.h"

#include <string.h>

#include "base/text.h"
#include "record/people.h"
#include "record/query.h"
#include "server/ticket.h"

void proposal_free(struct proposal *proposal)
{
    buffer_free(&proposal->note);
    prepared_free(&proposal->prepared);
}

static const char SELECT_NOTE[] = "SELECT note FROM private_proposal WHERE text_hash = :hash";

struct result proposal_load(struct record *record, const struct hash32 *text_hash,
                            struct buffer *out)
{
    AUTO_QUERY query = query_start(record, SELECT_NOTE);
    bool row;

    query_bind_blob(&query, ":hash", BYTES(text_hash->bytes));
    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "log.text");
    return buffer_append(out, query_blob(&query, 0));
}

/* Splits a note: text and blank line, then the lines. */
static struct result split_note(struct bytes note, struct bytes *head, struct bytes *lines)
{
    const size_t end = text_find(note, LITERAL("\n\n"));

    *head = *lines = EMPTY_BYTES;
    if (end == SIZE_MAX) {
        return ticket_explain(note);
    }
    *head = bytes_slice(note, 0, end + 2);
    *lines = bytes_slice(note, end + 2, note.size);
    return OK;
}

/* Whether a signature line of the same name stands already: "— name " up to the second space. */
static bool has_signer(struct bytes lines, struct bytes line)
{
    const struct bytes dash = LITERAL("— ");
    struct bytes rest = bytes_slice(line, dash.size, line.size);
    const struct bytes name = text_cut(&rest, ' ');
    const struct bytes start = {line.data, dash.size + name.size + 1};

    while (lines.size > 0) {
        if (bytes_starts_with(lines, start)) {
            return true;
        }
        text_cut(&lines, '\n');
    }
    return false;
}

static struct result check(struct record *record, uint64_t now, const struct buffer *note,
                           struct prepared *out)
{
    prepared_free(out);
    return record_check_partial(record, buffer_view(note), now, out);
}

/* The note with `line` as its line number `place`, from 0. */
static struct result insert_line(struct bytes note, struct bytes line, size_t place,
                                 struct buffer *out)
{
    struct bytes head;
    struct bytes lines;

    TRY(split_note(note, &head, &lines));
    buffer_clear(out);
    TRY(buffer_append(out, head));
    for (size_t i = 0; i < place && lines.size > 0; i++) {
        TRY(buffer_append(out, text_cut(&lines, '\n')));
        TRY(buffer_append_text(out, "\n"));
    }
    TRY(buffer_append(out, line));
    TRY(buffer_append_text(out, "\n"));
    return buffer_append(out, lines);
}

/* Puts one more line where the type wants it: the first place at which the note is accepted. */
static struct result add_line(struct record *record, struct proposal *proposal, struct bytes line)
{
    AUTO_BUFFER longer = BUFFER_INIT;
    struct result tried = OK;

    for (size_t place = 0; place <= proposal->prepared.signed_count; place++) {
        AUTO_PREPARED prepared = PREPARED_INIT;

        TRY(insert_line(buffer_view(&proposal->note), line, place, &longer));
        tried = check(record, proposal->now, &longer, &prepared);
        if (is_ok(tried)) {
            const struct buffer old = proposal->note;

            proposal->note = longer;
            longer = old; /* freed by its scope */
            prepared_free(&proposal->prepared);
            proposal->prepared = prepared;
            prepared = (struct prepared)PREPARED_INIT; /* transferred */
            return OK;
        }
    }
    return tried;
}

/* Starts from what is stored, if it still holds, and adds the lines that are new. */
static struct result merge(struct record *record, struct proposal *proposal,
                           const struct hash32 *text_hash)
{
    AUTO_BUFFER stored = BUFFER_INIT;
    struct bytes head;
    struct bytes lines;
    struct bytes known;

    if (!is_ok(proposal_load(record, text_hash, &stored)) ||
        !is_ok(check(record, proposal->now, &stored, &proposal->prepared))) {
        TRY(buffer_append(&proposal->note, proposal->handed_in));
        return check(record, proposal->now, &proposal->note, &proposal->prepared);
    }
    TRY(buffer_append(&proposal->note, buffer_view(&stored)));
    TRY(split_note(proposal->handed_in, &head, &lines));
    TRY(split_note(buffer_view(&stored), &head, &known));
    while (lines.size > 0) {
        const struct bytes line = text_cut(&lines, '\n');

        if (!has_signer(known, line)) {
            TRY(add_line(record, proposal, line));
        }
    }
    return OK;
}

static const char DELETE_OLD[] = "DELETE FROM private_proposal WHERE since < :oldest";
static const char COUNT_ALL[] = "SELECT count(*) FROM private_proposal";

static struct result make_room(struct record *record, uint64_t now)
{
    AUTO_QUERY sweep = query_start(record, DELETE_OLD);
    AUTO_QUERY count = query_start(record, COUNT_ALL);
    bool row;

    query_bind_number(&sweep, ":oldest", now - PROPOSAL_SECONDS);
    TRY(query_run(&sweep));
    TRY(query_step(&count, &row));
    REQUIRE(row && query_number(&count, 0) < PROPOSALS_MAX, BUSY, "service.busy");
    return OK;
}

static const char STORE_NOTE[] =
    "INSERT INTO private_proposal (text_hash, type, note, since)"
    " VALUES (:hash, :type, :note, :since) ON CONFLICT (text_hash) DO UPDATE SET"
    " note = excluded.note";

static struct result store_note(struct record *record, const struct proposal *proposal)
{
    AUTO_QUERY query = query_start(record, STORE_NOTE);

    query_bind_blob(&query, ":hash", BYTES(proposal->prepared.text_hash.bytes));
    query_bind_text(&query, ":type", bytes_of_string(prepared_type_name(&proposal->prepared)));
    query_bind_blob(&query, ":note", buffer_view(&proposal->note));
    query_bind_number(&query, ":since", proposal->now);
    return query_run(&query);
}

struct result proposal_take(struct record *record, void *context)
{
    struct proposal *const proposal = context;
    struct hash32 text_hash;

    REQUIRE(ticket_hash_text(proposal->handed_in, &text_hash), MALFORMED, "statement.signatures");
    TRY(merge(record, proposal, &text_hash));
    REQUIRE(prepared_is_logged_type(&proposal->prepared), INVALID, "statement.unlogged");
    if (proposal->prepared.missing_count == 0) {
        return OK;
    }
    TRY(make_room(record, proposal->now));
    return store_note(record, proposal);
}

static const char DELETE_NOTE[] = "DELETE FROM private_proposal WHERE text_hash = :hash";

struct result proposal_drop(struct record *record, const struct hash32 *text_hash)
{
    AUTO_QUERY query = query_start(record, DELETE_NOTE);

    query_bind_blob(&query, ":hash", BYTES(text_hash->bytes));
    return query_run(&query);
}

/* The role word of the log for a role of a refusal or a list. */
static const char *role_word(const char *role)
{
    static const struct {
        const char *role;
        const char *word;
    } ROLES[] = {
        {"officer", ROLE_OFFICER},       {"chair", ROLE_CHAIR},     {"member", ROLE_MEMBER},
        {"scrutineer", ROLE_SCRUTINEER}, {"trustee", ROLE_TRUSTEE}, {"keeper", ROLE_KEEPER},
    };

    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
        if (strcmp(role, ROLES[i].role) == 0) {
            return ROLES[i].word;
        }
    }
    return 0;
}

static bool has_signed(const struct prepared *prepared, struct bytes person)
{
    for (size_t i = 0; i < prepared->signed_count; i++) {
        if (bytes_is(person, prepared->signed_by[i].person)) {
            return true;
        }
    }
    return false;
}

struct result proposal_awaits(struct record *record, const struct prepared *prepared,
                              struct bytes person, bool *out)
{
    *out = false;
    if (has_signed(prepared, person)) {
        return OK;
    }
    for (size_t i = 0; i < prepared->missing_count && !*out; i++) {
        const struct record_signer *const signer = &prepared->missing[i];
        const char *const word = role_word(signer->role);

        if (signer->person[0]) {
            *out = bytes_is(person, signer->person);
        } else if (word) {
            TRY(person_has_role(record, person, bytes_of_string(word), out));
        }
    }
    return OK;
}

static const char SELECT_ALL[] = "SELECT note, since FROM private_proposal ORDER BY since";

struct result proposals_of(struct record *record, struct bytes person, uint64_t now,
                           proposal_visit *visit, void *context)
{
    AUTO_QUERY query = query_start(record, SELECT_ALL);
    bool row;

    TRY(query_step(&query, &row));
    while (row) {
        AUTO_PREPARED prepared = PREPARED_INIT;
        struct proposal_row found = {&prepared, query_number(&query, 1), false};

        /* One that the log has overtaken is not shown; it goes with the next sweep. */
        if (is_ok(record_check_partial(record, query_blob(&query, 0), now, &prepared))) {
            TRY(proposal_awaits(record, &prepared, person, &found.awaited));
            if (found.awaited || has_signed(&prepared, person)) {
                TRY(visit(context, &found));
            }
        }
        TRY(query_step(&query, &row));
    }
    return OK;
}
