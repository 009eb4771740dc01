/*
 * plain_words_lists.h - the words of the pages without scripts, a list a file.
 */
#pragma once

#include "server/plain_words.h"

struct plain_words_list {
    const struct plain_words *rows;
    size_t count;
};

extern const struct plain_words_list STATUS_WORDS; /* of receipt and status */
