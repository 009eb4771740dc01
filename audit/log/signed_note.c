#include "log/signed_note.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"

#define COSIGNATURE_SIZE 72 /* be64 time, Ed25519 */

/* No control but LF, and strict UTF-8. */
static bool is_note_text(struct bytes raw)
{
    for (size_t i = 0; i < raw.size; i++) {
        if (raw.data[i] < 0x20 && raw.data[i] != '\n') {
            return false;
        }
    }
    return text_is_utf8(raw);
}

/* Where the last LF LF stands; raw.size if nowhere. */
static size_t find_blank_line(struct bytes raw)
{
    for (size_t i = raw.size; i >= 2; i--) {
        if (raw.data[i - 1] == '\n' && raw.data[i - 2] == '\n') {
            return i - 2;
        }
    }
    return raw.size;
}

/* One signature line: its key's name and id, and the signature in `signature`, replaced. */
struct opened_line {
    struct bytes name;
    struct key_id id;
    struct buffer signature;
};

static void opened_line_free(struct opened_line *line)
{
    buffer_free(&line->signature);
}

#define AUTO_LINE __attribute__((cleanup(opened_line_free))) struct opened_line

static struct result open_next(struct bytes *lines, struct opened_line *out)
{
    struct signature_line line;

    buffer_clear(&out->signature);
    TRY(signature_line_parse(text_cut(lines, '\n'), &line));
    REQUIRE(vkey_name_is_valid(line.name), MALFORMED, "note.form");
    out->name = line.name;
    return signature_line_decode(&line, &out->id, &out->signature);
}

static struct result check_lines(struct bytes lines)
{
    AUTO_LINE line = {0};
    uint64_t count = 0;

    REQUIRE(lines.size > 0, MALFORMED, "note.form");
    while (lines.size > 0) {
        struct result opened;

        count++;
        opened = open_next(&lines, &line);
        if (count > SIGNED_NOTE_LINES_MAX || opened.failure == MALFORMED) {
            return fail_field(MALFORMED, "note.form", NULL, count);
        }
        TRY(opened);
    }
    return OK;
}

struct result signed_note_parse(struct bytes raw, struct signed_note *out)
{
    const size_t blank = find_blank_line(raw);

    REQUIRE(raw.size <= SIGNED_NOTE_SIZE_MAX && is_note_text(raw), MALFORMED, "note.form");
    REQUIRE(blank < raw.size && raw.data[raw.size - 1] == '\n', MALFORMED, "note.form");
    out->text = bytes_slice(raw, 0, blank + 1);
    out->lines = bytes_slice(raw, blank + 2, raw.size);
    return check_lines(out->lines);
}

/* "cosignature/v1" LF "time " <time> LF <checkpoint's three lines> */
static struct result cosigned_message(struct bytes text, uint64_t time, struct buffer *out)
{
    TRY(buffer_append_text(out, "cosignature/v1\ntime "));
    TRY(buffer_append_decimal(out, time));
    TRY(buffer_append_text(out, "\n"));
    return buffer_append(out, text);
}

static struct result verify_plain(const struct vkey *key, struct bytes message,
                                  struct bytes signature)
{
    struct signature value;

    REQUIRE(signature.size == sizeof value.bytes, UNAUTHORIZED, "note.signature");
    memcpy(value.bytes, signature.data, sizeof value.bytes);
    REQUIRE(is_ok(signature_verify(&key->key, message, &value)), UNAUTHORIZED, "note.signature");
    return OK;
}

static struct result verify_timed(const struct vkey *key, struct bytes text, struct bytes signature,
                                  uint64_t *time)
{
    AUTO_BUFFER message = BUFFER_INIT;

    REQUIRE(signature.size == COSIGNATURE_SIZE, UNAUTHORIZED, "note.signature");
    *time = be64_get(signature.data);
    REQUIRE(*time > 0 && *time <= INT64_MAX, UNAUTHORIZED, "note.signature");
    TRY(cosigned_message(text, *time, &message));
    return verify_plain(key, buffer_view(&message), bytes_slice(signature, 8, signature.size));
}

struct result note_signature_verify(const struct vkey *key, struct bytes text,
                                    struct bytes signature, struct note_seal *out)
{
    *out = (struct note_seal){false, 0};
    if (key->type == VKEY_COSIGNATURE) {
        TRY(verify_timed(key, text, signature, &out->time));
    } else {
        REQUIRE(key->type == VKEY_ED25519, UNAUTHORIZED, "note.signature");
        TRY(verify_plain(key, text, signature));
    }
    out->verified = true;
    return OK;
}

static bool line_is_of(const struct opened_line *line, const struct vkey *key)
{
    return bytes_equal(line->name, vkey_name(key)) && memcmp(line->id.bytes, key->id.bytes, 4) == 0;
}

/* The key this line is of and that has no verified line yet; count if there is none. */
static size_t find_key(const struct opened_line *line, const struct vkey *const keys[],
                       size_t count, const struct note_seal seals[])
{
    size_t at = 0;

    while (at < count && (seals[at].verified || !line_is_of(line, keys[at]))) {
        at++;
    }
    return at;
}

struct result signed_note_verify(const struct signed_note *note, const struct vkey *const keys[],
                                 size_t count, struct note_seal seals[])
{
    struct bytes lines = note->lines;
    AUTO_LINE line = {0};
    bool any = false;

    memset(seals, 0, count * sizeof *seals);
    while (lines.size > 0) {
        TRY(open_next(&lines, &line));
        const size_t at = find_key(&line, keys, count, seals);

        if (at == count) {
            continue;
        }
        TRY(note_signature_verify(keys[at], note->text, buffer_view(&line.signature), &seals[at]));
        any = true;
    }
    REQUIRE(any, UNAUTHORIZED, "note.unsigned");
    return OK;
}

struct result cosignature_append(struct buffer *out, struct bytes text, const struct vkey *witness,
                                 const struct secret_key *secret, uint64_t time)
{
    AUTO_BUFFER message = BUFFER_INIT;
    uint8_t timed[COSIGNATURE_SIZE];
    struct signature signature;
    struct note_seal seal;

    REQUIRE(witness->type == VKEY_COSIGNATURE && time > 0 && time <= INT64_MAX, INTERNAL,
            "cosignature.time");
    TRY(cosigned_message(text, time, &message));
    TRY(signature_make(secret, buffer_view(&message), &signature));
    be64_put(timed, time);
    memcpy(timed + 8, signature.bytes, sizeof signature.bytes);
    TRY(note_signature_verify(witness, text, BYTES(timed), &seal));
    return signature_line_append(out, vkey_name(witness), &witness->id, BYTES(timed));
}
