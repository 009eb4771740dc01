/*
 * paper.h - the evidence of a report of world_reports() under a checkpoint, what it says, and PDF
 * files as other programs read them.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/text.h"
#include "check.h"
#include "log/entry.h"
#include "log/evidence.h"
#include "log/parts.h"
#include "record/journal.h"
#include "record/view_report.h"
#include "support/small_log.h"
#include "support/temporary.h"
#include "support/world.h"
#include "verifier/sign_off.h"

/* What cairo 1.16 loses of each subset of a CID font, and fontconfig of its configuration. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so\nleak:libfontconfig.so\n";
}

struct paper {
    struct world *world;
    struct secret_key secret;
    struct vkey key;
    struct merkle_head head;
    uint64_t time; /* of the last entry */
    struct buffer entries[EVIDENCE_ENTRIES_MAX];
    struct buffer checkpoint;
    struct buffer text;  /* of the evidence */
    struct buffer parts; /* of the same */
    struct evidence evidence;
    struct sign_off sign_off;
};

static inline struct paper *paper_make(struct world *world)
{
    struct paper *paper = calloc(1, sizeof *paper);

    assert_non_null(paper);
    paper->world = world;
    small_log_key(1, WORLD_ORIGIN, VKEY_ED25519, &paper->secret, &paper->key);
    return paper;
}

static inline void paper_free(struct paper *paper)
{
    for (size_t i = 0; i < EVIDENCE_ENTRIES_MAX; i++) {
        buffer_free(&paper->entries[i]);
    }
    buffer_free(&paper->checkpoint);
    buffer_free(&paper->text);
    buffer_free(&paper->parts);
    sign_off_free(&paper->sign_off);
    free(paper);
}

static inline struct result paper_add(void *context, uint64_t index)
{
    struct paper *const paper = context;
    struct buffer *const entry = &paper->entries[paper->evidence.count];
    const struct merkle_source source = journal_source(paper->world->record);
    struct merkle_proof path;

    TRY(journal_load_entry(paper->world->record, index, entry));
    TRY(merkle_prove_inclusion(&source, index, paper->head.size, &path));
    return evidence_add(&paper->evidence, index, buffer_view(entry), &path);
}

static inline void paper_read(struct paper *paper)
{
    struct sign_off_entry entries[EVIDENCE_ENTRIES_MAX];
    const struct sign_off_evidence evidence = {
        .origin = LITERAL(WORLD_ORIGIN), .entries = entries, .count = paper->evidence.count};

    for (size_t i = 0; i < paper->evidence.count; i++) {
        entries[i].index = paper->evidence.entries[i].index;
        entries[i].raw = paper->evidence.entries[i].entry;
    }
    check_ok(sign_off_read(&evidence, &paper->sign_off));
}

/* The evidence of a version as the log stands. */
static inline struct paper *paper_of(struct world *world, const char *report, uint64_t version)
{
    struct paper *paper = paper_make(world);

    check_ok(journal_load_head(world->record, &paper->head));
    check_ok(journal_last_time(world->record, &paper->time));
    check_ok(checkpoint_sign(&paper->head, &paper->key, &paper->secret, &paper->checkpoint));
    paper->evidence.checkpoint = buffer_view(&paper->checkpoint);
    check_ok(
        view_report_evidence(world->record, bytes_of_string(report), version, paper_add, paper));
    check_ok(evidence_write(&paper->evidence, &paper->text));
    check_ok(parts_write(buffer_view(&paper->text), &paper->parts));
    paper_read(paper);
    return paper;
}

/* What a command of the shell prints, in which $f is the file and $d its folder. */
static inline void pdf_ask(const char *command, struct bytes pdf, struct buffer *out)
{
    AUTO_TEMPORARY folder;
    char line[512];
    char piece[4096];
    FILE *pipe;
    size_t got;

    temporary_make(&folder);
    small_log_write_file(folder.path, "sheet.pdf", pdf);
    (void)snprintf(line, sizeof line, "d=%s; f=$d/sheet.pdf; %s", folder.path, command);
    pipe = popen(line, "r");
    assert_non_null(pipe);
    while ((got = fread(piece, 1, sizeof piece, pipe)) > 0) {
        check_ok(buffer_append(out, (struct bytes){(const uint8_t *)piece, got}));
    }
    assert_int_equal(pclose(pipe), 0);
}

static inline bool pdf_says(struct bytes text, const char *words)
{
    return text_find(text, bytes_of_string(words)) != SIZE_MAX;
}
