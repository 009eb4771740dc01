/*
 * lodging.h - an objection on its way from a form to the log, sealed by the service.
 *
 * Runs on a thread that may wait. Once it returns OK the statement is in the log and every part of
 * it is stored; if it fails, the log has nothing and nothing is stored. Protocol section 8.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"
#include "protocol/keys.h"
#include "server/circle.h"
#include "server/filing.h"

struct app;

struct lodging {
    struct app *app;
    const struct filing *filing;
    const struct circle *circle;
    /* What it leaves: */
    struct key_code code;
    struct buffer text; /* that was signed */
    struct hash32 text_hash;
};
void lodging_wipe(struct lodging *lodging);

/* As deposit_store and submission_wait refuse. */
MUST_CHECK struct result lodging_run(struct lodging *lodging);
/* More material for a case, under the code's own keys: the same promise. Of `lodging` it uses app,
 * the filing's files and the circle. */
MUST_CHECK struct result lodging_supplement(const struct lodging *lodging,
                                            const struct hash32 *objection,
                                            const struct keys *keys);
