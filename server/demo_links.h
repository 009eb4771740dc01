/*
 * demo_links.h - what the demonstration prints when the stage is set: a link a role, and QR codes.
 *
 * A link carries a key code behind '#', which a browser does not send to the service.
 */
#pragma once

#include "base/result.h"
#include "server/demo_stage.h"

/* `url` is the address people open. */
MUST_CHECK struct result links_print(struct stage *stage, const char *url);
