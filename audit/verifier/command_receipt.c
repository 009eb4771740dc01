#include <stdio.h>

#include "base/text.h"
#include "log/entry.h"
#include "log/receipt.h"
#include "protocol/statement.h"
#include "record/refusal.h"
#include "verifier/commands.h"
#include "verifier/file.h"
#include "verifier/pinned.h"

static struct result read_policy(const struct options *options, struct buffer *text,
                                 struct policy *policy)
{
    const char *given;
    char fingerprint[VKEY_FINGERPRINT_SIZE + 1];
    struct vkey key;
    bool has;

    TRY(pinned_policy(options, text, policy, &has));
    if (has) {
        return OK;
    }
    TRY(option_require(options, "vkey", &given));
    TRY(pinned_key(given, &key));
    TRY(vkey_print_fingerprint(&key, fingerprint));
    (void)printf("钥匙号 / key: %s\n", fingerprint);
    policy_of_log(&key, policy);
    return OK;
}

/* The receipt's own copy of the entry is what it is a receipt for. */
static struct result check(struct bytes text, const struct policy *policy, struct buffer *entry,
                           struct receipt *receipt)
{
    struct receipt_meaning meaning;

    TRY(receipt_parse(text, entry, receipt));
    REQUIRE(receipt->extra.size > 0, MALFORMED, "receipt.extra");
    TRY(receipt_verify(receipt, receipt->extra, policy, &meaning));
    (void)printf(
        "✓ 第 %llu 号，记录共 %llu 条\n✓ entry %llu of a log of %llu\n",
        (unsigned long long)receipt->index, (unsigned long long)meaning.checkpoint.head.size,
        (unsigned long long)receipt->index, (unsigned long long)meaning.checkpoint.head.size);
    (void)printf(meaning.finding.witnessed == 0 ? "未见证 / not witnessed\n"
                                                : "见证方 / witnesses: %zu\n",
                 meaning.finding.witnessed);
    return OK;
}

static struct result print_entry(struct bytes raw)
{
    char time[TEXT_TIME_SIZE + 1];
    struct entry entry;

    TRY(entry_parse(raw, &entry));
    TRY(text_print_time((int64_t)entry.time, time));
    (void)printf("%s\n\n%.*s", time, (int)entry.note.size, (const char *)entry.note.data);
    return OK;
}

struct result command_receipt(const struct options *options, int *status)
{
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER policy_text = BUFFER_INIT;
    AUTO_BUFFER entry = BUFFER_INIT;
    struct policy policy;
    struct receipt receipt;

    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "FILE", 0);
    }
    TRY(file_read(options->words[0], &text));
    TRY(read_policy(options, &policy_text, &policy));
    const struct result result = check(buffer_view(&text), &policy, &entry, &receipt);
    if (is_ok(result)) {
        return print_entry(receipt.extra);
    }
    const struct refusal *words = refusal_find(result.rule);
    (void)printf("✕ %s\n✕ %s (%s)\n", words->what.zh, words->what.en, result.rule);
    *status = 1;
    return OK;
}
