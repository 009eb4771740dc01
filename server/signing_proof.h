/*
 * signing_proof.h - the part of a signing page that proves the rest: how to check it, the
 * checkpoint, the codes, and every statement's exact text.
 */
#pragma once

#include "server/sheet.h"
#include "server/signing_page.h"

MUST_CHECK struct result signing_proof_write(const struct signing_page *page, struct sheet *sheet);
