#include "verifier/report_sums.h"

#include <stdio.h>

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/hash.h"

#define HEX_SIZE 64

struct result report_sums_append(struct buffer *sums, const char *name, const struct hash32 *hash)
{
    TRY(hex_append(sums, BYTES(hash->bytes)));
    TRY(buffer_append_text(sums, "  "));
    TRY(buffer_append_text(sums, name));
    return buffer_append_text(sums, "\n");
}

static struct result note(struct report_findings *findings, const char *rule, const char *name)
{
    char place[2 * REPORT_BUNDLE_NAME_SIZE];

    (void)snprintf(place, sizeof place, "%s (" REPORT_BUNDLE_SUMS ")", name);
    return report_findings_fail(findings, REPORT_FILES, fail(INVALID, rule), place);
}

/* A name that a bundle can have is printable; any other is none of its files. */
static struct result read_line(struct bytes line, struct hash32 *hash,
                               char name[static REPORT_BUNDLE_NAME_SIZE])
{
    const struct bytes gap = bytes_slice(line, HEX_SIZE, 2);
    const struct bytes named = bytes_slice(line, HEX_SIZE + 2, line.size);

    REQUIRE(bytes_is(gap, "  ") && named.size > 0 && named.size < REPORT_BUNDLE_NAME_SIZE,
            MALFORMED, "report_bundle.sums");
    TRY(hex_decode(bytes_slice(line, 0, HEX_SIZE), hash->bytes, sizeof hash->bytes));
    (void)snprintf(name, REPORT_BUNDLE_NAME_SIZE, "%.*s", (int)named.size,
                   (const char *)named.data);
    return OK;
}

static struct result check_line(const struct report_bundle *bundle, struct bytes line,
                                struct report_findings *findings)
{
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct hash32 hash;

    if (!is_ok(read_line(line, &hash, name))) {
        return note(findings, "report_bundle.sums", "?");
    }
    const struct report_bundle_file *const file = report_bundle_find(bundle, name);

    if (file == NULL) {
        return note(findings, "report_bundle.missing",
                    is_ok(text_check(bytes_of_string(name))) ? name : "?");
    }
    const struct hash32 computed = sha256_of(buffer_view(&file->contents));
    return hash32_equal(&computed, &hash) ? OK : note(findings, "report_bundle.hash", name);
}

static bool is_listed(struct bytes sums, const char *name)
{
    while (sums.size > 0) {
        const struct bytes line = text_cut(&sums, '\n');

        if (bytes_is(bytes_slice(line, HEX_SIZE + 2, line.size), name)) {
            return true;
        }
    }
    return bytes_is(bytes_of_string(name), REPORT_BUNDLE_SUMS);
}

static struct result check_listed(const struct report_bundle *bundle, struct bytes sums,
                                  struct report_findings *findings)
{
    for (size_t i = 0; i < report_bundle_count(bundle); i++) {
        const char *const name = report_bundle_at(bundle, i)->name;

        if (!is_listed(sums, name)) {
            TRY(note(findings, "report_bundle.unlisted", name));
        }
    }
    return OK;
}

struct result report_sums_check(const struct report_bundle *bundle,
                                struct report_findings *findings)
{
    const struct report_bundle_file *const file = report_bundle_find(bundle, REPORT_BUNDLE_SUMS);

    if (file == NULL) {
        return report_findings_fail(findings, REPORT_FILES,
                                    fail(NOT_FOUND, "report_bundle.missing"), REPORT_BUNDLE_SUMS);
    }
    struct bytes rest = buffer_view(&file->contents);

    TRY(check_listed(bundle, rest, findings));
    while (rest.size > 0) {
        TRY(check_line(bundle, text_cut(&rest, '\n'), findings));
    }
    report_findings_hold(findings, REPORT_FILES, report_bundle_count(bundle));
    return OK;
}
