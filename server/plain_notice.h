/*
 * plain_notice.h - notices on the pages without scripts: all of them, a term, a list.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/view_notice.h"
#include "server/html.h"

struct record;

/* A page of its own: the notices, with a link to the form of each. */
MUST_CHECK struct result plain_notices_write(struct html *html, struct record *record);

/* The address of the form of a notice, as the value of an attribute. */
void plain_address(struct html *html, struct bytes notice);
void plain_status_link(struct html *html);
/* How long the notice stands, and the time of the service. */
void plain_term_write(struct html *html, const struct view_notice *row, uint64_t now);
/* Name and the end of the code. */
void plain_organisation(struct html *html, const struct view_listed *row);
/* The list, grade by grade as the notice has it. */
MUST_CHECK struct result plain_listed_write(struct html *html, struct record *record,
                                            const struct view_notice *row);
