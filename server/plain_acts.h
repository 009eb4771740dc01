/*
 * plain_acts.h - what an objector without scripts may do about a case: give more, withdraw.
 *
 * Each asks for the code once more, so that no page has to hold it.
 */
#pragma once

#include <stdint.h>

#include "primitive/hash.h"
#include "server/html.h"
#include "server/plain_draft.h"

/* What was tried, and why it was not done. */
struct plain_acts {
    const char *withdraw;     /* key of what is wrong, or NULL */
    struct plain_draft draft; /* of more material */
    struct result refusal;    /* by the record or the service */
};

/* A form of the status page begins, with the field of the code. */
void plain_code_begin(struct html *html);
void plain_supplement_write(struct html *html, const struct plain_acts *acts,
                            const struct hash32 *objection, uint64_t due);
void plain_withdraw_write(struct html *html, const struct plain_acts *acts,
                          const struct hash32 *objection);
