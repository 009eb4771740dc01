/*
 * genesis.h - entry 0: the log's origin and keys, the rules it follows, and its first officers.
 *
 * The only statement that needs no earlier role. Protocol section 4.
 */
#pragma once

#include "base/result.h"
#include "record/types.h"

/* INVALID "genesis.officer", "genesis.order", "person.key", "key.…"; CONFLICT "genesis.once". */
MUST_CHECK struct result genesis_check(const struct fold *fold);
MUST_CHECK struct result genesis_apply(const struct fold *fold);
