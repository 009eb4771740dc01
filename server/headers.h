/*
 * headers.h - the headers of every answer, as names and values: no library.
 */
#pragma once

#include <stdbool.h>

#include "server/exchange.h"

typedef void headers_visit(void *context, const char *name, const char *value);

/*
 * Calls `visit` once a header. `open`: what anybody may read, a page of another origin may read
 * too, because no cookie is looked at there.
 */
void headers_of(const struct response *response, bool open, headers_visit *visit, void *context);
