#include "verifier/report_tell.h"

#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/text.h"

#define LINE_SIZE 4096

struct words {
    const char *zh;
    const char *en;
};

static const char *time_text(uint64_t time, char out[static TEXT_TIME_SIZE + 1])
{
    return is_ok(text_print_time((int64_t)time, out)) ? out : "?";
}

struct result report_tell_checkpoint(struct report_findings *findings,
                                     const struct checkpoint *checkpoint,
                                     const struct policy_finding *witnesses)
{
    char line[LINE_SIZE];

    (void)snprintf(line, sizeof line, "%.*s，共 %llu 条 / %llu entries，见证方 / witnesses: %zu",
                   (int)checkpoint->origin.size, (const char *)checkpoint->origin.data,
                   (unsigned long long)checkpoint->head.size,
                   (unsigned long long)checkpoint->head.size, witnesses->witnessed);
    return report_findings_note(findings, REPORT_CHECKPOINT, line);
}

struct result report_tell_document(struct report_findings *findings, const struct hash32 *hash)
{
    AUTO_BUFFER text = BUFFER_INIT;
    const char *line;

    TRY(buffer_append_text(&text, "SHA-256 "));
    TRY(hex_append(&text, BYTES(hash->bytes)));
    TRY(buffer_terminate(&text, &line));
    return report_findings_note(findings, REPORT_DOCUMENT, line);
}

/* --- B8 --- */

static struct words state_words(const struct sign_off *sign_off)
{
    static const struct words WORDS[] = {
        [SIGN_OFF_OPEN] = {"签署中", "open"},
        [SIGN_OFF_COMPLETE] = {"签署完成", "complete"},
        [SIGN_OFF_BLOCKED] = {"有人不同意", "blocked: somebody disagrees"},
        [SIGN_OFF_VOID] = {"已作废", "void"},
    };

    if (sign_off->state != SIGN_OFF_VOID) {
        return WORDS[sign_off->state];
    }
    if (strcmp(sign_off->voided_how, "superseded") == 0) {
        return (struct words){"已由新版本取代", "void: superseded by a new version"};
    }
    return strcmp(sign_off->voided_how, "team") == 0
               ? (struct words){"换人后须重签，已作废", "void: persons changed, all sign again"}
               : WORDS[SIGN_OFF_VOID];
}

static struct words verdict_words(enum sign_off_verdict verdict)
{
    static const struct words WORDS[] = {
        [SIGN_OFF_MISSING] = {"尚未签署", "has not signed"},
        [SIGN_OFF_AGREED] = {"同意", "agrees"},
        [SIGN_OFF_RESERVED] = {"保留意见", "agrees with a reservation"},
        [SIGN_OFF_DISAGREED] = {"不同意", "disagrees"},
        [SIGN_OFF_REFUSED] = {"受评组织拒签，已见证", "the organisation refused, witnessed"},
    };

    return WORDS[verdict];
}

static const char *verdict_mark(enum sign_off_verdict verdict)
{
    return verdict == SIGN_OFF_MISSING ? "○" : verdict == SIGN_OFF_DISAGREED ? "✕" : "✓";
}

static struct result tell_line(struct report_findings *findings, const struct sign_off_line *line,
                               const char *head)
{
    const struct words words = verdict_words(line->verdict);
    char time[TEXT_TIME_SIZE + 1];
    char text[LINE_SIZE];
    char when[128] = "";

    if (line->verdict != SIGN_OFF_MISSING) {
        (void)snprintf(when, sizeof when, "  第 %llu 号 %s", (unsigned long long)line->index,
                       time_text(line->time, time));
    }
    (void)snprintf(text, sizeof text, "%s %.*s %.*s%s%.*s：%s / %s%s", head,
                   (int)line->capacity.size, (const char *)line->capacity.data,
                   (int)line->person.size, (const char *)line->person.data,
                   line->organisation.size > 0 ? " @ " : "", (int)line->organisation.size,
                   (const char *)line->organisation.data, words.zh, words.en, when);
    return report_findings_note(findings, REPORT_STATE, text);
}

static struct result tell_head(struct report_findings *findings, const struct sign_off *sign_off)
{
    const struct words words = state_words(sign_off);
    char line[LINE_SIZE];

    (void)snprintf(line, sizeof line, "%.*s 第 %llu 版 / version %llu  %.*s《%.*s》",
                   (int)sign_off->report.size, (const char *)sign_off->report.data,
                   (unsigned long long)sign_off->version, (unsigned long long)sign_off->version,
                   (int)sign_off->kind.size, (const char *)sign_off->kind.data,
                   (int)sign_off->title.size, (const char *)sign_off->title.data);
    TRY(report_findings_note(findings, REPORT_STATE, line));
    (void)snprintf(line, sizeof line, "%s / %s，自第 %llu 号起 / since entry %llu", words.zh,
                   words.en, (unsigned long long)sign_off->since,
                   (unsigned long long)sign_off->since);
    return report_findings_note(findings, REPORT_STATE, line);
}

struct result report_tell_state(struct report_findings *findings, const struct sign_off *sign_off)
{
    TRY(tell_head(findings, sign_off));
    for (size_t i = 0; i < sign_off_line_count(sign_off); i++) {
        const struct sign_off_line *const line = sign_off_line_at(sign_off, i);

        TRY(tell_line(findings, line, verdict_mark(line->verdict)));
    }
    for (size_t i = 0; i < sign_off_former_count(sign_off); i++) {
        TRY(tell_line(findings, sign_off_former_at(sign_off, i), "（已换人 / replaced）"));
    }
    findings->steps[REPORT_STATE] =
        sign_off->state == SIGN_OFF_COMPLETE ? FINDING_HOLDS : FINDING_OPEN;
    return OK;
}
