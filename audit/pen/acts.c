#include "pen/acts.h"

#include <string.h>

#include "protocol/statement.h"
#include "protocol/tag.h"
#include "record/journal.h"

#define FRESH_SIZE 32

static struct result begin(const struct device *device, const char *type, struct buffer *text)
{
    buffer_clear(text);
    return statement_begin(text, type, bytes_of_string(device->origin));
}

struct result act_enrol(const struct device *device, struct buffer *text)
{
    TRY(begin(device, "person.enrol", text));
    TRY(statement_add_text(text, "人员", device->person));
    TRY(statement_add_bytes(text, "签名公钥", BYTES(device->keys.sign_public.bytes)));
    return statement_add_bytes(text, "封存公钥", BYTES(device->keys.box.key.bytes));
}

struct result act_session(const struct device *device, const uint8_t nonce[static 16], int64_t time,
                          struct buffer *text)
{
    TRY(begin(device, "session.open", text));
    TRY(statement_add_text(text, "人员", device->person));
    TRY(statement_add_bytes(text, "随机数", (struct bytes){nonce, 16}));
    return statement_add_time(text, "时间", time);
}

struct result act_signin(const struct device *device, struct record *record, struct bytes meeting,
                         struct scalar *vote_key, struct buffer *text)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    struct merkle_head head;
    const struct signin_subject subject = {meeting, bytes_of_string(device->person)};
    struct point key;
    uint8_t fresh[FRESH_SIZE];
    uint8_t random[16];

    TRY(journal_load_head(record, &head));
    scalar_random(vote_key);
    secret_random(fresh, sizeof fresh);
    secret_random(random, sizeof random);
    TRY(vote_key_prove(&subject, vote_key, fresh, &key, &proof));
    TRY(begin(device, "meeting.signin", text));
    TRY(statement_add(text, "会议", meeting));
    TRY(statement_add_text(text, "签到人", device->person));
    TRY(statement_add_bytes(text, "投票公钥", BYTES(key.bytes)));
    TRY(statement_add_bytes(text, "证明", buffer_view(&proof)));
    TRY(statement_add_bytes(text, "随机数", BYTES(random)));
    TRY(statement_add_number(text, "日志条数", head.size));
    return statement_add_bytes(text, "日志根", BYTES(head.root.bytes));
}

/* The place in the roll of P = x·G; P is public. */
static struct result find_place(const struct election *election, const struct scalar *vote_key,
                                size_t *out)
{
    struct point key;

    TRY(point_base_multiply(vote_key, &key));
    for (size_t i = 0; i < election->roll_count; i++) {
        if (point_equal(&election->roll[i].key, &key)) {
            *out = i;
            return OK;
        }
    }
    return fail(NOT_FOUND, "ballot.member");
}

struct result act_ballot(const struct election *election, const struct scalar *vote_key,
                         struct bytes choices, struct buffer *note)
{
    SECRET_INTENT intent = {0};

    REQUIRE(choices.size == election->candidate_count, INVALID, "ballot.choices");
    TRY(find_place(election, vote_key, &intent.member));
    intent.vote_key = *vote_key;
    memcpy(intent.choices, choices.data, choices.size);
    ballot_code_draw(&intent.code);
    buffer_clear(note);
    return ballot_make_fresh(election, &intent, note);
}

struct result act_burn(const struct device *device, const struct election *election,
                       const struct scalar *vote_key, struct buffer *text)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    uint8_t fresh[FRESH_SIZE];
    struct point tag;
    size_t member;

    TRY(find_place(election, vote_key, &member));
    TRY(tag_compute(election, vote_key, &tag));
    secret_random(fresh, sizeof fresh);
    TRY(tag_prove(election, member, vote_key, fresh, &proof));
    TRY(begin(device, "ballot.burn", text));
    TRY(statement_add_bytes(text, "清单", BYTES(election->manifest.bytes)));
    TRY(statement_add_text(text, "人员", device->person));
    TRY(statement_add_bytes(text, "标签", BYTES(tag.bytes)));
    return statement_add_bytes(text, "证明", buffer_view(&proof));
}
