#include "log/receipt.h"

#include "base/encoding.h"
#include "base/text.h"
#include "log/lines.h"

#define HEAD "c2sp.org/tlog-proof@v1\n"

struct result receipt_write(const struct receipt *receipt, struct buffer *out)
{
    TRY(buffer_append_text(out, HEAD));
    if (receipt->extra.size > 0) {
        TRY(buffer_append_text(out, "extra "));
        TRY(base64_append(out, receipt->extra));
        TRY(buffer_append_text(out, "\n"));
    }
    TRY(buffer_append_text(out, "index "));
    TRY(buffer_append_decimal(out, receipt->index));
    TRY(buffer_append_text(out, "\n"));
    TRY(lines_write_proof(&receipt->path, out));
    return buffer_append(out, receipt->checkpoint);
}

struct result receipt_parse(struct bytes text, struct buffer *extra, struct receipt *out)
{
    const struct bytes head = LITERAL(HEAD);
    struct bytes rest = bytes_slice(text, head.size, text.size);
    struct bytes line;

    REQUIRE(text.size <= RECEIPT_SIZE_MAX && bytes_starts_with(text, head), MALFORMED,
            "receipt.form");
    buffer_clear(extra);
    if (lines_take_word(&rest, "extra ", &line)) {
        REQUIRE(is_ok(base64_decode_append(line, extra)), MALFORMED, "receipt.form");
    }
    REQUIRE(lines_take_word(&rest, "index ", &line) && is_ok(text_parse_number(line, &out->index)),
            MALFORMED, "receipt.form");
    REQUIRE(is_ok(lines_take_proof(&rest, &out->path)), MALFORMED, "receipt.form");
    out->extra = buffer_view(extra);
    out->checkpoint = rest;
    return OK;
}

struct result receipt_verify(const struct receipt *receipt, struct bytes entry,
                             const struct policy *policy, struct receipt_meaning *out)
{
    const struct hash32 leaf = merkle_leaf(entry);

    TRY(policy_verify(policy, receipt->checkpoint, &out->checkpoint, &out->finding));
    TRY(policy_require(&out->finding));
    return merkle_verify_inclusion(&leaf, receipt->index, out->checkpoint.head.size,
                                   &out->checkpoint.head.root, &receipt->path);
}
