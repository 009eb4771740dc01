/*
 * plain_draft.h - what was filled in without scripts, and everything that is wrong with it.
 *
 * The same checks and the same words as the steps of the page with scripts
 * (web/pages/object/steps.js, attach.js). Pure: whether the organisation stands on the list is
 * for whoever has the record.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/filing.h"

struct form;

enum {
    PLAIN_FAULTS_MAX = 32,
    PLAIN_FACTS_MAX = 5000, /* UTF-16 units, as a browser counts them */
    PLAIN_REQUEST_MAX = 1000,
    PLAIN_SHORT_MAX = 200, /* a unit's name */
};

struct plain_fault {
    const char *field; /* of the form */
    const char *key;   /* of its words */
    struct bytes name; /* {name}: of a file */
    uint64_t size;     /* {size} */
    uint64_t number;   /* {n} */
};

struct plain_draft {
    struct filing filing; /* views of the form and of the two below */
    struct buffer number;
    struct buffer uscc;
    struct plain_fault faults[PLAIN_FAULTS_MAX];
    size_t fault_count;
};
#define SECRET_DRAFT __attribute__((cleanup(plain_draft_wipe))) struct plain_draft
void plain_draft_wipe(struct plain_draft *draft);

extern const char *const PLAIN_GROUNDS[5];

/* `out` must be zero. The form outlives it; `now` in seconds since 1970. */
MUST_CHECK struct result plain_draft_read(const struct form *form, struct bytes notice,
                                          uint64_t now, struct plain_draft *out);
/* Files alone, at least one: of more material. */
void plain_draft_read_files(const struct form *form, struct plain_draft *out);
void plain_draft_fault(struct plain_draft *draft, struct plain_fault fault);
/* The first fault of a field; NULL if it has none. */
const struct plain_fault *plain_draft_fault_of(const struct plain_draft *draft, const char *field);
