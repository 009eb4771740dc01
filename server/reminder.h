/*
 * reminder.h - whoever gave an address is reminded of tasks: once of a new one, and once more a day
 * before its deadline.
 *
 * A thread of its own looks around every half minute. All that is new to a person is one mail, and
 * the mail says no more than that there is something. What was sent is remembered in a private
 * table, after it was sent: a plug pulled in between sends one twice, never none. A mail server
 * that fails is tried again after some minutes, and nobody waits for it.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

struct documents;
struct readers;
struct reminder;
struct sequencer;

#define REMINDER_AHEAD_SECONDS (24 * 3600)
#define REMINDER_RETRY_SECONDS (10 * 60)

struct reminder_setup {
    struct readers *readers;
    struct sequencer *sequencer;
    struct documents *documents;
    const char *link; /* where a person sees the tasks */
    struct result (*send)(void *context, struct bytes to, const char *link);
    void (*abort)(void *context); /* NULL: sending never takes long */
    void *context;
};

/*
 * One look: sends what is due at `now`. What `send` calls INVALID counts as sent; any other failure
 * ends the round and is returned.
 */
MUST_CHECK struct result reminder_round(const struct reminder_setup *setup, uint64_t now);

MUST_CHECK struct result reminder_start(const struct reminder_setup *setup, struct reminder **out);
/* NULL is allowed. */
void reminder_stop(struct reminder *reminder);
