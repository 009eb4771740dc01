/*
 * shelf.h - a store of documents in a folder of its own, and a file that somebody wants to send.
 */
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "server/documents.h"
#include "server/partials.h"
#include "server/upload.h"
#include "support/temporary.h"

#define SHELF_NOW  1795000000
#define SHELF_FILE 100000

struct shelf {
    struct temporary folder;
    char path[128];
    struct documents *documents;
    uint8_t file[SHELF_FILE];
    struct upload_order order;
};

#define AUTO_SHELF __attribute__((cleanup(shelf_close))) struct shelf

static inline void shelf_start(struct shelf *shelf)
{
    check_ok(documents_open(shelf->path, SHELF_NOW, &shelf->documents));
}

static inline void shelf_stop(struct shelf *shelf)
{
    documents_close(shelf->documents);
    shelf->documents = 0;
}

static inline void shelf_open(struct shelf *shelf)
{
    temporary_make(&shelf->folder);
    snprintf(shelf->path, sizeof shelf->path, "%s/documents", shelf->folder.path);
    for (size_t i = 0; i < SHELF_FILE; i++) {
        shelf->file[i] = (uint8_t)(i * 7 + i / 256);
    }
    memcpy(shelf->file, "%PDF-1.7\n", 9);
    shelf->order = (struct upload_order){
        .key.hash = sha256_of(BYTES(shelf->file)),
        .size = SHELF_FILE,
        .format = LITERAL("PDF"),
        .now = SHELF_NOW,
    };
    shelf_start(shelf);
}

static inline void shelf_close(struct shelf *shelf)
{
    shelf_stop(shelf);
    temporary_remove(&shelf->folder);
}

static inline struct bytes part_of(const struct shelf *shelf, size_t from, size_t end)
{
    return (struct bytes){shelf->file + from, end - from};
}

static inline void set_range(struct shelf *shelf, char range[static 64], size_t from, size_t end)
{
    snprintf(range, 64, "bytes %zu-%zu/%d", from, end - 1, SHELF_FILE);
    shelf->order.range = bytes_of_string(range);
    shelf->order.announced = end - from;
}

/* Sends one part and hangs up, whatever became of it. */
static inline struct result send_part(struct shelf *shelf, size_t from, size_t end,
                                      struct upload_progress *out)
{
    struct upload *upload = 0;
    char range[64];
    struct result sent;

    set_range(shelf, range, from, end);
    sent = upload_begin(shelf->documents, &shelf->order, &upload);
    if (is_ok(sent)) {
        sent = upload_take(upload, part_of(shelf, from, end));
        sent = is_ok(sent) ? upload_finish(upload) : sent;
        upload_progress(upload, out);
        upload_close(upload);
    }
    return sent;
}

static inline struct result send_whole(struct shelf *shelf, struct bytes file,
                                       struct upload_progress *out)
{
    struct upload *upload = 0;
    struct result sent = upload_begin(shelf->documents, &shelf->order, &upload);

    if (is_ok(sent)) {
        sent = upload_take(upload, file);
        sent = is_ok(sent) ? upload_finish(upload) : sent;
        upload_progress(upload, out);
        upload_close(upload);
    }
    return sent;
}

static inline void check_state(struct shelf *shelf, enum document_state state)
{
    assert_int_equal(documents_state(shelf->documents, &shelf->order.key.hash), state);
}

static inline void check_stored(struct shelf *shelf)
{
    static uint8_t found[SHELF_FILE + 1];
    uint64_t size;
    int file;

    check_state(shelf, DOCUMENT_STORED);
    check_ok(documents_read(shelf->documents, &shelf->order.key.hash, &file, &size));
    assert_int_equal(size, SHELF_FILE);
    assert_int_equal(read(file, found, sizeof found), SHELF_FILE);
    assert_memory_equal(found, shelf->file, SHELF_FILE);
    close(file);
}

static inline void set_token(struct shelf *shelf, unsigned number)
{
    char token[32];

    snprintf(token, sizeof token, "token-%012u", number);
    check_ok(upload_read_token(bytes_of_string(token), &shelf->order.key));
}
