/*
 * bundle.h - the evidence bundle of a report, made for somebody who may read the document.
 *
 * What is in it: verifier/report_bundle.h. The same evidence, policy and reader of names make the
 * same bytes: files in the order of their names, owned by nobody, of the time of the last entry
 * that the checkpoint covers. The signing page names whom this person may know by name. The
 * document is copied from disk to disk in pieces. Being given the bundle is a reading of the
 * document, and written down as one.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

struct app;

struct bundle_order {
    struct bytes report;
    uint64_t version;   /* 0: the newest */
    const char *person; /* whose session it is */
    uint64_t now;
};

/*
 * *file is a descriptor of the whole tar, at its beginning, which is the caller's; the file has no
 * name any more. Failures: those of report_evidence_make and reading_open; STORAGE_FAILED
 * "tar.write".
 */
MUST_CHECK struct result bundle_make(struct app *app, const struct bundle_order *order, int *file,
                                     uint64_t *size);
