#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "server/form.h"
#include "server/html.h"
#include "server/plain_draft.h"

/* What a form holds is judged, filed or shown again: whatever stands in it. */

#define NOW 1795334400

static const char *const NAMES[] = {"subject", "ground",  "request",    "facts", "kind", "name",
                                    "unit",    "uscc",    "legal",      "agent", "type", "number",
                                    "phone",   "promise", "disclosure", "file",  "seal"};

/* `<which> <flags> <two bytes of size> <file's name up to LF, if it is a file> <data>` */
static bool next_piece(struct bytes *rest, struct form_piece *out)
{
    size_t size;

    if (rest->size < 4) {
        return false;
    }
    out->name = bytes_of_string(NAMES[rest->data[0] % (sizeof NAMES / sizeof NAMES[0])]);
    out->is_file = rest->data[1] & 1;
    out->begins = rest->data[1] & 2;
    size = be16_get(rest->data + 2);
    *rest = bytes_slice(*rest, 4, rest->size);
    out->data = bytes_slice(*rest, 0, size);
    *rest = bytes_slice(*rest, size, rest->size);
    out->file = out->is_file ? text_cut(&out->data, '\n') : EMPTY_BYTES;
    return true;
}

/* Nothing that was typed ends a value or begins markup. */
static void check_shown(const struct form *form)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        SECRET_HTML html = HTML_INIT(false);

        html_text(&html, form_value(form, NAMES[i]));
        DEMAND_OK(html_end(&html));
        DEMAND(text_is_utf8(buffer_view(&html.out)));
        DEMAND(html.out.size == 0 || !memchr(html.out.data, '<', html.out.size));
        DEMAND(html.out.size == 0 || !memchr(html.out.data, '"', html.out.size));
        DEMAND(html.out.size == 0 || !memchr(html.out.data, 0, html.out.size));
    }
}

/* What is found good makes texts that are read back line by line. */
static void check_filed(const struct form *form)
{
    SECRET_DRAFT draft = {.fault_count = 0};
    AUTO_BUFFER content = BUFFER_INIT;
    AUTO_BUFFER identity = BUFFER_INIT;
    AUTO_BUFFER kind = BUFFER_INIT;
    const uint8_t salt[32] = {0};

    DEMAND_OK(plain_draft_read(form, LITERAL("2026-1"), NOW, &draft));
    if (draft.fault_count > 0 || !text_is_id(draft.filing.subject)) {
        return;
    }
    DEMAND_OK(filing_write_content(&draft.filing, salt, &content));
    DEMAND_OK(filing_write_identity(&draft.filing, &identity));
    DEMAND_OK(objection_text_read(buffer_view(&content), OBJECTION_CONTENT, "类别", &kind));
    DEMAND(bytes_equal(buffer_view(&kind), draft.filing.kind));
    buffer_clear(&kind);
    DEMAND_OK(objection_text_read(buffer_view(&identity), OBJECTION_IDENTITY, "类别", &kind));
    DEMAND(bytes_equal(buffer_view(&kind), draft.filing.kind));
    DEMAND(text_is_utf8(buffer_view(&content)) && text_is_utf8(buffer_view(&identity)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = {data, size};
    struct form_piece piece;
    struct forms *forms;
    struct form *form;

    DEMAND_OK(forms_open(&forms));
    DEMAND_OK(form_begin(forms, 0, 0, &form));
    while (next_piece(&rest, &piece) && is_ok(form_take(form, &piece))) {
    }
    check_shown(form);
    check_filed(form);
    form_close(form);
    forms_close(forms);
    return 0;
}
