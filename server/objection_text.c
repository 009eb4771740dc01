#include "server/objection_text.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define PROMISE "本人对所提交内容的真实性负责。"

/* The part before the first line end of any kind; *rest moves behind it. */
static struct bytes cut_line(struct bytes *rest, bool *is_last)
{
    size_t end = 0;

    while (end < rest->size && rest->data[end] != '\n' && rest->data[end] != '\r') {
        end++;
    }
    const struct bytes line = bytes_slice(*rest, 0, end);
    const bool is_pair = bytes_starts_with(bytes_slice(*rest, end, 2), LITERAL("\r\n"));

    *is_last = end == rest->size;
    *rest = bytes_slice(*rest, end + (is_pair ? 2 : 1), rest->size);
    return line;
}

static struct result add_lines(struct buffer *out, const char *label, struct bytes value)
{
    bool is_last = false;

    while (!is_last) {
        const struct bytes line = cut_line(&value, &is_last);

        TRY(buffer_append_text(out, label));
        TRY(buffer_append_text(out, ": "));
        TRY(buffer_append(out, line));
        TRY(buffer_append_text(out, "\n"));
    }
    return OK;
}

static struct result print(const char *first, const struct objection_line *lines, size_t count,
                           struct buffer *out)
{
    TRY(buffer_append_text(out, first));
    TRY(buffer_append_text(out, "\n"));
    for (size_t i = 0; i < count; i++) {
        TRY(add_lines(out, lines[i].label, lines[i].value));
    }
    return OK;
}

struct result objection_text_content(const struct objection_content *content, struct buffer *out)
{
    const struct objection_line said[] = {
        {"公示", content->notice},   {"对象", content->subject}, {"对象盐", content->salt},
        {"对象名称", content->name}, {"类别", content->kind},    {"理由", content->ground},
        {"事实", content->facts},    {"请求", content->request},
    };

    TRY(print(OBJECTION_CONTENT, said, sizeof said / sizeof said[0], out));
    for (size_t i = 0; i < content->file_count; i++) {
        TRY(add_lines(out, "附件", content->files[i]));
    }
    TRY(add_lines(out, "身份披露", content->disclosure));
    return add_lines(out, "承诺", LITERAL(PROMISE));
}

struct result objection_text_identity(const struct objection_line *lines, size_t count,
                                      struct buffer *out)
{
    return print(OBJECTION_IDENTITY, lines, count, out);
}

struct result objection_text_answer(const struct objection_answer *answer, struct buffer *out)
{
    const struct objection_line said[] = {
        {"案件", answer->objection},
        {"状态", answer->state},
        {"依据", answer->basis},
        {"正文", answer->words},
    };

    return print(OBJECTION_ANSWER, said, sizeof said / sizeof said[0], out);
}

/* One line of a text that is being read; its value is appended if it has the label. */
static struct result take_line(struct bytes line, const char *label, bool *has_one,
                               struct buffer *out)
{
    const size_t cut = text_find(line, LITERAL(": "));

    REQUIRE(cut != SIZE_MAX && cut > 0, MALFORMED, "objection.text_form");
    if (!bytes_is(bytes_slice(line, 0, cut), label)) {
        return OK;
    }
    if (*has_one) {
        TRY(buffer_append_text(out, "\n"));
    }
    *has_one = true;
    return buffer_append(out, bytes_slice(line, cut + 2, line.size));
}

struct result objection_text_read(struct bytes text, const char *first, const char *label,
                                  struct buffer *out)
{
    const bool is_ended = text.size > 0 && text.data[text.size - 1] == '\n';
    bool has_one = false;

    REQUIRE(is_ended && bytes_is(text_cut(&text, '\n'), first), MALFORMED, "objection.text_form");
    while (text.size > 0) {
        TRY(take_line(text_cut(&text, '\n'), label, &has_one, out));
    }
    return OK;
}
