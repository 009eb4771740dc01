/*
 * plain_words.h - the words of the pages without scripts: key -> Chinese, English, {name} for
 * values. A key that web/i18n has too says the same as there (tests/web/plain_words.test.mjs).
 */
#pragma once

#include <stddef.h>

struct plain_words {
    const char *key;
    const char *zh;
    const char *en;
};

/* NULL if there is no such key. */
const struct plain_words *plain_words_find(const char *key);
size_t plain_words_count(void);
const struct plain_words *plain_words_at(size_t index);
