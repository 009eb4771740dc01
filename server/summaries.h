/*
 * summaries.h - to whom a released summary of a case is sealed.
 *
 * The log does not say whom a case is about, and nor does the service: whoever holds a key that the
 * sealed document names may have it. Nothing is opened. Rule C23.
 */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/view_case.h"

struct documents;
struct record;

/*
 * Whether this person is the one outside the office who is told: the key of a person who stands is
 * among the document's readers, and the person is no handler of the notice. False while the
 * document has not come.
 */
MUST_CHECK struct result summary_is_for(struct record *record, struct documents *documents,
                                        struct bytes person, const struct view_hearing *row,
                                        bool *out);
/* The same of a document, whichever summary it is; false if it is none. */
MUST_CHECK struct result summary_may_read(struct record *record, struct documents *documents,
                                          struct bytes person, const struct hash32 *document,
                                          bool *out);
