/*
 * demo_stage.h - what the helpers of the demonstration work with, and the small acts they share.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "server/demo_cast.h"
#include "server/demo_client.h"
#include "server/demo_sitting.h"

/* Ids of the demonstration; those of a year's sitting stand in demo_sitting.h. */
#define STAGE_CEREMONY "keys-2026"
#define STAGE_PAPER    "paper-2026-1" /* the report that is complete */
#define STAGE_SITE     "site-2026-1"  /* the one that waits for the newcomer */

struct stage {
    const char *data;
    struct client client;
    const struct sitting *sitting; /* the year that is played */
    bool hands_on; /* the newcomer plays chair, officer, leader and representative too */
};

/* Replaces *text by a text of this type for the stage's log. */
MUST_CHECK struct result stage_compose(struct stage *stage, const char *type,
                                       const struct stage_field fields[], size_t count,
                                       struct buffer *text);

/* Signs as these persons, in order (ended by NULL), and hands the note in. */
MUST_CHECK struct result stage_sign(struct stage *stage, struct bytes text,
                                    const char *const persons[], const char *token);

/* A hidden value, as a field ("#…") in *field. The caller draws the salt and keeps it. */
MUST_CHECK struct result stage_hide(const char *type, const char *label, const char *value,
                                    const uint8_t salt[static 32], struct buffer *field);

/* A hidden field of a statement, to be opened to those who may read it once that is logged. */
struct stage_reason {
    const char *type;
    const char *label;
    const char *value;
    uint8_t salt[32]; /* drawn by stage_add_reason */
};
MUST_CHECK struct result stage_add_reason(struct stage_reason *reason, struct buffer *text);
MUST_CHECK struct result stage_open_reason(struct stage *stage, const struct stage_reason *reason,
                                           struct bytes text);

/*
 * One step: *acted says that it did something (the log has grown), *blocked that it waits for
 * somebody else, so that later steps must wait too.
 */
struct step_outcome {
    bool acted;
    bool blocked;
};
typedef struct result stage_step(struct stage *stage, struct step_outcome *outcome);

stage_step step_genesis;
stage_step step_people;

/* The review: organisations, their list, undertakings, conflicts, teams. */
stage_step step_organisations;
stage_step step_list;
stage_step step_reviewers;
stage_step step_teams;
/* Its reports: filed, handed in, signed. */
stage_step step_reports;
stage_step step_documents;
stage_step step_signatures;

/* The notice: officers' declarations and rules before the meeting; opened once it is minuted. */
stage_step step_interests;
stage_step step_notice_rules;
stage_step step_notice;

/* The objections that helpers have filed to the year before, and what became of them so far. */
stage_step step_objections;
stage_step step_cases;

/* A year begins: its rules, its meeting with the helpers' sign-ins, a commitment to the draw. */
stage_step step_cycle;
stage_step step_ceremony;
stage_step step_meeting;
stage_step step_signins;
stage_step step_commit;
/* ... and goes on, from freeze to minutes. */
stage_step step_freeze;
stage_step step_reveal;
stage_step step_open;
stage_step step_ballots;
stage_step step_close;
stage_step step_shares;
stage_step step_result;
stage_step step_minutes;

/* Before the newcomer: everybody's keys and the year before, as far as its open notice; then this
 * year's cycle and meeting. */
extern stage_step *const YEAR_BEFORE[];
extern const size_t YEAR_BEFORE_COUNT;
extern stage_step *const SETTING[];
extern const size_t SETTING_COUNT;

/* The id of the year's meeting. */
struct bytes stage_meeting(const struct stage *stage);

/* Whether chair, officers and a trustee are the newcomer: with --hands-on, in this year alone. */
bool stage_is_hands_on(const struct stage *stage);

/* A step of the chair's or an officer's: *acted, or *blocked where the newcomer plays them. */
MUST_CHECK struct result stage_official(struct stage *stage, struct step_outcome *outcome,
                                        struct bytes text, const char *const persons[]);

/* Breaks a tie: a runoff among the tied, or the first round's result again after the last one. */
stage_step step_runoff;
#define STAGE_OPENS_AFTER 2
#define STAGE_OPEN_FOR    3600

/* With the newcomer: freeze to minutes; and, whatever the meeting waits for, the signatures of
 * reports. */
extern stage_step *const PLAY[];
extern const size_t PLAY_COUNT;
extern stage_step *const REVIEW_PLAY[];
extern const size_t REVIEW_PLAY_COUNT;

/* The state of a person: "none", "invited", "enrolled", "confirmed", "revoked". */
MUST_CHECK struct result stage_person(struct stage *stage, const char *person, const char **state);
/* SHA-256 of the text of the person's enrolment. */
MUST_CHECK struct result stage_enrolment(struct stage *stage, const char *person,
                                         struct hash32 *out);
/* Whether the person's sign-in to the meeting stands. */
MUST_CHECK struct result stage_is_present(struct stage *stage, const char *person, bool *present);
