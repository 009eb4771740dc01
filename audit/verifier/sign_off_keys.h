/*
 * sign_off_keys.h - the keys that evidence brings, and whether a statement is signed with them.
 *
 * Inside of sign_off.c.
 */
#pragma once

#include "protocol/statement.h"

struct sign_off_keys {
    struct buffer known; /* of struct signer */
};

#define AUTO_SIGN_OFF_KEYS __attribute__((cleanup(sign_off_keys_free))) struct sign_off_keys
void sign_off_keys_free(struct sign_off_keys *keys);

/*
 * Takes the key of a person.enrol, or of every officer of a log.genesis, once the statement is
 * signed with it. UNAUTHORIZED as statement_verify; CONFLICT "sign_off.enrolled".
 */
MUST_CHECK struct result sign_off_keys_learn(struct sign_off_keys *keys,
                                             const struct statement *statement);

/*
 * One or two lines, each by a person whose key is known, by two different ones. UNAUTHORIZED
 * "statement.signers", "sign_off.key", "statement.signature".
 */
MUST_CHECK struct result sign_off_keys_verify(const struct sign_off_keys *keys,
                                              const struct statement *statement);
