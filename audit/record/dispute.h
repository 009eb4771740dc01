/*
 * dispute.h - a share that does not fit: the complaint that ends a ceremony, and the judgement.
 *
 * The dealer may publish the share and its ephemeral secret; the complainer is wrong iff the
 * plaintext is right in every part and sealing it again gives the logged bytes, else the dealer.
 * Protocol section 6.
 */
#pragma once

#include "base/result.h"
#include "record/types.h"

MUST_CHECK struct result complain_check(const struct fold *fold);
MUST_CHECK struct result complain_apply(const struct fold *fold);
MUST_CHECK struct result publish_check(const struct fold *fold);
MUST_CHECK struct result publish_apply(const struct fold *fold);
