/*
 * audience.h - who may read the hidden fields that have been opened to the service.
 *
 * Names: everybody with a session, because those who work together know each other. Everything
 * else: officers and whoever signed the statement. The reasons of a report's signatures, voidings
 * and refusals are also for the report's team, the members and the chair; those of a refusal for
 * the organisation's representative too. Protocol section 3.
 */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/result.h"

struct record;

struct audience {
    struct record *record;
    struct bytes person; /* who has a session */
    bool officer;
    bool committee; /* a member or a chair */
};

MUST_CHECK struct result audience_open(struct record *record, struct bytes person,
                                       struct audience *out);

/* Where a hidden field stands. */
struct audience_field {
    struct bytes type;
    struct bytes label;
    struct bytes entry;    /* that holds the statement, or empty */
    struct bytes proposal; /* the note that waits for more signatures, or empty */
    uint64_t index;        /* of the entry, if there is one */
};
MUST_CHECK struct result audience_may_read(const struct audience *audience,
                                           const struct audience_field *field, bool *out);
