/*
 * report_bundle.h - the evidence bundle of a report: what is in it, and reading it.
 *
 *     <report>-v<version>/
 *         README.txt            how to check it, for people
 *         SHA256SUMS            of every other file, for `sha256sum -c`
 *         document.<pdf|jpg|png|txt>
 *         statements/<index, 6 digits>-<type>.txt   the note of each entry of the evidence
 *         receipts/<index, 6 digits>.receipt        its receipt (log/receipt.h)
 *         evidence.txt          all of these entries under one checkpoint (log/evidence.h)
 *         log.vkey              the log's key: a copy of the pin, not a proof of it
 *         witness.policy        may be empty
 *         signing-page.pdf, attestation.json        made from the above
 *
 * It is a tar file, or the folder that one was unpacked to. Reading takes plain files of bounded
 * size, and of those places only, into memory; nothing is ever written.
 */
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#define REPORT_BUNDLE_README      "README.txt"
#define REPORT_BUNDLE_SUMS        "SHA256SUMS"
#define REPORT_BUNDLE_EVIDENCE    "evidence.txt"
#define REPORT_BUNDLE_KEY         "log.vkey"
#define REPORT_BUNDLE_POLICY      "witness.policy"
#define REPORT_BUNDLE_PAGE        "signing-page.pdf"
#define REPORT_BUNDLE_ATTESTATION "attestation.json"

#define REPORT_BUNDLE_NAME_SIZE 100 /* of a file inside the folder, with its zero byte */
#define REPORT_BUNDLE_FILES_MAX 600
#define REPORT_BUNDLE_SIZE_MAX  (72u << 20) /* bytes of all files */

struct report_bundle_file {
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct buffer contents;
};

struct report_bundle {
    struct buffer files;                     /* of struct report_bundle_file */
    size_t size;                             /* bytes of all of them */
    char place[2 * REPORT_BUNDLE_NAME_SIZE]; /* of what made reading fail, or "" */
};

#define REPORT_BUNDLE_INIT \
    {                      \
        .size = 0          \
    }
#define AUTO_REPORT_BUNDLE __attribute__((cleanup(report_bundle_free))) struct report_bundle
void report_bundle_free(struct report_bundle *bundle);

/*
 * *out is REPORT_BUNDLE_INIT. NOT_FOUND "file.open"; MALFORMED "tar.form"; INVALID "tar.link",
 * "tar.size", "report_bundle.path" (a file where none belongs, or not all in one folder),
 * "report_bundle.twice".
 */
MUST_CHECK struct result report_bundle_load(const char *path, struct report_bundle *out);

size_t report_bundle_count(const struct report_bundle *bundle);
const struct report_bundle_file *report_bundle_at(const struct report_bundle *bundle, size_t index);
/* NULL if there is none. */
const struct report_bundle_file *report_bundle_find(const struct report_bundle *bundle,
                                                    const char *name);

/* Names of files, each with its zero byte. */
void report_bundle_name_document(struct bytes format, char out[static REPORT_BUNDLE_NAME_SIZE]);
void report_bundle_name_statement(uint64_t index, struct bytes type,
                                  char out[static REPORT_BUNDLE_NAME_SIZE]);
void report_bundle_name_receipt(uint64_t index, char out[static REPORT_BUNDLE_NAME_SIZE]);
