/*
 * refusal.h - the words of every rule: what happened, on what basis, and what to do now.
 *
 * Rules are named "noun.rule" where they are checked. People read the words of this table, in
 * Chinese and in English, with the article of the governing document where there is one.
 */
#pragma once

#include <stddef.h>

struct refusal_words {
    const char *zh;
    const char *en;
};

struct refusal {
    const char *rule;
    const char *article; /* such as "第二十条", or "" */
    struct refusal_words what;
    struct refusal_words basis;
    struct refusal_words advice; /* "do" in JSON */
};

/* The row of a rule; an unknown or NULL rule has the row "internal". Never NULL. */
const struct refusal *refusal_find(const char *rule);

size_t refusal_count(void);
const struct refusal *refusal_at(size_t index);
