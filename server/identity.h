/*
 * identity.h - who this service is: the origin of its log, the log key and the service key.
 *
 * Two key files of the data folder (key_file.h), `log.key` and `service.key`. The name of the log
 * key is the origin. The log key signs checkpoints and nothing else, the service key acceptances.
 * Protocol section 9.
 */
#pragma once

#include "log/vkey.h"
#include "primitive/signature.h"

struct identity {
    struct vkey log;
    struct vkey service;
    struct secret_key log_secret;
    struct secret_key service_secret;
};

#define SECRET_IDENTITY __attribute__((cleanup(identity_wipe))) struct identity
void identity_wipe(struct identity *identity);

struct bytes identity_origin(const struct identity *identity);
/* CONFLICT "config.exists" if one of the files stands, MALFORMED "vkey.name". */
MUST_CHECK struct result identity_create(const char *folder, struct bytes origin);
/* NOT_FOUND "identity.missing", UNAUTHORIZED "identity.mode", MALFORMED "identity.form". */
MUST_CHECK struct result identity_load(const char *folder, struct identity *out);
