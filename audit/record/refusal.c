#include "record/refusal.h"

#include <string.h>

#include "record/refusal_lists.h"

static const struct refusal INTERNAL_ROW = {
    "internal",
    "",
    {"服务内部出错，没有收下。", "Internal error; not taken."},
    {"", ""},
    {"请把时间和这条规则名告诉管理员；您没有提交任何东西。",
     "Tell the operator the time and this rule's name; nothing was filed."},
};

static const struct refusal_list *const LISTS[] = {
    &STATEMENT_REFUSALS, &MEETING_REFUSALS, &REVIEW_REFUSALS,   &VOTE_REFUSALS,   &SYSTEM_REFUSALS,
    &LOG_REFUSALS,       &PROOF_REFUSALS,   &SIGN_OFF_REFUSALS, &NOTICE_REFUSALS, &CASE_REFUSALS};

#define LIST_COUNT (sizeof LISTS / sizeof LISTS[0])

size_t refusal_count(void)
{
    size_t count = 1;

    for (size_t i = 0; i < LIST_COUNT; i++) {
        count += LISTS[i]->count;
    }
    return count;
}

const struct refusal *refusal_at(size_t index)
{
    for (size_t i = 0; index > 0 && i < LIST_COUNT; i++) {
        if (index <= LISTS[i]->count) {
            return &LISTS[i]->rows[index - 1];
        }
        index -= LISTS[i]->count;
    }
    return &INTERNAL_ROW;
}

const struct refusal *refusal_find(const char *rule)
{
    const size_t count = refusal_count();

    for (size_t i = 0; rule && i < count; i++) {
        if (strcmp(rule, refusal_at(i)->rule) == 0) {
            return refusal_at(i);
        }
    }
    return &INTERNAL_ROW;
}
