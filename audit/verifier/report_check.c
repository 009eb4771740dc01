#include "verifier/report_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "log/entry.h"
#include "protocol/statement.h"
#include "verifier/report_sums.h"
#include "verifier/report_tell.h"

struct checking {
    struct report_check *check;
    const struct report_bundle *bundle;
    const struct policy *policy;
    struct buffer *expected; /* lines: the names of receipts and statements that belong here */
};

struct result report_check_make(struct report_check **out)
{
    *out = calloc(1, sizeof **out);
    REQUIRE(*out != NULL, OUT_OF_MEMORY, "record.memory");
    return OK;
}

void report_check_free(struct report_check **check)
{
    if (*check != NULL) {
        sign_off_free(&(*check)->sign_off);
        report_findings_free(&(*check)->findings);
        free(*check);
    }
}

static struct result found(const struct checking *checking, enum report_step step,
                           struct result result, const char *place)
{
    REQUIRE(result.failure != OUT_OF_MEMORY, OUT_OF_MEMORY, result.rule);
    return report_findings_fail(&checking->check->findings, step, result, place);
}

/* Notes a failure, and goes on. */
static struct result expect(const struct checking *checking, enum report_step step,
                            struct result result, const char *place)
{
    return is_ok(result) ? OK : found(checking, step, result, place);
}

static struct result require_file(const struct checking *checking, enum report_step step,
                                  const char *name, struct bytes *out)
{
    const struct report_bundle_file *const file = report_bundle_find(checking->bundle, name);

    *out = file == NULL ? EMPTY_BYTES : buffer_view(&file->contents);
    return expect(checking, step, file == NULL ? fail(NOT_FOUND, "report_bundle.missing") : OK,
                  name);
}

static struct result expect_name(const struct checking *checking, const char *name)
{
    TRY(buffer_append_text(checking->expected, name));
    return buffer_append_text(checking->expected, "\n");
}

/* --- B2, B3 --- */

static struct result check_checkpoint(const struct checking *checking,
                                      struct checkpoint *checkpoint, struct policy_finding *finding)
{
    TRY(policy_verify(checking->policy, checking->check->evidence.checkpoint, checkpoint, finding));
    return policy_require(finding);
}

static struct result check_evidence(const struct checking *checking)
{
    struct report_check *const check = checking->check;
    struct checkpoint checkpoint;
    struct policy_finding finding;
    struct bytes text;

    TRY(require_file(checking, REPORT_ENTRIES, REPORT_BUNDLE_EVIDENCE, &text));
    TRY(expect(checking, REPORT_ENTRIES, evidence_parse(text, &check->evidence),
               REPORT_BUNDLE_EVIDENCE));
    if (check->findings.steps[REPORT_ENTRIES] == FINDING_FAILED) {
        check->evidence.count = 0;
        return OK;
    }
    const struct result signed_by = check_checkpoint(checking, &checkpoint, &finding);

    if (!is_ok(signed_by)) {
        return found(checking, REPORT_CHECKPOINT, signed_by, REPORT_BUNDLE_EVIDENCE);
    }
    report_findings_hold(&check->findings, REPORT_CHECKPOINT, 0);
    TRY(report_tell_checkpoint(&check->findings, &checkpoint, &finding));
    TRY(expect(checking, REPORT_ENTRIES,
               evidence_verify(&check->evidence, checking->policy, &check->meaning),
               REPORT_BUNDLE_EVIDENCE));
    report_findings_hold(&check->findings, REPORT_ENTRIES, check->evidence.count);
    return OK;
}

/* --- B4, B5: of each entry --- */

static struct result verify_receipt(const struct checking *checking,
                                    const struct evidence_entry *entry, struct bytes text)
{
    AUTO_BUFFER extra = BUFFER_INIT;
    struct receipt receipt;
    struct receipt_meaning meaning;

    TRY(receipt_parse(text, &extra, &receipt));
    REQUIRE(receipt.index == entry->index && bytes_equal(receipt.extra, entry->entry), INVALID,
            "report_bundle.entry");
    return receipt_verify(&receipt, entry->entry, checking->policy, &meaning);
}

static struct result check_receipt(const struct checking *checking,
                                   const struct evidence_entry *entry)
{
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct bytes text;

    report_bundle_name_receipt(entry->index, name);
    TRY(expect_name(checking, name));
    TRY(require_file(checking, REPORT_RECEIPTS, name, &text));
    return text.size == 0
               ? OK
               : expect(checking, REPORT_RECEIPTS, verify_receipt(checking, entry, text), name);
}

static struct result check_statement(const struct checking *checking,
                                     const struct evidence_entry *entry)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct entry parsed;
    struct bytes text;

    if (!is_ok(entry_parse(entry->entry, &parsed)) ||
        !is_ok(statement_parse(parsed.note, &statement))) {
        return OK; /* B6 says so */
    }
    report_bundle_name_statement(entry->index, statement.type, name);
    TRY(expect_name(checking, name));
    TRY(require_file(checking, REPORT_STATEMENTS, name, &text));
    return expect(checking, REPORT_STATEMENTS,
                  text.size == 0 || bytes_equal(text, parsed.note)
                      ? OK
                      : fail(INVALID, "report_bundle.statement"),
                  name);
}

