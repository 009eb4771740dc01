/*
 * world.h - a whole award year in memory, for tests of the record, the verifier and the service.
 *
 * A small cast of made-up persons with keys derived from their ids, a record over a database in
 * memory, and one function for each stage. Every statement takes the real way: signed, checked,
 * admitted, appended. A stage that fails ends the test and names the rule; world_send() and the
 * like return the result, for tests of refusals.
 *
 *     officers gu, he, lu        chair       qiao
 *     members  m01 … m15         scrutineers shen, tang
 *     trustees wen, xu, yan (2 of 3)
 */
#pragma once

#include <sqlite3.h>

#include "base/bytes.h"
#include "primitive/group.h"
#include "primitive/hash.h"
#include "protocol/ceremony.h"
#include "protocol/election.h"
#include "protocol/keys.h"
#include "record/record.h"

enum {
    WORLD_MEMBERS = 15,
    WORLD_CANDIDATES = 4,
    WORLD_TRUSTEES = 3,
};

#define WORLD_ORIGIN  "record.example/log/2026"
#define WORLD_MEETING "meeting-2026"

struct world {
    sqlite3 *database;
    struct record *record;
    uint64_t time;      /* of the next entry; each one takes a second */
    struct buffer text; /* of the statement being written */
    struct buffer note; /* of the statement sent last */
    struct hash32 ceremony;
};

/* An empty record; times begin at 2026-11-22T09:00:00+08:00. */
struct world *world_make(void);
void world_free(struct world *world);

/* --- persons --- */

void world_keys(const char *person, struct keys *out);
const char *world_member(size_t index); /* "m01" for 0 */
/* The vote key of a person for a meeting; `device` tells apart repeated sign-ins. */
void world_vote_key(const char *meeting, const char *person, unsigned device, struct scalar *out);

/* --- any statement --- */

void world_begin(struct world *world, const char *type);
void world_put(struct world *world, const char *label, const char *value);
void world_put_number(struct world *world, const char *label, uint64_t number);
void world_put_time(struct world *world, const char *label, uint64_t seconds);
void world_put_bytes(struct world *world, const char *label, struct bytes bytes);
void world_put_hidden(struct world *world, const char *type, const char *label, const char *value);
/* 日志条数 and 日志根 of what stands. */
void world_put_seen(struct world *world);
/* Changes lines of the text begun, by label and place among the lines of that label. */
void world_drop(struct world *world, const char *label, size_t index);
void world_replace(struct world *world, const char *label, size_t index, const char *value);
void world_replace_bytes(struct world *world, const char *label, size_t index, struct bytes bytes);
void world_swap(struct world *world, const char *label, size_t index);   /* with the next */
void world_double(struct world *world, const char *label, size_t index); /* stands twice */
/* Signs the text begun with the keys of these persons (NULL at the end) into world->note. */
void world_sign(struct world *world, const char *const signers[]);
/* One line in the name of a person, made with the keys of another. */
void world_sign_as(struct world *world, const char *name, const char *owner);
/* Sends world->note the real way. */
struct result world_submit(struct world *world);
#define SEND(world, ...) world_send((world), (const char *const[]){__VA_ARGS__, 0})
struct result world_send(struct world *world, const char *const signers[]);
/* The SHA-256 of the text sent last. */
struct hash32 world_text_hash(const struct world *world);

/* --- stages, in this order --- */

void world_genesis_text(struct world *world);
void world_genesis(struct world *world); /* gu and he */
void world_invite(struct world *world, const char *person);
void world_enrol_text(struct world *world, const char *person);
void world_enrol(struct world *world, const char *person, struct hash32 *enrolment);
void world_confirm_text(struct world *world, const char *person, const struct hash32 *enrolment,
                        const char *role);
/* Invited, enrolled and confirmed with the role. */
void world_person(struct world *world, const char *person, const char *role);
void world_people(struct world *world); /* everybody invited, enrolled and confirmed */
/*
 * A ballot gives at most 2 质量奖 and 3 awards; there is 1 place for 质量奖 and 2 in all. 质量奖
 * needs 2/3, 提名奖 more than 1/2; two runoffs.
 */
void world_cycle_text(struct world *world, const char *id, uint64_t year);
void world_cycle(struct world *world);
void world_ceremony_text(struct world *world, const char *id);
void world_deal_text(struct world *world, uint64_t index);
void world_confirm_key_text(struct world *world, uint64_t index);
void world_rehearse_text(struct world *world, uint64_t index);
void world_trustee_sends(struct world *world, uint64_t index);
void world_ceremony(struct world *world); /* dealt, confirmed, rehearsed */
void world_meeting_text(struct world *world, const char *id);
void world_meeting(struct world *world);
void world_sign_in_text(struct world *world, const char *person, unsigned device);
void world_sign_in(struct world *world, size_t members);
void world_recuse_text(struct world *world, const char *person, const char *candidate);
void world_commit(struct world *world);
void world_freeze_text(struct world *world, size_t present);
void world_freeze(struct world *world, size_t present);
void world_reveal_text(struct world *world);
void world_reveal(struct world *world);
/* Everything up to the manifest: the members all signed in, the order drawn. */
void world_ready(struct world *world);

