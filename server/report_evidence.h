/*
 * report_evidence.h - the evidence of one version of a report, as the log now holds it.
 *
 * One checkpoint and one snapshot: what it says is of that size of the log. Made for whoever asks;
 * it holds nothing that is not public.
 */
#pragma once

#include "log/evidence.h"
#include "server/blob.h"

struct app;

/* Owns the entries and the checkpoint, which `evidence` views. */
struct report_evidence {
    struct blob *checkpoint;
    struct merkle_head head;
    uint64_t version; /* of the filing */
    uint64_t time;    /* of the last entry that the checkpoint covers */
    struct buffer entries;
    struct evidence evidence;
};

/*
 * `version` 0 is the newest. NOT_FOUND "view.unknown"; BUSY "service.busy" if the version has only
 * just been filed, and no checkpoint covers it; INVALID "evidence.size".
 */
MUST_CHECK struct result report_evidence_make(struct app *app, struct bytes report,
                                              uint64_t version, struct report_evidence **out);
#define AUTO_REPORT_EVIDENCE __attribute__((cleanup(report_evidence_free))) struct report_evidence
void report_evidence_free(struct report_evidence **evidence);
