/*
 * demo_cast.h - the fictional persons and bodies of the demonstration, and their keys.
 *
 * Nobody here exists. Key codes are drawn on the first run and kept below the data folder, readable
 * by the owner alone; a real service never holds one.
 */
#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"
#include "pen/device.h"

#define CAST_MEMBERS 15

struct cast_person {
    const char *id;
    const char *name;
    const char *role; /* its Chinese word */
};

struct cast_body {
    const char *id;
    const char *name;
    const char *code;     /* 统一社会信用代码, with its check character */
    const char *delegate; /* who represents it */
};

/* Two teams; the second bodies' half is the second team's. The first reviewer leads. */
#define CAST_TEAM_SIZE 3

struct cast_team {
    const char *id;
    const char *reviewers[CAST_TEAM_SIZE]; /* ascending */
    size_t first_body;
    size_t body_count;
};

extern const struct cast_person CAST[];
extern const size_t CAST_COUNT;
extern const struct cast_body CAST_BODIES[];
extern const size_t CAST_BODY_COUNT;
extern const struct cast_team CAST_TEAMS[];
extern const size_t CAST_TEAM_COUNT;

/* The member of that number, from 0. */
const struct cast_person *cast_member(size_t number);

/* Who the newcomer plays, and who is recused from what. */
#define CAST_NEWCOMER "member-15"
#define CAST_RECUSED  "member-03"
#define CAST_RECUSAL  "org-04"

/* Whom the newcomer plays in the review, and who has declared an interest in what. */
#define CAST_NEWCOMER_REVIEWER "reviewer-6"
#define CAST_INTERESTED        "reviewer-2"
#define CAST_INTEREST          "org-09"
/* Whom the newcomer plays too with --hands-on; what the second leads and represents. */
#define CAST_LEADER   "reviewer-4"
#define CAST_DELEGATE "delegate-07"
/* Who signs the first version with a reservation. */
#define CAST_RESERVED "reviewer-5"

/* A file of the demonstration: <data>/demo/<person>.<what>. */
struct cast_file {
    char path[3072];
};
MUST_CHECK struct result cast_file(const char *data, const char *person, const char *what,
                                   struct cast_file *out);

/* The key code of a person, drawn and stored on first use. */
MUST_CHECK struct result cast_code(const char *data, const char *person, struct key_code *out);
MUST_CHECK struct result cast_device(const char *data, const char *person, struct bytes origin,
                                     struct device *out);

/* A secret of 32 bytes kept in such a file: vote keys, the bytes of the draw. */
MUST_CHECK struct result cast_keep(const char *data, const char *person, const char *what,
                                   struct bytes secret);
/* NOT_FOUND if there is none yet. */
MUST_CHECK struct result cast_recall(const char *data, const char *person, const char *what,
                                     uint8_t out[static 32]);
