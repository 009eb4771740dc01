#include "server/bundle.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "log/entry.h"
#include "log/receipt.h"
#include "protocol/statement.h"
#include "server/app.h"
#include "server/attestation.h"
#include "server/bundle_readme.h"
#include "server/reading.h"
#include "server/report_print.h"
#include "verifier/file.h"
#include "verifier/report_bundle.h"
#include "verifier/report_sums.h"
#include "verifier/tar.h"

#define PIECE_SIZE  65536
#define FOLDER_SIZE 96
#define MEMBERS_MAX (2 * EVIDENCE_ENTRIES_MAX + 8)

struct member {
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct hash32 hash;
    struct buffer contents;
    bool is_document; /* whose bytes are on disk */
};

struct packing {
    struct app *app;
    const struct bundle_order *order;
    const struct report_evidence *evidence;
    const struct sign_off *sign_off;
    struct reading reading;
    size_t count;
    struct member members[MEMBERS_MAX];
};

static void free_packing(struct packing **packing)
{
    for (size_t i = 0; *packing && i < (*packing)->count; i++) {
        buffer_free(&(*packing)->members[i].contents);
    }
    if (*packing && (*packing)->reading.file >= 0) {
        close((*packing)->reading.file);
    }
    free(*packing);
}

#define AUTO_PACKING __attribute__((cleanup(free_packing))) struct packing

/* A new member; its contents are written by the caller, who then seals it. */
static struct buffer *add_member(struct packing *packing, const char *name)
{
    struct member *const member = &packing->members[packing->count++];

    snprintf(member->name, sizeof member->name, "%s", name);
    return &member->contents;
}

static struct result add_text(struct packing *packing, const char *name, struct bytes text)
{
    return buffer_append(add_member(packing, name), text);
}

/* --- what is made of each entry --- */

static struct result add_receipt(struct packing *packing, const struct evidence_entry *entry)
{
    const struct evidence *const evidence = &packing->evidence->evidence;
    struct receipt receipt = {.extra = entry->entry,
                              .index = entry->index,
                              .path = {.count = entry->count},
                              .checkpoint = evidence->checkpoint};
    char name[REPORT_BUNDLE_NAME_SIZE];

    for (size_t i = 0; i < entry->count; i++) {
        receipt.path.hashes[i] = evidence->hashes[entry->path[i]];
    }
    report_bundle_name_receipt(entry->index, name);
    return receipt_write(&receipt, add_member(packing, name));
}

static struct result add_statement(struct packing *packing, const struct evidence_entry *entry)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct entry parsed;

    TRY(entry_parse(entry->entry, &parsed));
    TRY(statement_parse(parsed.note, &statement));
    report_bundle_name_statement(entry->index, statement.type, name);
    return add_text(packing, name, parsed.note);
}

static struct result add_entries(struct packing *packing)
{
    const struct evidence *const evidence = &packing->evidence->evidence;

    for (size_t i = 0; i < evidence->count; i++) {
        TRY(add_receipt(packing, &evidence->entries[i]));
        TRY(add_statement(packing, &evidence->entries[i]));
    }
    return OK;
}

/* --- what is made of all of them --- */

static struct result add_key(struct packing *packing)
{
    struct buffer *const out = add_member(packing, REPORT_BUNDLE_KEY);

    TRY(vkey_write(&packing->app->identity->log, out));
    return buffer_append_text(out, "\n");
}

/* The file that names our witnesses is a policy of this log. */
static struct result add_policy(struct packing *packing)
{
    struct buffer *const out = add_member(packing, REPORT_BUNDLE_POLICY);
    const char *const path = packing->app->config->witnesses;

    return path[0] ? file_read(path, out) : OK;
}

static struct result add_prints(struct packing *packing)
{
    TRY(report_print(packing->app, packing->evidence, bytes_of_string(packing->order->person),
                     add_member(packing, REPORT_BUNDLE_PAGE)));
    TRY(attestation_write(packing->evidence, packing->sign_off, packing->app->identity,
                          add_member(packing, REPORT_BUNDLE_ATTESTATION)));
    return bundle_readme_write(packing->sign_off, packing->evidence,
                               add_member(packing, REPORT_BUNDLE_README));
}

static void add_document(struct packing *packing)
{
    char name[REPORT_BUNDLE_NAME_SIZE];

    report_bundle_name_document(packing->sign_off->format, name);
    (void)add_member(packing, name);
    packing->members[packing->count - 1].is_document = true;
}

static struct result add_sums(struct packing *packing)
{
    AUTO_BUFFER sums = BUFFER_INIT;

