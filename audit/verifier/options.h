/*
 * options.h - a command line of words, and --name value pairs: `verify DIR --vkey FILE`.
 */
#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"

#define OPTIONS_MAX 64

struct options {
    const char *words[OPTIONS_MAX]; /* without the options */
    size_t word_count;
    const char *names[OPTIONS_MAX]; /* without the dashes */
    const char *values[OPTIONS_MAX];
    size_t pair_count;
    const char *misused; /* the argument that made reading fail */
};

/* `known` is a list of option names, ended by NULL. INVALID "options.unknown", "options.value". */
MUST_CHECK struct result options_read(int count, char *const arguments[], const char *const known[],
                                      struct options *out);

/* NULL if it was not given. */
const char *option(const struct options *options, const char *name);
/* INVALID "options.missing" with the name as field. */
MUST_CHECK struct result option_require(const struct options *options, const char *name,
                                        const char **out);
/* `otherwise` if it was not given; INVALID "options.number". */
MUST_CHECK struct result option_number(const struct options *options, const char *name,
                                       uint64_t otherwise, uint64_t *out);
