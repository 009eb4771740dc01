#include <stdio.h>

#include "verifier/commands.h"
#include "verifier/pinned.h"
#include "verifier/place.h"
#include "verifier/report_check.h"
#include "verifier/report_log.h"

struct task {
    const struct options *options;
    struct report_bundle *bundle;
    struct report_check *check;
    struct pin pin;
    bool borrowed; /* the key is the bundle's own */
    struct policy policy;
};

static struct bytes contents_of(const struct report_bundle *bundle, const char *name)
{
    const struct report_bundle_file *const file = report_bundle_find(bundle, name);

    return file == NULL ? EMPTY_BYTES : buffer_view(&file->contents);
}

/* The key given, or the bundle's copy of it. */
static struct result read_key(struct task *task)
{
    const char *const given = option(task->options, "vkey");
    struct bytes text = contents_of(task->bundle, REPORT_BUNDLE_KEY);

    task->borrowed = given == NULL;
    if (given != NULL) {
        return pinned_key(given, &task->pin.log);
    }
    text.size -= text.size > 0 && text.data[text.size - 1] == '\n';
    return vkey_parse(text, &task->pin.log);
}

/*
 * The policy given; else the bundle's, which may name witnesses but no other log than the pinned
 * one; else none. Its text outlives the policy.
 */
static struct result read_policy(struct task *task, struct buffer *given)
{
    const struct bytes own = contents_of(task->bundle, REPORT_BUNDLE_POLICY);
    bool has;

    TRY(pinned_policy(task->options, given, &task->policy, &has));
    if (has) {
        return OK;
    }
    policy_of_log(&task->pin.log, &task->policy);
    if (own.size == 0) {
        return OK;
    }
    TRY(policy_parse(own, &task->policy));
    REQUIRE(task->policy.log_count == 1 && vkey_equal(&task->policy.logs[0].key, &task->pin.log),
            INVALID, "report_bundle.policy");
    return OK;
}

static struct result check_log(struct task *task)
{
    const char *const place = option(task->options, "log");
    struct verification verification = {.pin = &task->pin, .policy = &task->policy};
    struct archive archive;
    bool copied;

    if (place == NULL || !task->check->sign_off.filed) {
        return OK;
    }
    TRY(pinned_threads(task->options, &verification.threads));
    TRY(place_open(place, &archive, &copied));
    if (copied) {
        (void)printf("%s → %s\n", place, archive.directory);
    }
    verification.archive = &archive;
    return report_log_check(&verification, task->check);
}

static struct result print(const struct task *task)
{
    AUTO_BUFFER text = BUFFER_INIT;

    TRY(report_findings_print(&task->check->findings, &text));
    (void)fwrite(text.data, 1, text.size, stdout);
    if (option(task->options, "log") == NULL) {
        (void)fputs("以上是检查点当时的情况；之后有无变化，请用 --log 对照整部记录。\n"
                    "This is as of the checkpoint; what happened since, the whole log says: --log."
                    "\n",
                    stdout);
    }
    if (task->borrowed) {
        (void)fputs("公钥取自证据包本身：请与印发的公钥核对，再用 --vkey 验证。\n"
                    "The key was taken from the bundle itself: compare it with the printed one, "
                    "then verify with --vkey.\n",
                    stdout);
    }
    return OK;
}

/* What cannot even be read of the bundle is a finding about the bundle. */
static struct result prepare(struct task *task, struct buffer *policy_text)
{
    struct result result = read_key(task);
    const char *place = REPORT_BUNDLE_KEY;

    if (is_ok(result)) {
        place = REPORT_BUNDLE_POLICY;
        result = read_policy(task, policy_text);
    }
    if (is_ok(result) || (option(task->options, "vkey") != NULL && place[0] == 'l')) {
        return result;
    }
    policy_of_log(&task->pin.log, &task->policy);
    return report_findings_fail(&task->check->findings, REPORT_CHECKPOINT, result, place);
}

static struct result run(struct task *task)
{
    AUTO_BUFFER policy_text = BUFFER_INIT;

    TRY(prepare(task, &policy_text));
    TRY(report_check_run(task->check, task->bundle, &task->policy));
    TRY(check_log(task));
    return print(task);
}

/* A tar or folder that does not hold a bundle is told as such; one that is not there is not. */
static struct result load(struct task *task, int *status)
{
    const struct result result = report_bundle_load(task->options->words[0], task->bundle);

    if (is_ok(result)) {
        TRY(run(task));
        *status = report_findings_hold_all(&task->check->findings) ? 0 : 1;
        return OK;
    }
    if (result.failure != INVALID && result.failure != MALFORMED) {
        return result;
    }
    *status = 1;
    TRY(report_findings_fail(&task->check->findings, REPORT_FILES, result,
                             task->bundle->place[0] == 0 ? task->options->words[0]
                                                         : task->bundle->place));
    return print(task);
}

struct result command_report(const struct options *options, int *status)
{
    AUTO_REPORT_BUNDLE bundle = REPORT_BUNDLE_INIT;
    AUTO_REPORT_CHECK *check = NULL;

    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "BUNDLE|FOLDER", 0);
    }
    TRY(report_check_make(&check));
    struct task task = {.options = options, .bundle = &bundle, .check = check};
    return load(&task, status);
}
