#include "verifier/findings.h"

#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "record/refusal.h"

#define LINE_SIZE 512

void findings_free(struct findings *findings)
{
    buffer_free(&findings->pending);
    buffer_free(&findings->reports);
    buffer_free(&findings->cases);
}

void findings_fail(struct findings *findings, enum step step, struct replay_failure failure)
{
    if (findings->failed == STEP_NONE) {
        findings->failed = step;
        findings->failure = failure;
        findings->steps[step] = FINDING_FAILED;
    }
}

static const char *mark(enum finding finding)
{
    static const char *const MARKS[] = {
        [FINDING_NOT_REACHED] = "·",
        [FINDING_HOLDS] = "✓",
        [FINDING_OPEN] = "○",
        [FINDING_FAILED] = "✕",
    };

    return MARKS[finding];
}

static struct result print_step(const struct findings *findings, enum step step, struct buffer *out)
{
    char line[LINE_SIZE];
    const struct step_words *name = step_name(step);

    (void)snprintf(line, sizeof line, "%s V%-2d %s / %s", mark(findings->steps[step]), (int)step,
                   name->zh, name->en);
    TRY(buffer_append_text(out, line));
    if (findings->counts[step] > 0) {
        (void)snprintf(line, sizeof line, "  %llu", (unsigned long long)findings->counts[step]);
        TRY(buffer_append_text(out, line));
    }
    return buffer_append_text(out, "\n");
}

static struct result print_words(const char *zh_label, const char *zh, const char *en_label,
                                 const char *en, struct buffer *out)
{
    char line[2 * LINE_SIZE];

    (void)snprintf(line, sizeof line, "  %s：%s\n  %s: %s\n", zh_label, zh, en_label, en);
    return buffer_append_text(out, line);
}

static struct result print_failure(const struct findings *findings, struct buffer *out)
{
    const struct replay_failure *failure = &findings->failure;
    const char *rule = failure->result.rule == NULL ? "internal" : failure->result.rule;
    const struct refusal *words = refusal_find(rule);
    const char *field = failure->result.field;
    char line[LINE_SIZE];

    (void)snprintf(
        line, sizeof line, "\n验证未通过 / Verification failed: V%d, 第 %llu 号 / entry %llu%s%s\n",
        (int)findings->failed, (unsigned long long)failure->index,
        (unsigned long long)failure->index, failure->type[0] == 0 ? "" : ", ", failure->type);
    TRY(buffer_append_text(out, line));
    (void)snprintf(line, sizeof line, "  规则 / rule: %s%s%s%s%s\n", rule,
                   words->article[0] == 0 ? "" : " ", words->article,
                   field == NULL ? "" : "  字段 / field: ", field == NULL ? "" : field);
    TRY(buffer_append_text(out, line));
    return print_words("发生了什么", words->what.zh, "What happened", words->what.en, out);
}

static struct result print_openings(const struct findings *findings, struct buffer *out)
{
    char line[LINE_SIZE];

    if (findings->openings == 0) {
        return OK;
    }
    (void)snprintf(line, sizeof line,
                   "知道 %llu 件异议的对象，名单已逐家核对（V21）。\n"
                   "Openings: V21 knew whom %llu cases are about and held lists to exactly that.\n",
                   (unsigned long long)findings->openings, (unsigned long long)findings->openings);
    return buffer_append_text(out, line);
}

static struct result print_success(const struct findings *findings, struct buffer *out)
{
    char line[LINE_SIZE];

    (void)snprintf(line, sizeof line,
                   "\n全部相符：%llu 条记录、%llu 张票、%llu 个签名。\n"
                   "Everything agrees: %llu entries, %llu ballots, %llu signatures.\n",
                   (unsigned long long)findings->head.size, (unsigned long long)findings->ballots,
                   (unsigned long long)findings->signatures,
                   (unsigned long long)findings->head.size, (unsigned long long)findings->ballots,
                   (unsigned long long)findings->signatures);
    TRY(buffer_append_text(out, line));
    if (findings->witnessed == 0) {
        TRY(buffer_append_text(out, "未见证：没有第三方联署，无法排除给不同的人看不同记录。\n"
                                    "Not witnessed: without a third party's cosignature, different "
                                    "people could be shown different logs.\n"));
    }
    TRY(print_openings(findings, out));
    TRY(buffer_append(out, buffer_view(&findings->pending)));
    TRY(buffer_append(out, buffer_view(&findings->reports)));
    return buffer_append(out, buffer_view(&findings->cases));
}

struct result findings_print(const struct findings *findings, struct buffer *out)
{
    TRY(buffer_append_text(out, "size "));
    TRY(buffer_append_decimal(out, findings->head.size));
    TRY(buffer_append_text(out, "  root "));
    TRY(base64_append(out, BYTES(findings->head.root.bytes)));
    TRY(buffer_append_text(out, "\n"));
    for (int step = STEP_CHECKPOINT; step < STEP_COUNT; step++) {
        TRY(print_step(findings, (enum step)step, out));
    }
    return findings->failed == STEP_NONE ? print_success(findings, out)
                                         : print_failure(findings, out);
}
