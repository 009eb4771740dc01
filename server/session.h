/*
 * session.h - who reads: a cookie given for a signed challenge. Sessions only read; no write needs
 * one.
 *
 * A session ends 8 hours after it was opened, after 15 idle minutes, or when the person's keys do.
 * The table holds the hash of the cookie, never the cookie.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "server/nonces.h"

struct sequencer;

#define SESSION_SECONDS      (8 * 3600)
#define SESSION_IDLE_SECONDS (15 * 60)
#define SESSION_COOKIE_SIZE  64 /* hex of 32 random bytes */

/*
 * Reads a session.open note: signed by the person it names, its challenge ours and unused, its
 * time near. UNAUTHORIZED "session.challenge", else as record_check refuses.
 */
MUST_CHECK struct result session_verify(struct record *record, struct nonces *nonces,
                                        struct bytes note, uint64_t now,
                                        char person[static RECORD_ID_SIZE]);
/* Stores a new session; the cookie's value is written with a zero byte. */
MUST_CHECK struct result session_open(struct sequencer *sequencer, const char *person, uint64_t now,
                                      char cookie[static SESSION_COOKIE_SIZE + 1]);
/* Whose cookie it is; UNAUTHORIZED "session.none". Notes, about once a minute, that it is used. */
MUST_CHECK struct result session_find(struct sequencer *sequencer, struct record *record,
                                      struct bytes cookie, uint64_t now,
                                      char person[static RECORD_ID_SIZE]);
MUST_CHECK struct result session_end(struct sequencer *sequencer, struct bytes cookie);
