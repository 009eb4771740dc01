#include "server/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/secret.h"
#include "base/text.h"

#define KEY_FILE_MAX 1024
#define PATH_SIZE    512

static const char LOG_FILE[] = "log.key";
static const char SERVICE_FILE[] = "service.key";

void identity_wipe(struct identity *identity)
{
    secret_key_wipe(&identity->log_secret);
    secret_key_wipe(&identity->service_secret);
}

struct bytes identity_origin(const struct identity *identity)
{
    return vkey_name(&identity->log);
}

static struct result print_path(const char *folder, const char *name, char out[static PATH_SIZE])
{
    const int size = snprintf(out, PATH_SIZE, "%s/%s", folder, name);

    REQUIRE(size > 0 && size < PATH_SIZE, MALFORMED, "config.data");
    return OK;
}

static struct result make_key(struct bytes name, const struct secret32 *seed, struct vkey *vkey,
                              struct secret_key *secret)
{
    struct public_key key;

    TRY(secret_key_derive(seed, secret));
    public_key_of(secret, &key);
    return vkey_make(name, VKEY_ED25519, &key, vkey);
}

static struct result print_key(const struct vkey *vkey, const struct secret32 *seed,
                               struct buffer *out)
{
    uint8_t raw[1 + sizeof seed->bytes] = {VKEY_ED25519};
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

static struct result create_key(const char *folder, const char *name_of_file, struct bytes name)
{
    SECRET_32 seed;
    SECRET_KEY secret;
    SECRET_BUFFER text = BUFFER_INIT;
    struct vkey vkey;
    char path[PATH_SIZE];

    TRY(print_path(folder, name_of_file, path));
    secret_random(seed.bytes, sizeof seed.bytes);
    TRY(make_key(name, &seed, &vkey, &secret));
    TRY(print_key(&vkey, &seed, &text));
    return write_file(path, buffer_view(&text));
}

struct result identity_create(const char *folder, struct bytes origin)
{
    TRY(create_key(folder, LOG_FILE, origin));
    return create_key(folder, SERVICE_FILE, LITERAL("service"));
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
static struct result parse_key(struct bytes text, struct vkey *vkey, struct secret_key *secret)
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
    REQUIRE(is_ok(base64_decode_append(line, &raw)) && raw.size == 33 &&
                raw.data[0] == VKEY_ED25519,
            MALFORMED, "identity.form");
    memcpy(seed.bytes, raw.data + 1, sizeof seed.bytes);
    TRY(make_key(name, &seed, vkey, secret));
    REQUIRE(memcmp(vkey->id.bytes, id, sizeof id) == 0, MALFORMED, "identity.form");
    return OK;
}

static struct result load_key(const char *folder, const char *name, struct vkey *vkey,
                              struct secret_key *secret)
{
    SECRET_BUFFER text = BUFFER_INIT;
    char path[PATH_SIZE];

    TRY(print_path(folder, name, path));
    TRY(read_file(path, &text));
    return parse_key(buffer_view(&text), vkey, secret);
}

struct result identity_load(const char *folder, struct identity *out)
{
    TRY(load_key(folder, LOG_FILE, &out->log, &out->log_secret));
    return load_key(folder, SERVICE_FILE, &out->service, &out->service_secret);
}
