#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verifier/commands.h"
#include "verifier/file.h"
#include "verifier/mirror.h"
#include "verifier/pinned.h"
#include "verifier/verify.h"

/* One for each processor: ballots are verified beside each other. */
static uint64_t default_threads(void)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count > 0 ? (uint64_t)count : 1;
}

static bool is_url(const char *place)
{
    return strncmp(place, "http://", 7) == 0 || strncmp(place, "https://", 8) == 0;
}

static struct result copy_log(const char *url, const struct archive *archive)
{
    AUTO_FETCH *fetch = NULL;

    TRY(fetch_open(&fetch));
    return mirror_log(fetch, url, archive);
}

/* A URL is first copied into a directory of its own, named for the person to keep or delete. */
static struct result open_place(const char *place, struct archive *archive)
{
    char folder[] = "/tmp/xiling-audit-XXXXXX";

    if (!is_url(place)) {
        return archive_at(place, archive);
    }
    REQUIRE(mkdtemp(folder) != NULL, STORAGE_FAILED, "file.folder");
    TRY(archive_at(folder, archive));
    return copy_log(place, archive);
}

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

static struct result verify(const struct options *options, const struct archive *archive,
                            int *status)
{
    AUTO_FINDINGS findings = {.failed = STEP_NONE};
    AUTO_BUFFER older = BUFFER_INIT;
    AUTO_BUFFER policy_text = BUFFER_INIT;
    struct policy policy;
    struct pin pin;
    uint64_t threads;
    bool borrowed;
    bool has_policy;

    TRY(pinned_of(options, archive, &pin, &borrowed));
    TRY(pinned_policy(options, &policy_text, &policy, &has_policy));
    TRY(option_number(options, "threads", default_threads(), &threads));
    if (option(options, "older") != NULL) {
        TRY(file_read(option(options, "older"), &older));
    }
    const struct verification verification = {.archive = archive,
                                              .pin = &pin,
                                              .policy = has_policy ? &policy : NULL,
                                              .older_checkpoint = buffer_view(&older),
                                              .threads = (unsigned)(threads > 64 ? 64 : threads)};
    TRY(verify_archive(&verification, &findings));
    *status = findings.failed == STEP_NONE ? 0 : 1;
    return print(&findings, borrowed);
}

struct result command_verify(const struct options *options, int *status)
{
    struct archive archive;

    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "URL|DIR", 0);
    }
    TRY(open_place(options->words[0], &archive));
    if (is_url(options->words[0])) {
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
    TRY(copy_log(options->words[0], &archive));
    return verify(options, &archive, status);
}
