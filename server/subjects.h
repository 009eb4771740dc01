/*
 * subjects.h - whom accepted cases are about, as handlers have told the service.
 *
 * A handler's device hands in the opening of the field 对象 (POST /api/openings) once the case is
 * accepted; it is kept beside the log and read by nobody. Lists are checked against it: list.h.
 */
#pragma once

#include "base/result.h"
#include "primitive/hash.h"
#include "server/disclosures.h"

struct prepared;
struct record;

/* OK for the opening of any other field. NOT_FOUND "case.unaccepted": not yet, or never. */
MUST_CHECK struct result subjects_may_be_told(struct record *record,
                                              const struct disclosure *opening);

/*
 * The opening of the field 对象 of a case; at most one visit. It is found by the field and not by
 * the case, because two filings of one objector may hide the same words under the same salt.
 */
MUST_CHECK struct result subject_of(struct record *record, const struct hash32 *objection,
                                    disclosure_visit *visit, void *context);

/* On the writer. As list_check_subjects of record/list.h; OK for any other statement. */
MUST_CHECK struct result subjects_check(struct record *record, const struct prepared *prepared);
