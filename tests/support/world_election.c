#include <stdlib.h>

#include "base/encoding.h"
#include "base/text.h"
#include "check.h"
#include "protocol/ballot.h"
#include "protocol/statement.h"
#include "protocol/tag.h"
#include "protocol/trustee.h"
#include "record/ceremony.h"
#include "record/deal.h"
#include "record/result.h"
#include "record/sums.h"
#include "record/view.h"
#include "support/world.h"

#define HOUR 3600

static const char *const TRUSTEES[WORLD_TRUSTEES] = {"wen", "xu", "yan"};

/* --- the manifest, from the views --- */

struct writing {
    struct world *world;
    const char *tied;    /* its candidates */
    struct bytes wanted; /* a candidate whose name is looked for */
};

static struct result put_line(struct world *world, const char *label, const struct bytes words[],
                              size_t count)
{
    AUTO_BUFFER line = BUFFER_INIT;

    for (size_t i = 0; i < count; i++) {
        TRY(buffer_append_text(&line, i > 0 ? " " : ""));
        TRY(buffer_append(&line, words[i]));
    }
    return statement_add(&world->text, label, buffer_view(&line));
}

static struct result put_candidate(void *context, const struct view_candidate *row)
{
    struct writing *writing = context;
    const struct bytes words[] = {row->id, row->name};

    return bytes_equal(row->id, writing->wanted) ? put_line(writing->world, "候选", words, 2) : OK;
}

static struct result put_drawn(void *context, struct bytes id)
{
    struct writing *writing = context;

    if (writing->tied && text_find(bytes_of_string(writing->tied), id) == SIZE_MAX) {
        return OK;
    }
    writing->wanted = id;
    return view_meeting_candidates(writing->world->record, LITERAL(WORLD_MEETING), put_candidate,
                                   writing);
}

struct name {
    char text[RECORD_ID_SIZE];
    size_t size;
};

static struct result keep_name(void *context, const struct view_person *row)
{
    struct name *name = context;

    name->size = row->hidden_name.size;
    memcpy(name->text, row->hidden_name.data, name->size);
    return OK;
}

static struct result put_member(void *context, const struct view_signin *row)
{
    struct writing *writing = context;
    AUTO_BUFFER key = BUFFER_INIT;
    struct name name;

    TRY(view_person(writing->world->record, row->person, keep_name, &name));
    TRY(base64_append(&key, BYTES(row->vote_key.bytes)));
    const struct bytes words[] = {
        row->person, buffer_view(&key), {(const uint8_t *)name.text, name.size}};
    return put_line(writing->world, "名册", words, 3);
}

static struct result put_recusal(void *context, const struct view_recusal *row)
{
    struct writing *writing = context;
    const struct bytes words[] = {row->person, row->candidate};

    if (writing->tied && text_find(bytes_of_string(writing->tied), row->candidate) == SIZE_MAX) {
        return OK;
    }
    return put_line(writing->world, "回避", words, 2);
}

static void put_trustee(struct world *world, uint64_t index)
{
    AUTO_BUFFER key = BUFFER_INIT;
    AUTO_BUFFER number = BUFFER_INIT;
    struct trustee_state trustee;

    check_ok(ceremony_load_trustee(world->record, &world->ceremony, index, &trustee));
    check_ok(base64_append(&key, BYTES(trustee.share_key.bytes)));
    check_ok(buffer_append_decimal(&number, index));
    const struct bytes words[] = {buffer_view(&number), bytes_of_string(trustee.person),
                                  buffer_view(&key)};
    check_ok(put_line(world, "受托人", words, 3));
}

static void put_head(struct world *world, const char *id, uint64_t round)
{
    world_begin(world, "election.open");
    world_put(world, "选举", id);
    world_put(world, "会议", WORLD_MEETING);
    world_put_number(world, "轮次", round);
}

static void put_rest(struct writing *writing)
{
    struct world *world = writing->world;
    struct ceremony_state ceremony;

    check_ok(view_meeting_signins(world->record, LITERAL(WORLD_MEETING), put_member, writing));
    check_ok(view_meeting_recusals(world->record, LITERAL(WORLD_MEETING), put_recusal, writing));
    check_ok(ceremony_load(world->record, &world->ceremony, &ceremony));
    world_put_bytes(world, "密钥仪式", BYTES(world->ceremony.bytes));
    for (uint64_t index = 1; index <= WORLD_TRUSTEES; index++) {
        put_trustee(world, index);
    }
    world_put_number(world, "门限", ceremony.threshold);
    world_put_bytes(world, "选举公钥", BYTES(ceremony.key.bytes));
    world_put_number(world, "批次间隔", 60);
    world_put_time(world, "开始", world->time);
    world_put_time(world, "结束", world->time + HOUR);
}

