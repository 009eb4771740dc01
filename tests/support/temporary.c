#define _XOPEN_SOURCE 700 /* nftw */

#include "support/temporary.h"

#include <ftw.h>
#include <stdlib.h>

#include "check.h"

void temporary_make(struct temporary *out)
{
    (void)snprintf(out->path, sizeof out->path, "/tmp/xiling-test-XXXXXX");
    assert_non_null(mkdtemp(out->path));
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

void temporary_remove(struct temporary *folder)
{
    (void)nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
