/*
 * words.h - the words of the service's own rules, which the record does not know: addresses, sizes,
 * sessions, tokens, the data folder. All others stand in audit/record/refusal.c.
 */
#pragma once

#include "record/refusal.h"

/* The row of a rule, the service's or the record's; the row "internal" if neither knows it. */
const struct refusal *words_find(const char *rule);

size_t words_count(void);
const struct refusal *words_at(size_t index);
