/*
 * plain_receipt.h - what an objector without scripts keeps: that it was received, and the code.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/keys.h"
#include "server/html.h"

struct record;

struct plain_receipt {
    struct record *record;
    struct bytes notice;
    struct hash32 text_hash; /* the case */
    struct bytes text;       /* that was signed */
    const struct key_code *code;
    struct bytes key; /* fingerprint of the log's */
    size_t files;
    size_t seals;
};

/* Of a case that the log has. */
MUST_CHECK struct result plain_receipt_write(struct html *html, const struct plain_receipt *page);
