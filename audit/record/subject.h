/*
 * subject.h - finds the meeting, ceremony, election or team a statement acts on.
 */
#pragma once

#include "base/result.h"
#include "record/record.h"

/*
 * Fills prepared->subject, and for a ballot its shape, tag and election, from type and statement.
 * NOT_FOUND "meeting.unknown", "ceremony.unknown", "election.unknown", "team.unknown",
 * "report.unknown".
 */
MUST_CHECK struct result subject_resolve(struct record *record, struct prepared *prepared);
