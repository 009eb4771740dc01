/*
 * schema.h - the tables of log and state, as SQL: a sentence for each table, in schema.c and, of
 * notices and cases, in schema_notice.c.
 */
#pragma once

#include <stddef.h>

/* One CREATE statement each, in the order they are run; every one does nothing when repeated. */
size_t schema_count(void);
const char *schema_at(size_t index);

/* schema_notice.c: what comes last */
extern const char *const NOTICE_SCHEMA[];
extern const size_t NOTICE_SCHEMA_COUNT;
