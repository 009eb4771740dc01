#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "pen/acts.h"
#include "pen/commands.h"
#include "pen/gather.h"
#include "pen/memory.h"
#include "pen/seen.h"
#include "pen/trustee_acts.h"
#include "protocol/statement.h"
#include "protocol/tag.h"
#include "record/record.h"
#include "record/view.h"
#include "verifier/file.h"
#include "verifier/pinned.h"
#include "verifier/verify.h"

static struct result copy_origin(void *context, const struct view_genesis *row)
{
    struct buffer *origin = context;

    buffer_clear(origin);
    return buffer_append(origin, row->origin);
}

/* The file beside which this device remembers: its key, else its vote key; NULL for a draft. */
static const char *own_file(const struct options *options)
{
    const char *const key = option(options, "key");

    return key != NULL ? key : option(options, "vote-key");
}

static struct result verify_log(const struct verification *verification, struct replay **out)
{
    AUTO_FINDINGS findings = {.failed = STEP_NONE};
    AUTO_BUFFER report = BUFFER_INIT;

    TRY(verify_and_keep(verification, &findings, out));
    if (findings.failed != STEP_NONE) {
        TRY(findings_print(&findings, &report));
        (void)fwrite(report.data, 1, report.size, stderr);
        return fail(INVALID, "pen.log");
    }
    return OK;
}

struct result pen_log(const struct options *options, struct replay **out, struct buffer *origin)
{
    const char *const own = own_file(options);
    AUTO_BUFFER seen = BUFFER_INIT;
    AUTO_BUFFER now = BUFFER_INIT;
    struct archive archive;
    struct pin pin;
    const char *directory;
    const char *vkey;
    bool borrowed;

    TRY(option_require(options, "log", &directory));
    if (own != NULL) { /* whoever signs is pinned: a log's own word for its key is none */
        TRY(option_require(options, "vkey", &vkey));
    }
    TRY(archive_at(directory, &archive));
    TRY(pinned_of(options, &archive, &pin, &borrowed));
    if (own != NULL) {
        TRY(seen_load(own, &pin.log, &seen));
    }
    const struct verification verification = {
        .archive = &archive, .pin = &pin, .threads = 2, .older_checkpoint = buffer_view(&seen)};
    TRY(verify_log(&verification, out));
    if (own != NULL) {
        TRY(archive_read(&archive, "checkpoint", &now));
        TRY(seen_keep(own, &pin.log, buffer_view(&now)));
    }
    return view_genesis(replay_record(*out), copy_origin, origin);
}

/* What most acts need: a verified log and a device pinned to it. */
struct desk {
    struct replay *replay;
    struct record *record;
    struct device device;
};

#define SECRET_DESK __attribute__((cleanup(desk_close))) struct desk

static void desk_close(struct desk *desk)
{
    device_wipe(&desk->device);
    replay_close(desk->replay);
}

static struct result desk_open(const struct options *options, struct desk *out)
{
    AUTO_BUFFER origin = BUFFER_INIT;

    TRY(pen_log(options, &out->replay, &origin));
    out->record = replay_record(out->replay);
    return pen_device(options, buffer_view(&origin), &out->device);
}

static struct result sign_and_print(const struct desk *desk, const struct buffer *text)
{
    AUTO_BUFFER note = BUFFER_INIT;

    TRY(device_note(&desk->device, buffer_view(text), &note));
    return pen_print(buffer_view(&note));
}

static struct result write_vote_key(const char *path, const struct scalar *vote_key)
{
    SECRET_BUFFER hex = BUFFER_INIT;

    TRY(hex_append(&hex, BYTES(vote_key->bytes)));
    TRY(buffer_append_text(&hex, "\n"));
    return file_write_secret(path, buffer_view(&hex));
}

static struct result read_vote_key(const struct options *options, struct scalar *out)
{
    SECRET_BUFFER hex = BUFFER_INIT;
    SECRET_SCALAR scalar;
    const char *path;

