#include "server/filing.h"

#include <string.h>

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/sealed.h"
#include "protocol/statement.h"
#include "record/sealed_parts.h"

#define NAME_MOST 80 /* characters */

void filing_sealed_wipe(struct filing_sealed *sealed)
{
    secret_wipe(sealed, sizeof *sealed);
}

/* --- files --- */

static bool is_text(struct bytes file)
{
    return file.size > 0 && !memchr(file.data, 0, file.size) && text_is_utf8(file);
}

const char *filing_format(struct bytes file)
{
    static const struct {
        const char *format;
        struct bytes head;
    } FORMATS[] = {
        {"PDF", {(const uint8_t *)"%PDF-", 5}},
        {"JPEG", {(const uint8_t *)"\xff\xd8\xff", 3}},
        {"PNG", {(const uint8_t *)"\x89PNG\r\n\x1a\n", 8}},
    };

    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++) {
        if (bytes_starts_with(file, FORMATS[i].head)) {
            return FORMATS[i].format;
        }
    }
    return is_text(file) ? "TXT" : 0;
}

/* Controls, formats, private use and every kind of space: what a line cannot hold or nobody sees.
 */
static bool is_blank(uint32_t character)
{
    static const struct {
        uint32_t first, last;
    } BLANKS[] = {
        {0x00, 0x20},     {0x7F, 0xA0},     {0xAD, 0xAD},       {0x600, 0x605},
        {0x61C, 0x61C},   {0x1680, 0x1680}, {0x180E, 0x180E},   {0x2000, 0x200F},
        {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},   {0xE000, 0xF8FF},
        {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF},
    };

    for (size_t i = 0; i < sizeof BLANKS / sizeof BLANKS[0]; i++) {
        if (character >= BLANKS[i].first && character <= BLANKS[i].last) {
            return true;
        }
    }
    return false;
}

/* One space for a run of blanks, none at either end; counts characters. */
static struct result squeeze(struct bytes name, struct buffer *out, size_t *count)
{
    bool gap = false;
    uint32_t character;
    struct bytes rest = name;

    *count = 0;
    for (; text_next(&rest, &character); name = rest) {
        if (is_blank(character)) {
            gap = out->size > 0;
            continue;
        }
        if (gap) {
            TRY(buffer_append_text(out, " "));
            ++*count;
        }
        gap = false;
        TRY(buffer_append(out, bytes_slice(name, 0, name.size - rest.size)));
        ++*count;
    }
    return OK;
}

struct result filing_tidy_name(struct bytes name, struct buffer *out)
{
    SECRET_BUFFER squeezed = BUFFER_INIT;
    struct bytes rest;
    uint32_t character;
    size_t count;

    TRY(squeeze(name, &squeezed, &count));
    rest = buffer_view(&squeezed);
    for (; count > NAME_MOST && text_next(&rest, &character); count--) {
    }
    return rest.size > 0 ? buffer_append(out, rest) : buffer_append_text(out, "file");
}

uint64_t filing_sealed_size(const struct filing *filing, const struct circle *circle)
{
    /* The two texts are far below a chunk's multiple that would matter: they count as what a form
       may hold. */
    uint64_t size = sealed_size(circle->handler_count, SEALED_CHUNK * 2 - 1) +
                    circle->pair_count * sealed_size(2, SEALED_CHUNK - 1);

    for (size_t i = 0; i < filing->file_count; i++) {
        size += sealed_size(circle->handler_count, filing->files[i].bytes.size);
    }
    for (size_t i = 0; i < filing->seal_count; i++) {
        size += circle->pair_count * sealed_size(2, filing->seals[i].bytes.size);
    }
    return size;
}

/* --- texts --- */

/* `<n> <base64 SHA-256> <size> <format> 原件 <name>`. Appends. */
static struct result write_line(const struct filing_file *file, size_t number, struct buffer *out)
{
    const struct hash32 hash = sha256_of(file->bytes);

    TRY(buffer_append_decimal(out, number));
    TRY(buffer_append_text(out, " "));
    TRY(base64_append(out, BYTES(hash.bytes)));
    TRY(buffer_append_text(out, " "));
    TRY(buffer_append_decimal(out, file->bytes.size));
    TRY(buffer_append_text(out, " "));
    TRY(buffer_append_text(out, file->format));
    TRY(buffer_append_text(out, " 原件 "));
    return filing_tidy_name(file->name, out);
}

