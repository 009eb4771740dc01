#include "verifier/place.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verifier/mirror.h"

static bool is_url(const char *place)
{
    return strncmp(place, "http://", 7) == 0 || strncmp(place, "https://", 8) == 0;
}

struct result place_copy(const char *url, const struct archive *archive)
{
    AUTO_FETCH *fetch = NULL;

    TRY(fetch_open(&fetch));
    return mirror_log(fetch, url, archive);
}

struct result place_open(const char *place, struct archive *out, bool *copied)
{
    char folder[] = "/tmp/xiling-audit-XXXXXX";

    *copied = is_url(place);
    if (!*copied) {
        return archive_at(place, out);
    }
    REQUIRE(mkdtemp(folder) != NULL, STORAGE_FAILED, "file.folder");
    TRY(archive_at(folder, out));
    return place_copy(place, out);
}
