/*
 * demo_objection.h - the objectors of the demonstration: nobody of the cast, known by their keys
 * alone, as any objector is.
 */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/result.h"
#include "pen/device.h"
#include "primitive/hash.h"
#include "server/demo_stage.h"

/* How the office has dealt with an objection: one answer. */
struct objector {
    const char *id;     /* names the files below <data>/demo; <id>.code is the receipt code */
    size_t body;        /* of the year's bodies, whom it is about */
    const char *name;   /* the person's */
    const char *number; /* of the identity card, with its check */
    const char *phone;
    const char *ground;
    const char *facts;
    const char *request;
    const char *opened; /* why the identity was opened; NULL: it was not */
    const char *state;  /* that the answer states */
    const char *answer;
};

extern const struct objector OBJECTORS[];
extern const size_t OBJECTOR_COUNT;

/* The keys of the objector's receipt code, under the name that an objector's line has. */
MUST_CHECK struct result objector_device(struct stage *stage, const struct objector *objector,
                                         struct device *out);
/* The file that the keeper pair `pair` (from 0) can open: who the objector is. */
MUST_CHECK struct result objector_identity(struct stage *stage, const struct objector *objector,
                                           size_t pair, struct buffer *out);