/* The lines of several files one behind the other in `out`, and a view of each. */
static struct result write_lines(const struct filing_file *files, size_t count, struct buffer *out,
                                 struct bytes views[static FILING_FILES_MAX])
{
    size_t ends[FILING_FILES_MAX] = {0};
    size_t begin = 0;

    for (size_t i = 0; i < count; i++) {
        TRY(write_line(&files[i], i + 1, out));
        ends[i] = out->size;
    }
    for (size_t i = 0; i < count; i++) {
        views[i] = bytes_slice(buffer_view(out), begin, ends[i] - begin);
        begin = ends[i];
    }
    return OK;
}

struct result filing_write_content(const struct filing *filing, const uint8_t salt[static 32],
                                   struct buffer *out)
{
    SECRET_BUFFER lines = BUFFER_INIT;
    AUTO_BUFFER salt_text = BUFFER_INIT;
    struct bytes files[FILING_FILES_MAX];

    TRY(base64_append(&salt_text, (struct bytes){salt, 32}));
    TRY(write_lines(filing->files, filing->file_count, &lines, files));
    const struct objection_content content = {
        .notice = filing->notice,
        .subject = filing->subject,
        .salt = buffer_view(&salt_text),
        .name = filing->subject_name,
        .kind = filing->kind,
        .ground = filing->ground,
        .facts = filing->facts,
        .request = filing->request,
        .files = files,
        .file_count = filing->file_count,
        .disclosure = filing->disclosure,
    };
    return objection_text_content(&content, out);
}

struct result filing_write_identity(const struct filing *filing, struct buffer *out)
{
    SECRET_BUFFER lines = BUFFER_INIT;
    struct bytes files[FILING_FILES_MAX];
    struct objection_line all[1 + FILING_LINES_MAX + FILING_SEALS_MAX] = {
        {"类别", filing->kind},
    };
    size_t count = 1;

    TRY(write_lines(filing->seals, filing->seal_count, &lines, files));
    for (size_t i = 0; i < filing->identity_count; i++) {
        all[count++] = filing->identity[i];
    }
    for (size_t i = 0; i < filing->seal_count; i++) {
        all[count++] = (struct objection_line){"附件", files[i]};
    }
    return objection_text_identity(all, count, out);
}

/* --- sealing --- */

/* All parts on their way to whoever stores them. */
struct sealing {
    const struct circle *circle;
    struct filing_sealed *sealed;
    filing_store *store;
    void *context;
};

static struct result seal_part(struct sealing *sealing, const char *kind, uint8_t suite,
                               const struct box_public *readers, struct bytes plain)
{
    struct filing_sealed *const sealed = sealing->sealed;
    struct filing_part *const part = &sealed->parts[sealed->part_count];
    const size_t count = suite == SEALED_BOTH ? 2 : sealing->circle->handler_count;
    AUTO_BUFFER document = BUFFER_INIT;
    SECRET_PLAN plan;

    REQUIRE(sealed->part_count < FILING_PARTS_MAX, INTERNAL, "objection.parts");
    TRY(sealed_plan_draw(suite, readers, count, &plan));
    TRY(buffer_reserve(&document, sealed_size(count, plain.size)));
    TRY(sealed_make(&plan, plain, &document));
    *part = (struct filing_part){kind, sha256_of(buffer_view(&document)), document.size};
    sealed->part_count++;
    return sealing->store(sealing->context, part, buffer_view(&document));
}

static struct result seal_for_handlers(struct sealing *sealing, const char *kind,
                                       struct bytes plain)
{
    struct box_public readers[SEALED_READERS_MAX];

    TRY(circle_draw(sealing->circle, readers));
    return seal_part(sealing, kind, SEALED_ANY, readers, plain);
}

static struct result seal_for_pairs(struct sealing *sealing, const char *kind, struct bytes plain)
{
    for (size_t i = 0; i < sealing->circle->pair_count; i++) {
        TRY(seal_part(sealing, kind, SEALED_BOTH, sealing->circle->pairs[i], plain));
    }
    return OK;
}

