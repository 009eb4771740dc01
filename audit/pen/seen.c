#include "pen/seen.h"

#include "base/encoding.h"
#include "verifier/file.h"

/* One file a log: KEY.seen-<key id>. */
static struct result path_of(const char *beside, const struct vkey *log, struct buffer *path,
                             const char **out)
{
    *out = ""; /* for gcc's analyzer, which does not see that TRY leaves */
    TRY(buffer_append_text(path, beside));
    TRY(buffer_append_text(path, ".seen-"));
    TRY(hex_append(path, BYTES(log->id.bytes)));
    return buffer_terminate(path, out);
}

struct result seen_load(const char *beside, const struct vkey *log, struct buffer *out)
{
    AUTO_BUFFER path = BUFFER_INIT;
    const char *file;

    TRY(path_of(beside, log, &path, &file));
    const struct result read = file_read(file, out);
    return read.failure == NOT_FOUND ? OK : read;
}

struct result seen_keep(const char *beside, const struct vkey *log, struct bytes checkpoint)
{
    AUTO_BUFFER path = BUFFER_INIT;
    const char *file;

    TRY(path_of(beside, log, &path, &file));
    return file_write_secret(file, checkpoint);
}
