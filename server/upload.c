#include "server/upload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "server/clock.h"

#define TOKEN_MIN   16
#define FORMAT_SIZE 8

struct upload {
    struct documents *documents;
    struct partial_key key;
    uint64_t size;
    char format[FORMAT_SIZE];
    struct claim claim;
    uint64_t received; /* of the document, as far as this upload knows */
    uint64_t end;      /* this upload sends nothing from here on */
    bool known;        /* stored already: what comes is thrown away */
    bool stored;
};

struct result upload_read_token(struct bytes token, struct partial_key *key)
{
    key->token[0] = 0;
    if (token.size == 0) {
        return OK;
    }
    REQUIRE(token.size >= TOKEN_MIN && token.size <= PARTIAL_TOKEN_MAX, MALFORMED,
            "document.token");
    for (size_t i = 0; i < token.size; i++) {
        const char character = (char)token.data[i];

        REQUIRE((character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
                    (character >= 'a' && character <= 'z') || character == '-' || character == '_',
                MALFORMED, "document.token");
        key->token[i] = character;
    }
    key->token[token.size] = 0;
    return OK;
}

/*
 * `bytes a-b/size`, RFC 9110 section 14.4; and with a star for a-b: nothing more is sent, because
 * all of it was received before somebody pulled the plug.
 */
static struct result read_range(struct bytes range, uint64_t size, uint64_t *from, uint64_t *end)
{
    const struct bytes unit = LITERAL("bytes ");
    struct bytes total_text = bytes_slice(range, unit.size, range.size);
    struct bytes span = text_cut(&total_text, '/');
    uint64_t last = 0;
    uint64_t total = 0;

    REQUIRE(bytes_starts_with(range, unit) && is_ok(text_parse_number(total_text, &total)),
            MALFORMED, "document.range");
    REQUIRE(total <= size, MALFORMED, "document.size");
    REQUIRE(total == size, MALFORMED, "document.range");
    *from = *end = size;
    if (bytes_is(span, "*")) {
        return OK;
    }
    REQUIRE(is_ok(text_parse_number(text_cut(&span, '-'), from)) &&
                is_ok(text_parse_number(span, &last)) && *from <= last && last < total,
            MALFORMED, "document.range");
    *end = last + 1;
    return OK;
}

static struct result read_order(const struct upload_order *order, struct partial_start *start,
                                uint64_t *end)
{
    *start = (struct partial_start){.key = &order->key, .idle = order->idle, .now = order->now};
    *end = order->size;
    if (order->range.size > 0) {
        TRY(read_range(order->range, order->size, &start->from, end));
        REQUIRE(order->announced == 0 || order->announced == *end - start->from, MALFORMED,
                "document.range");
        return OK;
    }
    start->anew = true;
    REQUIRE(order->announced <= order->size, MALFORMED, "document.size");
    return OK;
}

static struct result begin(struct upload *upload, const struct upload_order *order)
{
    struct partial_start start;

    TRY(read_order(order, &start, &upload->end));
    upload->known = documents_state(upload->documents, &order->key.hash) == DOCUMENT_STORED;
    upload->stored = upload->known;
    upload->received = start.from;
    return upload->known
               ? OK
               : partials_claim(documents_partials(upload->documents), &start, &upload->claim);
}

struct result upload_begin(struct documents *documents, const struct upload_order *order,
                           struct upload **out)
{
    struct upload *const upload = calloc(1, sizeof *upload);
    struct result begun;

    REQUIRE(upload, OUT_OF_MEMORY, "service.memory");
    upload->documents = documents;
    upload->key = order->key;
    upload->size = order->size;
    snprintf(upload->format, sizeof upload->format, "%.*s", (int)order->format.size,
             (const char *)order->format.data);
    begun = begin(upload, order);
    if (!is_ok(begun)) {
        upload_close(upload);
        return begun;
    }
    *out = upload;
    return OK;
}

struct result upload_take(struct upload *upload, struct bytes piece)
{
    REQUIRE(piece.size <= upload->size - upload->received, MALFORMED, "document.size");
    REQUIRE(piece.size <= upload->end - upload->received, MALFORMED, "document.range");
    if (!upload->known) {
        TRY(partial_write(&upload->claim, piece));
    }
    upload->received += piece.size;
    return OK;
}

/* A file that is not what was named is of no use to anybody. */
static struct result check_and_keep(struct upload *upload)
{
    const struct result checked = document_check(partial_file(&upload->claim), &upload->key.hash,
                                                 bytes_of_string(upload->format));

    if (checked.failure == INVALID) {
        partial_drop(&upload->claim);
    }
    TRY(checked);
    TRY(documents_keep(upload->documents, &upload->key.hash, &upload->claim));
    upload->stored = true;
    return OK;
}

struct result upload_finish(struct upload *upload)
{
    if (upload->known) {
        return OK;
    }
    TRY(partial_finish(&upload->claim));
    TRY(partial_flush(&upload->claim, &upload->received));
    return upload->received == upload->size ? check_and_keep(upload) : OK;
}

void upload_close(struct upload *upload)
{
    if (upload) {
        partial_release(&upload->claim, clock_now());
        free(upload);
    }
}

void upload_progress(const struct upload *upload, struct upload_progress *out)
{
    *out = (struct upload_progress){
        .received = upload->stored ? upload->size : upload->received,
        .size = upload->size,
        .complete = upload->stored,
        .known = upload->known,
    };
}
