/*
 * world_notice.h - the world of world.h up to an open notice, and cases on it.
 *
 * Notice "notice-1" shows gudang (质量奖) and xixi (提名奖), runs from now for 7 days and is
 * handled by gu and he, who declared no conflict; lu declared one with xixi and is no handler.
 * Keepers are ka, kb and kc. Objectors are names of keys: "objector-1".
 */
#pragma once

#include "protocol/election.h"
#include "support/world.h"

#define WORLD_NOTICE "notice-1"

/* Everything up to the qualification list, the declarations and the keepers; the election has its
 * result. It lives as long as the world. */
const struct election *world_notice_ready(struct world *world);
void world_rules_text(struct world *world);
void world_notice_text(struct world *world, const struct election *election);
/* Rules and notice, signed and sent. */
void world_notice(struct world *world, const struct election *election);
/* Passes to this many seconds after the notice's start or, if `end`, its end. */
void world_notice_time(struct world *world, bool end, uint64_t seconds);

/* Of an organisation; three identities and one file besides the content. */
void world_objection_text(struct world *world, const char *objector, const char *organisation);
struct result world_objector_sends(struct world *world, const char *objector);
/* Filed; the case. */
struct hash32 world_objection(struct world *world, const char *objector);
/* A text about a case begins, with 案件. */
void world_case_text(struct world *world, const char *type, const struct hash32 *objection);
void world_receive_text(struct world *world, const struct hash32 *objection,
                        const struct hash32 *text);
/* Filed and received; gu and he have declared 无. */
struct hash32 world_case(struct world *world, const char *objector);
struct result world_declare_case(struct world *world, const struct hash32 *objection,
                                 const char *person, const char *interest);
/* Opened by ka and kb to gu, and verified. */
void world_verified(struct world *world, const struct hash32 *objection);
void world_answer_text(struct world *world, const struct hash32 *objection, const char *state,
                       const char *basis);
struct result world_answer(struct world *world, const struct hash32 *objection, const char *state);
void world_report_case_text(struct world *world, const struct hash32 *objection,
                            const char *finding);
/* A summary of the case, whose code gives the key of that name; the term is computed. */
void world_summary_text(struct world *world, const struct hash32 *objection,
                        const char *respondent);
void world_reply_text(struct world *world, const struct hash32 *objection);
struct result world_respondent_sends(struct world *world, const char *respondent);
/* Both: released by gu and he, and replied to. */
void world_heard(struct world *world, const struct hash32 *objection, const char *respondent);
/* Accepted, heard (by the key "respondent"), investigated, reported and answered. */
void world_concluded(struct world *world, const struct hash32 *objection, const char *finding);
