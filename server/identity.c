#include "server/identity.h"

#include <stdio.h>

#include "server/key_file.h"

#define PATH_SIZE 512

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

static struct result create_key(const char *folder, const char *name_of_file, struct bytes name)
{
    char path[PATH_SIZE];

    TRY(print_path(folder, name_of_file, path));
    return key_file_create(path, name, VKEY_ED25519);
}

struct result identity_create(const char *folder, struct bytes origin)
{
    TRY(create_key(folder, LOG_FILE, origin));
    return create_key(folder, SERVICE_FILE, LITERAL("service"));
}

static struct result load_key(const char *folder, const char *name, struct vkey *vkey,
                              struct secret_key *secret)
{
    char path[PATH_SIZE];

    TRY(print_path(folder, name, path));
    return key_file_load(path, VKEY_ED25519, vkey, secret);
}

struct result identity_load(const char *folder, struct identity *out)
{
    TRY(load_key(folder, LOG_FILE, &out->log, &out->log_secret));
    return load_key(folder, SERVICE_FILE, &out->service, &out->service_secret);
}
