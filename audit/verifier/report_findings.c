#include "verifier/report_findings.h"

#include <stdio.h>

#include "record/refusal.h"

#define LINE_SIZE 1024

static const struct step_words WORDS[REPORT_STEPS] = {
    [REPORT_FILES] = {"文件清单", "files"},
    [REPORT_CHECKPOINT] = {"检查点", "checkpoint"},
    [REPORT_ENTRIES] = {"条目在册", "entries in the log"},
    [REPORT_RECEIPTS] = {"回执", "receipts"},
    [REPORT_STATEMENTS] = {"陈述文字", "statements"},
    [REPORT_SIGNATURES] = {"签名", "signatures"},
    [REPORT_DOCUMENT] = {"报告文件", "document"},
    [REPORT_STATE] = {"签署情况", "who has signed"},
    [REPORT_LOG] = {"整部记录", "the whole log"},
};

void report_findings_free(struct report_findings *findings)
{
    for (size_t i = 0; i < REPORT_STEPS; i++) {
        buffer_free(&findings->notes[i]);
    }
}

struct result report_findings_note(struct report_findings *findings, enum report_step step,
                                   const char *line)
{
    TRY(buffer_append_text(&findings->notes[step], "     "));
    TRY(buffer_append_text(&findings->notes[step], line));
    return buffer_append_text(&findings->notes[step], "\n");
}

struct result report_findings_fail(struct report_findings *findings, enum report_step step,
                                   struct result result, const char *place)
{
    const struct refusal *const words = refusal_find(result.rule);
    char line[LINE_SIZE];

    findings->steps[step] = FINDING_FAILED;
    (void)snprintf(line, sizeof line, "✕ %s：%s", place, words->what.zh);
    TRY(report_findings_note(findings, step, line));
    (void)snprintf(line, sizeof line, "  %s: %s (%s%s%s)", place, words->what.en, result.rule,
                   result.field == NULL ? "" : ", ", result.field == NULL ? "" : result.field);
    return report_findings_note(findings, step, line);
}

void report_findings_hold(struct report_findings *findings, enum report_step step, uint64_t count)
{
    if (findings->steps[step] != FINDING_FAILED) {
        findings->steps[step] = FINDING_HOLDS;
        findings->counts[step] = count;
    }
}

bool report_findings_hold_all(const struct report_findings *findings)
{
    for (size_t i = REPORT_FILES; i < REPORT_STEPS; i++) {
        const bool reached = findings->steps[i] != FINDING_NOT_REACHED || i == REPORT_LOG;

        if (findings->steps[i] == FINDING_FAILED || !reached) {
            return false;
        }
    }
    return true;
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

static struct result print_step(const struct report_findings *findings, size_t step,
                                struct buffer *out)
{
    char line[LINE_SIZE];
    char count[32] = "";

    if (findings->counts[step] > 0) {
        (void)snprintf(count, sizeof count, "  %llu", (unsigned long long)findings->counts[step]);
    }
    (void)snprintf(line, sizeof line, "%s B%zu %s / %s%s\n", mark(findings->steps[step]), step,
                   WORDS[step].zh, WORDS[step].en, count);
    TRY(buffer_append_text(out, line));
    return buffer_append(out, buffer_view(&findings->notes[step]));
}

struct result report_findings_print(const struct report_findings *findings, struct buffer *out)
{
    for (size_t i = REPORT_FILES; i < REPORT_STEPS; i++) {
        TRY(print_step(findings, i, out));
    }
    return buffer_append_text(out, report_findings_hold_all(findings)
                                       ? "\n全部相符。\nEverything agrees.\n"
                                       : "\n验证未通过。\nVerification failed.\n");
}
