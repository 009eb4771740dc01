#include "record/refusal.h"

#include <string.h>

static const struct refusal ROWS[] = {
    {"internal",
     "", {"服务内部出错，没有收下。", "Internal error; not taken."},
     {"", ""},
     {"请稍后再试；您没有提交任何东西。", "Try again later; nothing was filed."}},
};

size_t refusal_count(void)
{
    return sizeof ROWS / sizeof ROWS[0];
}

const struct refusal *refusal_at(size_t index)
{
    return &ROWS[index];
}

const struct refusal *refusal_find(const char *rule)
{
    for (size_t i = 0; rule && i < refusal_count(); i++) {
        if (strcmp(rule, ROWS[i].rule) == 0) {
            return &ROWS[i];
        }
    }
    return &ROWS[0];
}
