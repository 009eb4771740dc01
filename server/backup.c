#include "server/backup.h"

#include <unistd.h>

#include "record/record.h"
#include "server/app.h"
#include "server/database.h"
#include "server/identity.h"
#include "server/integrity.h"

/* The copy is read back and hashed: a backup that nobody has read is a hope. */
static struct result check_copy(const char *path, const struct identity *identity)
{
    AUTO_DATABASE *database = 0;
    AUTO_RECORD *record = 0;
    const struct merkle_head nothing = {0, merkle_empty_root()};

    TRY(database_open_reader(path, &database));
    TRY(record_open(database, &record));
    return integrity_check(record, identity, &nothing);
}

struct result backup_make(const struct config *config)
{
    SECRET_IDENTITY identity = {0};
    char path[APP_PATH_SIZE];

    REQUIRE(config->output[0], MALFORMED, "config.output");
    REQUIRE(access(config->output, F_OK) != 0, CONFLICT, "config.exists");
    TRY(identity_load(config->data, &identity));
    TRY(app_path(config, "xiling.db", path));
    TRY(database_copy(path, config->output));
    return check_copy(config->output, &identity);
}
