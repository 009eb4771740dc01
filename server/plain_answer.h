/*
 * plain_answer.h - what a status page without scripts shows of sealed things: answers, opened in
 * memory for whoever holds the code, and who has opened the identity.
 */
#pragma once

#include "base/result.h"
#include "primitive/box.h"
#include "primitive/hash.h"
#include "server/html.h"

struct documents;
struct record;

/*
 * Appends the words of an answer. What cannot be shown leaves them empty and names in `instead` the
 * words that say so: status.answer.wait, .bad, plain.status.answer.large.
 */
MUST_CHECK struct result plain_answer_open(struct documents *documents, const struct hash32 *hash,
                                           const struct box_pair *reader, struct buffer *words,
                                           const char **instead);

/* Each opening of the identity: when, to whom, by which keepers, why. */
MUST_CHECK struct result plain_openings_write(struct html *html, struct record *record,
                                              const struct hash32 *objection);
