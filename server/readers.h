/*
 * readers.h - read-only connections, each with its record, lent to one thread at a time.
 *
 * A loan is one snapshot: everything read during it is of the same moment.
 */
#pragma once

#include <stddef.h>

#include "base/result.h"

struct readers;
struct record;

/* What is lent. Borrowed until the scope ends. */
struct reader {
    struct record *record;
    struct readers *home;
    size_t place;
};

#define AUTO_READER __attribute__((cleanup(readers_return))) struct reader
#define READER_INIT \
    {               \
        0, 0, 0     \
    }

MUST_CHECK struct result readers_open(const char *path, size_t count, struct readers **out);
/* Every loan has been returned. NULL is allowed. */
void readers_close(struct readers *readers);
/* Waits until one is free. */
MUST_CHECK struct result readers_lend(struct readers *readers, struct reader *out);
void readers_return(struct reader *reader);
