/*
 * view_notice.h - what may be read of notices and of the leads beside them: see view.h.
 *
 * As there: `visit` is called once a row, views in a row live during the call only, a function of
 * one thing is NOT_FOUND "view.unknown" if there is none, an index that has not happened is
 * VIEW_NONE. Nothing here says whom an objection is about: the log does not.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/notice_rules.h"
#include "record/view.h"

struct view_notice {
    struct bytes id;
    struct bytes cycle;
    uint64_t index;
    uint64_t opens;
    uint64_t closes;     /* as extended */
    uint64_t settled;    /* index or VIEW_NONE */
    uint64_t objections; /* how many were filed, late ones too: the last number */
};
typedef struct result view_notice_visit(void *context, const struct view_notice *row);
/* In log order. */
MUST_CHECK struct result view_notices(struct record *record, view_notice_visit *visit,
                                      void *context);
MUST_CHECK struct result view_notice(struct record *record, struct bytes id,
                                     view_notice_visit *visit, void *context);

/* The list, in the order of the notice. */
struct view_listed {
    uint64_t grade;
    struct bytes organisation;
    struct bytes name;
    struct bytes code;
    uint64_t removed; /* index or VIEW_NONE */
};
typedef struct result view_listed_visit(void *context, const struct view_listed *row);
MUST_CHECK struct result view_notice_list(struct record *record, struct bytes id,
                                          view_listed_visit *visit, void *context);

/* Whoever the notice names, by id, with the key that things are sealed to. */
struct view_notice_person {
    struct bytes person;
    struct bytes box_key; /* 32 bytes */
};
typedef struct result view_notice_person_visit(void *context, const struct view_notice_person *row);
MUST_CHECK struct result view_notice_handlers(struct record *record, struct bytes id,
                                              view_notice_person_visit *visit, void *context);
MUST_CHECK struct result view_notice_keepers(struct record *record, struct bytes id,
                                             view_notice_person_visit *visit, void *context);
/* The organisations of the list that a handler has a declared or found conflict with. */
MUST_CHECK struct result view_handler_conflicts(struct record *record, struct bytes id,
                                                struct bytes person, view_word_visit *visit,
                                                void *context);

struct view_publication {
    uint64_t index;
    struct bytes media;
    struct bytes address;
    struct bytes content; /* hash, 32 bytes */
    uint64_t seen;
};
typedef struct result view_publication_visit(void *context, const struct view_publication *row);
MUST_CHECK struct result view_notice_publications(struct record *record, struct bytes id,
                                                  view_publication_visit *visit, void *context);

/* Each time its end was moved, and to when. */
struct view_extension {
    uint64_t index;
    uint64_t days;
    struct bytes resolution;
    uint64_t closes;
};
typedef struct result view_extension_visit(void *context, const struct view_extension *row);
MUST_CHECK struct result view_notice_extensions(struct record *record, struct bytes id,
                                                view_extension_visit *visit, void *context);

/*
 * What the results of a cycle that stand have seated: the highest grade first, inside a grade in
 * the drawn order, which tells nothing of the votes.
 */
struct view_seat {
    struct bytes manifest; /* 32 bytes */
    uint64_t grade;
    struct bytes organisation;
};
typedef struct result view_seat_visit(void *context, const struct view_seat *row);
MUST_CHECK struct result view_seats(struct record *record, struct bytes cycle,
                                    view_seat_visit *visit, void *context);

/* How many were filed on each day (workday.h), days without any left out. */
typedef struct result view_day_visit(void *context, uint64_t day, uint64_t count);
MUST_CHECK struct result view_notice_days(struct record *record, struct bytes id,
                                          view_day_visit *visit, void *context);

/* The part of view_tasks (view.h) that is about notices and cases; none of them is "done". */
MUST_CHECK struct result view_notice_tasks(const struct view_asker *asker, view_task_visit *visit,
                                           void *context);
