#include "server/deposit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "base/text.h"
#include "server/clock.h"
#include "server/disk.h"
#include "server/documents.h"
#include "server/readers.h"
#include "server/reading.h"
#include "server/trace.h"
#include "server/upload.h"
#include "verifier/file.h"

#define PATH_SIZE 640
#define NAME_SIZE 33

struct deposit {
    struct deposit_place place;
    char path[PATH_SIZE]; /* of its trail */
    int trail;
    uint64_t written;
};

/* --- taking back --- */

static struct result is_named(const struct deposit_place *place, const struct hash32 *hash,
                              bool *out)
{
    AUTO_READER reader = READER_INIT;
    struct reading reading;
    struct result found;

    TRY(readers_lend(place->readers, &reader));
    found = reading_find(reader.record, hash, &reading);
    *out = is_ok(found);
    return found.failure == NOT_FOUND ? OK : found;
}

/* A line that was cut off when the plug was pulled names nothing that was stored. */
static struct result take_back(const struct deposit_place *place, struct bytes line)
{
    struct hash32 hash;
    bool named;

    if (!is_ok(hex_decode(line, hash.bytes, sizeof hash.bytes))) {
        return OK;
    }
    TRY(is_named(place, &hash, &named));
    return named ? OK : documents_destroy(place->documents, &hash);
}

static struct result follow(const struct deposit_place *place, const char *path)
{
    AUTO_BUFFER trail = BUFFER_INIT;
    struct bytes rest;

    TRY(file_read(path, &trail));
    for (rest = buffer_view(&trail); rest.size > 0;) {
        TRY(take_back(place, text_cut(&rest, '\n')));
    }
    REQUIRE(unlink(path) == 0, STORAGE_FAILED, "service.storage");
    return disk_flush_folder(place->folder);
}

static struct result follow_all(const struct deposit_place *place, DIR *folder)
{
    /* The stream is this function's own. */
    /* cppcheck-suppress readdirCalled */
    /* NOLINTNEXTLINE(concurrency-mt-unsafe) */
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[PATH_SIZE + NAME_SIZE];

        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", place->folder, entry->d_name);
        TRY(follow(place, path));
    }
    return OK;
}

struct result deposits_sweep(const struct deposit_place *place)
{
    DIR *folder;
    struct result followed;

    (void)mkdir(place->folder, 0700);
    folder = opendir(place->folder);
    REQUIRE(folder, STORAGE_FAILED, "config.data");
    followed = follow_all(place, folder);
    closedir(folder);
    return followed;
}

/* --- storing --- */

static void print_path(struct deposit *deposit)
{
    static const char DIGITS[] = "0123456789abcdef";
    uint8_t drawn[(NAME_SIZE - 1) / 2];
    char name[NAME_SIZE] = {0};

    secret_random(drawn, sizeof drawn);
    for (size_t i = 0; i < sizeof drawn; i++) {
        name[2 * i] = DIGITS[drawn[i] >> 4];
        name[2 * i + 1] = DIGITS[drawn[i] & 15];
    }
    snprintf(deposit->path, sizeof deposit->path, "%s/%s", deposit->place.folder, name);
}

struct result deposit_begin(const struct deposit_place *place, struct deposit **out)
{
    struct deposit *const deposit = calloc(1, sizeof *deposit);
    struct result flushed;

    REQUIRE(deposit, OUT_OF_MEMORY, "service.memory");
    deposit->place = *place;
    print_path(deposit);
    deposit->trail = open(deposit->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    flushed = deposit->trail < 0 ? fail(STORAGE_FAILED, "service.storage")
                                 : disk_flush_folder(place->folder);
    if (!is_ok(flushed)) {
        deposit_close(deposit);
        return flushed;
    }
    *out = deposit;
    return OK;
}

static struct result leave_trail(struct deposit *deposit, const struct hash32 *hash)
{
    char line[DISK_HEX_SIZE + 2];

    disk_print_hash(hash, line);
    line[DISK_HEX_SIZE] = '\n';
    REQUIRE(disk_write(deposit->trail, (struct bytes){(const uint8_t *)line, DISK_HEX_SIZE + 1},
                       deposit->written) == DISK_HEX_SIZE + 1 &&
                fdatasync(deposit->trail) == 0,
            STORAGE_FAILED, "service.storage");
    deposit->written += DISK_HEX_SIZE + 1;
    return OK;
}

static struct result send_all(struct upload *upload, struct bytes document)
{
    TRY(upload_take(upload, document));
    return upload_finish(upload);
}

struct result deposit_store(struct deposit *deposit, const struct hash32 *hash,
                            struct bytes document)
{
    const struct upload_order order = {
        .key = {.hash = *hash},
        .size = document.size,
        .format = LITERAL(DOCUMENT_SEALED),
        .announced = document.size,
        .now = clock_now(),
    };
    struct upload *upload;
    struct result sent;

    TRY(leave_trail(deposit, hash));
    TRY(upload_begin(deposit->place.documents, &order, &upload));
    sent = send_all(upload, document);
    upload_close(upload);
    return sent;
}

void deposit_close(struct deposit *deposit)
{
    if (!deposit) {
        return;
    }
    if (deposit->trail >= 0) {
        struct result followed;

        close(deposit->trail);
        followed = follow(&deposit->place, deposit->path);
        if (!is_ok(followed)) {
            trace_event("a deposit is taken back at the next start", &followed);
        }
    }
    free(deposit);
}
