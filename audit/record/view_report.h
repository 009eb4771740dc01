/*
 * view_report.h - what may be read of organisations, reviews, teams and reports: see view.h.
 *
 * As there: `visit` is called once a row, views in a row live during the call only, a function of
 * one thing is NOT_FOUND "view.unknown" if there is none, an index that has not happened is
 * VIEW_NONE. The state of a report is a function of the log; nothing sets it. Lists of another
 * list's row (the signers of a report …) are read by a second call.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/view.h"

/* --- organisations, in log order --- */

struct view_organisation {
    struct bytes id;
    struct bytes name;
    struct bytes code;           /* 统一社会信用代码 */
    struct bytes representative; /* who represents it now */
    uint64_t index;              /* of its registration */
};
typedef struct result view_organisation_visit(void *context, const struct view_organisation *row);
MUST_CHECK struct result view_organisations(struct record *record, view_organisation_visit *visit,
                                            void *context);
MUST_CHECK struct result view_organisation(struct record *record, struct bytes id,
                                           view_organisation_visit *visit, void *context);

/* --- the review of a cycle --- */

struct view_review {
    struct bytes cycle;
    const char *after_change; /* "保留" or "重签" */
    uint64_t qualified_index; /* of the qualification list, or VIEW_NONE */
};
typedef struct result view_review_visit(void *context, const struct view_review *row);
MUST_CHECK struct result view_review(struct record *record, struct bytes cycle,
                                     view_review_visit *visit, void *context);
/* The ids of the qualified organisations, ascending; and of the teams, in log order. */
MUST_CHECK struct result view_review_qualified(struct record *record, struct bytes cycle,
                                               view_word_visit *visit, void *context);
MUST_CHECK struct result view_review_teams(struct record *record, struct bytes cycle,
                                           view_word_visit *visit, void *context);

/* Who holds 评审员 now, or has undertaken or declared in this cycle; by person id. */
struct view_reviewer {
    struct bytes person;
    uint64_t undertaken; /* index or VIEW_NONE */
    uint64_t declared;   /* index of the last declaration, or VIEW_NONE */
};
typedef struct result view_reviewer_visit(void *context, const struct view_reviewer *row);
MUST_CHECK struct result view_review_reviewers(struct record *record, struct bytes cycle,
                                               view_reviewer_visit *visit, void *context);

/* The conflicts of a cycle, of one person, or of all if `person` is empty; by person, then index.
 */
struct view_conflict {
    struct bytes person;
    struct bytes organisation;
    const char *how; /* "declared", "found"; one organisation may have both */
    uint64_t index;
};
typedef struct result view_conflict_visit(void *context, const struct view_conflict *row);
MUST_CHECK struct result view_review_conflicts(struct record *record, struct bytes cycle,
                                               struct bytes person, view_conflict_visit *visit,
                                               void *context);

/* --- teams, in log order --- */

struct view_team {
    struct bytes id;
    struct bytes cycle;
    struct bytes leader; /* now */
    uint64_t index;
};
typedef struct result view_team_visit(void *context, const struct view_team *row);
MUST_CHECK struct result view_teams(struct record *record, view_team_visit *visit, void *context);
MUST_CHECK struct result view_team(struct record *record, struct bytes id, view_team_visit *visit,
                                   void *context);
/* Who is in it now, leader included, and what it reviews; both ascending by id. */
MUST_CHECK struct result view_team_reviewers(struct record *record, struct bytes team,
                                             view_word_visit *visit, void *context);
MUST_CHECK struct result view_team_organisations(struct record *record, struct bytes team,
                                                 view_word_visit *visit, void *context);
/* The ids of its reports, in log order. */
MUST_CHECK struct result view_team_reports(struct record *record, struct bytes team,
                                           view_word_visit *visit, void *context);

/* In log order. */
struct view_team_change {
    uint64_t index;
    struct bytes out;
    struct bytes in;
};
typedef struct result view_team_change_visit(void *context, const struct view_team_change *row);
MUST_CHECK struct result view_team_changes(struct record *record, struct bytes team,
                                           view_team_change_visit *visit, void *context);

/* --- reports --- */

