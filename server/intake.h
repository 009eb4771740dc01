/*
 * intake.h - what the service itself says of objections: all parts came, or their time is over.
 *
 * A thread of its own looks at every text whose parts are awaited: after each document that was
 * stored, and every half minute. What was found is logged under the service key, so that whatever
 * the plug was pulled on is found again at the next look. It also destroys the files of identities
 * that were erased, as soon as that is logged. Protocol section 8.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"

struct documents;
struct identity;
struct intake;
struct pipeline;
struct readers;
struct ticket;

struct intake_setup {
    struct readers *readers;
    struct pipeline *pipeline;
    struct documents *documents;
    const struct identity *identity;
};

/* One look at `now`; the first failure ends it. */
MUST_CHECK struct result intake_round(const struct intake_setup *setup, uint64_t now);

MUST_CHECK struct result intake_start(const struct intake_setup *setup, struct intake **out);
/* Looks soon. NULL is allowed. */
void intake_wake(struct intake *intake);
/* This was logged: an identity that is erased is destroyed at once. NULL is allowed. */
void intake_logged(struct intake *intake, const struct ticket *ticket);
/* While others may still wake it. NULL is allowed. */
void intake_stop(struct intake *intake);
