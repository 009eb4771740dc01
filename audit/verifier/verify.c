#include "verifier/verify.h"

#include <stdio.h>
#include <string.h>

#include "log/entry.h"
#include "log/tree.h"
#include "record/view.h"
#include "verifier/open_cases.h"
#include "verifier/open_reports.h"
#include "verifier/openings.h"
#include "verifier/witnessed.h"

struct run {
    const struct verification *verification;
    struct findings *findings;
    struct tree tree;
    struct replay *replay;
    struct witnessed seen[2]; /* this checkpoint, and the older one */
};

static struct result found(struct run *run, enum step step, struct result result, uint64_t index)
{
    findings_fail(run->findings, step, (struct replay_failure){.result = result, .index = index});
    return OK;
}

static void holds(struct run *run, enum step step, uint64_t count)
{
    run->findings->steps[step] = FINDING_HOLDS;
    run->findings->counts[step] = count;
}

/* Whether the failure says something about the log, or only that the archive cannot be read. */
static bool is_finding(struct result result)
{
    return result.failure == MALFORMED || result.failure == INVALID ||
           result.failure == UNAUTHORIZED || result.failure == CONFLICT ||
           result.failure == NOT_FOUND;
}

/* V1 */
static struct result check_checkpoint(struct run *run, struct buffer *note)
{
    struct checkpoint checkpoint;

    TRY(archive_read(run->verification->archive, "checkpoint", note));
    const struct result result =
        checkpoint_open(buffer_view(note), &run->verification->pin->log, &checkpoint);
    if (!is_ok(result)) {
        return found(run, STEP_CHECKPOINT, result, 0);
    }
    run->findings->head = checkpoint.head;
    holds(run, STEP_CHECKPOINT, 0);
    return OK;
}

static struct result grow_tree(void *context, uint64_t index, struct bytes entry)
{
    struct run *run = context;
    const struct hash32 leaf = merkle_leaf(entry);

    (void)index;
    return tree_append(&run->tree, &leaf);
}

/* A published hash tile must hold what the entries hash to; one that is not there says nothing. */
static struct result check_tile(struct run *run, const struct tile *tile, bool *agrees)
{
    AUTO_BUFFER published = BUFFER_INIT;
    AUTO_BUFFER computed = BUFFER_INIT;
    const struct merkle_source source = tree_source(&run->tree);

    *agrees = true;
    const struct result result = archive_read_tile(run->verification->archive, tile, &published);
    if (result.failure == NOT_FOUND) {
        return OK;
    }
    TRY(result);
    TRY(tile_write(&source, tile, &computed));
    *agrees = bytes_equal(buffer_view(&published), buffer_view(&computed));
    return OK;
}

static struct result check_tiles(struct run *run)
{
    struct tile_walk walk = {.size = run->findings->head.size};
    bool agrees;

    while (tile_walk_next(&walk)) {
        if (walk.tile.kind != TILE_HASHES) {
            continue;
        }
        TRY(check_tile(run, &walk.tile, &agrees));
        if (!agrees) {
            return found(run, STEP_TREE, fail(INVALID, "tree.tile"), walk.tile.index * TILE_WIDTH);
        }
    }
    return OK;
}

/* V2 */
static struct result check_tree(struct run *run)
{
    const struct merkle_head *head = &run->findings->head;
    const struct result read = archive_each(run->verification->archive, head->size, grow_tree, run);

    if (is_finding(read)) {
        return found(run, STEP_TREE, read, run->tree.edge.size);
    }
    TRY(read);
    const struct hash32 root = tree_root(&run->tree);
    if (!hash32_equal(&root, &head->root)) {
        return found(run, STEP_TREE, fail(INVALID, "tree.root"), head->size);
    }
    TRY(check_tiles(run));
    if (run->findings->failed == STEP_NONE) {
        holds(run, STEP_TREE, head->size);
    }
    return OK;
}

/* Proves from the recomputed tree that the older checkpoint is a beginning of this one. */
static struct result check_older(struct run *run)
{
    const struct merkle_source source = tree_source(&run->tree);
    const struct merkle_head *head = &run->findings->head;
    struct checkpoint older;
    struct hash32 root;

