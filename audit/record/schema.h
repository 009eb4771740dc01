/*
 * schema.h - the tables of log and state, as SQL: a sentence for each table, in schema.c.
 */
#pragma once

#include <stddef.h>

/* One CREATE statement each, in the order they are run; every one does nothing when repeated. */
size_t schema_count(void);
const char *schema_at(size_t index);
