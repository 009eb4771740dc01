#include "server/partials.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "server/disk.h"
#include "server/partial_rows.h"

/* --- opening --- */

/* `<hex>.<token>` as print_path writes it. */
static bool read_name(const char *name, struct partial_key *out)
{
    const struct bytes text = bytes_of_string(name);
    const char *const token = name + DISK_HEX_SIZE + 1;

    *out = (struct partial_key){.token = ""};
    if (text.size <= DISK_HEX_SIZE + 1 || text.size > DISK_HEX_SIZE + 1 + PARTIAL_TOKEN_MAX ||
        name[DISK_HEX_SIZE] != '.' ||
        !is_ok(hex_decode(bytes_slice(text, 0, DISK_HEX_SIZE), out->hash.bytes,
                          sizeof out->hash.bytes))) {
        return false;
    }
    snprintf(out->token, sizeof out->token, "%s",
             strcmp(token, PARTIAL_NO_TOKEN) == 0 ? "" : token);
    return true;
}

static void know_again(struct partials *partials, const char *name, uint64_t now)
{
    char path[PARTIAL_PATH_SIZE];
    struct partial_key key;
    struct stat status;
    struct partial_row *row = 0;

    snprintf(path, sizeof path, "%s/%s", partials->folder, name);
    if (stat(path, &status) || !S_ISREG(status.st_mode)) {
        return;
    }
    if (read_name(name, &key) && (uint64_t)status.st_mtime + PARTIAL_STALE_SECONDS >= now) {
        row = partial_make(partials, &key, now);
    }
    if (!row) {
        (void)unlink(path);
        return;
    }
    row->received = row->flushed = row->held = (uint64_t)status.st_size;
    row->touched = (uint64_t)status.st_mtime;
}

struct result partials_open(const char *folder, uint64_t now, struct partials **out)
{
    struct partials *const partials = calloc(1, sizeof *partials);
    DIR *names;

    REQUIRE(partials, OUT_OF_MEMORY, "service.memory");
    *out = partials;
    partials->folder = folder;
    pthread_mutex_init(&partials->lock, 0);
    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        pthread_mutex_init(&partials->rows[i].lock, 0);
        partials->rows[i].file = -1;
    }
    (void)mkdir(folder, 0700);
    names = opendir(folder);
    REQUIRE(names, STORAGE_FAILED, "config.data");
    /* The stream is this function's own. */
    /* cppcheck-suppress readdirCalled */
    /* NOLINTNEXTLINE(concurrency-mt-unsafe) */
    for (const struct dirent *name = readdir(names); name; name = readdir(names)) {
        know_again(partials, name->d_name, now);
    }
    closedir(names);
    return OK;
}

void partials_close(struct partials *partials)
{
    if (!partials) {
        return;
    }
    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        partial_end_claim(&partials->rows[i], 0);
        pthread_mutex_destroy(&partials->rows[i].lock);
    }
    pthread_mutex_destroy(&partials->lock);
    free(partials);
}

/* --- asking --- */

uint64_t partials_received(struct partials *partials, const struct partial_key *key)
{
    struct partial_row *row;
    uint64_t received = 0;

    pthread_mutex_lock(&partials->lock);
    row = partial_find(partials, key);
    if (row) {
        pthread_mutex_lock(&row->lock);
        received = row->received;
        pthread_mutex_unlock(&row->lock);
    }
    pthread_mutex_unlock(&partials->lock);
    return received;
}

bool partials_has(struct partials *partials, const struct hash32 *hash)
{
    bool has;

    pthread_mutex_lock(&partials->lock);
    has = partial_count(partials, hash) > 0;
    pthread_mutex_unlock(&partials->lock);
    return has;
}

void partials_forget(struct partials *partials, const struct hash32 *hash)
{
    pthread_mutex_lock(&partials->lock);
    for (size_t i = 0; i < PARTIALS_MAX; i++) {
        struct partial_row *const row = &partials->rows[i];

        if (row->used && row->number == 0 && hash32_equal(&row->key.hash, hash)) {
            partial_remove(partials, row);
        }
    }
    pthread_mutex_unlock(&partials->lock);
}

/* --- claiming --- */

/* Opens the file, or goes on with the one that a connection before us has open. */
static struct result open_row(struct partials *partials, struct partial_row *row, bool anew)
{
    char path[PARTIAL_PATH_SIZE];

    if (row->file < 0) {
        partial_path(partials, &row->key, path);
        row->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        REQUIRE(row->file >= 0, STORAGE_FAILED, "document.space");
    }
    if (anew) {
        REQUIRE(ftruncate(row->file, 0) == 0, STORAGE_FAILED, "document.space");
        row->received = row->flushed = 0;
    }
    return OK;
}