/* --- elections --- */

/* Writes the manifest that the record asks for, open from now for an hour; unsigned. */
void world_manifest(struct world *world, const char *id);
/* The same of a runoff about a tie: its candidates ("gudang xixi"), places and rules. */
struct tie {
    const char *tied;
    const char *grade; /* its name */
    const char *pass;  /* "2/3 实到 不少于" */
    uint64_t left;
};
void world_runoff(struct world *world, const char *id, const struct election *previous,
                  const struct tie *tie);
/* Signs the manifest written and opens the election; it lives as long as the world. */
struct result world_open(struct world *world, const struct election **out);
/* The first round, opened. */
const struct election *world_first_round(struct world *world);

/*
 * The note of a ballot. choices: a grade for each candidate of the election: "2100"; it is 0 where
 * the member is recused.
 */
void world_ballot(struct world *world, const struct election *election, const char *person,
                  const char *choices, struct buffer *note);
struct vote {
    const char *person;
    const char *choices;
};
/* One batch, in the order of tags, at one time. */
struct result world_vote(struct world *world, const struct election *election,
                         const struct vote votes[], size_t count);
/* The first `count` members, all with the same choices, in one batch. */
struct result world_vote_alike(struct world *world, const struct election *election, size_t count,
                               const char *choices);
/* Unsigned texts, for tests that change them; and the same sent. */
void world_burn_text(struct world *world, const struct election *election, const char *person);
struct result world_burn(struct world *world, const struct election *election, const char *person);
void world_close_text(struct world *world, const struct election *election);
struct result world_close_election(struct world *world, const struct election *election);
void world_share_text(struct world *world, const struct election *election, uint64_t index);
struct result world_share(struct world *world, const struct election *election, uint64_t index);
/* States what the record computes. */
void world_result_text(struct world *world, const struct election *election);
struct result world_result(struct world *world, const struct election *election);
/* Lists the elections that stand. */
void world_minutes_text(struct world *world);
struct result world_minutes(struct world *world);

/*
 * --- reviews ---
 *
 *     reviewers an, bo, ci, du       representatives ma (of gudang), mei (of xixi), mo (of none)
 *
 * Everybody below is confirmed besides the officers, qiao and the member m01. A report of the team
 * stands about gudang and xixi, a site report about xixi alone.
 */
#define WORLD_CYCLE "cycle-2026"
#define WORLD_TEAM  "team-one"

void world_review_people(struct world *world);
/* The cycle, with 换人后 unless NULL; the organisations, registered and qualified. */
void world_review(struct world *world, const char *after_change);
void world_organisation_text(struct world *world, const char *id); /* gudang, xixi, yunqi */
void world_delegate_text(struct world *world, const char *organisation, const char *person);
void world_undertake_text(struct world *world, const char *person);
/* All lines 无 but that of `conflict` (or NULL). */
void world_declare_text(struct world *world, const char *person, const char *conflict);
void world_find_text(struct world *world, const char *person, const char *organisation);
void world_reviewers(struct world *world);                 /* all four undertake and declare */
void world_team_text(struct world *world, const char *id); /* an leads bo and ci */
void world_team(struct world *world);
void world_team_change_text(struct world *world, const char *out, const char *in,
                            const char *leader);
/* Everything up to the team. */
void world_team_ready(struct world *world, const char *after_change);

/* The list is that of world_team() and mei; the file is made of id and version. */
void world_report_text(struct world *world, const char *id, uint64_t version, bool site);
struct hash32 world_report_file(const char *id, uint64_t version);
void world_report(struct world *world, const char *id, uint64_t version, bool site);
struct opinion {
    const char *person;
    const char *capacity;
    const char *opinion;
};
void world_sign_off_text(struct world *world, const char *id, uint64_t version,
                         const struct opinion *opinion);
/* "同意" in the capacity that world_report() names. */
struct result world_agree(struct world *world, const char *id, uint64_t version,
                          const char *person);
void world_void_text(struct world *world, const char *id, uint64_t version);
void world_refusal_text(struct world *world, const char *id, uint64_t version);
/*
 * Everything up to the team, and of reports: "paper" v1 complete; "site" v2 open, signed by bo
 * alone, its v1 superseded; "gone" v1 voided; "refused" v1 a site report that the organisation has
 * refused; "plain" v1 a paper report that nobody has signed.
 */
void world_reports(struct world *world);