static struct result seal_files(struct sealing *sealing, const struct filing *filing)
{
    for (size_t i = 0; i < filing->file_count; i++) {
        TRY(seal_for_handlers(sealing, PART_FILE, filing->files[i].bytes));
    }
    return OK;
}

struct result filing_seal_files(const struct filing *filing, const struct circle *circle,
                                struct filing_sealed *sealed, filing_store *store, void *context)
{
    struct sealing sealing = {circle, sealed, store, context};

    return seal_files(&sealing, filing);
}

struct result filing_seal(const struct filing *filing, const struct circle *circle,
                          struct filing_sealed *sealed, filing_store *store, void *context)
{
    struct sealing sealing = {circle, sealed, store, context};
    SECRET_BUFFER content = BUFFER_INIT;
    SECRET_BUFFER identity = BUFFER_INIT;

    TRY(filing_write_content(filing, sealed->salt, &content));
    TRY(filing_write_identity(filing, &identity));
    TRY(seal_for_handlers(&sealing, PART_CONTENT, buffer_view(&content)));
    TRY(seal_for_pairs(&sealing, PART_IDENTITY, buffer_view(&identity)));
    TRY(seal_files(&sealing, filing));
    for (size_t i = 0; i < filing->seal_count; i++) {
        TRY(seal_for_pairs(&sealing, PART_IDENTITY_FILE, filing->seals[i].bytes));
    }
    return OK;
}

/* --- what is signed --- */

static struct result add_part(struct buffer *text, const struct filing_part *part)
{
    AUTO_BUFFER line = BUFFER_INIT;

    TRY(buffer_append_text(&line, part->kind));
    TRY(buffer_append_text(&line, " "));
    TRY(base64_append(&line, BYTES(part->hash.bytes)));
    TRY(buffer_append_text(&line, " "));
    TRY(buffer_append_decimal(&line, part->size));
    return statement_add(text, "部分", buffer_view(&line));
}

static struct result add_parts(struct buffer *text, const struct filing_sealed *sealed)
{
    for (size_t i = 0; i < sealed->part_count; i++) {
        TRY(add_part(text, &sealed->parts[i]));
    }
    return OK;
}

struct result filing_write_text(struct bytes origin, const struct filing *filing,
                                const struct filing_sealed *sealed, uint64_t time,
                                struct buffer *out)
{
    struct hidden_opening opening = {.value = filing->subject};
    struct hash32 hidden;

    memcpy(opening.salt, sealed->salt, sizeof opening.salt);
    hidden_of(LITERAL("objection.file"), "对象", &opening, &hidden);
    TRY(statement_begin(out, "objection.file", origin));
    TRY(statement_add(out, "公示", filing->notice));
    TRY(statement_add_hidden(out, "对象", &hidden));
    TRY(statement_add_bytes(out, "签名公钥", BYTES(sealed->keys.sign_public.bytes)));
    TRY(statement_add_bytes(out, "封存公钥", BYTES(sealed->keys.box.key.bytes)));
    TRY(add_parts(out, sealed));
    return statement_add_time(out, "时间", (int64_t)time);
}

struct result filing_write_supplement(struct bytes origin, const struct hash32 *objection,
                                      const struct filing_sealed *sealed, uint64_t time,
                                      struct buffer *out)
{
    TRY(statement_begin(out, "objection.supplement", origin));
    TRY(statement_add_bytes(out, "案件", BYTES(objection->bytes)));
    TRY(add_parts(out, sealed));
    return statement_add_time(out, "时间", (int64_t)time);
}

struct result filing_write_withdrawal(struct bytes origin, const struct hash32 *objection,
                                      uint64_t time, struct buffer *out)
{
    TRY(statement_begin(out, "objection.withdraw", origin));
    TRY(statement_add_bytes(out, "案件", BYTES(objection->bytes)));
    return statement_add_time(out, "时间", (int64_t)time);
}

struct result filing_sign(struct bytes text, const struct keys *keys, struct buffer *note)
{
    TRY(statement_note(text, note));
    return signature_line_sign(note, text, LITERAL("objector"), &keys->sign_secret);
}
