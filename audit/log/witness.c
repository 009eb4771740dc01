#include "log/witness.h"

#include "base/text.h"
#include "log/lines.h"

struct result witness_request_write(const struct witness_request *request, struct buffer *out)
{
    TRY(buffer_append_text(out, "old "));
    TRY(buffer_append_decimal(out, request->old_size));
    TRY(buffer_append_text(out, "\n"));
    TRY(lines_write_proof(&request->proof, out));
    return buffer_append(out, request->checkpoint);
}

struct result witness_request_parse(struct bytes body, struct witness_request *out)
{
    struct bytes line;

    REQUIRE(lines_take_word(&body, "old ", &line) && is_ok(text_parse_number(line, &out->old_size)),
            MALFORMED, "witness.form");
    REQUIRE(is_ok(lines_take_proof(&body, &out->proof)), MALFORMED, "witness.form");
    out->checkpoint = body;
    return OK;
}

static enum witness_status refusal_of(struct result opened)
{
    if (opened.failure == UNAUTHORIZED) {
        return WITNESS_FORBIDDEN;
    }
    return opened.failure == INVALID ? WITNESS_UNKNOWN_ORIGIN : WITNESS_BAD_REQUEST;
}

/* A first checkpoint needs no proof, only that an empty tree says so. */
static bool is_proven(const struct witness_request *request, const struct merkle_head *stored,
                      const struct merkle_head *head)
{
    const struct hash32 empty = merkle_empty_root();

    if (head->size == 0 && !hash32_equal(&head->root, &empty)) {
        return false;
    }
    if (stored->size == 0) {
        return request->proof.count == 0;
    }
    return is_ok(merkle_verify_consistency(stored, head, &request->proof));
}

enum witness_status witness_decide(const struct witness_request *request, const struct vkey *log,
                                   const struct merkle_head *stored, struct checkpoint *checkpoint)
{
    const struct result opened = checkpoint_open(request->checkpoint, log, checkpoint);

    if (!is_ok(opened)) {
        return refusal_of(opened);
    }
    if (request->old_size > checkpoint->head.size) {
        return WITNESS_BAD_REQUEST;
    }
    if (request->old_size != stored->size) {
        return WITNESS_CONFLICT;
    }
    return is_proven(request, stored, &checkpoint->head) ? WITNESS_OK : WITNESS_UNPROVEN;
}

/* The witness's own line, verified; other lines are ignored. */
static struct result find_cosignature(const struct witness_answer *answer,
                                      const struct vkey *witness, struct bytes text,
                                      struct buffer *lines, struct note_seal *seal)
{
    AUTO_BUFFER signature = BUFFER_INIT;
    struct bytes body = answer->body;
    struct signature_line parsed;
    struct bytes line;
    struct key_id id;

    while (lines_take(&body, &line)) {
        buffer_clear(&signature);
        TRY(signature_line_parse(line, &parsed));
        TRY(signature_line_decode(&parsed, &id, &signature));
        if (!bytes_equal(parsed.name, vkey_name(witness)) ||
            !bytes_equal(BYTES(id.bytes), BYTES(witness->id.bytes))) {
            continue;
        }
        TRY(note_signature_verify(witness, text, buffer_view(&signature), seal));
        TRY(buffer_append(lines, line));
        return buffer_append_text(lines, "\n");
    }
    return fail(NOT_FOUND, "witness.signature");
}

static struct result react_to_cosignature(const struct witness_answer *answer,
                                          const struct vkey *witness, struct bytes text,
                                          struct buffer *lines, struct witness_reaction *out)
{
    struct note_seal seal;
    const struct result found = find_cosignature(answer, witness, text, lines, &seal);

    out->action = WITNESS_ALARM_ANSWER;
    if (is_ok(found)) {
        out->action = WITNESS_ADD;
        out->time = seal.time;
    }
    return found.failure == OUT_OF_MEMORY ? found : OK;
}

static void react_to_conflict(struct bytes body, uint64_t own_size, struct witness_reaction *out)
{
    struct bytes line;

    if (!lines_take(&body, &line) || body.size > 0 || !is_ok(text_parse_number(line, &out->size))) {
        out->action = WITNESS_ALARM_ANSWER;
        return;
    }
    out->action = out->size > own_size ? WITNESS_STOP_ROLLBACK : WITNESS_PROVE_AGAIN;
}

static enum witness_action action_of(unsigned status)
{
    static const struct {
        unsigned status;
        enum witness_action action;
    } TABLE[] = {
        {WITNESS_BAD_REQUEST, WITNESS_ALARM_BUG},
        {WITNESS_FORBIDDEN, WITNESS_ALARM_KEY},
        {WITNESS_UNKNOWN_ORIGIN, WITNESS_ALARM_ORIGIN},
        {WITNESS_UNPROVEN, WITNESS_STOP_FORK},
    };

    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
        if (TABLE[i].status == status) {
            return TABLE[i].action;
        }
    }
    return WITNESS_TRY_LATER;
}

struct result witness_react(const struct witness_answer *answer, const struct vkey *witness,
                            struct bytes text, struct buffer *lines, struct witness_reaction *out)
{
    struct checkpoint own;

    *out = (struct witness_reaction){action_of(answer->status), 0, 0};
    TRY(checkpoint_parse(text, &own));
    if (answer->status == WITNESS_OK) {
        return react_to_cosignature(answer, witness, text, lines, out);
    }
    if (answer->status == WITNESS_CONFLICT) {
        react_to_conflict(answer->body, own.head.size, out);
    }
    return OK;
}
