/*
 * plain_form.h - the page that an objection is written on without scripts.
 */
#pragma once

#include <stdint.h>

#include "base/result.h"
#include "server/html.h"

struct form;
struct plain_draft;
struct record;

struct plain_form {
    struct record *record;
    struct bytes notice; /* its id */
    uint64_t now;
    const struct form *form;         /* what was typed, or NULL */
    const struct plain_draft *draft; /* what is wrong with it, or NULL */
    const struct result *refusal;    /* why it was not taken, or NULL */
    unsigned wait;                   /* seconds until it may be, or 0 */
};

/* NOT_FOUND "view.unknown" if there is no such notice. */
MUST_CHECK struct result plain_form_write(struct html *html, const struct plain_form *page);
