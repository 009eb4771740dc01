/*
 * invite.h - the token of an invitation: 128 random bits, single use, 72 hours, stored hashed.
 *
 * Without it nobody's device can offer keys for an invited person. Protocol section 4.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "server/ticket.h"

#define INVITE_SECONDS    (72 * 3600)
#define INVITE_TOKEN_SIZE 32 /* hex */

/*
 * Makes a ticket for a person.enrol use its token, in the transaction that logs it; others are
 * left alone. The refusals come with the ticket: UNAUTHORIZED "invite.token" (none, unknown, used,
 * expired, or another person's).
 */
MUST_CHECK struct result invite_admit(struct ticket *ticket, struct bytes token);

/* Draws a token; it is written with a zero byte. */
MUST_CHECK struct result invite_draw(char token[static INVITE_TOKEN_SIZE + 1]);
/* On the writer: stores the token in place of the person's earlier one. */
MUST_CHECK struct result invite_store(struct record *record, struct bytes person,
                                      struct bytes token, uint64_t now);
