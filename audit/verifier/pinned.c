#include "verifier/pinned.h"

#include <string.h>
#include <unistd.h>

#include "base/encoding.h"
#include "verifier/file.h"

#define THREADS_MAX 64

static struct bytes first_line(struct bytes text)
{
    size_t length = 0;

    while (length < text.size && text.data[length] != '\n' && text.data[length] != '\r') {
        length++;
    }
    return bytes_slice(text, 0, length);
}

struct result pinned_key(const char *given, struct vkey *out)
{
    AUTO_BUFFER text = BUFFER_INIT;

    if (is_ok(vkey_parse(bytes_of_string(given), out))) {
        return OK;
    }
    TRY(file_read(given, &text));
    return vkey_parse(first_line(buffer_view(&text)), out);
}

struct result pinned_of(const struct options *options, const struct archive *archive,
                        struct pin *out, bool *borrowed)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const char *key = option(options, "vkey");
    const char *genesis = option(options, "genesis");

    *borrowed = key == NULL;
    out->has_genesis = genesis != NULL;
    if (genesis != NULL) {
        TRY(hex_decode(bytes_of_string(genesis), out->genesis.bytes, sizeof out->genesis.bytes));
    }
    if (key != NULL) {
        return pinned_key(key, &out->log);
    }
    TRY(archive_read(archive, "vkey", &text));
    return vkey_parse(first_line(buffer_view(&text)), &out->log);
}

struct result pinned_policy(const struct options *options, struct buffer *text,
                            struct policy *policy, bool *has)
{
    const char *path = option(options, "policy");

    *has = path != NULL;
    if (path == NULL) {
        return OK;
    }
    TRY(file_read(path, text));
    return policy_parse(buffer_view(text), policy);
}

struct result pinned_threads(const struct options *options, unsigned *out)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t threads;

    TRY(option_number(options, "threads", processors > 0 ? (uint64_t)processors : 1, &threads));
    *out = (unsigned)(threads > THREADS_MAX ? THREADS_MAX : threads);
    return OK;
}
