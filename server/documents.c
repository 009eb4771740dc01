#include "server/documents.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "primitive/sealed.h"
#include "record/view.h"
#include "server/disk.h"
#include "server/partials.h"

#define PIECE_SIZE 16384
#define CARRY_MAX  3 /* bytes of a character that a piece was cut in */
#define HEAD_MAX   8

struct documents {
    const char *folder;
    char partial_folder[DOCUMENT_PATH_SIZE];
    struct partials *partials;
};

struct result documents_open(const char *folder, uint64_t now, struct documents **out)
{
    struct documents *const documents = calloc(1, sizeof *documents);

    REQUIRE(documents, OUT_OF_MEMORY, "service.memory");
    *out = documents;
    documents->folder = folder;
    snprintf(documents->partial_folder, sizeof documents->partial_folder, "%s/partial", folder);
    (void)mkdir(folder, 0700);
    return partials_open(documents->partial_folder, now, &documents->partials);
}

void documents_close(struct documents *documents)
{
    if (documents) {
        partials_close(documents->partials);
        free(documents);
    }
}

struct partials *documents_partials(struct documents *documents)
{
    return documents->partials;
}

void documents_path(const struct documents *documents, const struct hash32 *hash,
                    char out[static DOCUMENT_PATH_SIZE])
{
    char hex[DISK_HEX_SIZE + 1];

    disk_print_hash(hash, hex);
    snprintf(out, DOCUMENT_PATH_SIZE, "%s/%s", documents->folder, hex);
}

enum document_state documents_state(struct documents *documents, const struct hash32 *hash)
{
    char path[DOCUMENT_PATH_SIZE];

    documents_path(documents, hash, path);
    if (access(path, F_OK) == 0) {
        return DOCUMENT_STORED;
    }
    return partials_has(documents->partials, hash) ? DOCUMENT_PARTIAL : DOCUMENT_MISSING;
}

bool documents_have_done(struct documents *documents, const struct view_task *task)
{
    return strcmp(task->kind, "report.upload") == 0 &&
           documents_state(documents, &task->file) == DOCUMENT_STORED;
}

const char *document_state_word(enum document_state state)
{
    static const char *const WORDS[] = {
        [DOCUMENT_MISSING] = "missing",
        [DOCUMENT_PARTIAL] = "partial",
        [DOCUMENT_STORED] = "stored",
    };

    return WORDS[state];
}

struct result documents_read(struct documents *documents, const struct hash32 *hash, int *file,
                             uint64_t *size)
{
    char path[DOCUMENT_PATH_SIZE];
    struct stat status;
    int opened;

    documents_path(documents, hash, path);
    opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    REQUIRE(opened >= 0, NOT_FOUND, "document.missing");
    if (fstat(opened, &status)) {
        close(opened);
        return fail(STORAGE_FAILED, "service.storage");
    }
    *file = opened;
    *size = (uint64_t)status.st_size;
    return OK;
}

/* --- what a file is --- */

/* One look at a file from its first byte to its last. */
struct look {
    struct sha256_state sha256;
    uint8_t head[HEAD_MAX];
    size_t head_size;
    bool text;                /* nothing but text so far */
    uint8_t carry[CARRY_MAX]; /* the beginning of a character */
    size_t carry_size;
    uint8_t joined[CARRY_MAX + PIECE_SIZE];
};

static void keep_head(struct look *look, struct bytes piece)
{
    const size_t room = HEAD_MAX - look->head_size;
    const size_t size = piece.size < room ? piece.size : room;

    memcpy(look->head + look->head_size, piece.data, size);
    look->head_size += size;
}

/* Reads characters; the rest, which the next piece may complete, is carried. */
static void look_at_text(struct look *look, struct bytes piece)
{
    struct bytes rest = {look->joined, look->carry_size + piece.size};
    uint32_t character = 1;

    memcpy(look->joined, look->carry, look->carry_size);
    memcpy(look->joined + look->carry_size, piece.data, piece.size);
    while (character != 0 && text_next(&rest, &character)) {
    }
    look->text = look->text && character != 0 && rest.size <= CARRY_MAX;
    look->carry_size = look->text ? rest.size : 0;
    if (look->carry_size > 0) { /* nothing may stand nowhere */
        memcpy(look->carry, rest.data, look->carry_size);
    }
}

static struct result look_through(int file, struct look *look)
{
    uint8_t piece[PIECE_SIZE];
    uint64_t offset = 0;
    ssize_t got = 1;

    look->text = true;
    sha256_begin(&look->sha256);
    while (got != 0) {
        got = pread(file, piece, sizeof piece, (off_t)offset);
        REQUIRE(got >= 0 || errno == EINTR, STORAGE_FAILED, "service.storage");
        if (got > 0) {
            const struct bytes view = {piece, (size_t)got};

            sha256_update(&look->sha256, view);
            keep_head(look, view);
            look_at_text(look, view);
            offset += view.size;
        }
    }
    return OK;
}

/* Suite 1 has up to 32 readers, suite 2 two. */
static bool is_suite(uint8_t suite, uint8_t readers)
{
    return suite == SEALED_ANY ? readers >= 1 && readers <= SEALED_READERS_MAX
                               : suite == SEALED_BOTH && readers == 2;
}

static bool has_format(const struct look *look, struct bytes format)
{
    static const struct {
        const char *format;
        struct bytes head;
    } FORMATS[] = {
        {"PDF", {(const uint8_t *)"%PDF-", 5}},
        {"JPEG", {(const uint8_t *)"\xff\xd8\xff", 3}},
        {"PNG", {(const uint8_t *)"\x89PNG\r\n\x1a\n", 8}},
    };

    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++) {
        if (bytes_is(format, FORMATS[i].format)) {
            return bytes_starts_with((struct bytes){look->head, look->head_size}, FORMATS[i].head);
        }
    }
    if (bytes_is(format, DOCUMENT_SEALED)) {
        return look->head_size == HEAD_MAX && is_suite(look->head[0], look->head[1]);
    }
    return bytes_is(format, "TXT") && look->text && look->carry_size == 0;
}

struct result document_check(int file, const struct hash32 *hash, struct bytes format)
{
    struct look look = {.text = true};
    struct hash32 found;

    TRY(look_through(file, &look));
    sha256_end(&look.sha256, &found);
    REQUIRE(hash32_equal(&found, hash), INVALID, "document.hash");
    REQUIRE(has_format(&look, format), INVALID, "document.format");
    return OK;
}

struct result documents_destroy(struct documents *documents, const struct hash32 *hash)
{
    char path[DOCUMENT_PATH_SIZE];

    partials_forget(documents->partials, hash);
    documents_path(documents, hash, path);
    if (unlink(path) != 0) {
        REQUIRE(errno == ENOENT, STORAGE_FAILED, "service.storage");
        return OK;
    }
    return disk_flush_folder(documents->folder);
}

struct result documents_keep(struct documents *documents, const struct hash32 *hash,
                             struct claim *claim)
{
    char path[DOCUMENT_PATH_SIZE];

    documents_path(documents, hash, path);
    TRY(partial_keep(claim, documents->folder, path));
    partials_forget(documents->partials, hash);
    return OK;
}
