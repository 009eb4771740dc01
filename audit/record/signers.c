#include "record/signers.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "record/ceremony.h"
#include "record/hearing.h"
#include "record/journal.h"
#include "record/meeting.h"
#include "record/objection.h"
#include "record/people.h"
#include "record/query.h"
#include "record/state.h"
#include "record/team.h"

/* One line that is asked for. */
struct slot {
    enum signatory signer;
    struct bytes person; /* empty: anybody with the role */
};

struct slots {
    struct slot slots[RECORD_SIGNERS_MAX];
    size_t count;
    struct meeting meeting; /* home of the persons above */
    struct team team;
    struct trustee_state trustee;
};

static const struct {
    const char *name;
    const char *role; /* that must be held, or NULL */
} SIGNERS[] = {
    [SIGNER_NONE] = {"", 0},
    [SIGNER_OFFICER] = {"officer", ROLE_OFFICER},
    [SIGNER_CHAIR] = {"chair", ROLE_CHAIR},
    [SIGNER_NAMED_CHAIR] = {"chair", ROLE_CHAIR},
    [SIGNER_MEETING_CHAIR] = {"chair", ROLE_CHAIR},
    [SIGNER_FIRST_SCRUTINEER] = {"scrutineer", ROLE_SCRUTINEER},
    [SIGNER_SECOND_SCRUTINEER] = {"scrutineer", ROLE_SCRUTINEER},
    [SIGNER_MEMBER] = {"member", ROLE_MEMBER},
    [SIGNER_TRUSTEE] = {"trustee", ROLE_TRUSTEE},
    [SIGNER_TEAM_LEADER] = {"leader", ROLE_REVIEWER},
    [SIGNER_SIGNATORY] = {"signatory", 0},
    [SIGNER_PERSON] = {"person", 0},
    [SIGNER_ENROLLING] = {"person", 0},
    [SIGNER_FOUNDERS] = {"officer", 0},
    [SIGNER_OBJECTOR] = {"objector", 0},
    [SIGNER_RESPONDENT] = {"respondent", 0},
    [SIGNER_KEEPER] = {"keeper", ROLE_KEEPER},
    [SIGNER_SERVICE] = {"service", 0},
    [SIGNER_RING] = {"ring", 0},
};

/* --- who is asked --- */

static struct bytes person_field(const struct statement *statement)
{
    const struct bytes person = statement_value(statement, "人员");

    return person.size > 0 ? person : statement_value(statement, "签到人");
}

static void add_founders(const struct statement *statement, struct slots *out)
{
    const size_t count = statement_count(statement, ROLE_OFFICER);

    for (size_t i = 0; i < count && out->count < RECORD_SIGNERS_MAX; i++) {
        struct bytes line = statement_value_at(statement, ROLE_OFFICER, i);

        out->slots[out->count++] = (struct slot){SIGNER_FOUNDERS, text_cut(&line, ' ')};
    }
}

static struct bytes asked_person(const struct fold *fold, enum signatory signer,
                                 const struct slots *slots)
{
    switch (signer) {
    case SIGNER_NAMED_CHAIR:
        return statement_value(fold->statement, ROLE_CHAIR);
    case SIGNER_MEETING_CHAIR:
        return bytes_of_string(slots->meeting.chair);
    case SIGNER_FIRST_SCRUTINEER:
        return bytes_of_string(slots->meeting.scrutineers[0]);
    case SIGNER_SECOND_SCRUTINEER:
        return bytes_of_string(slots->meeting.scrutineers[1]);
    case SIGNER_TRUSTEE:
        return bytes_of_string(slots->trustee.person);
    case SIGNER_TEAM_LEADER:
        return bytes_of_string(slots->team.leader);
    case SIGNER_SIGNATORY:
        return statement_value(fold->statement, "签署人");
    case SIGNER_MEMBER:
    case SIGNER_PERSON:
    case SIGNER_ENROLLING:
        return person_field(fold->statement);
    case SIGNER_OBJECTOR:
        return LITERAL("objector");
    case SIGNER_RESPONDENT:
        return LITERAL("respondent");
    case SIGNER_SERVICE:
        return LITERAL("service");
    case SIGNER_RING:
        return LITERAL("ring");
    case SIGNER_NONE:
    case SIGNER_OFFICER:
    case SIGNER_CHAIR:
    case SIGNER_KEEPER:
    case SIGNER_FOUNDERS:
    default:
        return EMPTY_BYTES;
    }
}

