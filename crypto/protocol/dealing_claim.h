/*
 * dealing_claim.h - what the proof of a dealing shows; for its maker and its verifier.
 *
 * Protocol section 5, row `dealing`.
 */
#pragma once

#include "primitive/claim.h"
#include "protocol/ceremony.h"
#include "protocol/dealing.h"

/* Views into both arguments. */
void dealing_claim(const struct ceremony *ceremony, const struct dealing *dealing,
                   struct claim *out);
