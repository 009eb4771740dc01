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
};

extern const struct cast_person CAST[];
extern const size_t CAST_COUNT;
extern const struct cast_body CAST_BODIES[];
extern const size_t CAST_BODY_COUNT;

/* Who the newcomer plays, and who is recused from what. */
#define CAST_NEWCOMER "member-15"
#define CAST_RECUSED  "member-03"
#define CAST_RECUSAL  "org-04"

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
