#include "pen/trustee_acts.h"

#include <string.h>

#include "base/code.h"
#include "pen/gather.h"
#include "protocol/statement.h"
#include "protocol/trustee.h"
#include "record/election.h"
#include "record/journal.h"

#define FRESH_SIZE         32
#define SUMS_CODE_COMPARED 8

static struct result begin(const struct device *device, const char *type, struct buffer *text)
{
    buffer_clear(text);
    return statement_begin(text, type, bytes_of_string(device->origin));
}

/* The device's index among the trustees, from 1. */
static struct result find_index(const struct device *device, const struct ceremony *ceremony,
                                uint64_t *out)
{
    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        if (bytes_is(ceremony->trustees[i].id, device->person)) {
            *out = i + 1;
            return OK;
        }
    }
    return fail(UNAUTHORIZED, "trustee.index");
}

/* The box key stands in the enrolment that the ceremony names by its hash. */
static struct result load_box_key(struct record *record, const struct hash32 *enrolment,
                                  struct box_public *out)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;
    uint64_t index;

    TRY(journal_find_text(record, enrolment, &index));
    TRY(gather_text(record, index, &text));
    TRY(statement_parse_text(buffer_view(&text), &statement));
    return statement_fixed(&statement, "封存公钥", 0, out->bytes, sizeof out->bytes);
}

static struct result load_box_keys(struct record *record, const struct ceremony *ceremony,
                                   struct box_public out[])
{
    for (size_t i = 0; i < ceremony->trustee_count; i++) {
        TRY(load_box_key(record, &ceremony->trustees[i].enrolment, &out[i]));
    }
    return OK;
}

static struct trustee trustee_of(const struct device *device, uint64_t index)
{
    return (struct trustee){index, &device->keys.trustee, &device->keys.box};
}

struct result act_deal(const struct device *device, struct record *record, struct bytes ceremony,
                       struct buffer *text)
{
    AUTO_GATHERED *gathered = NULL;
    struct box_public box_keys[TRUSTEES_MAX];
    uint8_t fresh[FRESH_SIZE];
    struct dealing dealing = {0};
    uint64_t index;

    TRY(gather_ceremony(record, ceremony, &gathered));
    TRY(find_index(device, &gathered->ceremony, &index));
    TRY(load_box_keys(record, &gathered->ceremony, box_keys));
    secret_random(fresh, sizeof fresh);
    const struct trustee trustee = trustee_of(device, index);
    TRY(trustee_deal(&gathered->ceremony, &trustee, box_keys, fresh, &dealing));
    buffer_clear(text);
    return dealing_print(&gathered->ceremony, &dealing, text);
}

/* What confirm, rehearse and share have in common: all dealings, own index, own x_j. */
struct standing {
    struct gathered_ceremony *gathered;
    uint64_t index;
    struct scalar share_key; /* x_j */
};

#define SECRET_STANDING __attribute__((cleanup(standing_wipe))) struct standing

static void standing_wipe(struct standing *standing)
{
    scalar_wipe(&standing->share_key);
    gathered_ceremony_free(standing->gathered);
}

static struct result stand(const struct device *device, struct record *record,
                           struct bytes ceremony, struct standing *out)
{
    TRY(gather_ceremony(record, ceremony, &out->gathered));
    TRY(find_index(device, &out->gathered->ceremony, &out->index));
    REQUIRE(out->gathered->dealt_count == out->gathered->ceremony.trustee_count, CONFLICT,
            "trustee.early");
    const struct trustee trustee = trustee_of(device, out->index);
    return trustee_share_key(&out->gathered->ceremony, &trustee, out->gathered->dealings,
                             &out->share_key);
}

/* The first lines of everything a trustee states about a ceremony. */
static struct result begin_for(const struct device *device, const char *type,
                               const struct standing *standing, struct buffer *text)
{
    TRY(begin(device, type, text));
    TRY(statement_add_bytes(text, "密钥仪式", BYTES(standing->gathered->ceremony.hash.bytes)));
    return statement_add_number(text, "序号", standing->index);
}

struct result act_confirm(const struct device *device, struct record *record, struct bytes ceremony,
                          struct buffer *text)
{
    SECRET_STANDING standing = {0};
    struct hash32 dealings;
    struct point share_key;

    TRY(stand(device, record, ceremony, &standing));
    const struct gathered_ceremony *gathered = standing.gathered;
    dealings_hash(gathered->dealing_texts, gathered->ceremony.trustee_count, &dealings);
    TRY(dealings_share_key(&gathered->ceremony, gathered->dealings, standing.index, &share_key));
    TRY(begin_for(device, "trustee.confirm", &standing, text));
    TRY(statement_add_bytes(text, "分发", BYTES(dealings.bytes)));
    return statement_add_bytes(text, "份额公钥", BYTES(share_key.bytes));
}