void world_manifest(struct world *world, const char *id)
{
    struct writing writing = {.world = world};

    put_head(world, id, 1);
    check_ok(view_meeting_order(world->record, LITERAL(WORLD_MEETING), put_drawn, &writing));
    world_put(world, "等次", "0 0 不授奖");
    world_put(world, "等次", "1 1 提名奖");
    world_put(world, "等次", "2 1024 质量奖");
    world_put(world, "限额", "2 2");
    world_put(world, "限额", "3 1 2");
    world_put(world, "席位", "2 1");
    world_put(world, "席位", "1 2");
    world_put(world, "通过", "2 2/3 实到 不少于");
    world_put(world, "通过", "1 2 1/2 实到 超过");
    put_rest(&writing);
}

static void put_words(struct world *world, const char *label, const char *first, const char *second)
{
    const struct bytes words[] = {bytes_of_string(first), bytes_of_string(second)};

    check_ok(put_line(world, label, words, 2));
}

void world_runoff(struct world *world, const char *id, const struct election *previous,
                  const struct tie *tie)
{
    struct writing writing = {.world = world, .tied = tie->tied};
    AUTO_BUFFER left = BUFFER_INIT;
    const char *places;

    check_ok(buffer_append_decimal(&left, tie->left));
    check_ok(buffer_terminate(&left, &places));
    put_head(world, id, previous->round + 1);
    world_put_bytes(world, "上一轮清单", BYTES(previous->manifest.bytes));
    check_ok(view_meeting_order(world->record, LITERAL(WORLD_MEETING), put_drawn, &writing));
    world_put(world, "等次", "0 0 不授奖");
    put_words(world, "等次", "1 1", tie->grade);
    put_words(world, "限额", places, "1");
    put_words(world, "席位", "1", places);
    put_words(world, "通过", "1", tie->pass);
    put_rest(&writing);
}

struct result world_open(struct world *world, const struct election **out)
{
    struct hash32 manifest;

    TRY(SEND(world, "qiao", "gu"));
    manifest = world_text_hash(world);
    return record_election(world->record, &manifest, out);
}

const struct election *world_first_round(struct world *world)
{
    const struct election *election = 0;

    world_manifest(world, "election-1");
    check_ok(world_open(world, &election));
    return election;
}

/* --- ballots --- */

void world_ballot(struct world *world, const struct election *election, const char *person,
                  const char *choices, struct buffer *note)
{
    SECRET_INTENT intent = {.member = election_find_member(election, bytes_of_string(person)),
                            .code = {"ABCDEFGH"}};

    (void)world;
    world_vote_key(WORLD_MEETING, person, 0, &intent.vote_key);
    for (size_t i = 0; i < election->candidate_count; i++) {
        const bool recused = election_is_recused(election, intent.member, i);

        intent.choices[i] = (uint8_t)(recused ? 0 : choices[i] - '0');
    }
    check_ok(ballot_make_fresh(election, &intent, note));
}

struct cast {
    struct buffer note;
    struct point tag;
};

static int compare_tags(const void *a, const void *b)
{
    const struct cast *first = a;
    const struct cast *second = b;

    return memcmp(first->tag.bytes, second->tag.bytes, POINT_SIZE);
}

static void make_cast(struct world *world, const struct election *election, const struct vote *vote,
                      struct cast *out)
{
    struct scalar key;

    world_ballot(world, election, vote->person, vote->choices, &out->note);
    world_vote_key(WORLD_MEETING, vote->person, 0, &key);
    check_ok(tag_compute(election, &key, &out->tag));
}

struct result world_vote(struct world *world, const struct election *election,
                         const struct vote votes[], size_t count)
{
    struct cast casts[WORLD_MEMBERS] = {0};
    const uint64_t time = world->time;
    struct result result = OK;

    for (size_t i = 0; i < count; i++) {
        make_cast(world, election, &votes[i], &casts[i]);
    }
    qsort(casts, count, sizeof casts[0], compare_tags);
    for (size_t i = 0; i < count; i++) {
        if (is_ok(result)) {
            buffer_clear(&world->note);
            check_ok(buffer_append(&world->note, buffer_view(&casts[i].note)));
            world->time = time;
            result = world_submit(world);
        }
        buffer_free(&casts[i].note);
    }
    return result;
}

