#include "verifier/report_log.h"

#include <stdio.h>

#include "record/view_report.h"

#define LINE_SIZE 1024

static struct result fail_at(struct report_check *check, struct result result, uint64_t index)
{
    char place[64];

    (void)snprintf(place, sizeof place, "第 %llu 号 / entry %llu", (unsigned long long)index,
                   (unsigned long long)index);
    return report_findings_fail(&check->findings, REPORT_LOG, result, place);
}

/* --- nothing is left out, nothing is added --- */

struct comparison {
    struct report_check *check;
    size_t next; /* entry of the evidence */
};

static bool is_before(const struct comparison *comparison, uint64_t index)
{
    const struct evidence *const evidence = &comparison->check->evidence;

    return comparison->next < evidence->count && evidence->entries[comparison->next].index < index;
}

static struct result add_strangers(struct comparison *comparison, uint64_t index)
{
    while (is_before(comparison, index)) {
        TRY(fail_at(comparison->check, fail(INVALID, "report_bundle.stranger"),
                    comparison->check->evidence.entries[comparison->next++].index));
    }
    return OK;
}

/* Both lists ascend. What was logged after the evidence's checkpoint it cannot hold. */
static struct result compare(void *context, uint64_t index)
{
    struct comparison *const comparison = context;
    const struct report_check *const check = comparison->check;

    TRY(add_strangers(comparison, index));
    if (comparison->next < check->evidence.count &&
        check->evidence.entries[comparison->next].index == index) {
        comparison->next++;
        return OK;
    }
    return index >= check->meaning.checkpoint.head.size
               ? OK
               : fail_at(comparison->check, fail(INVALID, "report_bundle.left_out"), index);
}

static struct result compare_evidence(struct record *record, struct report_check *check)
{
    const struct sign_off *const sign_off = &check->sign_off;
    struct comparison comparison = {.check = check};

    TRY(view_report_evidence(record, sign_off->report, sign_off->version, compare, &comparison));
    return add_strangers(&comparison, UINT64_MAX);
}

/* --- since then --- */

static struct result tell_version(void *context, const struct view_report *row)
{
    struct report_check *const check = context;
    char line[LINE_SIZE];

    (void)snprintf(line, sizeof line,
                   "现在 / now: 第 %llu 版 / version %llu: %s (%llu/%llu)，自第 %llu 号起 / since "
                   "entry %llu",
                   (unsigned long long)row->version, (unsigned long long)row->version, row->state,
                   (unsigned long long)row->done, (unsigned long long)row->lines,
                   (unsigned long long)row->since_index, (unsigned long long)row->since_index);
    return report_findings_note(&check->findings, REPORT_LOG, line);
}

static struct result ask_record(struct record *record, struct report_check *check, uint64_t size)
{
    TRY(compare_evidence(record, check));
    TRY(view_report_versions(record, check->sign_off.report, tell_version, check));
    report_findings_hold(&check->findings, REPORT_LOG, size);
    return OK;
}

static struct result tell_failure(const struct findings *findings, struct report_check *check)
{
    char place[96];

    (void)snprintf(place, sizeof place, "V%d, 第 %llu 号 / entry %llu", (int)findings->failed,
                   (unsigned long long)findings->failure.index,
                   (unsigned long long)findings->failure.index);
    return report_findings_fail(&check->findings, REPORT_LOG, findings->failure.result, place);
}

struct result report_log_check(const struct verification *verification, struct report_check *check)
{
    struct verification whole = *verification;
    AUTO_FINDINGS findings = {.failed = STEP_NONE};
    AUTO_REPLAY *replay = NULL;

    whole.older_checkpoint = check->evidence.checkpoint;
    TRY(verify_and_keep(&whole, &findings, &replay));
    if (findings.failed != STEP_NONE) {
        return tell_failure(&findings, check);
    }
    return ask_record(replay_record(replay), check, findings.head.size);
}
