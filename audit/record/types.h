/*
 * types.h - the table of statement types: one row says everything about one kind of statement.
 *
 * Each domain file holds its rows; types.c puts them together. A row names its fields, who signs,
 * what it acts on, where the rule comes from, and three functions: `check` (rules against the
 * state, cheap, run again by the writer), `prove` (zero-knowledge proofs and recomputations that
 * are dear, or NULL) and `apply` (writes the state). docs/statements.md is made from this table.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/statement.h"
#include "record/record.h"

/* Who must have signed a line. */
enum signatory {
    SIGNER_NONE,
    SIGNER_OFFICER,           /* any officer */
    SIGNER_CHAIR,             /* any chair */
    SIGNER_NAMED_CHAIR,       /* the chair that the text itself names */
    SIGNER_MEETING_CHAIR,     /* the chair of the meeting it acts on */
    SIGNER_FIRST_SCRUTINEER,  /* the scrutineers of that meeting, in the order it names them */
    SIGNER_SECOND_SCRUTINEER, /* (both follow each other) */
    SIGNER_MEMBER,            /* the member that the text names */
    SIGNER_TRUSTEE,           /* the trustee of the index that the text names */
    SIGNER_TEAM_LEADER,       /* the leader of the team it acts on, or of the report's team */
    SIGNER_SIGNATORY,         /* the one whom a report.sign names; its rules know the capacity */
    SIGNER_PERSON,            /* the person that the text names, with any role or none */
    SIGNER_ENROLLING,         /* that person, with the key in the text */
    SIGNER_FOUNDERS,          /* every officer that the genesis names, in its order */
    SIGNER_OBJECTOR,          /* the key in the text, or that of the case it names */
    SIGNER_RESPONDENT,        /* the key that the summary of the case it names gave out */
    SIGNER_KEEPER,            /* any identity keeper */
    SIGNER_SERVICE,           /* the service key */
    SIGNER_RING,              /* one of the roll, by the ring proof */
};

#define SIGNERS_IN_ROW 3

/* The lines of one way to sign; rows that allow two ways have two. */
struct signer_list {
    enum signatory lines[SIGNERS_IN_ROW]; /* SIGNER_NONE after the last */
};

/* How the thing a statement acts on is found. */
enum subject_kind {
    SUBJECT_NONE,
    SUBJECT_MEETING,  /* by 会议 */
    SUBJECT_CEREMONY, /* by 密钥仪式 */
    SUBJECT_MANIFEST, /* election.open: by 会议 and 密钥仪式 */
    SUBJECT_ELECTION, /* by 清单, and so its meeting and ceremony */
    SUBJECT_BALLOT,   /* the same, for a ballot */
    SUBJECT_TEAM,     /* by 评审组 */
    SUBJECT_REPORT,   /* by 报告, and so its team */
};

/* What check, prove and apply are given. */
struct fold {
    struct record *record;
    const struct prepared *prepared;
    const struct statement *statement; /* the prepared one's */
    uint64_t time;                     /* of the entry, or of now */
    uint64_t index;                    /* of the entry, or the size of the log */
    bool entering;                     /* the writer asks: it will be this very entry */
};

typedef struct result fold_function(const struct fold *fold);

struct type {
    const struct statement_type *row; /* name, fields */
    struct signer_list signers[2];
    enum subject_kind subject;
    bool never_logged;
    const char *article; /* of the governing document, or "" */
    const char *remark;  /* for docs/statements.md, or "" */
    fold_function *check;
    fold_function *prove; /* or NULL */
    fold_function *apply; /* NULL if never logged */
};

#define ROW(name, array)                                    \
    {                                                       \
        (name), (array), sizeof(array) / sizeof((array)[0]) \
    }

/* The lines of the one way to sign; or one signer's line, or else these. */
#define SIGNED_BY(...)      \
    {                       \
        {                   \
            {               \
                __VA_ARGS__ \
            }               \
        }                   \
    }
#define SIGNED_BY_EITHER(one, ...) \
    {                              \
        {{one}},                   \
        {                          \
            {                      \
                __VA_ARGS__        \
            }                      \
        }                          \
    }

struct type_list {
    const char *file; /* that holds the rows */
    const char *title;
    const struct type *rows;
    size_t count;
};

/* The rows of each domain, in the order of docs/statements.md. */
extern const struct type_list PEOPLE_TYPES;
extern const struct type_list ROLE_TYPES;
extern const struct type_list CYCLE_TYPES;
extern const struct type_list ORGANISATION_TYPES;
extern const struct type_list CONFLICT_TYPES;
extern const struct type_list TEAM_TYPES;
extern const struct type_list REPORT_TYPES;
extern const struct type_list NOTICE_RULES_TYPES;
extern const struct type_list NOTICE_TYPES;
extern const struct type_list EXTENSION_TYPES;
extern const struct type_list LIST_TYPES;
extern const struct type_list LEAD_TYPES;
extern const struct type_list OBJECTION_TYPES;
extern const struct type_list DELIVERY_TYPES;
extern const struct type_list CASE_TYPES;
extern const struct type_list IDENTITY_TYPES;
extern const struct type_list HEARING_TYPES;
extern const struct type_list ANSWER_TYPES;
extern const struct type_list MEETING_TYPES;
extern const struct type_list CEREMONY_TYPES;
extern const struct type_list ELECTION_TYPES;
extern const struct type_list BALLOT_TYPES;
extern const struct type_list TALLY_TYPES;

/* NULL if there is no such type. */
const struct type *type_find(struct bytes name);
size_t type_list_count(void);
const struct type_list *type_list_at(size_t index);

/* Appends the tables of docs/statements.md, or the same as JSON for other implementations. */
MUST_CHECK struct result types_print_markdown(struct buffer *out);
MUST_CHECK struct result types_print_json(struct buffer *out);
/* "meeting's chair": how docs call a signer. */
const char *signer_name(enum signatory signer);
