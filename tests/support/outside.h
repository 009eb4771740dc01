/*
 * outside.h - a signing key beside the group: valid signatures, but not by one person's one key.
 *
 * Adding a point of order 8 to a key gives eight keys whose signatures can be made to verify, so
 * whoever compares keys takes one person for another. Such a key has to be refused where it is
 * offered (protocol section 4): no signature betrays it.
 */
#pragma once

#include "primitive/signature.h"
#include "support/world.h"

struct outside_key {
    uint8_t scalar[32];
    struct public_key key;
};

void outside_make(struct outside_key *out);
/* Signs the text begun as `name`; the signature is one that libsodium accepts. */
void outside_sign(const struct outside_key *key, struct world *world, const char *name);
