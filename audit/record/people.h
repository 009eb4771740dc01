/*
 * people.h - who stands in the record: keys, roles, and from when to when they hold.
 *
 * Protocol section 4. An invited person offers keys (person.enrol), two officers who have met the
 * person confirm them, roles are granted and ended by two officers, and a revocation ends the
 * keys for good. Officers of the genesis hold keys from entry 0 on.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/box.h"
#include "primitive/hash.h"
#include "primitive/signature.h"
#include "record/record.h"
#include "record/types.h"

#define ROLE_OFFICER    "工作人员"
#define ROLE_MEMBER     "委员"
#define ROLE_CHAIR      "主持人"
#define ROLE_SCRUTINEER "监票人"
#define ROLE_TRUSTEE    "受托人"
#define ROLE_REVIEWER   "评审员"
#define ROLE_DELEGATE   "组织代表"
#define ROLE_KEEPER     "保管人"

/* A person as the log now has it. */
struct person {
    bool confirmed;
    bool revoked;
    bool has_enrolment;      /* false for officers of the genesis */
    struct hash32 enrolment; /* SHA-256 of the confirmed enrol text */
    struct public_key sign_key;
    struct box_public box_key;
    char hidden_name[RECORD_ID_SIZE]; /* "#" and 44 characters */
};

/* Names that signature lines keep for what is no person: "ring", "objector", "respondent",
 * "service".
 */
bool person_is_reserved(struct bytes id);

/* NOT_FOUND "person.unknown". Keys are zero until confirmed. */
MUST_CHECK struct result person_load(struct record *record, struct bytes id, struct person *out);
MUST_CHECK struct result person_has_role(struct record *record, struct bytes id, struct bytes role,
                                         bool *out);
/* Confirmed, not revoked, and holds the role (NULL: any or none). UNAUTHORIZED "signers.…". */
MUST_CHECK struct result person_require(struct record *record, struct bytes id, const char *role,
                                        struct person *out);
/* As person_require for somebody a text names: INVALID with `rule` unless the role is held. */
MUST_CHECK struct result person_require_named(struct record *record, struct bytes id,
                                              const char *role, const char *rule);

/* Grants a role, given as a word, with the entry of `fold`. */
MUST_CHECK struct result person_grant(const struct fold *fold, struct bytes person,
                                      struct bytes role);

/* --- what the rows about people share --- */

extern const char *const PERSON_ROLES[]; /* the words, NULL at the end */

struct bytes person_named(const struct fold *fold); /* the field 人员 */
/* The person named, who must be known and not revoked: CONFLICT "person.revoked". */
MUST_CHECK struct result person_load_named(const struct fold *fold, struct person *out);
/* No role named twice. */
MUST_CHECK struct result person_check_roles(const struct fold *fold);
/* Grants every role named to the person named. */
MUST_CHECK struct result person_grant_roles(const struct fold *fold);
