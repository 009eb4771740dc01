/*
 * backup.h - a copy of the whole database while the service runs, checked before it counts.
 *
 * Keys are not copied: they are kept apart from the data.
 */
#pragma once

#include "base/result.h"
#include "server/config.h"

/* Writes `config->output`, which must not exist: CONFLICT "config.exists". */
MUST_CHECK struct result backup_make(const struct config *config);
