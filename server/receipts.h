/*
 * receipts.h - what a submitter gets: a receipt once the text is logged, an acceptance before.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "primitive/hash.h"
#include "server/exchange.h"

/* 200 and the receipt of the entry at `index`, under the last published checkpoint. */
MUST_CHECK struct result receipts_answer(struct app *app, uint64_t index,
                                         struct response *response);
/* Appends the receipt. */
MUST_CHECK struct result receipts_write(struct app *app, uint64_t index, struct buffer *out);
/* 202 and a note by the service key: this text will be logged until then (protocol section 6). */
MUST_CHECK struct result receipts_accept(struct app *app, const struct hash32 *text_hash,
                                         uint64_t promise, struct response *response);
