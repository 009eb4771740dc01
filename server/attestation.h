/*
 * attestation.h - a sign-off for tools that know nothing of Xiling: an in-toto statement in a DSSE
 * envelope.
 *
 *     payloadType   application/vnd.in-toto+json
 *     payload       base64 of an in-toto Statement v1: the subject is the file's SHA-256, the
 *                   predicate its state, signers, log and the statements as they were signed
 *     signatures    one, of the service key, over the DSSE pre-authentication encoding
 *
 * It is an export and says so: persons sign statements, never JSON. Whoever believes it believes
 * the service; the statements inside, and evidence.txt, prove it. DSSE v1.0.2; in-toto attestation
 * framework v1.0.
 */
#pragma once

#include "server/identity.h"
#include "server/report_evidence.h"
#include "verifier/sign_off.h"

#define ATTESTATION_PAYLOAD_TYPE "application/vnd.in-toto+json"
#define ATTESTATION_PREDICATE    "https://xiling.example/sign-off/v1"

/* What the evidence says of its report: sign_off_read() over it. INTERNAL "sign_off.filing". */
MUST_CHECK struct result attestation_read(const struct report_evidence *evidence,
                                          const struct identity *identity, struct sign_off *out);

/* Appends the JSON; the same evidence makes the same bytes. */
MUST_CHECK struct result attestation_write(const struct report_evidence *evidence,
                                           const struct sign_off *sign_off,
                                           const struct identity *identity, struct buffer *out);