struct result world_vote_alike(struct world *world, const struct election *election, size_t count,
                               const char *choices)
{
    struct vote votes[WORLD_MEMBERS];

    for (size_t i = 0; i < count; i++) {
        votes[i] = (struct vote){world_member(i), choices};
    }
    return world_vote(world, election, votes, count);
}

/* --- burn, close, share, result, minutes --- */

void world_burn_text(struct world *world, const struct election *election, const char *person)
{
    AUTO_BUFFER proof = BUFFER_INIT;
    const uint8_t fresh[32] = {(uint8_t)world->time};
    const size_t member = election_find_member(election, bytes_of_string(person));
    struct scalar key;
    struct point tag;

    world_vote_key(WORLD_MEETING, person, 0, &key);
    check_ok(tag_compute(election, &key, &tag));
    check_ok(tag_prove(election, member, &key, fresh, &proof));
    world_begin(world, "ballot.burn");
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    world_put(world, "人员", person);
    world_put_bytes(world, "标签", BYTES(tag.bytes));
    world_put_bytes(world, "证明", buffer_view(&proof));
}

struct result world_burn(struct world *world, const struct election *election, const char *person)
{
    world_burn_text(world, election, person);
    return SEND(world, person, "shen", "tang");
}

static struct result keep_ballots(void *context, const struct view_election *row)
{
    *(uint64_t *)context = row->ballots;
    return OK;
}

void world_close_text(struct world *world, const struct election *election)
{
    uint64_t ballots = 0;

    check_ok(view_election(world->record, election->id, keep_ballots, &ballots));
    world_begin(world, "election.close");
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    world_put_number(world, "选票数", ballots);
    world_put_seen(world);
}

struct result world_close_election(struct world *world, const struct election *election)
{
    world_close_text(world, election);
    return SEND(world, "qiao", "gu");
}

static void own_share_key(struct world *world, uint64_t index, struct scalar *out)
{
    AUTO_CEREMONY ceremony = CEREMONY_INIT;
    struct dealing dealings[WORLD_TRUSTEES];
    struct keys keys;

    check_ok(ceremony_load_text(world->record, &world->ceremony, &ceremony));
    for (size_t i = 0; i < WORLD_TRUSTEES; i++) {
        check_ok(deal_load(world->record, &ceremony, i + 1, &dealings[i]));
    }
    world_keys(TRUSTEES[index - 1], &keys);
    const struct trustee trustee = {index, &keys.trustee, &keys.box};
    check_ok(trustee_share_key(&ceremony, &trustee, dealings, out));
}

void world_share_text(struct world *world, const struct election *election, uint64_t index)
{
    const uint8_t fresh[32] = {3};
    struct opened_share share = {0};
    struct tally tally;
    const struct share_subject subject = {&election->manifest, &tally};
    struct hash32 sums;
    struct scalar key;

    own_share_key(world, index, &key);
    check_ok(sums_load(world->record, election, &tally));
    tally_sums_hash(&election->manifest, &tally, &sums);
    check_ok(trustee_decrypt(&subject, index, &key, fresh, &share));
    world_begin(world, "election.share");
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    world_put_number(world, "序号", index);
    world_put_bytes(world, "合计", BYTES(sums.bytes));
    for (size_t i = 0; i < election->candidate_count; i++) {
        world_put_bytes(world, "份额", BYTES(share.points[i].bytes));
    }
    world_put_bytes(world, "证明", buffer_view(&share.proof));
    buffer_free(&share.proof);
}

struct result world_share(struct world *world, const struct election *election, uint64_t index)
{
    world_share_text(world, election, index);
    return SEND(world, TRUSTEES[index - 1]);
}

void world_result_text(struct world *world, const struct election *election)
{
    world_begin(world, "election.result");
    world_put_bytes(world, "清单", BYTES(election->manifest.bytes));
    check_ok(result_compute_fields(world->record, &election->manifest, &world->text));
}

struct result world_result(struct world *world, const struct election *election)
{
    world_result_text(world, election);
    return SEND(world, "qiao", "shen", "tang");
}

static struct result put_election(void *context, const struct view_election *row)
{
    struct world *world = context;

    return statement_add_bytes(&world->text, "清单", BYTES(row->manifest.bytes));
}

void world_minutes_text(struct world *world)
{
    world_begin(world, "meeting.minutes");
    world_put(world, "会议", WORLD_MEETING);
    check_ok(view_meeting_elections(world->record, LITERAL(WORLD_MEETING), put_election, world));
    world_put(world, "纪要", "会议按程序进行，无异议。");
}

struct result world_minutes(struct world *world)
{
    world_minutes_text(world);
    return SEND(world, "qiao", "shen", "tang");
}
