#include "record/deal.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/rehearsal.h"
#include "protocol/statement.h"
#include "record/ceremony.h"
#include "record/query.h"
#include "record/state.h"

static const struct hash32 *ceremony_hash(const struct fold *fold)
{
    return &fold->prepared->subject.ceremony;
}

/* The ceremony and the signing trustee, by the index the text names. */
struct round {
    struct ceremony_state ceremony;
    struct trustee_state trustee;
    uint64_t index;
};

static struct result load_round(const struct fold *fold, struct round *out)
{
    TRY(ceremony_load(fold->record, ceremony_hash(fold), &out->ceremony));
    REQUIRE(!out->ceremony.disputed, CONFLICT, "ceremony.disputed");
    TRY(statement_number(fold->statement, "序号", &out->index));
    return ceremony_load_trustee(fold->record, ceremony_hash(fold), out->index, &out->trustee);
}

/* Runs `update` with :position, :hash (the ceremony), :place, and one blob :value. */
static struct result update_trustee(const struct fold *fold, const char *update, struct bytes value)
{
    AUTO_QUERY query = query_start(fold->record, update);
    uint64_t index;

    TRY(statement_number(fold->statement, "序号", &index));
    query_bind_number(&query, ":position", fold->index);
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    query_bind_number(&query, ":place", index);
    query_bind_blob(&query, ":value", value);
    return query_run(&query);
}

/* --- all dealings --- */

struct dealings {
    struct ceremony ceremony;
    struct hash32 texts[TRUSTEES_MAX];
    struct dealing *all; /* trustee_count of them */
};

#define AUTO_DEALINGS __attribute__((cleanup(dealings_free))) struct dealings

static void dealings_free(struct dealings *dealings)
{
    ceremony_free(&dealings->ceremony);
    free(dealings->all);
}

struct result deal_load(struct record *record, const struct ceremony *ceremony, uint64_t dealer,
                        struct dealing *out)
{
    AUTO_BUFFER text = BUFFER_INIT;
    struct trustee_state trustee;

    TRY(ceremony_load_trustee(record, &ceremony->hash, dealer, &trustee));
    REQUIRE(trustee.dealt, NOT_FOUND, "dealing.unknown");
    TRY(state_load_text(record, &trustee.deal_hash, &text));
    return dealing_parse(ceremony, buffer_view(&text), out);
}

static struct result load_dealings(const struct fold *fold, struct dealings *out)
{
    TRY(ceremony_load_text(fold->record, ceremony_hash(fold), &out->ceremony));
    out->all = calloc(out->ceremony.trustee_count, sizeof *out->all);
    REQUIRE(out->all, OUT_OF_MEMORY, "record.memory");
    for (size_t i = 0; i < out->ceremony.trustee_count; i++) {
        struct trustee_state trustee;

        TRY(ceremony_load_trustee(fold->record, ceremony_hash(fold), i + 1, &trustee));
        out->texts[i] = trustee.deal_hash;
        TRY(deal_load(fold->record, &out->ceremony, i + 1, &out->all[i]));
    }
    return OK;
}

/* --- trustee.deal --- */

static struct result parse_dealing(const struct fold *fold, struct ceremony *ceremony,
                                   struct dealing *out)
{
    TRY(ceremony_load_text(fold->record, ceremony_hash(fold), ceremony));
    return dealing_parse(ceremony, fold->statement->text, out);
}

struct result deal_check(const struct fold *fold)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct dealing dealing;
    struct round round;

    TRY(load_round(fold, &round));
    REQUIRE(!round.trustee.dealt, CONFLICT, "dealing.known");
    return parse_dealing(fold, &ceremony, &dealing);
}

struct result deal_prove(const struct fold *fold)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct dealing dealing;

    TRY(parse_dealing(fold, &ceremony, &dealing));
    return dealing_verify(&ceremony, &dealing);
}

static const char UPDATE_DEALT[] = "UPDATE trustee SET dealt = :position, deal_hash = :value"
                                   " WHERE ceremony = :hash AND place = :place";
static const char UPDATE_KEY[] =
    "UPDATE ceremony SET dealings_hash = :dealings, election_key = :key WHERE hash = :hash";

static struct result store_key(const struct fold *fold)
{
    AUTO_DEALINGS dealings = {0};
    AUTO_QUERY query = query_start(fold->record, UPDATE_KEY);
    struct hash32 hash;
    struct point key;

    TRY(load_dealings(fold, &dealings));
    dealings_hash(dealings.texts, dealings.ceremony.trustee_count, &hash);
    TRY(dealings_election_key(&dealings.ceremony, dealings.all, &key));
    query_bind_blob(&query, ":dealings", BYTES(hash.bytes));
    query_bind_blob(&query, ":key", BYTES(key.bytes));
    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    return query_run(&query);
}

struct result deal_apply(const struct fold *fold)
{
    struct ceremony_state ceremony;

