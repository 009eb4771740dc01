/*
 * list.h - the exact rules of list.remove and list.settle, for who knows whom cases are about.
 *
 * The log hides that, so the fold keeps the cautious rules that anybody can check (list.c): never
 * more removals than cases upheld, somebody left out while an accepted case is open or after one
 * was upheld. The service is told the openings of 对象 and refuses the wrong one as well. Articles
 * 21, 22; rules C12, C19.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "primitive/hash.h"
#include "record/record.h"

/* Appends the id of the organisation that this case is about; nothing if it is not known. */
typedef struct result list_subject_source(void *context, const struct hash32 *objection,
                                          struct buffer *organisation);

/*
 * For list.remove: a case about this organisation was upheld, in whole or in part, else INVALID
 * "list.upheld". For list.settle: nobody is on it whom an open accepted case is about, else INVALID
 * "list.suspended", nor whom an upheld one is about, else "list.unremoved". Where that cannot be
 * told, INVALID "list.subject" with the number of the case in `at`. OK for every other statement.
 */
MUST_CHECK struct result list_check_subjects(struct record *record, const struct prepared *prepared,
                                             list_subject_source *source, void *context);