    TRY(checkpoint_open(run->verification->older_checkpoint, &run->verification->pin->log, &older));
    REQUIRE(older.head.size <= head->size, INVALID, "growth.shorter");
    TRY(merkle_root_at(&source, older.head.size, &root));
    REQUIRE(hash32_equal(&root, &older.head.root), INVALID, "growth.fork");
    return OK;
}

/* Who of the policy's witnesses cosigned a checkpoint, and when first. */
static struct result look_at(const struct run *run, struct bytes note, struct witnessed *out,
                             struct policy_finding *finding)
{
    struct checkpoint checkpoint;

    TRY(policy_verify(run->verification->policy, note, &checkpoint, finding));
    *out = (struct witnessed){checkpoint.head.size, finding->earliest};
    return OK;
}

static struct result check_time(void *context, uint64_t index, struct bytes raw)
{
    const struct run *run = context;
    struct entry entry;

    if (!is_ok(entry_parse(raw, &entry))) {
        return OK; /* V4 names it */
    }
    for (size_t i = 0; i < sizeof run->seen / sizeof run->seen[0]; i++) {
        struct result result = witnessed_check(&run->seen[i], index, entry.time);

        result.at = index;
        TRY(result);
    }
    return OK;
}

static struct result check_witnesses(struct run *run, struct bytes note)
{
    const struct bytes older = run->verification->older_checkpoint;
    struct policy_finding finding;

    if (run->verification->policy == NULL) {
        return OK;
    }
    if (older.size > 0) {
        TRY(look_at(run, older, &run->seen[1], &finding));
    }
    TRY(look_at(run, note, &run->seen[0], &finding));
    run->findings->witnessed = finding.witnessed;
    TRY(policy_require(&finding));
    return archive_each(run->verification->archive, run->findings->head.size, check_time, run);
}

/* V3 */
static struct result check_growth(struct run *run, struct bytes note)
{
    struct result result = OK;

    if (run->verification->older_checkpoint.size > 0) {
        result = check_older(run);
    }
    if (is_ok(result)) {
        result = check_witnesses(run, note);
    }
    if (!is_ok(result)) {
        return is_finding(result) ? found(run, STEP_GROWTH, result, result.at) : result;
    }
    holds(run, STEP_GROWTH, run->findings->witnessed);
    return OK;
}

static struct result replay_next(void *context, uint64_t index, struct bytes entry)
{
    struct run *run = context;

    (void)index;
    return replay_entry(run->replay, entry);
}

/* V4 and V6 to V18: the fold. */
static struct result check_entries(struct run *run)
{
    const struct result read =
        archive_each(run->verification->archive, run->findings->head.size, replay_next, run);
    const struct result settled = replay_settle(run->replay);
    const struct replay_failure *failure = replay_failed(run->replay);

    if (is_ok(settled)) {
        return read;
    }
    if (!is_finding(settled)) {
        return settled;
    }
    findings_fail(run->findings, step_of_refusal(failure->type, failure->result.rule), *failure);
    return OK;
}

/* V5: the genesis the fold has accepted is the pinned one. */
static struct result compare_genesis(void *context, const struct view_genesis *row)
{
    const struct pin *pin = context;

    REQUIRE(!pin->has_genesis || hash32_equal(&row->text_hash, &pin->genesis), INVALID,
            "genesis.pin");
    REQUIRE(bytes_equal(BYTES(row->log_key), BYTES(pin->log.key.bytes)), INVALID, "genesis.key");
    REQUIRE(bytes_equal(row->origin, vkey_name(&pin->log)), INVALID, "genesis.origin");
    return OK;
}

static struct result check_genesis(struct run *run)
{
    struct pin pin = *run->verification->pin;
    const struct result result = view_genesis(replay_record(run->replay), compare_genesis, &pin);

    if (!is_ok(result)) {
        return is_finding(result) ? found(run, STEP_GENESIS, result, 0) : result;
    }
    return OK;
}

static struct result add_pending(struct findings *findings, const char *words, struct bytes id)
{
    TRY(buffer_append_text(&findings->pending, words));
    TRY(buffer_append(&findings->pending, id));
    return buffer_append_text(&findings->pending, "\n");
}

static struct result note_undecided(void *context, const struct view_election *row)
{
    const bool ended = row->result_index != VIEW_NONE || row->cancel_index != VIEW_NONE;

