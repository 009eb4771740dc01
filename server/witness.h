/*
 * witness.h - a witness: cosigns a log's checkpoints, and only such as continue what it has seen.
 *
 * The folder holds `witness.key`, made once, and for each log the last checkpoint it cosigned. A
 * checkpoint is on disk before its cosignature is given away; requests about one log are taken one
 * by one, so two racing ones cannot roll it back. It keeps nothing else and trusts nobody.
 * tlog-witness, log-formats 3.9.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "log/vkey.h"
#include "log/witness.h"

struct witness;

/* Makes the key and appends its vkey. `name` as log-formats 3.1 wants it, such as
 * "witness.example/district". CONFLICT "config.exists", MALFORMED "vkey.name". */
MUST_CHECK struct result witness_create(const char *folder, struct bytes name, struct buffer *vkey);

/*
 * `logs` is a policy file's text (policy.h): its lines `log <vkey>` say which logs are watched.
 * INVALID "witness.kept": a kept checkpoint is not signed by its log.
 */
MUST_CHECK struct result witness_open(const char *folder, struct bytes logs, struct witness **out);
void witness_close(struct witness *witness); /* NULL is allowed */
#define AUTO_WITNESS __attribute__((cleanup(witness_close_scope))) struct witness
void witness_close_scope(struct witness **witness);

const struct vkey *witness_key(const struct witness *witness);

/*
 * Answers the body of POST add-checkpoint at `now`, seconds since 1970. *out_status with the text
 * appended to `answer`: the cosignature line (WITNESS_OK), the size it holds (WITNESS_CONFLICT), or
 * a word why not. STORAGE_FAILED: nothing was signed. May be called by many threads.
 */
MUST_CHECK struct result witness_add_checkpoint(struct witness *witness, struct bytes body,
                                                uint64_t now, enum witness_status *out_status,
                                                struct buffer *answer);

/*
 * Appends the last cosigned checkpoint of the log whose origin has this SHA-256 (64 hex digits), as
 * monitors ask for it. NOT_FOUND "witness.unknown": no such log, or nothing was cosigned yet.
 */
MUST_CHECK struct result witness_checkpoint(struct witness *witness, struct bytes origin_hex,
                                            struct buffer *out);
