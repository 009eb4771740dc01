/*
 * pages.h - the files of web/, from memory: what a browser loads.
 *
 * A name is letters, digits and . _ - between slashes, no part of it beginning with a dot, so no
 * name leads out of the folder. A file is read again when it has changed. Where FILE.br or
 * FILE.gz stands beside FILE and the client takes it, that is what is sent.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "server/exchange.h"

struct pages;

MUST_CHECK struct result pages_open(const char *folder, struct pages **out);
void pages_close(struct pages *pages);

/* `name` is relative, such as "ui/button.js"; "" is index.html. NOT_FOUND "service.address". */
MUST_CHECK struct result pages_serve(struct pages *pages, struct bytes name,
                                     const struct request *request, struct response *response);
bool page_name_is_valid(struct bytes name);

/* GET / and everything that is no other route's. */
handler handle_page;
