/*
 * demo_sitting.h - the two years of the demonstration: last year's result stands in an open notice,
 * this year's meeting waits for the newcomer.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* A field of a text: label and value. */
struct stage_field {
    const char *label;
    const char *value;
};

struct sitting {
    const char *cycle;
    const char *meeting;
    const char *election;
    const char *notice;
    const char *newcomer; /* the member, the last one, whose seat waits; NULL if helpers play all */
    size_t helpers;       /* members of the cast who play along, from the first on */
    size_t members;       /* with the newcomer */
    size_t first_body;    /* who is voted on: so many bodies of the cast, from here on */
    size_t body_count;
    uint64_t window;                 /* seconds of a batch */
    const char *document;            /* 细则文号 of its rules of notices */
    const struct stage_field *rules; /* of its cycle.open */
    size_t rule_count;
    /* How a helper votes on a body, by their places among the above. */
    uint8_t (*choose)(size_t member, size_t body);
};

extern const struct sitting SITTING_BEFORE;
extern const struct sitting SITTING_NOW;
