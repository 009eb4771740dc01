/*
 * plain_status.h - how an objection stands, on a page without scripts.
 *
 * The code was sent in this request and is gone with it: answers are opened in memory, and the page
 * that is written does not hold the code.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/keys.h"
#include "server/html.h"

struct documents;
struct plain_acts;
struct record;

/* The page that asks for the code. `fault`: status.length, status.mistyped or status.none, the
 * first part of the keys of its words; or NULL. */
MUST_CHECK struct result plain_status_ask(struct html *html, const char *fault);

struct plain_status {
    struct record *record;
    struct documents *documents;
    struct hash32 objection;
    const struct keys *keys;
    uint64_t now;
    const struct plain_acts *acts;
};
MUST_CHECK struct result plain_status_write(struct html *html, const struct plain_status *page);