    for (size_t i = 0; i < packing->count; i++) {
        struct member *const member = &packing->members[i];

        member->hash = member->is_document ? packing->sign_off->file
                                           : sha256_of(buffer_view(&member->contents));
        TRY(report_sums_append(&sums, member->name, &member->hash));
    }
    return add_text(packing, REPORT_BUNDLE_SUMS, buffer_view(&sums));
}

static int compare_members(const void *a, const void *b)
{
    return strcmp(((const struct member *)a)->name, ((const struct member *)b)->name);
}

static void sort(struct packing *packing)
{
    qsort(packing->members, packing->count, sizeof packing->members[0], compare_members);
}

static struct result gather(struct packing *packing)
{
    TRY(add_entries(packing));
    TRY(evidence_write(&packing->evidence->evidence, add_member(packing, REPORT_BUNDLE_EVIDENCE)));
    TRY(add_key(packing));
    TRY(add_policy(packing));
    TRY(add_prints(packing));
    add_document(packing);
    sort(packing);
    TRY(add_sums(packing));
    sort(packing);
    return OK;
}

/* --- the tar --- */

static struct result copy_document(const struct packing *packing, struct tar_writer *tar)
{
    uint8_t piece[PIECE_SIZE];
    uint64_t left = packing->sign_off->size;

    while (left > 0) {
        const size_t wanted = left < sizeof piece ? (size_t)left : sizeof piece;
        const ssize_t count = read(packing->reading.file, piece, wanted);

        REQUIRE(count > 0, STORAGE_FAILED, "service.storage");
        TRY(tar_writer_append(tar, (struct bytes){piece, (size_t)count}));
        left -= (uint64_t)count;
    }
    return OK;
}

static struct result write_member(const struct packing *packing, const struct member *member,
                                  struct tar_writer *tar)
{
    char name[FOLDER_SIZE + REPORT_BUNDLE_NAME_SIZE];

    snprintf(name, sizeof name, "%.*s-v%llu/%s", (int)packing->sign_off->report.size,
             (const char *)packing->sign_off->report.data,
             (unsigned long long)packing->sign_off->version, member->name);
    if (member->is_document) {
        TRY(tar_writer_begin(tar, name, packing->sign_off->size));
        return copy_document(packing, tar);
    }
    TRY(tar_writer_begin(tar, name, member->contents.size));
    return tar_writer_append(tar, buffer_view(&member->contents));
}

static struct result write_tar(const struct packing *packing, int file)
{
    AUTO_TAR_WRITER *tar = 0;

    TRY(tar_writer_open(file, packing->evidence->time, &tar));
    for (size_t i = 0; i < packing->count; i++) {
        TRY(write_member(packing, &packing->members[i], tar));
    }
    return tar_writer_finish(tar);
}

/* Without a name from the beginning: nothing is left of it once it is closed. */
static struct result open_nameless(const struct config *config, int *out)
{
    char path[APP_PATH_SIZE];

    TRY(app_path(config, "bundle-XXXXXX", path));
    *out = mkstemp(path);
    REQUIRE(*out >= 0, STORAGE_FAILED, "tar.write");
    unlink(path);
    fcntl(*out, F_SETFD, FD_CLOEXEC);
    return OK;
}

static struct result measure(int file, uint64_t *size)
{
    struct stat status;

    REQUIRE(fstat(file, &status) == 0 && lseek(file, 0, SEEK_SET) == 0, STORAGE_FAILED,
            "tar.write");
    *size = (uint64_t)status.st_size;
    return OK;
}

static struct result write_file(const struct packing *packing, int *file, uint64_t *size)
{
    int made = -1;

    TRY(open_nameless(packing->app->config, &made));
    struct result written = write_tar(packing, made);

    if (is_ok(written)) {
        written = measure(made, size);
    }
    if (!is_ok(written)) {
        close(made);
        return written;
    }
    *file = made;
    return OK;
}

/* --- all of it --- */

static struct result pack(struct packing *packing, int *file, uint64_t *size)
{
    TRY(gather(packing));
    return write_file(packing, file, size);
}

struct result bundle_make(struct app *app, const struct bundle_order *order, int *file,
                          uint64_t *size)
{
    AUTO_REPORT_EVIDENCE *evidence = 0;
    AUTO_SIGN_OFF sign_off = SIGN_OFF_INIT;
    AUTO_PACKING *packing = calloc(1, sizeof *packing);

    REQUIRE(packing, OUT_OF_MEMORY, "service.memory");
    packing->reading.file = -1;
    TRY(report_evidence_make(app, order->report, order->version, &evidence));
    TRY(attestation_read(evidence, app->identity, &sign_off));
    packing->app = app;
    packing->order = order;
    packing->evidence = evidence;
    packing->sign_off = &sign_off;
    TRY(reading_open(app, order->person, &sign_off.file, order->now, &packing->reading));
    return pack(packing, file, size);
}