/* What the slots' persons are read from. */
static struct result load_homes(const struct fold *fold, struct slots *out)
{
    const struct subject *subject = &fold->prepared->subject;
    uint64_t index;

    memset(out, 0, sizeof *out);
    if (subject->meeting[0]) {
        TRY(meeting_load(fold->record, bytes_of_string(subject->meeting), &out->meeting));
    }
    if (subject->team[0]) {
        TRY(team_load(fold->record, bytes_of_string(subject->team), &out->team));
    }
    if (fold->prepared->type->signers[0].lines[0] == SIGNER_TRUSTEE) {
        TRY(statement_number(fold->statement, "序号", &index));
        TRY(ceremony_load_trustee(fold->record, &subject->ceremony, index, &out->trustee));
    }
    return OK;
}

static void fill_slots(const struct fold *fold, const struct signer_list *list, struct slots *out)
{
    out->count = 0;
    for (size_t i = 0; i < SIGNERS_IN_ROW && list->lines[i] != SIGNER_NONE; i++) {
        const enum signatory signer = list->lines[i];

        if (signer == SIGNER_FOUNDERS) {
            add_founders(fold->statement, out);
        } else {
            out->slots[out->count++] = (struct slot){signer, asked_person(fold, signer, out)};
        }
    }
}

/* --- who has signed --- */

static const char SELECT_SERVICE[] = "SELECT service_key FROM genesis";

static struct result service_key(struct record *record, struct public_key *out)
{
    AUTO_QUERY query = query_start(record, SELECT_SERVICE);
    bool row;

    TRY(query_step(&query, &row));
    REQUIRE(row, NOT_FOUND, "genesis.first");
    return query_fixed(&query, 0, out->bytes, sizeof out->bytes);
}

/* The second word of the founder's line. */
static struct result founder_key(const struct fold *fold, struct bytes id, struct public_key *out)
{
    const size_t count = statement_count(fold->statement, ROLE_OFFICER);

    for (size_t i = 0; i < count; i++) {
        struct bytes line = statement_value_at(fold->statement, ROLE_OFFICER, i);

        if (bytes_equal(text_cut(&line, ' '), id)) {
            return base64_decode_fixed(text_cut(&line, ' '), out->bytes, sizeof out->bytes);
        }
    }
    return fail(UNAUTHORIZED, "signers.unknown");
}

/* In the filing and in status.ask the text names the key; later acts name the case. */
static struct result objector_key(const struct fold *fold, struct public_key *out)
{
    struct objection objection;

    if (statement_has(fold->statement, "签名公钥")) {
        return statement_fixed(fold->statement, "签名公钥", 0, out->bytes, sizeof out->bytes);
    }
    TRY(objection_load_named(fold, &objection));
    *out = objection.sign_key;
    return OK;
}

static struct result signer_key(const struct fold *fold, enum signatory signer, struct bytes id,
                                struct public_key *out)
{
    struct person person;

    if (signer == SIGNER_FOUNDERS) {
        return founder_key(fold, id, out);
    }
    if (signer == SIGNER_SERVICE) {
        return service_key(fold->record, out);
    }
    if (signer == SIGNER_ENROLLING) {
        return statement_fixed(fold->statement, "签名公钥", 0, out->bytes, sizeof out->bytes);
    }
    if (signer == SIGNER_OBJECTOR) {
        return objector_key(fold, out);
    }
    if (signer == SIGNER_RESPONDENT) {
        return hearing_key(fold, out);
    }
    if (signer == SIGNER_RING) { /* the ring proof is the signature; see record/ballot.c */
        memset(out, 0, sizeof *out);
        return OK;
    }
    TRY(person_require(fold->record, id, SIGNERS[signer].role, &person));
    *out = person.sign_key;
    return OK;
}