struct result act_rehearse(const struct device *device, struct record *record,
                           struct bytes ceremony, struct buffer *text)
{
    SECRET_STANDING standing = {0};
    uint8_t fresh[FRESH_SIZE];
    struct rehearsal rehearsal;

    TRY(stand(device, record, ceremony, &standing));
    secret_random(fresh, sizeof fresh);
    TRY(trustee_rehearse(&standing.gathered->ceremony, standing.index, &standing.share_key, fresh,
                         &rehearsal));
    TRY(begin_for(device, "trustee.rehearsal", &standing, text));
    TRY(statement_add_bytes(text, "预演", BYTES(rehearsal.point.bytes)));
    return statement_add_bytes(text, "证明", BYTES(rehearsal.proof));
}

/* The code read aloud is the short code of the sums hash; its first 8 characters are compared. */
static struct result compare_sums(const struct hash32 *sums, struct bytes expected)
{
    char code[SHORT_CODE_SIZE + 1];

    if (expected.size == 0) {
        return OK;
    }
    short_code_print(sums->bytes, code);
    REQUIRE(expected.size >= SUMS_CODE_COMPARED &&
                bytes_starts_with(bytes_of_string(code), expected),
            INVALID, "share.code");
    return OK;
}

static void opened_free(struct opened_share *opened)
{
    buffer_free(&opened->proof);
}

#define AUTO_OPENED __attribute__((cleanup(opened_free))) struct opened_share

static struct result print_share(const struct election *election, const struct hash32 *sums,
                                 const struct opened_share *opened, struct buffer *text)
{
    TRY(statement_add_bytes(text, "合计", BYTES(sums->bytes)));
    for (size_t i = 0; i < election->candidate_count; i++) {
        TRY(statement_add_bytes(text, "份额", BYTES(opened->points[i].bytes)));
    }
    return statement_add_bytes(text, "证明", buffer_view(&opened->proof));
}

/* Opens these sums of this election with the standing's share. */
static struct result open_sums(const struct device *device, const struct election *election,
                               const struct tally *tally, const struct standing *standing,
                               struct buffer *text)
{
    AUTO_OPENED opened = {.proof = BUFFER_INIT};
    const struct share_subject subject = {&election->manifest, tally};
    uint8_t fresh[FRESH_SIZE];
    struct hash32 sums;

    tally_sums_hash(&election->manifest, tally, &sums);
    secret_random(fresh, sizeof fresh);
    TRY(trustee_decrypt(&subject, standing->index, &standing->share_key, fresh, &opened));
    TRY(begin(device, "election.share", text));
    TRY(statement_add_bytes(text, "清单", BYTES(election->manifest.bytes)));
    TRY(statement_add_number(text, "序号", standing->index));
    return print_share(election, &sums, &opened, text);
}

/* Running totals, sums of so few that they would name somebody, sums without their paper: never. */
static struct result require_openable(struct record *record, const struct hash32 *manifest,
                                      const struct hash32 *sums)
{
    struct election_state state;

    TRY(election_load(record, manifest, &state));
    REQUIRE(!state.cancelled, CONFLICT, "election.cancelled");
    REQUIRE(state.closed, CONFLICT, "election.still_open");
    REQUIRE(!election_is_too_small(&state), CONFLICT, "share.small");
    REQUIRE(state.burned == 0 || state.has_paper, CONFLICT, "share.paper");
    REQUIRE(hash32_equal(&state.sums, sums), INVALID, "share.sums");
    return OK;
}

struct result act_share(const struct device *device, struct record *record,
                        struct bytes election_id, struct bytes expected_sums, struct buffer *text)
{
    SECRET_STANDING standing = {0};
    AUTO_BUFFER ceremony = BUFFER_INIT;
    const struct election *election;
    struct hash32 manifest;
    struct hash32 sums;
    struct tally tally;

    TRY(gather_manifest(record, election_id, &manifest));
    TRY(record_election(record, &manifest, &election));
    TRY(gather_sums(record, election, &tally));
    tally_sums_hash(&manifest, &tally, &sums);
    TRY(require_openable(record, &manifest, &sums));
    TRY(compare_sums(&sums, expected_sums));
    TRY(gather_ceremony_id(record, &election->ceremony, &ceremony));
    TRY(stand(device, record, buffer_view(&ceremony), &standing));
    return open_sums(device, election, &tally, &standing, text);
}
