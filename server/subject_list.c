#include "server/subject_list.h"

#include <stdio.h>

#include "base/encoding.h"
#include "record/query.h"
#include "record/record.h"
#include "server/app.h"
#include "server/database.h"
#include "server/subjects.h"

static const char HEAD[] = "# xiling openings: case, salt, organisation. Not for the public.\n";

struct listing {
    struct buffer *out;
    struct hash32 objection;
};

static struct result add_line(void *context, const struct disclosure_row *row)
{
    const struct listing *const listing = context;

    TRY(hex_append(listing->out, BYTES(listing->objection.bytes)));
    TRY(buffer_append_text(listing->out, " "));
    TRY(base64_append(listing->out, row->salt));
    TRY(buffer_append_text(listing->out, " "));
    TRY(buffer_append(listing->out, row->value));
    return buffer_append_text(listing->out, "\n");
}

static const char SELECT_ACCEPTED[] =
    "SELECT hash FROM objection WHERE accepted IS NOT NULL ORDER BY position";

struct result subject_list_write(struct record *record, struct buffer *out)
{
    AUTO_QUERY query = query_start(record, SELECT_ACCEPTED);
    struct listing listing = {.out = out};
    bool row;

    TRY(buffer_append_text(out, HEAD));
    TRY(query_step(&query, &row));
    while (row) {
        TRY(query_fixed(&query, 0, listing.objection.bytes, sizeof listing.objection.bytes));
        TRY(subject_of(record, &listing.objection, add_line, &listing));
        TRY(query_step(&query, &row));
    }
    return OK;
}

struct result subject_list_print(const struct config *config)
{
    AUTO_DATABASE *database = 0;
    AUTO_RECORD *record = 0;
    AUTO_BUFFER list = BUFFER_INIT;
    char path[APP_PATH_SIZE];

    TRY(app_path(config, "xiling.db", path));
    TRY(database_open_reader(path, &database));
    TRY(record_open(database, &record));
    TRY(subject_list_write(record, &list));
    REQUIRE(fwrite(list.data, 1, list.size, stdout) == list.size && fflush(stdout) == 0,
            STORAGE_FAILED, "service.storage");
    return OK;
}