    TRY(update_trustee(fold, UPDATE_DEALT, BYTES(fold->prepared->text_hash.bytes)));
    TRY(ceremony_load(fold->record, ceremony_hash(fold), &ceremony));
    return ceremony.dealt == ceremony.trustees ? store_key(fold) : OK;
}

/* --- trustee.confirm --- */

struct result confirm_check(const struct fold *fold)
{
    struct hash32 stated;
    struct round round;

    TRY(load_round(fold, &round));
    REQUIRE(round.ceremony.has_key, CONFLICT, "ceremony.dealing");
    REQUIRE(!round.trustee.confirmed, CONFLICT, "ceremony.confirmed");
    TRY(statement_hash(fold->statement, "分发", &stated));
    REQUIRE(hash32_equal(&stated, &round.ceremony.dealings), INVALID, "ceremony.dealings");
    return OK;
}

struct result confirm_prove(const struct fold *fold)
{
    AUTO_DEALINGS dealings = {0};
    struct point stated;
    struct point key;
    uint64_t index;

    TRY(statement_number(fold->statement, "序号", &index));
    TRY(statement_point(fold->statement, "份额公钥", 0, &stated));
    TRY(load_dealings(fold, &dealings));
    TRY(dealings_share_key(&dealings.ceremony, dealings.all, index, &key));
    REQUIRE(point_equal(&stated, &key), INVALID, "ceremony.share_key");
    return OK;
}

static const char UPDATE_CONFIRMED[] =
    "UPDATE trustee SET confirmed = :position, share_key = :value"
    " WHERE ceremony = :hash AND place = :place";

struct result confirm_apply(const struct fold *fold)
{
    struct point key;

    TRY(statement_point(fold->statement, "份额公钥", 0, &key));
    return update_trustee(fold, UPDATE_CONFIRMED, BYTES(key.bytes));
}

/* --- trustee.rehearsal --- */

static const char SELECT_REHEARSALS[] =
    "SELECT place, rehearsal FROM trustee"
    " WHERE ceremony = :hash AND rehearsed IS NOT NULL ORDER BY place";

/* All but the one that is about to be the last, which stands in its place. */
static struct result load_rehearsals(const struct fold *fold, const struct round *round,
                                     struct rehearsal out[])
{
    AUTO_QUERY query = query_start(fold->record, SELECT_REHEARSALS);
    struct rehearsal *const last = &out[round->index - 1];
    bool row;

    query_bind_blob(&query, ":hash", BYTES(ceremony_hash(fold)->bytes));
    TRY(query_step(&query, &row));
    while (row) {
        struct rehearsal *const one = &out[query_number(&query, 0) - 1];

        one->index = query_number(&query, 0);
        TRY(query_fixed(&query, 1, one->point.bytes, sizeof one->point.bytes));
        TRY(query_step(&query, &row));
    }
    last->index = round->index;
    return statement_point(fold->statement, "预演", 0, &last->point);
}

/* Only the last can be found to disagree; whose share is wrong the dealings' proofs tell. */
static struct result check_agreement(const struct fold *fold, const struct round *round)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct rehearsal rehearsals[TRUSTEES_MAX];

    if (round->ceremony.rehearsed + 1 < round->ceremony.trustees) {
        return OK;
    }
    memset(rehearsals, 0, sizeof rehearsals);
    TRY(load_rehearsals(fold, round, rehearsals));
    TRY(ceremony_load_text(fold->record, ceremony_hash(fold), &ceremony));
    return rehearsal_agree(&ceremony, rehearsals);
}

struct result rehearsal_check(const struct fold *fold)
{
    struct round round;

    TRY(load_round(fold, &round));
    REQUIRE(round.ceremony.confirmed == round.ceremony.trustees, CONFLICT, "ceremony.confirming");
    REQUIRE(!round.trustee.rehearsed, CONFLICT, "ceremony.rehearsed");
    return check_agreement(fold, &round);
}

struct result rehearsal_prove(const struct fold *fold)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct rehearsal rehearsal;
    struct round round;

    TRY(load_round(fold, &round));
    rehearsal.index = round.index;
    TRY(statement_point(fold->statement, "预演", 0, &rehearsal.point));
    TRY(statement_fixed(fold->statement, "证明", 0, rehearsal.proof, sizeof rehearsal.proof));
    TRY(ceremony_load_text(fold->record, ceremony_hash(fold), &ceremony));
    return rehearsal_verify(&ceremony, &round.trustee.share_key, &rehearsal);
}

static const char UPDATE_REHEARSED[] =
    "UPDATE trustee SET rehearsed = :position, rehearsal = :value"
    " WHERE ceremony = :hash AND place = :place";

struct result rehearsal_apply(const struct fold *fold)
{
    struct point point;

    TRY(statement_point(fold->statement, "预演", 0, &point));
    return update_trustee(fold, UPDATE_REHEARSED, BYTES(point.bytes));
}
