/*
 * plain_page.h - the frame of the pages without scripts, and the parts that several of them have.
 */
#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/exchange.h"
#include "server/html.h"

/* `lang=en` in the query. */
bool plain_is_english(const struct request *request);

/* Everything up to the content. `title` is a key; `path` the page's own address, for the link to
 * the other language, or NULL if it has none. */
void plain_begin(struct html *html, const char *title, const char *path);
void plain_end(struct html *html);
/* Hands the page over; nobody keeps it. */
MUST_CHECK struct result plain_answer(struct html *html, unsigned status,
                                      struct response *response);
/* The query that keeps the language: "" or "?lang=en". */
void plain_language(struct html *html);

/* A banner: kind "none", "wait" or "stop", and its word by key; the sentence is written between. */
void plain_banner_begin(struct html *html, const char *kind, const char *word);
void plain_banner_end(struct html *html);
/* What happened, by which rule, what to do now; in the words of words.h. */
void plain_refusal(struct html *html, const struct result *result, const char *advice);

/* A page that says why not, and after how many seconds it may be tried again: 0 if that is not
 * known. For routes.c. */
void plain_problem(const struct request *request, const struct result *result, unsigned wait,
                   struct response *response);
/* When it may be tried again. */
void plain_wait(struct html *html, unsigned seconds);
