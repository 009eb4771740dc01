#include "server/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "base/text.h"

#define KEY_FILE_MAX 1024

/* The vkey and the signing key of a seed. */
static struct result make_key(struct bytes name, enum vkey_type type, const struct secret32 *seed,
                              struct vkey *vkey, struct secret_key *secret)
{
    struct public_key key;

    TRY(secret_key_derive(seed, secret));
    public_key_of(secret, &key);
    return vkey_make(name, type, &key, vkey);
}

static struct result print_key(const struct vkey *vkey, const struct secret32 *seed,
                               struct buffer *out)
{
    uint8_t raw[1 + sizeof seed->bytes] = {(uint8_t)vkey->type};
    struct result printed;

    memcpy(raw + 1, seed->bytes, sizeof seed->bytes);
    TRY(buffer_append_text(out, "PRIVATE+KEY+"));
    TRY(buffer_append(out, vkey_name(vkey)));
    TRY(buffer_append_text(out, "+"));
    TRY(hex_append(out, BYTES(vkey->id.bytes)));
    TRY(buffer_append_text(out, "+"));
    printed = base64_append(out, BYTES(raw));
    secret_wipe(raw, sizeof raw);
    TRY(printed);
    return buffer_append_text(out, "\n");
}

static struct result write_file(const char *path, struct bytes contents)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written;

    REQUIRE(file >= 0 || errno != EEXIST, CONFLICT, "config.exists");
    REQUIRE(file >= 0, STORAGE_FAILED, "service.storage");
    written =
        write(file, contents.data, contents.size) == (ssize_t)contents.size && fsync(file) == 0;
    REQUIRE(close(file) == 0 && written, STORAGE_FAILED, "service.storage");
    return OK;
}

struct result key_file_create(const char *path, struct bytes name, enum vkey_type type)
{
    SECRET_32 seed;
    SECRET_KEY secret;
    SECRET_BUFFER text = BUFFER_INIT;
    struct vkey vkey;

    secret_random(seed.bytes, sizeof seed.bytes);
    TRY(make_key(name, type, &seed, &vkey, &secret));
    TRY(print_key(&vkey, &seed, &text));
    return write_file(path, buffer_view(&text));
}

static struct result read_file(const char *path, struct buffer *out)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status;
    ssize_t got;
    bool narrow;

    REQUIRE(file >= 0, NOT_FOUND, "identity.missing");
    narrow = fstat(file, &status) == 0 && (status.st_mode & 077) == 0;
    got = is_ok(buffer_reserve(out, KEY_FILE_MAX)) ? read(file, out->data, KEY_FILE_MAX) : -1;
    close(file);
    REQUIRE(narrow, UNAUTHORIZED, "identity.mode");
    REQUIRE(got > 0, STORAGE_FAILED, "service.storage");
    out->size = (size_t)got;
    return OK;
}

/* Splits "PRIVATE+KEY+<name>+<id>+<base64>"; the base64 itself may hold plus signs. */
static struct result parse_key(struct bytes text, enum vkey_type type, struct vkey *vkey,
                               struct secret_key *secret)
{
    const struct bytes prefix = LITERAL("PRIVATE+KEY+");
    struct bytes line = text_cut(&text, '\n');
    struct bytes name;
    uint8_t id[4];
    SECRET_BUFFER raw = BUFFER_INIT;
    SECRET_32 seed;

    REQUIRE(text.size == 0 && bytes_starts_with(line, prefix), MALFORMED, "identity.form");
    line = bytes_slice(line, prefix.size, line.size);
    name = text_cut(&line, '+');
    REQUIRE(is_ok(hex_decode(text_cut(&line, '+'), id, sizeof id)), MALFORMED, "identity.form");
    REQUIRE(is_ok(base64_decode_append(line, &raw)) && raw.size == 33 && raw.data[0] == type,
            MALFORMED, "identity.form");
    memcpy(seed.bytes, raw.data + 1, sizeof seed.bytes);
    TRY(make_key(name, type, &seed, vkey, secret));
    REQUIRE(memcmp(vkey->id.bytes, id, sizeof id) == 0, MALFORMED, "identity.form");
    return OK;
}

struct result key_file_load(const char *path, enum vkey_type type, struct vkey *vkey,
                            struct secret_key *secret)
{
    SECRET_BUFFER text = BUFFER_INIT;

    TRY(read_file(path, &text));
    return parse_key(buffer_view(&text), type, vkey, secret);
}
