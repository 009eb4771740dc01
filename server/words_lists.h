/*
 * words_lists.h - the words of the service's rules, a list a file; words.c looks through all.
 */
#pragma once

#include "record/refusal_lists.h"

extern const struct refusal_list SERVICE_WORDS;
extern const struct refusal_list DOCUMENT_WORDS;
extern const struct refusal_list CONTACT_WORDS;
extern const struct refusal_list OBJECTION_WORDS;
extern const struct refusal_list RATE_WORDS;
