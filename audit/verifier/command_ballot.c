/* The second device without a browser: makes a challenged ballot again and shows its fingerprint.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/code.h"
#include "base/encoding.h"
#include "protocol/ballot.h"
#include "protocol/statement.h"
#include "verifier/commands.h"
#include "verifier/file.h"

/* The file may hold the text alone, a note, or a log entry. */
static struct result read_manifest(const char *path, struct election *out)
{
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_STATEMENT statement = STATEMENT_INIT;

    TRY(file_read(path, &file));
    if (is_ok(statement_parse(buffer_view(&file), &statement))) {
        return election_parse(statement.text, out);
    }
    return election_parse(buffer_view(&file), out);
}

static struct result read_choices(const char *text, const struct election *election,
                                  uint8_t choices[])
{
    char *end = NULL;

    for (size_t i = 0; i < election->candidate_count; i++) {
        const unsigned long grade = strtoul(text, &end, 10);

        REQUIRE(end != text && grade < election->grade_count, INVALID, "ballot.choices");
        choices[i] = (uint8_t)grade;
        text = *end == ',' ? end + 1 : end;
    }
    REQUIRE(*text == 0, INVALID, "ballot.choices");
    return OK;
}

static void print(const struct election *election, const uint8_t choices[], const char *code)
{
    for (size_t i = 0; i < election->candidate_count; i++) {
        const struct election_candidate *candidate = &election->candidates[i];
        const struct election_grade *grade = &election->grades[choices[i]];

        (void)printf("%3zu  %.*s：%.*s\n", i + 1, (int)candidate->name.size,
                     (const char *)candidate->name.data, (int)grade->name.size,
                     (const char *)grade->name.data);
    }
    (void)printf("指纹 / fingerprint  %s\n", code);
}

/* Without --fingerprint the person compares. */
static int compare(const struct options *options, const char *code)
{
    const char *expected = option(options, "fingerprint");

    if (expected == NULL) {
        return 0;
    }
    const bool same = strlen(expected) >= 8 && strncmp(code, expected, strlen(expected)) == 0;
    (void)puts(same ? "✓ 相符 / it matches"
                    : "✕ 指纹不符，不要投出 / fingerprints differ: do not cast");
    return same ? 0 : 1;
}

static struct result read_secrets(const struct options *options, struct secret32 *seed,
                                  struct ballot_code *code)
{
    const char *text;

    TRY(option_require(options, "seed", &text));
    TRY(hex_decode(bytes_of_string(text), seed->bytes, sizeof seed->bytes));
    TRY(option_require(options, "code", &text));
    REQUIRE(code_is_crockford(bytes_of_string(text), BALLOT_CODE_BYTES), INVALID, "ballot.code");
    memcpy(code->characters, text, BALLOT_CODE_BYTES);
    return OK;
}

struct result command_ballot(const struct options *options, int *status)
{
    AUTO_ELECTION election = ELECTION_INIT;
    SECRET_32 seed;
    uint8_t choices[CANDIDATES_MAX];
    struct ballot_code code;
    struct hash32 fingerprint;
    char shown[SHORT_CODE_SIZE + 1];
    const char *text;

    TRY(option_require(options, "manifest", &text));
    TRY(read_manifest(text, &election));
    TRY(option_require(options, "choices", &text));
    TRY(read_choices(text, &election, choices));
    TRY(read_secrets(options, &seed, &code));
    TRY(ballot_recompute(&election, &seed, choices, &code, &fingerprint));
    short_code_print(fingerprint.bytes, shown);
    print(&election, choices, shown);
    *status = compare(options, shown);
    return OK;
}