static struct result claim_row(struct partials *partials, struct partial_row *row,
                               const struct partial_start *start, struct claim *out)
{
    REQUIRE(!row->finishing && !(start->idle && row->number != 0), BUSY, "document.busy");
    if (!start->anew && start->from != row->received) {
        return fail_field(CONFLICT, "document.offset", 0, row->received);
    }
    TRY(open_row(partials, row, start->anew));
    row->number = ++partials->last_number;
    row->touched = start->now;
    row->held = row->received;
    *out = (struct claim){partials, (size_t)(row - partials->rows), row->number};
    return OK;
}

static struct result find_or_make(struct partials *partials, const struct partial_start *start,
                                  struct partial_row **out)
{
    *out = partial_find(partials, start->key);
    if (*out) {
        return OK;
    }
    if (!start->anew && start->from > 0) {
        return fail(CONFLICT, "document.offset");
    }
    *out = partial_make(partials, start->key, start->now);
    REQUIRE(*out, BUSY, "document.busy");
    return OK;
}

struct result partials_claim(struct partials *partials, const struct partial_start *start,
                             struct claim *out)
{
    struct partial_row *row = 0;
    struct result claimed;

    pthread_mutex_lock(&partials->lock);
    partial_drop_stale(partials, start->now);
    claimed = find_or_make(partials, start, &row);
    if (is_ok(claimed)) {
        pthread_mutex_lock(&row->lock);
        claimed = claim_row(partials, row, start, out);
        /* A row that was made for nothing: no file, no claim. */
        row->used = row->file >= 0 || row->received > 0;
        pthread_mutex_unlock(&row->lock);
    }
    pthread_mutex_unlock(&partials->lock);
    return claimed;
}

/* The claim's row, locked; NULL, and nothing is locked, if somebody has taken it over. */
static struct partial_row *lock_claim(const struct claim *claim)
{
    struct partial_row *const row = claim->number ? &claim->home->rows[claim->place] : 0;

    if (!row) {
        return 0;
    }
    pthread_mutex_lock(&row->lock);
    if (row->number == claim->number) {
        return row;
    }
    pthread_mutex_unlock(&row->lock);
    return 0;
}

struct result partial_write(const struct claim *claim, struct bytes piece)
{
    struct partial_row *const row = lock_claim(claim);
    size_t written;

    REQUIRE(row, CONFLICT, "document.displaced");
    written = disk_write(row->file, piece, row->received);
    row->received += written;
    pthread_mutex_unlock(&row->lock);
    REQUIRE(written == piece.size, STORAGE_FAILED, "document.space");
    return OK;
}

/* --- ending --- */

struct result partial_finish(const struct claim *claim)
{
    struct partial_row *const row = lock_claim(claim);

    REQUIRE(row, CONFLICT, "document.displaced");
    row->finishing = true;
    pthread_mutex_unlock(&row->lock);
    return OK;
}

int partial_file(const struct claim *claim)
{
    return claim->home->rows[claim->place].file;
}

/* Nobody else touches a row that is being finished: the disk is waited for without its lock. */
struct result partial_flush(const struct claim *claim, uint64_t *received)
{
    struct partial_row *const row = &claim->home->rows[claim->place];
    const bool flushed = fsync(row->file) == 0;

    pthread_mutex_lock(&row->lock);
    if (!flushed && ftruncate(row->file, (off_t)row->flushed) == 0) {
        row->received = row->flushed;
    }
    row->flushed = flushed ? row->received : row->flushed;
    *received = row->received;
    pthread_mutex_unlock(&row->lock);
    REQUIRE(flushed, STORAGE_FAILED, "document.space");
    return OK;
}

/* The row is free again; its file is somewhere else, or gone. */
static void free_row(struct claim *claim)
{
    struct partial_row *const row = lock_claim(claim);

    if (row) {
        partial_end_claim(row, 0);
        row->used = false;
        pthread_mutex_unlock(&row->lock);
    }
    claim->number = 0;
}

struct result partial_keep(struct claim *claim, const char *folder, const char *path)
{
    char from[PARTIAL_PATH_SIZE];

    partial_path(claim->home, &claim->home->rows[claim->place].key, from);
    REQUIRE(rename(from, path) == 0, STORAGE_FAILED, "document.space");
    pthread_mutex_lock(&claim->home->lock);
    free_row(claim);
    pthread_mutex_unlock(&claim->home->lock);
    return disk_flush_folder(folder);
}

void partial_drop(struct claim *claim)
{
    struct partials *const partials = claim->home;
    struct partial_row *row;

    if (!partials) {
        return;
    }
    pthread_mutex_lock(&partials->lock);
    row = lock_claim(claim);
    if (row) {
        pthread_mutex_unlock(&row->lock);
        partial_remove(partials, row);
    }
    claim->number = 0;
    pthread_mutex_unlock(&partials->lock);
}

void partial_release(struct claim *claim, uint64_t now)
{
    struct partial_row *const row = lock_claim(claim);

    if (row) {
        partial_end_claim(row, now);
        pthread_mutex_unlock(&row->lock);
    }
    claim->number = 0;
}
