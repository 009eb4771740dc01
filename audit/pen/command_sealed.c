#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "pen/commands.h"
#include "primitive/hash.h"
#include "primitive/sealed.h"
#include "verifier/file.h"

/* KEY,KEY,… in base64, as `public` prints them. */
static struct result read_readers(const char *list, struct box_public out[], size_t *count)
{
    struct bytes rest = bytes_of_string(list);

    for (*count = 0; rest.size > 0; (*count)++) {
        struct box_public *const reader = &out[*count];

        REQUIRE(*count < SEALED_READERS_MAX, INVALID, "sealed.readers");
        TRY(base64_decode_fixed(text_cut(&rest, ','), reader->bytes, sizeof reader->bytes));
    }
    return OK;
}

/* `<base64 SHA-256> <size>`, as a field 部分, 文件 or 答复 names the bytes. */
static struct result tell_name(const struct buffer *sealed)
{
    AUTO_BUFFER line = BUFFER_INIT;
    const struct hash32 hash = sha256_of(buffer_view(sealed));
    const char *text;

    TRY(base64_append(&line, BYTES(hash.bytes)));
    TRY(buffer_terminate(&line, &text));
    (void)fprintf(stderr, "%s %zu\n", text, sealed->size);
    return OK;
}

static struct result read_one_file(const struct options *options, struct buffer *out)
{
    if (options->word_count != 1) {
        return fail_field(INVALID, "options.missing", "FILE", 0);
    }
    return file_read(options->words[0], out);
}

struct result command_seal(const struct options *options)
{
    struct box_public readers[SEALED_READERS_MAX];
    SECRET_PLAN plan;
    SECRET_BUFFER plain = BUFFER_INIT;
    AUTO_BUFFER sealed = BUFFER_INIT;
    const char *list = option(options, "to-both");
    const uint8_t suite = list == NULL ? SEALED_ANY : SEALED_BOTH;
    size_t count;

    if (list == NULL) {
        TRY(option_require(options, "to", &list));
    }
    TRY(read_readers(list, readers, &count));
    TRY(read_one_file(options, &plain));
    TRY(sealed_plan_draw(suite, readers, count, &plan));
    TRY(sealed_make(&plan, buffer_view(&plain), &sealed));
    TRY(tell_name(&sealed));
    return pen_print(buffer_view(&sealed));
}

static struct result read_key(const struct options *options, struct keys *out)
{
    SECRET_CODE code;

    TRY(pen_code(options, &code));
    return keys_derive(&code, out);
}

/* A keeper's share of an identity, sealed again to the one who may read it. */
struct result command_pass(const struct options *options)
{
    SECRET_KEYS keys;
    SECRET_32 share;
    AUTO_BUFFER file = BUFFER_INIT;
    AUTO_BUFFER sealed = BUFFER_INIT;
    AUTO_BUFFER line = BUFFER_INIT;
    struct sealed_document document;
    struct box_public reader;
    const char *to;

    TRY(option_require(options, "to", &to));
    TRY(base64_decode_fixed(bytes_of_string(to), reader.bytes, sizeof reader.bytes));
    TRY(read_one_file(options, &file));
    TRY(read_key(options, &keys));
    TRY(sealed_parse(buffer_view(&file), &document));
    REQUIRE(document.suite == SEALED_BOTH, INVALID, "sealed.suite");
    TRY(sealed_open_seal(&document, &keys.box, &share));
    TRY(box_seal_fresh(BYTES(share.bytes), &reader, &sealed));
    TRY(base64_append(&line, buffer_view(&sealed)));
    TRY(buffer_append_text(&line, "\n"));
    return pen_print(buffer_view(&line));
}

static struct result open_share(struct bytes text, const struct box_pair *reader,
                                struct secret32 *out)
{
    AUTO_BUFFER sealed = BUFFER_INIT;
    SECRET_BUFFER share = BUFFER_INIT;

    TRY(base64_decode_append(text, &sealed));
    REQUIRE(is_ok(box_open(buffer_view(&sealed), reader, &share)) &&
                share.size == sizeof out->bytes,
            INVALID, "sealed.key");
    memcpy(out->bytes, share.data, sizeof out->bytes);
    return OK;
}

/* With what two keepers passed on: BASE64,BASE64. */
static struct result open_passed(const struct sealed_document *document, const char *list,
                                 const struct box_pair *reader, struct buffer *plain)
{
    struct bytes rest = bytes_of_string(list);
    SECRET_32 first;
    SECRET_32 second;

    TRY(open_share(text_cut(&rest, ','), reader, &first));
    TRY(open_share(rest, reader, &second));
    return sealed_open_shares(document, &first, &second, plain);
}

struct result command_open(const struct options *options)
{
    SECRET_KEYS keys;
    AUTO_BUFFER file = BUFFER_INIT;
    SECRET_BUFFER plain = BUFFER_INIT;
    struct sealed_document document;
    const char *const passed = option(options, "passed");

    TRY(read_one_file(options, &file));
    TRY(read_key(options, &keys));
    TRY(sealed_parse(buffer_view(&file), &document));
    TRY(passed == NULL ? sealed_open(&document, &keys.box, 1, &plain)
                       : open_passed(&document, passed, &keys.box, &plain));
    return pen_print(buffer_view(&plain));
}
