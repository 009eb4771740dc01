/*
 * id_number.h - numbers of identity documents, telephone numbers and names, as people type them.
 *
 * For the form without scripts; the twin of web/lib/id_number.js. GB 11643 (resident numbers),
 * docs/rules.md C17. The type is what the person says it is and is never guessed: a valid number of
 * one type often passes the check of another. Address codes are not looked up.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"

/* The documents to choose from, as they stand in the sealed text. */
enum { ID_TYPE_COUNT = 6 };
extern const char *const ID_TYPES[ID_TYPE_COUNT];

/* Without what JavaScript calls white space at its ends. */
struct bytes id_number_trim(struct bytes typed);
/* Appends the number as it is kept: half width, capitals, no spaces or hyphens. */
MUST_CHECK struct result id_number_tidy(struct bytes typed, struct buffer *out);
/*
 * `now` in seconds since 1970: nobody is born later. INVALID identity.type; by type
 * identity.resident, .resident_old (15 digits), .permit, .foreign, .hongkong, .taiwan, .passport
 * for the form; identity.date and identity.check of 18 characters.
 */
MUST_CHECK struct result id_number_check(struct bytes type, struct bytes typed, uint64_t now);
/* Mobile, landline with area code and extension, Hong Kong, Macau, Taiwan, abroad with "+".
 * INVALID identity.phone. */
MUST_CHECK struct result id_number_check_phone(struct bytes typed);
/* Letters of any script with the dots, hyphens and spaces of names, 1..50. INVALID identity.name.
 */
MUST_CHECK struct result id_number_check_name(struct bytes typed);
