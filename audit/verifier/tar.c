#include "verifier/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 65536

/* --- reading --- */

struct tar_reader {
    struct archive *archive;
    const struct tar_limits *limits;
    size_t files;
    uint64_t bytes;
};

static void free_reader(struct archive **archive)
{
    (void)archive_read_free(*archive);
}

#define AUTO_ARCHIVE __attribute__((cleanup(free_reader))) struct archive

static struct result check_member(struct tar_reader *reader, struct archive_entry *entry)
{
    const int64_t size = archive_entry_size(entry);

    REQUIRE(archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == NULL,
            INVALID, "tar.link");
    REQUIRE(archive_entry_pathname(entry) != NULL && archive_entry_size_is_set(entry) && size >= 0,
            MALFORMED, "tar.form");
    REQUIRE(++reader->files <= reader->limits->files &&
                (uint64_t)size <= reader->limits->bytes - reader->bytes,
            INVALID, "tar.size");
    reader->bytes += (uint64_t)size;
    return OK;
}

static struct result read_contents(struct tar_reader *reader, size_t size, struct buffer *out)
{
    buffer_clear(out);
    TRY(buffer_reserve(out, size + 1)); /* one more: what is longer than it says is noticed */
    while (out->size <= size) {
        const la_ssize_t got =
            archive_read_data(reader->archive, out->data + out->size, size + 1 - out->size);

        REQUIRE(got >= 0, MALFORMED, "tar.form");
        if (got == 0) {
            break;
        }
        out->size += (size_t)got;
    }
    REQUIRE(out->size == size, MALFORMED, "tar.form");
    return OK;
}

static struct result read_member(struct tar_reader *reader, struct archive_entry *entry,
                                 struct buffer *contents)
{
    TRY(check_member(reader, entry));
    return read_contents(reader, (size_t)archive_entry_size(entry), contents);
}

static struct result open_archive(const char *path, struct archive **out)
{
    struct archive *const archive = archive_read_new();

    *out = archive;
    REQUIRE(archive != NULL && archive_read_support_format_tar(archive) == ARCHIVE_OK,
            OUT_OF_MEMORY, "tar.form");
    REQUIRE(archive_read_open_filename(archive, path, BLOCK_SIZE) == ARCHIVE_OK, MALFORMED,
            "tar.form");
    return OK;
}

struct result tar_read(const char *path, const struct tar_limits *limits, tar_visit *visit,
                       void *context)
{
    AUTO_ARCHIVE *archive = NULL;
    AUTO_BUFFER contents = BUFFER_INIT;
    struct archive_entry *entry;
    int status;

    TRY(open_archive(path, &archive));
    struct tar_reader reader = {.archive = archive, .limits = limits};
    while ((status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        if (archive_entry_filetype(entry) == AE_IFDIR) {
            continue;
        }
        TRY(read_member(&reader, entry, &contents));
        TRY(visit(context, bytes_of_string(archive_entry_pathname(entry)), buffer_view(&contents)));
    }
    REQUIRE(status == ARCHIVE_EOF && reader.files > 0, MALFORMED, "tar.form");
    return OK;
}

/* --- writing --- */

struct tar_writer {
    struct archive *archive;
    struct archive_entry *entry;
    uint64_t time;
};

void tar_writer_drop(struct tar_writer **writer)
{
    if (*writer != NULL) {
        archive_entry_free((*writer)->entry);
        (void)archive_write_free((*writer)->archive);
        free(*writer);
    }
}

static struct result require_written(int status)
{
    REQUIRE(status == ARCHIVE_OK, STORAGE_FAILED, "tar.write");
    return OK;
}

static struct result open_writer(struct tar_writer *writer, int file)
{
    REQUIRE(writer->archive != NULL && writer->entry != NULL, OUT_OF_MEMORY, "tar.write");
    TRY(require_written(archive_write_set_format_ustar(writer->archive)));
    return require_written(archive_write_open_fd(writer->archive, file));
}

struct result tar_writer_open(int file, uint64_t time, struct tar_writer **out)
{
    AUTO_TAR_WRITER *writer = calloc(1, sizeof *writer);

    REQUIRE(writer != NULL, OUT_OF_MEMORY, "tar.write");
    writer->archive = archive_write_new();
    writer->entry = archive_entry_new();
    writer->time = time;
    TRY(open_writer(writer, file));
    *out = writer;
    writer = NULL; /* handed over */
    return OK;
}

struct result tar_writer_begin(struct tar_writer *writer, const char *name, uint64_t size)
{
    struct archive_entry *const entry = archive_entry_clear(writer->entry);

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_mtime(entry, (time_t)writer->time, 0);
    return require_written(archive_write_header(writer->archive, entry));
}

struct result tar_writer_append(struct tar_writer *writer, struct bytes piece)
{
    if (piece.size == 0) {
        return OK;
    }
    REQUIRE(archive_write_data(writer->archive, piece.data, piece.size) == (la_ssize_t)piece.size,
            STORAGE_FAILED, "tar.write");
    return OK;
}

struct result tar_writer_finish(struct tar_writer *writer)
{
    return require_written(archive_write_close(writer->archive));
}
