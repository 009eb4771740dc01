/*
 * view.h - what may be read of the record, as plain structs: the SQL behind the service's JSON.
 *
 * Each function calls `visit` once a row, in the order stated, and stops at the first failure,
 * which it returns. Views in a row live during the call only. A function of one thing visits at
 * most once and is NOT_FOUND "view.unknown" if there is none. An index that says that something
 * has not happened is VIEW_NONE.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/group.h"
#include "primitive/hash.h"

#define VIEW_NONE UINT64_MAX

struct record;

/* The genesis: who this log is. NOT_FOUND before entry 0. */
struct view_genesis {
    struct bytes origin;
    struct hash32 text_hash;
    uint8_t log_key[32];
    uint8_t service_key[32];
};
typedef struct result view_genesis_visit(void *context, const struct view_genesis *row);
MUST_CHECK struct result view_genesis(struct record *record, view_genesis_visit *visit,
                                      void *context);

/* In log order. */
struct view_cycle {
    struct bytes id;
    uint64_t year;
    uint64_t index;
};
typedef struct result view_cycle_visit(void *context, const struct view_cycle *row);
MUST_CHECK struct result view_cycles(struct record *record, view_cycle_visit *visit, void *context);

struct view_meeting {
    struct bytes id;
    struct bytes cycle;
    struct bytes place;
    uint64_t time;
    const char *state; /* "open", "frozen", "closed" */
    struct bytes chair;
    uint64_t quorum;
    uint64_t index;
    const char *draw;       /* "none", "committed", "revealed", "recorded" */
    uint64_t freeze_index;  /* or VIEW_NONE */
    uint64_t present;       /* after the freeze */
    uint64_t minutes_index; /* or VIEW_NONE */
};
typedef struct result view_meeting_visit(void *context, const struct view_meeting *row);
/* All meetings in log order. */
MUST_CHECK struct result view_meetings(struct record *record, view_meeting_visit *visit,
                                       void *context);
MUST_CHECK struct result view_meeting(struct record *record, struct bytes id,
                                      view_meeting_visit *visit, void *context);

/* One word a row: scrutineers and appointed as the meeting names them. */
typedef struct result view_word_visit(void *context, struct bytes word);
MUST_CHECK struct result view_meeting_scrutineers(struct record *record, struct bytes meeting,
                                                  view_word_visit *visit, void *context);
MUST_CHECK struct result view_meeting_appointed(struct record *record, struct bytes meeting,
                                                view_word_visit *visit, void *context);
/* The ids of the candidates in drawn order; no row before the draw is known and frozen. */
MUST_CHECK struct result view_meeting_order(struct record *record, struct bytes meeting,
                                            view_word_visit *visit, void *context);

struct view_candidate {
    struct bytes id;
    struct bytes name;
};
typedef struct result view_candidate_visit(void *context, const struct view_candidate *row);
MUST_CHECK struct result view_meeting_candidates(struct record *record, struct bytes meeting,
                                                 view_candidate_visit *visit, void *context);

/* The sign-in that stands, of each person, by person id. */
struct view_signin {
    struct bytes person;
    uint64_t index;
    struct point vote_key;
};
typedef struct result view_signin_visit(void *context, const struct view_signin *row);
MUST_CHECK struct result view_meeting_signins(struct record *record, struct bytes meeting,
                                              view_signin_visit *visit, void *context);

struct view_recusal {
    struct bytes person;
    struct bytes candidate;
    uint64_t index;
};
typedef struct result view_recusal_visit(void *context, const struct view_recusal *row);
MUST_CHECK struct result view_meeting_recusals(struct record *record, struct bytes meeting,
                                               view_recusal_visit *visit, void *context);

struct view_election {
    struct bytes id;
    struct bytes meeting;
    struct hash32 manifest; /* M */
    uint64_t round;
    const char *state; /* "open", "closed", "tallied", "decided", "cancelled" */
    uint64_t index;
    uint64_t opens;
    uint64_t closes;
    uint64_t window; /* seconds */
    uint64_t roll;
    uint64_t ballots;
    uint64_t burned;
    uint64_t threshold;
    uint64_t close_index; /* or VIEW_NONE */
    bool has_sums;        /* after the close */
    struct hash32 sums_hash;
    uint64_t result_index; /* or VIEW_NONE */
    uint64_t cancel_index; /* of the entry that cancelled it, or VIEW_NONE */
};
typedef struct result view_election_visit(void *context, const struct view_election *row);
/* All elections in log order. */
MUST_CHECK struct result view_elections(struct record *record, view_election_visit *visit,
                                        void *context);
