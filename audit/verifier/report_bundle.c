#include "verifier/report_bundle.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "verifier/tar.h"

/* --- names --- */

void report_bundle_name_document(struct bytes format, char out[static REPORT_BUNDLE_NAME_SIZE])
{
    const char *const end = bytes_is(format, "PDF")    ? "pdf"
                            : bytes_is(format, "JPEG") ? "jpg"
                            : bytes_is(format, "PNG")  ? "png"
                                                       : "txt";

    (void)snprintf(out, REPORT_BUNDLE_NAME_SIZE, "document.%s", end);
}

void report_bundle_name_statement(uint64_t index, struct bytes type,
                                  char out[static REPORT_BUNDLE_NAME_SIZE])
{
    (void)snprintf(out, REPORT_BUNDLE_NAME_SIZE, "statements/%06llu-%.*s.txt",
                   (unsigned long long)index, (int)type.size, (const char *)type.data);
}

void report_bundle_name_receipt(uint64_t index, char out[static REPORT_BUNDLE_NAME_SIZE])
{
    (void)snprintf(out, REPORT_BUNDLE_NAME_SIZE, "receipts/%06llu.receipt",
                   (unsigned long long)index);
}

static bool is_name_character(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

/* No slash, no dot in front: nothing that leads anywhere. */
static bool is_step(struct bytes name)
{
    for (size_t i = 0; i < name.size; i++) {
        if (!is_name_character(name.data[i])) {
            return false;
        }
    }
    return name.size > 0 && name.data[0] != '.';
}

static bool is_folder(struct bytes name)
{
    return bytes_is(name, "statements") || bytes_is(name, "receipts");
}

static bool is_place(struct bytes name)
{
    struct bytes rest = name;
    const struct bytes first = text_cut(&rest, '/');

    return first.size == name.size ? is_step(name) : is_folder(first) && is_step(rest);
}

/* --- files --- */

static struct report_bundle_file *files_of(const struct report_bundle *bundle)
{
    return (void *)bundle->files.data;
}

size_t report_bundle_count(const struct report_bundle *bundle)
{
    return bundle->files.size / sizeof(struct report_bundle_file);
}

const struct report_bundle_file *report_bundle_at(const struct report_bundle *bundle, size_t index)
{
    return &files_of(bundle)[index];
}

const struct report_bundle_file *report_bundle_find(const struct report_bundle *bundle,
                                                    const char *name)
{
    for (size_t i = 0; i < report_bundle_count(bundle); i++) {
        if (strcmp(files_of(bundle)[i].name, name) == 0) {
            return &files_of(bundle)[i];
        }
    }
    return NULL;
}

void report_bundle_free(struct report_bundle *bundle)
{
    for (size_t i = 0; i < report_bundle_count(bundle); i++) {
        buffer_free(&files_of(bundle)[i].contents);
    }
    buffer_free(&bundle->files);
}

/* Says which file it was, as far as that can be printed. */
static void note_place(struct report_bundle *bundle, struct bytes name)
{
    size_t size = 0;

    for (; size < name.size && size + 1 < sizeof bundle->place; size++) {
        const uint8_t c = name.data[size];

        bundle->place[size] = (char)(is_name_character(c) || c == '/' ? c : (uint8_t)'?');
    }
    bundle->place[size] = 0;
}

static struct result check_file(const struct report_bundle *bundle, struct bytes name, size_t size)
{
    char text[REPORT_BUNDLE_NAME_SIZE];

    REQUIRE(name.size < sizeof text && is_place(name), INVALID, "report_bundle.path");
    (void)snprintf(text, sizeof text, "%.*s", (int)name.size, (const char *)name.data);
    REQUIRE(report_bundle_find(bundle, text) == NULL, INVALID, "report_bundle.twice");
    REQUIRE(report_bundle_count(bundle) < REPORT_BUNDLE_FILES_MAX &&
                size <= REPORT_BUNDLE_SIZE_MAX - bundle->size,
            INVALID, "tar.size");
    return OK;
}

/* An empty file of this name; it moves when the next one is added. */
static struct result add_file(struct report_bundle *bundle, struct bytes name, size_t size,
                              struct report_bundle_file **out)
{
    struct report_bundle_file file = {.contents = BUFFER_INIT};

    note_place(bundle, name);
    TRY(check_file(bundle, name, size));
    memcpy(file.name, name.data, name.size);
    TRY(buffer_append(&bundle->files, (struct bytes){(const uint8_t *)&file, sizeof file}));
    *out = &files_of(bundle)[report_bundle_count(bundle) - 1];
    bundle->size += size;
    return buffer_reserve(&(*out)->contents, size);
}

/* --- a tar file --- */

struct unpacking {
    struct report_bundle *bundle;
    char folder[REPORT_BUNDLE_NAME_SIZE]; /* "" before the first file */
};

/* All of a tar stands in one folder, whose name says nothing to us. */
static struct result take_folder(struct unpacking *unpacking, struct bytes folder)
{
    REQUIRE(is_step(folder) && folder.size < sizeof unpacking->folder, INVALID,
            "report_bundle.path");
    if (unpacking->folder[0] == 0) {
        memcpy(unpacking->folder, folder.data, folder.size);
    }
    REQUIRE(bytes_is(folder, unpacking->folder), INVALID, "report_bundle.path");
    return OK;
}

static struct result take_member(void *context, struct bytes name, struct bytes contents)
{
    struct unpacking *const unpacking = context;
    struct bytes rest = name;
    const struct bytes folder = text_cut(&rest, '/');
    struct report_bundle_file *file;

    note_place(unpacking->bundle, name);
    TRY(take_folder(unpacking, folder));
    TRY(add_file(unpacking->bundle, rest, contents.size, &file));
    return buffer_append(&file->contents, contents);
}

static struct result load_tar(const char *path, struct report_bundle *out)
{
    static const struct tar_limits LIMITS = {REPORT_BUNDLE_FILES_MAX, REPORT_BUNDLE_SIZE_MAX};
    struct unpacking unpacking = {.bundle = out};

    return tar_read(path, &LIMITS, take_member, &unpacking);
}

/* --- a folder --- */

static void close_descriptor(const int *descriptor)
{
    if (*descriptor >= 0) {
        (void)close(*descriptor);
    }
}

#define AUTO_DESCRIPTOR __attribute__((cleanup(close_descriptor))) int

static void close_folder(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

#define AUTO_FOLDER __attribute__((cleanup(close_folder))) DIR

static struct result read_contents(int descriptor, size_t size, struct buffer *out)
{
    while (out->size < size) {
        const ssize_t count = read(descriptor, out->data + out->size, size - out->size);

        REQUIRE(count > 0, STORAGE_FAILED, "file.read");
        out->size += (size_t)count;
    }
    return OK;
}

/* Not a link, and no pipe that would be waited for. */
static struct result load_file(int folder, const char *step, struct bytes name,
                               struct report_bundle *out)
{
    AUTO_DESCRIPTOR descriptor =
        openat(folder, step, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct report_bundle_file *file;
    struct stat status;

    note_place(out, name);
    REQUIRE(descriptor >= 0 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode), INVALID,
            "tar.link");
    REQUIRE(status.st_size <= (off_t)REPORT_BUNDLE_SIZE_MAX, INVALID, "tar.size");
    TRY(add_file(out, name, (size_t)status.st_size, &file));
    return read_contents(descriptor, (size_t)status.st_size, &file->contents);
}

static struct result load_folder(int parent, const char *name, struct report_bundle *out);

static struct result load_step(int folder, const char *prefix, const char *step,
                               struct report_bundle *out)
{
    char name[2 * REPORT_BUNDLE_NAME_SIZE + 256];

    if (prefix[0] == 0 && is_folder(bytes_of_string(step))) {
        return load_folder(folder, step, out);
    }
    (void)snprintf(name, sizeof name, "%s%s%s", prefix, prefix[0] == 0 ? "" : "/", step);
    return load_file(folder, step, bytes_of_string(name), out);
}

/* `name` is "" for `parent` itself. */
static DIR *open_folder(int parent, const char *name)
{
    const int flags = O_RDONLY | O_CLOEXEC | O_DIRECTORY | (name[0] == 0 ? 0 : O_NOFOLLOW);
    const int descriptor = openat(parent, name[0] == 0 ? "." : name, flags);
    DIR *const folder = descriptor < 0 ? NULL : fdopendir(descriptor);

    if (folder == NULL && descriptor >= 0) {
        (void)close(descriptor);
    }
    return folder;
}

static struct result load_folder(int parent, const char *name, struct report_bundle *out)
{
    AUTO_FOLDER *folder = open_folder(parent, name);

    note_place(out, bytes_of_string(name));
    REQUIRE(folder != NULL, INVALID, "tar.link");
    /* The stream is this function's own. */
    /* cppcheck-suppress readdirCalled */
    /* NOLINTNEXTLINE(concurrency-mt-unsafe) */
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            TRY(load_step(dirfd(folder), name, entry->d_name, out));
        }
    }
    return OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct report_bundle_file *)a)->name,
                  ((const struct report_bundle_file *)b)->name);
}

struct result report_bundle_load(const char *path, struct report_bundle *out)
{
    AUTO_DESCRIPTOR descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;

    REQUIRE(descriptor >= 0 && fstat(descriptor, &status) == 0, NOT_FOUND, "file.open");
    TRY(S_ISDIR(status.st_mode) ? load_folder(descriptor, "", out) : load_tar(path, out));
    REQUIRE(report_bundle_count(out) > 0, INVALID, "report_bundle.path");
    qsort(out->files.data, report_bundle_count(out), sizeof(struct report_bundle_file),
          compare_names);
    out->place[0] = 0;
    return OK;
}