    TRY(option_require(options, "vote-key", &path));
    TRY(file_read(path, &hex));
    TRY(hex_decode(bytes_slice(buffer_view(&hex), 0, 2 * SCALAR_SIZE), scalar.bytes, SCALAR_SIZE));
    return scalar_decode(BYTES(scalar.bytes), out);
}

struct result command_signin(const struct options *options)
{
    SECRET_DESK desk = {0};
    SECRET_SCALAR vote_key;
    AUTO_BUFFER text = BUFFER_INIT;
    const char *meeting;
    const char *path;

    TRY(option_require(options, "meeting", &meeting));
    TRY(option_require(options, "vote-key", &path));
    TRY(desk_open(options, &desk));
    TRY(act_signin(&desk.device, desk.record, bytes_of_string(meeting), &vote_key, &text));
    TRY(write_vote_key(path, &vote_key)); /* before anything signed leaves */
    return sign_and_print(&desk, &text);
}

static struct result load_election(const struct options *options, struct record *record,
                                   const struct election **out)
{
    struct hash32 manifest;
    const char *id;

    TRY(option_require(options, "election", &id));
    TRY(gather_manifest(record, bytes_of_string(id), &manifest));
    return record_election(record, &manifest, out);
}

static struct result read_choices(const char *text, uint8_t choices[], size_t *count)
{
    *count = 0;
    for (const char *at = text; *at != 0; at++) {
        if (*at == ',') {
            continue;
        }
        REQUIRE(*at >= '0' && *at <= '9' && *count < CANDIDATES_MAX, INVALID, "ballot.choices");
        choices[(*count)++] = (uint8_t)(*at - '0');
    }
    return OK;
}

/* The name of a memory: that of the file an option names, and an ending. */
static struct result path_beside(const struct options *options, const char *name,
                                 const char *ending, struct buffer *path, const char **out)
{
    const char *given;

    *out = ""; /* for gcc's analyzer, which does not see that TRY leaves */
    TRY(option_require(options, name, &given));
    TRY(buffer_append_text(path, given));
    TRY(buffer_append_text(path, ending));
    return buffer_terminate(path, out);
}

/* A note that was printed may have been sent by anybody: from now on nothing is burned. */
static struct result remember_ballot(const struct options *options, const struct election *election)
{
    AUTO_BUFFER path = BUFFER_INIT;
    const char *file;

    TRY(path_beside(options, "vote-key", ".cast", &path, &file));
    return memory_keep(file, &election->manifest, &election->manifest, "burn.sent");
}

/* Only a device that never made a ballot for this election may give up its tag. */
static struct result require_no_ballot(const struct options *options,
                                       const struct election *election)
{
    AUTO_BUFFER path = BUFFER_INIT;
    const char *file;
    bool made;

    TRY(path_beside(options, "vote-key", ".cast", &path, &file));
    TRY(memory_has(file, &election->manifest, &made));
    REQUIRE(!made, CONFLICT, "burn.sent");
    return OK;
}

struct result command_ballot(const struct options *options)
{
    AUTO_REPLAY *replay = NULL;
    SECRET_SCALAR vote_key;
    AUTO_BUFFER origin = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    const struct election *election;
    uint8_t choices[CANDIDATES_MAX];
    const char *text;
    size_t count;

    TRY(option_require(options, "choices", &text));
    TRY(read_choices(text, choices, &count));
    TRY(read_vote_key(options, &vote_key));
    TRY(pen_log(options, &replay, &origin));
    TRY(load_election(options, replay_record(replay), &election));
    TRY(act_ballot(election, &vote_key, (struct bytes){choices, count}, &note));
    TRY(remember_ballot(options, election));
    return pen_print(buffer_view(&note));
}

