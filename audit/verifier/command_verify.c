#include <stdio.h>

#include "verifier/commands.h"
#include "verifier/file.h"
#include "verifier/pinned.h"
#include "verifier/place.h"
#include "verifier/verify.h"

static struct result print(const struct findings *findings, bool borrowed)
{
    AUTO_BUFFER report = BUFFER_INIT;

    TRY(findings_print(findings, &report));
    (void)fwrite(report.data, 1, report.size, stdout);
    if (borrowed) {
        (void)fputs("公钥取自记录本身：请与印发的公钥核对，再用 --vkey 验证。\n"
                    "The key was taken from the log itself: compare it with the printed one, then "
                    "verify with --vkey.\n",
                    stdout);
    }
    return OK;
}

/* The file that an option names; nothing if it was not given. */
static struct result read_given(const struct options *options, const char *name, struct buffer *out)
{
    const char *path = option(options, name);

    return path == NULL ? OK : file_read(path, out);
}

static struct result verify(const struct options *options, const struct archive *archive,
                            int *status)
{
    AUTO_FINDINGS findings = {.failed = STEP_NONE};
    AUTO_BUFFER older = BUFFER_INIT;
    AUTO_BUFFER openings = BUFFER_INIT;
    AUTO_BUFFER policy_text = BUFFER_INIT;
    struct policy policy;
    struct pin pin;
    unsigned threads;
    bool borrowed;
    bool has_policy;

    TRY(pinned_of(options, archive, &pin, &borrowed));
    TRY(pinned_policy(options, &policy_text, &policy, &has_policy));
    TRY(pinned_threads(options, &threads));
    TRY(read_given(options, "older", &older));
    TRY(read_given(options, "openings", &openings));
    const struct verification verification = {.archive = archive,
                                              .pin = &pin,
                                              .policy = has_policy ? &policy : NULL,
                                              .older_checkpoint = buffer_view(&older),
                                              .openings = buffer_view(&openings),
                                              .threads = threads};
    TRY(verify_archive(&verification, &findings));
    *status = findings.failed == STEP_NONE ? 0 : 1;
    return print(&findings, borrowed);
}

struct result command_verify(const struct options *options, int *status)
{
    struct archive archive;
    bool copied;

    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "URL|DIR", 0);
    }
    TRY(place_open(options->words[0], &archive, &copied));
    if (copied) {
        (void)printf("%s → %s\n", options->words[0], archive.directory);
    }
    return verify(options, &archive, status);
}

/* The copy is verified before it is called one. */
struct result command_export(const struct options *options, int *status)
{
    struct archive archive;

    if (options->word_count != 2) {
        return fail_field(INVALID, "options.missing", "URL DIR", 0);
    }
    TRY(archive_at(options->words[1], &archive));
    TRY(place_copy(options->words[0], &archive));
    return verify(options, &archive, status);
}
