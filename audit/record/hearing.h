/*
 * hearing.h - the right of reply of the organisation that a case is about.
 *
 * Two handlers release a summary, sealed to the organisation's representative and to the handlers;
 * it carries a code drawn for this one case. The log never says whom a case is about, so nobody
 * signs for the organisation by name: the reply is signed by the key that the code gives. Nothing
 * is found before the reply is there or its term is over, and nothing is upheld unheard. Rule C23;
 * attack E18.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "primitive/signature.h"
#include "record/objection.h"
#include "record/types.h"

struct hearing {
    bool released;
    struct public_key reply_key;
    uint64_t due; /* time of the last instant to reply */
    bool replied;
};

/* OK also where nothing was released. */
MUST_CHECK struct result hearing_load(struct record *record, const struct hash32 *objection,
                                      struct hearing *out);
/* The key that signs for the case named. NOT_FOUND "case.unsummarised". */
MUST_CHECK struct result hearing_key(const struct fold *fold, struct public_key *out);
/*
 * Whether this may now be found: CONFLICT "case.hearing" while the reply is awaited; INVALID
 * "case.unheard" for an objection upheld, in whole or in part, of which the organisation was told
 * nothing.
 */
MUST_CHECK struct result hearing_check_finding(const struct fold *fold,
                                               const struct objection *objection,
                                               struct bytes finding);
