#include "server/limit.h"

#include <sys/resource.h>

#define CONNECTIONS_MAX 4096
#define OTHERS          256 /* files and databases */
#define DESCRIPTORS_MAX (CONNECTIONS_MAX + OTHERS)

unsigned limit_connections(void)
{
    struct rlimit limit = {0};

    if (getrlimit(RLIMIT_NOFILE, &limit)) {
        return 2 * OTHERS;
    }
    if (limit.rlim_cur < DESCRIPTORS_MAX) {
        limit.rlim_cur = limit.rlim_max < DESCRIPTORS_MAX ? limit.rlim_max : DESCRIPTORS_MAX;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur > 2 * OTHERS ? (unsigned)limit.rlim_cur - OTHERS : OTHERS;
}

void limit_dumps(void)
{
    const struct rlimit none = {0, 0};

    (void)setrlimit(RLIMIT_CORE, &none);
}
