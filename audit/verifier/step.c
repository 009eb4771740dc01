#include "verifier/step.h"

#include <string.h>

static const struct step_words NAMES[STEP_COUNT] = {
    [STEP_CHECKPOINT] = {"检查点的签名", "checkpoint"},
    [STEP_TREE] = {"记录与检查点相符", "tree"},
    [STEP_GROWTH] = {"记录只增不改", "growth"},
    [STEP_ENTRIES] = {"每一号都读得通", "entries"},
    [STEP_GENESIS] = {"起点", "genesis"},
    [STEP_SIGNATURES] = {"每个签名", "signatures"},
    [STEP_PEOPLE] = {"人员与角色", "people"},
    [STEP_CYCLE] = {"年度与会议", "cycle and meeting"},
    [STEP_SIGNINS] = {"签到", "sign-ins"},
    [STEP_DRAW] = {"抽签与冻结", "draw and freeze"},
    [STEP_CEREMONY] = {"密钥仪式", "ceremony"},
    [STEP_MANIFEST] = {"表决清单", "manifest"},
    [STEP_BALLOTS] = {"每张票", "ballots"},
    [STEP_BURNED] = {"作废的标签与纸票", "burned tags"},
    [STEP_CLOSE] = {"截止", "close"},
    [STEP_SHARES] = {"开票份额", "shares"},
    [STEP_COUNTS] = {"票数", "counts"},
    [STEP_RESULT] = {"结果", "result"},
    [STEP_COMPLETE] = {"没有缺漏", "completeness"},
    [STEP_REVIEWS] = {"评审与报告", "reviews and reports"},
    [STEP_CASES] = {"公示与异议", "notices and objections"},
};

struct place {
    const char *word; /* a type, or the noun of a rule with its point */
    enum step step;
};

static const struct place TYPES[] = {
    {"log.genesis", STEP_GENESIS},    {"meeting.signin", STEP_SIGNINS},
    {"draw.commit", STEP_DRAW},       {"draw.reveal", STEP_DRAW},
    {"draw.record", STEP_DRAW},       {"meeting.freeze", STEP_DRAW},
    {"election.open", STEP_MANIFEST}, {"ballot", STEP_BALLOTS},
    {"ballot.burn", STEP_BURNED},     {"election.paper", STEP_BURNED},
    {"election.close", STEP_CLOSE},   {"election.cancel", STEP_CLOSE},
    {"election.share", STEP_SHARES},  {"election.result", STEP_RESULT},
};

static const struct place FAMILIES[] = {
    {"person.", STEP_PEOPLE},
    {"role.", STEP_PEOPLE},
    {"cycle.", STEP_CYCLE},
    {"meeting.", STEP_CYCLE},
    {"trustee.", STEP_CEREMONY},
    {"organisation.", STEP_REVIEWS},
    {"qualification.", STEP_REVIEWS},
    {"secrecy.", STEP_REVIEWS},
    {"conflict.", STEP_REVIEWS},
    {"team.", STEP_REVIEWS},
    {"report.", STEP_REVIEWS},
    {"notice.", STEP_CASES},
    {"lead.", STEP_CASES},
    {"list.", STEP_CASES},
    {"objection.", STEP_CASES},
    {"case.", STEP_CASES},
    {"identity.", STEP_CASES},
};

/* Rules that decide by themselves, whatever entry they met. */
static const struct place RULES[] = {
    {"checkpoint.", STEP_CHECKPOINT},
    {"tree.", STEP_TREE},
    {"tile.", STEP_TREE},
    {"growth.", STEP_GROWTH},
    {"entry.", STEP_ENTRIES},
    {"log.time", STEP_ENTRIES},
    {"genesis.", STEP_GENESIS},
    {"statement.signers", STEP_SIGNATURES},
    {"statement.signature", STEP_SIGNATURES},
    {"signature.", STEP_SIGNATURES},
    {"signers.", STEP_SIGNATURES},
    {"signer.", STEP_SIGNATURES},
    {"statement.", STEP_ENTRIES},
    {"tally.", STEP_COUNTS},
};

static enum step find(const struct place places[], size_t count, const char *text, bool whole)
{
    for (size_t i = 0; i < count; i++) {
        const char *word = places[i].word;
        const int differs = whole ? strcmp(text, word) : strncmp(text, word, strlen(word));

        if (differs == 0) {
            return places[i].step;
        }
    }
    return STEP_NONE;
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const struct step_words *step_name(enum step step)
{
    return &NAMES[step];
}

enum step step_of_type(const char *type)
{
    const enum step exact = find(TYPES, COUNT(TYPES), type, true);
    const enum step family = find(FAMILIES, COUNT(FAMILIES), type, false);

    if (exact != STEP_NONE) {
        return exact;
    }
    return family != STEP_NONE ? family : STEP_ENTRIES;
}

enum step step_of_refusal(const char *type, const char *rule)
{
    const enum step decided = find(RULES, COUNT(RULES), rule == NULL ? "" : rule, false);

    return decided != STEP_NONE ? decided : step_of_type(type);
}
