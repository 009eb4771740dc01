#include "server/sheet.h"

static struct result compose_plain(void *context, struct sheet *sheet)
{
    const struct sheet_plain *const plain = context;

    TRY(sheet_write(sheet, SHEET_TITLE, plain->form.title));
    for (size_t i = 0; i < plain->count; i++) {
        TRY(sheet_write(sheet, SHEET_BODY, plain->paragraphs[i]));
    }
    return OK;
}

struct result sheet_make_plain(const struct sheet_plain *plain, struct buffer *out)
{
    struct sheet_plain copy = *plain;

    return sheet_make(&plain->form, compose_plain, &copy, out);
}