MUST_CHECK struct result view_election(struct record *record, struct bytes id,
                                       view_election_visit *visit, void *context);
/* Those of a meeting, in log order. */
MUST_CHECK struct result view_meeting_elections(struct record *record, struct bytes meeting,
                                                view_election_visit *visit, void *context);

struct view_trustee {
    uint64_t index;
    struct bytes person;
    uint64_t dealt; /* entry index or VIEW_NONE; the same for the two below */
    uint64_t confirmed;
    uint64_t rehearsed;
    bool shared; /* of an election only */
};
typedef struct result view_trustee_visit(void *context, const struct view_trustee *row);
/* The trustees of an election, by index. */
MUST_CHECK struct result view_election_trustees(struct record *record,
                                                const struct hash32 *manifest,
                                                view_trustee_visit *visit, void *context);

struct view_ceremony {
    struct bytes id;
    struct hash32 hash;
    const char *state; /* "dealing", "confirming", "rehearsing", "ready", "disputed" */
    uint64_t threshold;
    uint64_t index;
    bool has_key; /* K is known once all have dealt */
    struct point key;
    uint64_t judged; /* trustee found wrong in a dispute, by index; 0 if none */
};
typedef struct result view_ceremony_visit(void *context, const struct view_ceremony *row);
MUST_CHECK struct result view_ceremonies(struct record *record, view_ceremony_visit *visit,
                                         void *context);
MUST_CHECK struct result view_ceremony(struct record *record, struct bytes id,
                                       view_ceremony_visit *visit, void *context);
MUST_CHECK struct result view_ceremony_trustees(struct record *record, const struct hash32 *hash,
                                                view_trustee_visit *visit, void *context);

/* By id. */
struct view_person {
    struct bytes id;
    const char *state;        /* "invited", "enrolled", "confirmed", "revoked" */
    struct bytes hidden_name; /* "#…" */
    uint64_t invite_index;    /* entry 0 for a genesis officer */
    uint64_t enrol_index;     /* the last, or the confirmed one; or VIEW_NONE */
    struct hash32 enrol_hash; /* SHA-256 of its text; zeros if none */
    uint64_t confirm_index;   /* or VIEW_NONE */
    uint8_t sign_key[32];     /* once confirmed */
};
typedef struct result view_person_visit(void *context, const struct view_person *row);
MUST_CHECK struct result view_people(struct record *record, view_person_visit *visit,
                                     void *context);
MUST_CHECK struct result view_person(struct record *record, struct bytes id,
                                     view_person_visit *visit, void *context);
/* The roles a person holds now, by their Chinese words. */
MUST_CHECK struct result view_person_roles(struct record *record, struct bytes person,
                                           view_word_visit *visit, void *context);
MUST_CHECK struct result view_has_role(struct record *record, struct bytes person, const char *role,
                                       bool *out);

/* What waits for a person, by the type of statement that would do it. */
struct view_task {
    const char *kind;    /* "trustee.deal", "meeting.signin", "ballot", "person.confirm" … */
    struct bytes object; /* id of the person, meeting, ceremony, election, cycle, team, report or
                            notice; the serial number of a case, as receipts print it */
    const char *state;   /* "todo", "waiting" (on others), "done" */
    uint64_t since;      /* time of the entry that asks for it, or of the term that did */
    uint64_t deadline;   /* of a report.sign, a ballot, a case or a publication; else VIEW_NONE */
    struct hash32 file;  /* document of report.sign and report.upload; else zeros */
    struct hash32 objection; /* the case; else zeros */
};
/* Whose tasks, as of when. */
struct view_asker {
    struct record *record;
    struct bytes person;
    uint64_t now;
};
/*
 * Whether a document has arrived only the service knows: "report.upload" is told of every version
 * that stands, and is for the service to leave out once it has the file.
 */
typedef struct result view_task_visit(void *context, const struct view_task *row);
MUST_CHECK struct result view_tasks(const struct view_asker *asker, view_task_visit *visit,
                                    void *context);