/* The proof names whose tag it is: of a tag that has voted, it would name whose ballot stands. */
static struct result require_unspent(struct record *record, const struct election *election,
                                     const struct scalar *vote_key)
{
    struct point tag;
    bool spent;

    TRY(tag_compute(election, vote_key, &tag));
    TRY(record_has_tag(record, &election->manifest, &tag, &spent));
    REQUIRE(!spent, CONFLICT, "burn.tag");
    return OK;
}

struct result command_burn(const struct options *options)
{
    SECRET_DESK desk = {0};
    SECRET_SCALAR vote_key;
    AUTO_BUFFER text = BUFFER_INIT;
    const struct election *election;

    TRY(read_vote_key(options, &vote_key));
    TRY(desk_open(options, &desk));
    TRY(load_election(options, desk.record, &election));
    TRY(require_unspent(desk.record, election, &vote_key));
    TRY(require_no_ballot(options, election));
    TRY(act_burn(&desk.device, election, &vote_key, &text));
    return sign_and_print(&desk, &text);
}

typedef struct result ceremony_act(const struct device *device, struct record *record,
                                   struct bytes ceremony, struct buffer *text);

static struct result ceremony_command(const struct options *options, ceremony_act *act)
{
    SECRET_DESK desk = {0};
    AUTO_BUFFER text = BUFFER_INIT;
    const char *ceremony;

    TRY(option_require(options, "ceremony", &ceremony));
    TRY(desk_open(options, &desk));
    TRY(act(&desk.device, desk.record, bytes_of_string(ceremony), &text));
    return sign_and_print(&desk, &text);
}

struct result command_deal(const struct options *options)
{
    return ceremony_command(options, act_deal);
}

struct result command_confirm(const struct options *options)
{
    return ceremony_command(options, act_confirm);
}

struct result command_rehearse(const struct options *options)
{
    return ceremony_command(options, act_rehearse);
}

typedef struct result dispute_act(const struct device *device, struct record *record,
                                  struct bytes ceremony, uint64_t other, struct buffer *text);

static struct result dispute_command(const struct options *options, dispute_act *act)
{
    SECRET_DESK desk = {0};
    AUTO_BUFFER text = BUFFER_INIT;
    const char *ceremony;
    const char *given;
    uint64_t other;

    TRY(option_require(options, "ceremony", &ceremony));
    TRY(option_require(options, "with", &given));
    TRY(option_number(options, "with", 0, &other));
    TRY(desk_open(options, &desk));
    TRY(act(&desk.device, desk.record, bytes_of_string(ceremony), other, &text));
    return sign_and_print(&desk, &text);
}

struct result command_complain(const struct options *options)
{
    return dispute_command(options, act_complain);
}

struct result command_publish(const struct options *options)
{
    return dispute_command(options, act_publish);
}

/* What is opened is noted before anything signed leaves. */
static struct result remember_opened(const struct options *options, const struct buffer *text)
{
    AUTO_STATEMENT statement = STATEMENT_INIT;
    AUTO_BUFFER path = BUFFER_INIT;
    struct hash32 manifest;
    struct hash32 sums;
    const char *file;

    TRY(path_beside(options, "key", ".opened", &path, &file));
    TRY(statement_parse_text(buffer_view(text), &statement));
    TRY(statement_hash(&statement, "清单", &manifest));
    TRY(statement_hash(&statement, "合计", &sums));
    return memory_keep(file, &manifest, &sums, "share.other");
}

struct result command_share(const struct options *options)
{
    SECRET_DESK desk = {0};
    AUTO_BUFFER text = BUFFER_INIT;
    const char *election;
    const char *sums;

    TRY(option_require(options, "election", &election));
    TRY(option_require(options, "sums", &sums));
    REQUIRE(sums[0] != 0, INVALID, "share.code");
    TRY(desk_open(options, &desk));
    TRY(act_share(&desk.device, desk.record, bytes_of_string(election), bytes_of_string(sums),
                  &text));
    TRY(remember_opened(options, &text));
    return sign_and_print(&desk, &text);
}
