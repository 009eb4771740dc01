#include "verifier/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_SIZE ((size_t)65536)
#define PATH_SIZE  4096

static void close_scope(const int *descriptor)
{
    if (*descriptor > STDIN_FILENO) {
        (void)close(*descriptor);
    }
}

#define AUTO_DESCRIPTOR __attribute__((cleanup(close_scope))) int

static struct result read_all(int descriptor, struct buffer *out)
{
    ssize_t count;

    do {
        REQUIRE(out->size <= FILE_SIZE_MAX, INVALID, "file.size");
        TRY(buffer_reserve(out, CHUNK_SIZE));
        count = read(descriptor, out->data + out->size, CHUNK_SIZE);
        REQUIRE(count >= 0 || errno == EINTR, STORAGE_FAILED, "file.read");
        out->size += count > 0 ? (size_t)count : 0;
    } while (count != 0);
    return OK;
}

struct result file_read(const char *path, struct buffer *out)
{
    AUTO_DESCRIPTOR descriptor =
        strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

    buffer_clear(out);
    REQUIRE(descriptor >= 0, NOT_FOUND, "file.open");
    return read_all(descriptor, out);
}

static struct result write_all(int descriptor, struct bytes contents)
{
    while (contents.size > 0) {
        const ssize_t count = write(descriptor, contents.data, contents.size);

        REQUIRE(count >= 0 || errno == EINTR, STORAGE_FAILED, "file.write");
        contents = bytes_slice(contents, count > 0 ? (size_t)count : 0, contents.size);
    }
    REQUIRE(fsync(descriptor) == 0, STORAGE_FAILED, "file.write");
    return OK;
}

static struct result write_new(const char *path, struct bytes contents, mode_t mode)
{
    AUTO_DESCRIPTOR descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

    REQUIRE(descriptor >= 0, STORAGE_FAILED, "file.write");
    return write_all(descriptor, contents);
}

/* A new name is durable once its folder is. */
static struct result flush_folder(const char *path)
{
    char folder[PATH_SIZE] = ".";
    const char *const slash = strrchr(path, '/');

    if (slash != NULL) {
        (void)snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path);
    }
    AUTO_DESCRIPTOR descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    REQUIRE(descriptor >= 0 && fsync(descriptor) == 0, STORAGE_FAILED, "file.write");
    return OK;
}

static struct result replace(const char *path, struct bytes contents, mode_t mode)
{
    char temporary[PATH_SIZE];

    REQUIRE(strlen(path) + 5 < sizeof temporary, INVALID, "file.write");
    (void)snprintf(temporary, sizeof temporary, "%s.new", path);
    const struct result written = write_new(temporary, contents, mode);
    if (!is_ok(written)) {
        (void)unlink(temporary);
        return written;
    }
    REQUIRE(rename(temporary, path) == 0, STORAGE_FAILED, "file.write");
    return flush_folder(path);
}

struct result file_write(const char *path, struct bytes contents)
{
    return replace(path, contents, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
}

struct result file_write_secret(const char *path, struct bytes contents)
{
    return replace(path, contents, S_IRUSR | S_IWUSR);
}

struct result file_make_folders(const char *path)
{
    char folder[PATH_SIZE];

    REQUIRE(strlen(path) < sizeof folder, INVALID, "file.folder");
    for (size_t i = 0; path[i] != 0; i++) {
        folder[i] = path[i];
        if (path[i] == '/' && i > 0) {
            folder[i] = 0;
            REQUIRE(mkdir(folder, S_IRWXU | S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH) == 0 ||
                        errno == EEXIST,
                    STORAGE_FAILED, "file.folder");
            folder[i] = '/';
        }
    }
    return OK;
}