    return ended ? OK : add_pending(context, "○ 尚无结果 / no result yet: ", row->id);
}

static struct result note_without_minutes(void *context, const struct view_meeting *row)
{
    const bool has = row->minutes_index != VIEW_NONE;

    return has ? OK : add_pending(context, "○ 尚无纪要 / no minutes yet: ", row->id);
}

static void take_totals(struct run *run)
{
    const struct replay_totals *totals = replay_counted(run->replay);
    struct findings *findings = run->findings;

    findings->ballots = totals->steps[STEP_BALLOTS];
    findings->signatures = totals->signatures;
    for (int step = STEP_ENTRIES; step < STEP_COMPLETE; step++) {
        findings->counts[step] = totals->steps[step];
    }
    findings->counts[STEP_ENTRIES] = totals->entries;
    findings->counts[STEP_SIGNATURES] = totals->signatures;
    /* A result is accepted only with the counts that the shares open: they hold together. */
    findings->counts[STEP_COUNTS] = totals->steps[STEP_RESULT];
    findings->counts[STEP_REVIEWS] = totals->steps[STEP_REVIEWS];
    findings->counts[STEP_CASES] = totals->steps[STEP_CASES];
}

/* V20: a report that is not complete is told, and is no failure. */
static struct result conclude_reviews(struct run *run)
{
    struct findings *findings = run->findings;
    const bool any = findings->counts[STEP_REVIEWS] > 0;

    TRY(open_reports_tell(replay_record(run->replay), &findings->reports));
    findings->steps[STEP_REVIEWS] =
        any && findings->reports.size == 0 ? FINDING_HOLDS : FINDING_OPEN;
    return OK;
}

/* V21: the same for a case that is not closed, and a promise that was not kept. */
static struct result conclude_cases(struct run *run)
{
    struct findings *findings = run->findings;
    const bool any = findings->counts[STEP_CASES] > 0;

    TRY(open_cases_tell(replay_record(run->replay), &findings->cases));
    findings->steps[STEP_CASES] = any && findings->cases.size == 0 ? FINDING_HOLDS : FINDING_OPEN;
    return OK;
}

/* Steps of which the log holds nothing are open; the others hold. V19. */
static struct result conclude(struct run *run)
{
    struct findings *findings = run->findings;

    take_totals(run);
    for (int step = STEP_ENTRIES; step < STEP_COMPLETE; step++) {
        findings->steps[step] = findings->counts[step] > 0 ? FINDING_HOLDS : FINDING_OPEN;
    }
    TRY(view_elections(replay_record(run->replay), note_undecided, findings));
    TRY(view_meetings(replay_record(run->replay), note_without_minutes, findings));
    findings->steps[STEP_COMPLETE] = findings->pending.size == 0 ? FINDING_HOLDS : FINDING_OPEN;
    TRY(conclude_reviews(run));
    return conclude_cases(run);
}

#define UNLESS_FAILED(run, call)                    \
    do {                                            \
        TRY(call);                                  \
        if ((run)->findings->failed != STEP_NONE) { \
            return OK;                              \
        }                                           \
    } while (0)

static struct result run_steps(struct run *run)
{
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(openings_read(run->verification->openings));
    UNLESS_FAILED(run, check_checkpoint(run, &note));
    UNLESS_FAILED(run, check_tree(run));
    UNLESS_FAILED(run, check_growth(run, buffer_view(&note)));
    TRY(replay_open(run->verification->threads, &run->replay));
    replay_tell(run->replay, run->verification->openings);
    UNLESS_FAILED(run, check_entries(run));
    TRY(openings_check(replay_record(run->replay), run->verification->openings,
                       &run->findings->openings));
    UNLESS_FAILED(run, check_genesis(run));
    return conclude(run);
}

struct result verify_and_keep(const struct verification *verification, struct findings *findings,
                              struct replay **out)
{
    struct run run = {.verification = verification, .findings = findings};

    const struct result result = run_steps(&run);
    tree_free(&run.tree);
    if (is_ok(result) && findings->failed == STEP_NONE) {
        *out = run.replay;
        return OK;
    }
    replay_close(run.replay);
    return result;
}

struct result verify_archive(const struct verification *verification, struct findings *out)
{
    AUTO_REPLAY *replay = NULL;

    return verify_and_keep(verification, out, &replay);
}
