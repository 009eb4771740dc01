#include "log/checkpoint.h"

#include "base/encoding.h"
#include "base/text.h"

struct result checkpoint_write(const struct checkpoint *checkpoint, struct buffer *out)
{
    TRY(buffer_append(out, checkpoint->origin));
    TRY(buffer_append_text(out, "\n"));
    TRY(buffer_append_decimal(out, checkpoint->head.size));
    TRY(buffer_append_text(out, "\n"));
    TRY(base64_append(out, BYTES(checkpoint->head.root.bytes)));
    return buffer_append_text(out, "\n");
}

struct result checkpoint_parse(struct bytes text, struct checkpoint *out)
{
    struct bytes rest = text;
    struct bytes size, root;

    REQUIRE(text.size > 0 && text.data[text.size - 1] == '\n', MALFORMED, "checkpoint.form");
    out->origin = text_cut(&rest, '\n');
    size = text_cut(&rest, '\n');
    root = text_cut(&rest, '\n');
    REQUIRE(rest.size == 0 && vkey_name_is_valid(out->origin), MALFORMED, "checkpoint.form");
    REQUIRE(is_ok(text_parse_number(size, &out->head.size)), MALFORMED, "checkpoint.form");
    REQUIRE(is_ok(base64_decode_fixed(root, out->head.root.bytes, sizeof out->head.root.bytes)),
            MALFORMED, "checkpoint.form");
    return OK;
}

struct result checkpoint_sign(const struct merkle_head *head, const struct vkey *log,
                              const struct secret_key *secret, struct buffer *out)
{
    const struct bytes origin = vkey_name(log);
    const struct checkpoint checkpoint = {origin, *head};
    AUTO_BUFFER text = BUFFER_INIT;
    AUTO_BUFFER note = BUFFER_INIT;
    struct signature signature;
    struct checkpoint again;

    TRY(checkpoint_write(&checkpoint, &text));
    TRY(buffer_append(&note, buffer_view(&text)));
    TRY(buffer_append_text(&note, "\n"));
    TRY(signature_make(secret, buffer_view(&text), &signature));
    TRY(signature_line_append(&note, origin, &log->id, BYTES(signature.bytes)));
    TRY(checkpoint_open(buffer_view(&note), log, &again)); /* a fault here must not leave us */
    return buffer_append(out, buffer_view(&note));
}

struct result checkpoint_open(struct bytes note, const struct vkey *log, struct checkpoint *out)
{
    struct note_seal seal;
    struct signed_note parsed;

    TRY(signed_note_parse(note, &parsed));
    TRY(checkpoint_parse(parsed.text, out));
    REQUIRE(bytes_equal(out->origin, vkey_name(log)), INVALID, "checkpoint.origin");
    REQUIRE(is_ok(signed_note_verify(&parsed, &log, 1, &seal)), UNAUTHORIZED,
            "checkpoint.signature");
    return OK;
}
