/*
 * circle.h - whom an objection is sealed to by the service; the twin of readersOf and pairsOf in
 * web/lib/seal_objection.js and of readersOf in web/pages/status/supplement.js.
 *
 * Content has as many readers as the notice has handlers: one with a conflict gives way to a key
 * that nobody holds. An identity is sealed once for each pair of keepers. Protocol section 8.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/box.h"
#include "primitive/hash.h"
#include "primitive/sealed.h"

struct record;

enum { CIRCLE_PAIRS_MAX = 3 };

struct circle {
    struct box_public handlers[SEALED_READERS_MAX]; /* as the notice names them */
    bool may_read[SEALED_READERS_MAX];
    size_t handler_count;
    struct box_public pairs[CIRCLE_PAIRS_MAX][2];
    size_t pair_count;
};

/* Of a filing about an organisation. NOT_FOUND "view.unknown" for the notice. */
MUST_CHECK struct result circle_load(struct record *record, struct bytes notice,
                                     struct bytes organisation, struct circle *out);
/*
 * Of more material for a case, which does not say whom it is about: a handler reads who has
 * declared no interest in it, or has said nothing yet and has none in any organisation of the list.
 */
MUST_CHECK struct result circle_load_case(struct record *record, struct bytes notice,
                                          const struct hash32 *objection, struct circle *out);
/* Whether anybody is left to read it. */
bool circle_has_reader(const struct circle *circle);
/* The keys of one content: each call draws new ones for those who may not read. */
MUST_CHECK struct result circle_draw(const struct circle *circle,
                                     struct box_public out[static SEALED_READERS_MAX]);