/* One version of a report. */
struct view_report {
    struct bytes id;
    uint64_t version;
    bool newest;
    struct bytes kind; /* "资料评审报告", "现场评审报告" */
    struct bytes team;
    struct bytes cycle;
    struct bytes title;
    struct hash32 file;
    uint64_t size;         /* bytes of the file */
    struct bytes format;   /* "PDF", "JPEG", "PNG", "TXT" */
    uint64_t deadline;     /* time */
    uint64_t index;        /* of its report.file */
    uint64_t time;         /* of that entry */
    struct hash32 text;    /* SHA-256 of that text */
    const char *state;     /* "open", "complete", "blocked", "void" */
    uint64_t since_index;  /* the entry that made this state */
    uint64_t since;        /* time of that entry */
    uint64_t void_index;   /* or VIEW_NONE */
    const char *void_how;  /* "superseded", "voided", "team"; "" if it is not void */
    uint64_t lines;        /* how many must sign */
    uint64_t done;         /* of these: signed 同意 or 保留意见, or refused with witness */
    uint64_t reservations; /* of these: 保留意见 */
};
typedef struct result view_report_visit(void *context, const struct view_report *row);
/* The newest version of each report, in the order in which the reports were first filed. */
MUST_CHECK struct result view_reports(struct record *record, view_report_visit *visit,
                                      void *context);
/* `version` 0 is the newest. */
MUST_CHECK struct result view_report(struct record *record, struct bytes id, uint64_t version,
                                     view_report_visit *visit, void *context);
/* Every version of a report, the first one first. */
MUST_CHECK struct result view_report_versions(struct record *record, struct bytes id,
                                              view_report_visit *visit, void *context);
/* The organisations it is about, ascending by id; the same in every version. */
MUST_CHECK struct result view_report_organisations(struct record *record, struct bytes id,
                                                   view_word_visit *visit, void *context);

/* One line of the must-sign list as it now stands, in its order. */
struct view_report_signer {
    struct bytes person;
    struct bytes capacity;     /* "组长", "评审员", "受评组织" */
    struct bytes organisation; /* of 受评组织; else empty */
    uint64_t index;            /* of the signature, or VIEW_NONE */
    struct bytes opinion; /* "同意", "保留意见", "不同意"; the next three too: "" or zero
                             unless there is an index */
    struct bytes reason;  /* "#…", or empty */
    uint64_t time;        /* of the entry */
    struct hash32 text;   /* SHA-256 of the signed text */
    uint64_t refusal;     /* index of the report.refusal of this organisation, or VIEW_NONE */
};
typedef struct result view_report_signer_visit(void *context, const struct view_report_signer *row);
MUST_CHECK struct result view_report_signers(struct record *record, struct bytes id,
                                             uint64_t version, view_report_signer_visit *visit,
                                             void *context);
/*
 * Signatures of this version that no longer count, because the person was replaced in the team
 * (or as the organisation's representative) under 保留; in log order.
 */
MUST_CHECK struct result view_report_former(struct record *record, struct bytes id,
                                            uint64_t version, view_report_signer_visit *visit,
                                            void *context);

/*
 * What the evidence of a version holds, ascending and each once: its report.file; every
 * report.sign, report.refusal and report.void of it; the next version's report.file; every
 * team.replace and organisation.delegate that voided it or changed its list (with the team.form and
 * cycle.open if it voided it, and every later team.replace before a report.void); and for everybody
 * who signed one of these, the entry that holds the confirmed keys: the person.enrol, or entry 0
 * for an officer of the genesis.
 */
typedef struct result view_index_visit(void *context, uint64_t index);
MUST_CHECK struct result view_report_evidence(struct record *record, struct bytes id,
                                              uint64_t version, view_index_visit *visit,
                                              void *context);

/* --- documents --- */

/* The versions that name a file, the newest entry first; none at all is OK. */
struct view_document {
    struct bytes report;
    uint64_t version;
    uint64_t index;
    uint64_t size; /* as named there */
    struct bytes format;
};
typedef struct result view_document_visit(void *context, const struct view_document *row);
MUST_CHECK struct result view_document(struct record *record, const struct hash32 *file,
                                       view_document_visit *visit, void *context);

/*
 * Whether a person may read the document: officers, members, chairs; the team of a report that
 * names it, and the list of the version that does, both as they now stand. False for a person
 * who is not confirmed or is revoked, and for a file that no report names.
 */
MUST_CHECK struct result view_may_read_document(struct record *record, struct bytes person,
                                                const struct hash32 *file, bool *out);
/* Whether a person leads the team of a report that names the document. */
MUST_CHECK struct result view_leads_document(struct record *record, struct bytes person,
                                             const struct hash32 *file, bool *out);