static struct result check_entries(const struct checking *checking)
{
    struct report_check *const check = checking->check;

    for (size_t i = 0; i < check->evidence.count; i++) {
        TRY(check_receipt(checking, &check->evidence.entries[i]));
        TRY(check_statement(checking, &check->evidence.entries[i]));
    }
    if (check->evidence.count > 0) {
        report_findings_hold(&check->findings, REPORT_RECEIPTS, check->evidence.count);
        report_findings_hold(&check->findings, REPORT_STATEMENTS, check->evidence.count);
    }
    return OK;
}

/* --- B6 to B8 --- */

static struct result read_sign_off(const struct checking *checking)
{
    struct report_check *const check = checking->check;
    struct sign_off_entry entries[EVIDENCE_ENTRIES_MAX];
    const struct sign_off_evidence evidence = {.origin = check->meaning.checkpoint.origin,
                                               .entries = entries,
                                               .count = check->evidence.count};

    for (size_t i = 0; i < evidence.count; i++) {
        entries[i].index = check->evidence.entries[i].index;
        entries[i].raw = check->evidence.entries[i].entry;
    }
    return sign_off_read(&evidence, &check->sign_off);
}

static struct result tell_problem(const struct checking *checking,
                                  const struct sign_off_problem *problem)
{
    char place[64] = REPORT_BUNDLE_EVIDENCE;

    if (problem->index != SIGN_OFF_NONE) {
        (void)snprintf(place, sizeof place, "第 %llu 号 / entry %llu",
                       (unsigned long long)problem->index, (unsigned long long)problem->index);
    }
    return found(checking, REPORT_SIGNATURES, problem->result, place);
}

static struct result check_signatures(const struct checking *checking)
{
    const struct sign_off *const sign_off = &checking->check->sign_off;

    TRY(read_sign_off(checking));
    for (size_t i = 0; i < sign_off_problem_count(sign_off); i++) {
        TRY(tell_problem(checking, sign_off_problem_at(sign_off, i)));
    }
    report_findings_hold(&checking->check->findings, REPORT_SIGNATURES,
                         checking->check->evidence.count);
    return OK;
}

static struct result check_document(const struct checking *checking)
{
    const struct sign_off *const sign_off = &checking->check->sign_off;
    char name[REPORT_BUNDLE_NAME_SIZE];
    struct bytes contents;

    report_bundle_name_document(sign_off->format, name);
    TRY(require_file(checking, REPORT_DOCUMENT, name, &contents));
    if (checking->check->findings.steps[REPORT_DOCUMENT] == FINDING_FAILED) {
        return OK;
    }
    const struct hash32 hash = sha256_of(contents);
    const bool same = hash32_equal(&hash, &sign_off->file) && contents.size == sign_off->size;

    TRY(expect(checking, REPORT_DOCUMENT, same ? OK : fail(INVALID, "sign_off.document"), name));
    report_findings_hold(&checking->check->findings, REPORT_DOCUMENT, contents.size);
    return report_tell_document(&checking->check->findings, &hash);
}

/* In the folders stands nothing but what belongs to an entry. */
static bool is_expected(const struct checking *checking, const char *name)
{
    struct bytes rest = buffer_view(checking->expected);

    while (rest.size > 0) {
        if (bytes_is(text_cut(&rest, '\n'), name)) {
            return true;
        }
    }
    return strchr(name, '/') == NULL;
}

static struct result check_strangers(const struct checking *checking)
{
    for (size_t i = 0; i < report_bundle_count(checking->bundle); i++) {
        const char *const name = report_bundle_at(checking->bundle, i)->name;

        if (!is_expected(checking, name)) {
            TRY(found(checking, REPORT_FILES, fail(INVALID, "report_bundle.stranger"), name));
        }
    }
    return OK;
}

static struct result check_proved(const struct checking *checking)
{
    struct report_findings *const findings = &checking->check->findings;

    TRY(check_entries(checking));
    if (findings->steps[REPORT_ENTRIES] != FINDING_HOLDS) {
        return OK; /* who signed, and what belongs here, is said of what is in the log */
    }
    TRY(check_strangers(checking));
    TRY(check_signatures(checking));
    if (!checking->check->sign_off.filed) {
        return OK;
    }
    TRY(check_document(checking));
    return report_tell_state(findings, &checking->check->sign_off);
}

struct result report_check_run(struct report_check *check, const struct report_bundle *bundle,
                               const struct policy *policy)
{
    AUTO_BUFFER expected = BUFFER_INIT;
    const struct checking checking = {check, bundle, policy, &expected};

    TRY(report_sums_check(bundle, &check->findings));
    TRY(check_evidence(&checking));
    return check_proved(&checking);
}
