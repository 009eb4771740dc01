#include "server/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

size_t disk_write(int file, struct bytes bytes, uint64_t offset)
{
    size_t done = 0;

    while (done < bytes.size) {
        const ssize_t put =
            pwrite(file, bytes.data + done, bytes.size - done, (off_t)(offset + done));

        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            break;
        }
        done += (size_t)put;
    }
    return done;
}

struct result disk_flush_folder(const char *folder)
{
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool flushed;

    REQUIRE(opened >= 0, STORAGE_FAILED, "service.storage");
    flushed = fsync(opened) == 0;
    close(opened);
    REQUIRE(flushed, STORAGE_FAILED, "service.storage");
    return OK;
}

void disk_print_hash(const struct hash32 *hash, char out[static DISK_HEX_SIZE + 1])
{
    static const char DIGITS[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof hash->bytes; i++) {
        out[2 * i] = DIGITS[hash->bytes[i] >> 4];
        out[2 * i + 1] = DIGITS[hash->bytes[i] & 15];
    }
    out[DISK_HEX_SIZE] = 0;
}
