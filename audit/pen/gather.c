#include "pen/gather.h"

#include <stdlib.h>
#include <string.h>

#include "log/entry.h"
#include "protocol/ballot.h"
#include "protocol/statement.h"
#include "record/journal.h"
#include "record/view.h"

struct result gather_text(struct record *record, uint64_t index, struct buffer *text)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    struct entry entry;

    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    TRY(statement_parse(entry.note, &statement));
    buffer_clear(text);
    return buffer_append(text, statement.text);
}

struct ceremony_search {
    const struct hash32 *hash; /* or NULL: take any */
    struct hash32 found_hash;
    uint64_t index;
    struct buffer *id;
    bool found;
};

static struct result visit_ceremony(void *context, const struct view_ceremony *row)
{
    struct ceremony_search *search = context;

    if (search->hash != NULL && !hash32_equal(search->hash, &row->hash)) {
        return OK;
    }
    search->found = true;
    search->found_hash = row->hash;
    search->index = row->index;
    if (search->id == NULL) {
        return OK;
    }
    buffer_clear(search->id);
    return buffer_append(search->id, row->id);
}

struct result gather_ceremony_id(struct record *record, const struct hash32 *hash,
                                 struct buffer *id)
{
    struct ceremony_search search = {.hash = hash, .id = id};

    TRY(view_ceremonies(record, visit_ceremony, &search));
    REQUIRE(search.found, NOT_FOUND, "ceremony.unknown");
    return OK;
}

/* Where each trustee's dealing stands; entries are read after the rows. */
struct dealing_places {
    uint64_t index[TRUSTEES_MAX];
    size_t count;
};

static struct result visit_trustee(void *context, const struct view_trustee *row)
{
    struct dealing_places *places = context;

    REQUIRE(places->count < TRUSTEES_MAX, INTERNAL, "ceremony.trustees");
    places->index[places->count++] = row->dealt;
    return OK;
}

static struct result gather_dealing(struct record *record, struct gathered_ceremony *gathered,
                                    size_t place, uint64_t index)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(gather_text(record, index, &text));
    TRY(dealing_parse(&gathered->ceremony, buffer_view(&text), &gathered->dealings[place]));
    gathered->dealing_texts[place] = sha256_of(buffer_view(&text));
    gathered->dealt[place] = true;
    gathered->dealt_count++;
    return OK;
}

static struct result gather_dealings(struct record *record, const struct hash32 *hash,
                                     struct gathered_ceremony *gathered)
{
    struct dealing_places places = {.count = 0};

    TRY(view_ceremony_trustees(record, hash, visit_trustee, &places));
    for (size_t i = 0; i < places.count; i++) {
        if (places.index[i] != VIEW_NONE) {
            TRY(gather_dealing(record, gathered, i, places.index[i]));
        }
    }
    return OK;
}

struct result gather_ceremony(struct record *record, struct bytes id,
                              struct gathered_ceremony **out)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_GATHERED *gathered = calloc(1, sizeof *gathered);
    struct ceremony_search search = {.hash = NULL};

    REQUIRE(gathered != NULL, OUT_OF_MEMORY, "memory");
    TRY(view_ceremony(record, id, visit_ceremony, &search));
    TRY(gather_text(record, search.index, &text));
    TRY(ceremony_parse(buffer_view(&text), &gathered->ceremony));
    TRY(gather_dealings(record, &search.found_hash, gathered));
    *out = gathered;
    gathered = NULL; /* transferred */
    return OK;
}

void gathered_ceremony_free(struct gathered_ceremony *gathered)
{
    if (gathered != NULL) {
        ceremony_free(&gathered->ceremony);
        free(gathered);
    }
}

void gathered_ceremony_free_scope(struct gathered_ceremony **gathered)
{
    gathered_ceremony_free(*gathered);
}

static struct result visit_election(void *context, const struct view_election *row)
{
    *(struct hash32 *)context = row->manifest;
    return OK;
}

struct result gather_manifest(struct record *record, struct bytes election, struct hash32 *manifest)
{
    return view_election(record, election, visit_election, manifest);
}

/* Adds the entry if it is a ballot of this election. The fold has verified it. */
static struct result add_entry(struct record *record, const struct election *election,
                               uint64_t index, struct tally *tally)
{
    static const char HEAD[] = "xiling/v1 ballot\n";
    AUTO_BUFFER raw = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;
    struct entry entry;

    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    if (!bytes_starts_with(entry.note, bytes_of_string(HEAD)) ||
        !is_ok(ballot_parse(election, entry.note, &ballot))) {
        return OK; /* another statement, or a ballot of another election */
    }
    return tally_add(election, &ballot, tally);
}

struct result gather_sums(struct record *record, const struct election *election, struct tally *out)
{
    struct merkle_head head;

    TRY(journal_load_head(record, &head));
    tally_begin(election->candidate_count, out);
    for (uint64_t index = 0; index < head.size; index++) {
        TRY(add_entry(record, election, index, out));
    }
    return OK;
}
