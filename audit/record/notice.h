/*
 * notice.h - the public notice of a preliminary list (公示): its term, its people.
 *
 * A notice shows the list that results of its cycle give, names the officers who handle objections
 * and the keepers of objectors' identities, and ends when the rules say. Article 21; protocol
 * section 8.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "record/record.h"
#include "record/types.h"

#define NOTICE_KEEPERS_MAX 3

struct notice {
    char id[RECORD_ID_SIZE];
    char cycle[RECORD_ID_SIZE];
    uint64_t opens;  /* seconds since 1970 */
    uint64_t closes; /* as extended; what is filed from here on is late */
    uint64_t handlers;
    uint64_t keepers; /* 2 or 3 */
    bool settled;
};

/* NOT_FOUND "notice.unknown". */
MUST_CHECK struct result notice_load(struct record *record, struct bytes id, struct notice *out);
/* The notice that the field 公示 names. */
MUST_CHECK struct result notice_load_named(const struct fold *fold, struct notice *out);
/* How many pairs its keepers make: 1 or 3. An identity is sealed once for each. */
size_t notice_pairs(const struct notice *notice);

MUST_CHECK struct result notice_has_handler(struct record *record, struct bytes id,
                                            struct bytes person, bool *out);
MUST_CHECK struct result notice_has_keeper(struct record *record, struct bytes id,
                                           struct bytes person, bool *out);
/* An organisation stands on the list and was not removed. */
MUST_CHECK struct result notice_lists(struct record *record, struct bytes id,
                                      struct bytes organisation, bool *out);