static struct result fit(const struct fold *fold, const struct slot *slot, struct bytes name,
                         struct signer *out)
{
    struct public_key key;

    REQUIRE(slot->person.size == 0 || bytes_equal(slot->person, name), UNAUTHORIZED,
            "signers.person");
    TRY(signer_key(fold, slot->signer, name, &key));
    return signer_make(name, &key, out);
}

static struct record_signer signer_of(const struct slot *slot, struct bytes person)
{
    struct record_signer signer = {.role = SIGNERS[slot->signer].name};

    state_copy_id(person, signer.person);
    return signer;
}

static bool has_signed(const struct signing *signing, struct bytes name)
{
    for (size_t i = 0; i < signing->signed_count; i++) {
        if (bytes_is(name, signing->signed_by[i].person)) {
            return true;
        }
    }
    return false;
}

/* Slots from *next up to `slot` have no line; the line stands in `slot`. */
static struct result take_slot(const struct slots *slots, size_t *next, size_t slot,
                               struct bytes name, struct signing *out)
{
    REQUIRE(!has_signed(out, name), UNAUTHORIZED, "signers.distinct");
    for (; *next < slot; ++*next) {
        out->missing[out->missing_count++] =
            signer_of(&slots->slots[*next], slots->slots[*next].person);
    }
    out->signed_by[out->signed_count++] = signer_of(&slots->slots[slot], name);
    *next = slot + 1;
    return OK;
}

/* Puts a line into the first slot from *next on, and before `end`, that it fits. */
static struct result place_line(const struct fold *fold, const struct slots *slots, size_t *next,
                                size_t end, struct signing *out)
{
    const size_t line = out->signed_count;
    const struct bytes name = fold->statement->signatures[line].name;
    struct result why = fail(UNAUTHORIZED, "signers.count");

    for (size_t slot = *next; slot < end; slot++) {
        why = fit(fold, &slots->slots[slot], name, &out->keys[line]);
        if (is_ok(why)) {
            why = take_slot(slots, next, slot, name, out);
            break;
        }
    }
    why.at = is_ok(why) ? 0 : line + 1;
    return why;
}

static struct result match_list(const struct fold *fold, const struct slots *slots, bool partial,
                                struct signing *out)
{
    const size_t lines = fold->statement->signature_count;
    size_t next = 0;

    out->signed_count = 0;
    out->missing_count = 0;
    REQUIRE(partial ? lines <= slots->count : lines == slots->count, UNAUTHORIZED, "signers.count");
    for (size_t line = 0; line < lines; line++) {
        TRY(place_line(fold, slots, &next, partial ? slots->count : line + 1, out));
    }
    for (; next < slots->count; next++) {
        out->missing[out->missing_count++] =
            signer_of(&slots->slots[next], slots->slots[next].person);
    }
    return OK;
}

/* Of two ways to sign, the failure of the one that asks for so many lines says more. */
struct result signers_match(const struct fold *fold, bool partial, struct signing *out)
{
    const struct type *type = fold->prepared->type;
    struct result first;
    struct slots slots;

    TRY(load_homes(fold, &slots));
    fill_slots(fold, &type->signers[0], &slots);
    first = match_list(fold, &slots, partial, out);
    if (is_ok(first) || type->signers[1].lines[0] == SIGNER_NONE) {
        return first;
    }
    fill_slots(fold, &type->signers[1], &slots);
    if (slots.count != fold->statement->signature_count && !partial) {
        return first;
    }
    return match_list(fold, &slots, partial, out);
}

struct hash32 signers_key_hash(const struct signing *signing)
{
    HASH_STATE state;
    struct hash32 hash;

    hash_begin(&state, "xiling/v1 signers");
    for (size_t i = 0; i < signing->signed_count; i++) {
        hash_part(&state, bytes_of_string(signing->signed_by[i].person));
        hash_part(&state, BYTES(signing->keys[i].key.bytes));
    }
    hash_end_32(&state, &hash);
    return hash;
}
