/*
 * acts.h - the statements that need more than words: keys, proofs, shares, ballots.
 *
 * Each act replaces *text by the text to sign; the device's line is added by device_note(). All
 * other statements are composed of their fields (compose.h). What an act is about is read from a
 * record that was folded and verified before. Protocol sections 4 to 6.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "pen/device.h"
#include "protocol/ballot.h"
#include "protocol/election.h"
#include "record/record.h"

/* `person.enrol`: both public keys of the device. */
MUST_CHECK struct result act_enrol(const struct device *device, struct buffer *text);

/* `session.open` for a challenge. */
MUST_CHECK struct result act_session(const struct device *device, const uint8_t nonce[static 16],
                                     int64_t time, struct buffer *text);

/* `meeting.signin`: draws the vote key x, which the caller keeps and later erases. */
MUST_CHECK struct result act_signin(const struct device *device, struct record *record,
                                    struct bytes meeting, struct scalar *vote_key,
                                    struct buffer *text);

/*
 * The whole ballot note, ready to cast; NOT a text to sign. `choices` holds a grade for each
 * candidate in the manifest's order. NOT_FOUND "ballot.member" if the key is not on the roll.
 */
MUST_CHECK struct result act_ballot(const struct election *election, const struct scalar *vote_key,
                                    struct bytes choices, struct buffer *note);

/* `ballot.burn` for both scrutineers to sign after the member. */
MUST_CHECK struct result act_burn(const struct device *device, const struct election *election,
                                  const struct scalar *vote_key, struct buffer *text);
