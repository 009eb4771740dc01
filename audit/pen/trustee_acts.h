/*
 * trustee_acts.h - the statements of a trustee: deal, confirm, rehearse, open the sums.
 *
 * A trustee needs nothing but the key code; everything else comes from the folded record. Each act
 * replaces *text by the text to sign. Protocol section 6.
 *
 * Failures: "trustee.index" (the device's person is not a trustee here), "trustee.early" (others
 * have not dealt), "share.sealed" and "share.value" with the dealer in `at` (complain instead).
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "pen/device.h"
#include "protocol/election.h"
#include "record/record.h"

MUST_CHECK struct result act_deal(const struct device *device, struct record *record,
                                  struct bytes ceremony, struct buffer *text);
MUST_CHECK struct result act_confirm(const struct device *device, struct record *record,
                                     struct bytes ceremony, struct buffer *text);
MUST_CHECK struct result act_rehearse(const struct device *device, struct record *record,
                                      struct bytes ceremony, struct buffer *text);
/* Against the dealing of trustee `dealer` (from 1), whose share does not open or does not fit. */
MUST_CHECK struct result act_complain(const struct device *device, struct record *record,
                                      struct bytes ceremony, uint64_t dealer, struct buffer *text);
/* The dealer's answer to trustee `complainer`: that one share and its ephemeral secret, in clear.
 */
MUST_CHECK struct result act_publish(const struct device *device, struct record *record,
                                     struct bytes ceremony, uint64_t complainer,
                                     struct buffer *text);
/*
 * Of a closed round only, with 3 ballots or more and, where tags are burned, with its paper:
 * CONFLICT "election.still_open", "share.small", "share.paper".
 *
 * `expected_sums` is the code read aloud at the close (at least its first 8 characters), or empty
 * if the caller has compared otherwise: INVALID "share.code".
 */
MUST_CHECK struct result act_share(const struct device *device, struct record *record,
                                   struct bytes election, struct bytes expected_sums,
                                   struct buffer *text);
