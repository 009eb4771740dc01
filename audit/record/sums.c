#include "record/sums.h"

#include "log/entry.h"
#include "record/journal.h"
#include "record/query.h"
#include "record/state.h"

static struct result add_entry(struct record *record, const struct election *election,
                               uint64_t index, struct tally *tally)
{
    AUTO_BUFFER raw = BUFFER_INIT;
    AUTO_BALLOT ballot = BALLOT_INIT;
    struct entry entry;

    TRY(journal_load_entry(record, index, &raw));
    TRY(entry_parse(buffer_view(&raw), &entry));
    TRY(ballot_parse(election, entry.note, &ballot));
    return tally_add(election, &ballot, tally);
}

static const char SELECT_BALLOTS[] =
    "SELECT position FROM tag WHERE manifest = :manifest AND person IS NULL ORDER BY position";

static struct result add_up(struct record *record, const struct election *election,
                            struct tally *out)
{
    AUTO_QUERY query = query_start(record, SELECT_BALLOTS);
    bool row;

    tally_begin(election->candidate_count, out);
    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    TRY(query_step(&query, &row));
    while (row) {
        TRY(add_entry(record, election, query_number(&query, 0), out));
        TRY(query_step(&query, &row));
    }
    return OK;
}

static const char INSERT_SUMS[] = "INSERT INTO sums (manifest, place, alpha, beta)"
                                  " VALUES (:manifest, :place, :alpha, :beta)";

static struct result insert_place(const struct fold *fold, const struct hash32 *manifest,
                                  const struct tally *tally, size_t place)
{
    AUTO_QUERY query = query_start(fold->record, INSERT_SUMS);

    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    query_bind_number(&query, ":place", place);
    query_bind_blob(&query, ":alpha", BYTES(tally->alphas[place].bytes));
    query_bind_blob(&query, ":beta", BYTES(tally->betas[place].bytes));
    return query_run(&query);
}

static const char UPDATE_HASH[] =
    "UPDATE election SET sums_hash = :hash WHERE manifest = :manifest";

static struct result store_hash(const struct fold *fold, const struct hash32 *manifest,
                                const struct tally *tally)
{
    AUTO_QUERY query = query_start(fold->record, UPDATE_HASH);
    struct hash32 hash;

    tally_sums_hash(manifest, tally, &hash);
    query_bind_blob(&query, ":hash", BYTES(hash.bytes));
    query_bind_blob(&query, ":manifest", BYTES(manifest->bytes));
    return query_run(&query);
}

struct result sums_store(const struct fold *fold)
{
    const struct hash32 *manifest = &fold->prepared->subject.manifest;
    const struct election *election;
    struct tally tally;

    TRY(record_election(fold->record, manifest, &election));
    TRY(add_up(fold->record, election, &tally));
    for (size_t i = 0; i < tally.candidate_count; i++) {
        TRY(insert_place(fold, manifest, &tally, i));
    }
    return store_hash(fold, manifest, &tally);
}

static const char SELECT_SUMS[] = "SELECT place, alpha, beta, ballots FROM sums JOIN election ON "
                                  "election.manifest = sums.manifest"
                                  " WHERE sums.manifest = :manifest ORDER BY place";

struct result sums_load(struct record *record, const struct election *election, struct tally *out)
{
    AUTO_QUERY query = query_start(record, SELECT_SUMS);
    size_t place = 0;
    bool row;

    tally_begin(election->candidate_count, out);
    query_bind_blob(&query, ":manifest", BYTES(election->manifest.bytes));
    TRY(query_step(&query, &row));
    for (; row && place < election->candidate_count; place++) {
        TRY(query_fixed(&query, 1, out->alphas[place].bytes, POINT_SIZE));
        TRY(query_fixed(&query, 2, out->betas[place].bytes, POINT_SIZE));
        out->ballots = query_number(&query, 3);
        TRY(query_step(&query, &row));
    }
    REQUIRE(place == election->candidate_count, NOT_FOUND, "sums.unknown");
    return OK;
}
