/*
 * view_case.h - what may be read of objections and cases: see view.h.
 *
 * As there: `visit` is called once a row, views in a row live during the call only, an index or a
 * time that has not happened is VIEW_NONE. What is sealed is not here: only its hashes and sizes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "primitive/signature.h"
#include "record/view.h"

struct view_case {
    struct hash32 hash;
    struct bytes notice;
    uint64_t number;
    uint64_t index;
    uint64_t time;
    bool late;
    struct bytes state;
    uint64_t since;        /* index */
    uint64_t due;          /* time of the term that runs, or VIEW_NONE */
    uint64_t closed;       /* index or VIEW_NONE */
    struct bytes verified; /* or empty */
    struct bytes assigned; /* or empty */
    bool joined;
    bool erased;
};
typedef struct result view_case_visit(void *context, const struct view_case *row);
/* NOT_FOUND "view.unknown". */
MUST_CHECK struct result view_case(struct record *record, const struct hash32 *hash,
                                   view_case_visit *visit, void *context);
MUST_CHECK struct result view_case_numbered(struct record *record, struct bytes notice,
                                            uint64_t number, view_case_visit *visit, void *context);
/* The cases of a notice, by number. */
MUST_CHECK struct result view_cases(struct record *record, struct bytes notice,
                                    view_case_visit *visit, void *context);
/* The case of an objector's key; NOT_FOUND "view.unknown". */
MUST_CHECK struct result view_case_of_key(struct record *record, const struct public_key *key,
                                          struct hash32 *out);

/* What was done, in log order. */
struct view_act {
    uint64_t index;
    uint64_t time;
    struct bytes type;
    struct bytes state; /* after it */
};
typedef struct result view_act_visit(void *context, const struct view_act *row);
MUST_CHECK struct result view_case_acts(struct record *record, const struct hash32 *hash,
                                        view_act_visit *visit, void *context);

/* Every term, in log order. It was missed if `met`, or now, is after `due`. */
struct view_term {
    uint64_t index;
    struct bytes state;
    uint64_t due;
    uint64_t met; /* time or VIEW_NONE */
};
typedef struct result view_term_visit(void *context, const struct view_term *row);
MUST_CHECK struct result view_case_terms(struct record *record, const struct hash32 *hash,
                                         view_term_visit *visit, void *context);

/* Each opening of the identity. */
struct view_identity_opening {
    uint64_t index;
    struct bytes reader;
    struct bytes keepers[2];
};
typedef struct result view_identity_opening_visit(void *context,
                                                  const struct view_identity_opening *row);
MUST_CHECK struct result view_case_openings(struct record *record, const struct hash32 *hash,
                                            view_identity_opening_visit *visit, void *context);

/* What a handler has last declared on a case; who has said nothing is not among them. */
typedef struct result view_declaration_visit(void *context, struct bytes person, bool conflict);
MUST_CHECK struct result view_case_declarations(struct record *record, const struct hash32 *hash,
                                                view_declaration_visit *visit, void *context);

/* A sealed file of a case: the objector's parts, and those of case_file.h. */
struct view_case_file {
    struct hash32 objection;
    struct hash32 hash;
    struct hash32 text; /* that names a part; zeros for a file of the office */
    uint64_t index;     /* of that text */
    uint64_t size;
    struct bytes kind;  /* 正文, 身份, 附件, 身份附件, 答复, 报告, 摘要, 陈述 */
    struct bytes state; /* that an answer states, or the finding of a report */
    struct bytes basis; /* of an answer */
};
typedef struct result view_case_file_visit(void *context, const struct view_case_file *row);
MUST_CHECK struct result view_case_files(struct record *record, const struct hash32 *hash,
                                         view_case_file_visit *visit, void *context);
/* Wherever a file is named; nowhere once it was an identity that is erased. None at all is OK. */
MUST_CHECK struct result view_sealed_file(struct record *record, const struct hash32 *file,
                                          view_case_file_visit *visit, void *context);
/*
 * Content, files, reports, summaries and replies: handlers who have declared 无. Identities: the
 * keepers who signed an opening of this case, and whom it was opened to, until it is erased.
 */
MUST_CHECK struct result view_may_read_sealed(struct record *record, struct bytes person,
                                              const struct hash32 *file, bool *out);

/*
 * Summaries that were released, in log order. To whom is not in the log: the sealed document itself
 * says which keys open it.
 */
struct view_hearing {
    struct hash32 objection;
    struct hash32 summary; /* the sealed document */
    struct bytes notice;
    uint64_t number;
    uint64_t index;
    uint64_t size;
    uint64_t due;     /* time of the last instant to reply */
    uint64_t replied; /* index or VIEW_NONE */
    bool closed;      /* the case */
};
typedef struct result view_hearing_visit(void *context, const struct view_hearing *row);
MUST_CHECK struct result view_hearings(struct record *record, view_hearing_visit *visit,
                                       void *context);

/* The files of identities that were erased: they must not be there any more. */
MUST_CHECK struct result view_erased_files(struct record *record, view_case_file_visit *visit,
                                           void *context);

/* Texts whose parts have neither come nor lapsed, of cases that are open; by index. */
struct view_awaited {
    struct hash32 objection;
    struct hash32 text;
    uint64_t due;
};
typedef struct result view_awaited_visit(void *context, const struct view_awaited *row);
MUST_CHECK struct result view_awaited_texts(struct record *record, view_awaited_visit *visit,
                                            void *context);
/* The files that one text names. */
MUST_CHECK struct result view_text_files(struct record *record, const struct hash32 *text,
                                         view_case_file_visit *visit, void *context);
