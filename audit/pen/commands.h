/*
 * commands.h - what `xiling-pen` can do, a function a command.
 *
 * A command prints what it made to standard output: a text, a note, a code. Nothing secret is
 * printed but a new key code and what a sealed document holds, which have no other way out. Paths
 * are of files; "-" is standard input.
 */
#pragma once

#include "base/result.h"
#include "pen/device.h"
#include "verifier/options.h"
#include "verifier/replay.h"

typedef struct result pen_command(const struct options *options);

/* Keys and words. */
pen_command command_key;     /* draws a key code */
pen_command command_public;  /* public keys of a key code */
pen_command command_digits;  /* the 12 check digits */
pen_command command_hide;    /* a hidden value and its salt */
pen_command command_compose; /* a text from its fields */
pen_command command_show;    /* parses a text or note and says what it is */
pen_command command_sign;    /* adds the device's line */
pen_command command_enrol;
pen_command command_session;

/* Acts that need the log: --log names an export that is verified first. */
pen_command command_signin;
pen_command command_ballot;
pen_command command_burn;
pen_command command_deal;
pen_command command_confirm;
pen_command command_rehearse;
pen_command command_complain; /* --with: the index of the dealer */
pen_command command_publish;  /* --with: the index of the complainer */
pen_command command_share;

/* Texts that follow from the log: drafted, not signed. */
pen_command command_draft;

/* Sealed documents, protocol section 8; nothing of them needs the log. */
pen_command command_seal; /* --to: whoever has one of these keys; --to-both: only both together */
pen_command command_open; /* --key; --passed: what two keepers passed on to it */
pen_command command_pass; /* a keeper's share, sealed --to the reader */

pen_command command_post; /* hands a note to a service */

/* The key code in the file of --key. */
MUST_CHECK struct result pen_code(const struct options *options, struct key_code *out);
/* The device of --key, --person and an origin. */
MUST_CHECK struct result pen_device(const struct options *options, struct bytes origin,
                                    struct device *out);

/*
 * Verifies the export that --log names, whole, and hands on its state and origin (replaces
 * *origin). INVALID "pen.log" if it does not hold. With a key or a vote key, --vkey must be given,
 * and the log must continue the newest one that this device has seen (seen.h).
 */
MUST_CHECK struct result pen_log(const struct options *options, struct replay **out,
                                 struct buffer *origin);

MUST_CHECK struct result pen_print(struct bytes text);
