#include "server/demo_sitting.h"

#include "server/demo_cast.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
/* The rules document of the genesis (demo_people.c), as both years pin it. */
#define RULES_FILE    "qaUjD6yPYxp7ycpHi0TbIEtr1z8PagKN1ogJTosR/gU="
#define GRADE_QUALITY 2
#define GRADE_NOMINEE 1

/* --- the year before: a small meeting, quickly over --- */

static const struct stage_field RULES_BEFORE[] = {
    {"周期", "award-2025"},
    {"年度", "2025"},
    {"规则文件", RULES_FILE},
    {"细则文号", "示例评审办〔2025〕1号"},
    {"法定人数", "2/3"},
    {"加投上限", "2"},
    {"等次", "0 0 不授奖"},
    {"等次", "1 1 质量奖"},
    {"限额", "2 1"},
    {"席位", "1 2"},
    {"通过", "1 1/2 实到 超过"},
};

/* Of 5: four for the first, three for the second, who pass; one for the third. Nothing ties. */
static uint8_t choose_before(size_t member, size_t body)
{
    static const struct {
        size_t from, to;
    } FOR[] = {{0, 4}, {0, 3}, {4, 5}};

    return body < COUNT(FOR) && member >= FOR[body].from && member < FOR[body].to ? 1 : 0;
}

const struct sitting SITTING_BEFORE = {
    .cycle = "award-2025",
    .meeting = "meeting-2025",
    .election = "election-2025",
    .notice = "2025-1",
    .helpers = 5,
    .members = 5,
    .first_body = 8,
    .body_count = 3,
    .window = 1,
    .document = "示例评审办〔2025〕3号",
    .rules = RULES_BEFORE,
    .rule_count = COUNT(RULES_BEFORE),
    .choose = choose_before,
};

/* --- this year --- */

static const struct stage_field RULES_NOW[] = {
    {"周期", "award-2026"},
    {"年度", "2026"},
    {"规则文件", RULES_FILE},
    {"细则文号", "示例评审办〔2026〕1号"},
    {"法定人数", "2/3"},
    {"加投上限", "2"},
    {"等次", "0 0 不授奖"},
    {"等次", "1 1 提名奖"},
    {"等次", "2 1024 质量奖"},
    {"限额", "3 2"},
    {"限额", "9 1 2"},
    {"席位", "2 3"},
    {"席位", "1 9"},
    {"通过", "2 2/3 实到 不少于"},
    {"通过", "1 2 1/2 实到 超过"},
};

/*
 * How a helper votes: by body, not by place on the drawn list. Two thirds and one half are cleared
 * by clear margins, so that the newcomer's ballot alone makes no tie at a cut.
 */
static uint8_t choose_now(size_t member, size_t body)
{
    static const uint8_t QUALITY_VOTES[] = {14, 12, 11}; /* org-01 … org-03 of 14 helpers */
    static const uint8_t NOMINEE_VOTES[] = {13, 12, 12, 11, 10, 9, 2, 1, 0}; /* org-04 … */

    if (body < COUNT(QUALITY_VOTES)) {
        return member < QUALITY_VOTES[body] ? GRADE_QUALITY : 0;
    }
    /* Six nominees at most on one paper: 9 awards less 3 of quality. */
    return body < 9 && member < NOMINEE_VOTES[body - COUNT(QUALITY_VOTES)] ? GRADE_NOMINEE : 0;
}

const struct sitting SITTING_NOW = {
    .cycle = "award-2026",
    .meeting = "meeting-2026",
    .election = "election-2026",
    .notice = "2026-1",
    .newcomer = CAST_NEWCOMER,
    .helpers = CAST_MEMBERS - 1,
    .members = CAST_MEMBERS,
    .first_body = 0,
    .body_count = 12,
    .window = 5,
    .document = "示例评审办〔2026〕3号",
    .rules = RULES_NOW,
    .rule_count = COUNT(RULES_NOW),
    .choose = choose_now,
};
