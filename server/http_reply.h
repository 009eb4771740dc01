/*
 * http_reply.h - a response as libmicrohttpd sends it. Beside http.c the only file that knows it.
 */
#pragma once

#include <stdbool.h>

#include "server/exchange.h"

struct MHD_Response;

/* Takes over the contents, and wipes a secret body once it is sent; `open` as in headers.h. NULL if
 * memory is short. */
struct MHD_Response *http_reply(struct response *response, bool open);
