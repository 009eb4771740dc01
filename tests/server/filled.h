/*
 * filled.h - a form that somebody has filled in, without a browser.
 */
#pragma once

#include "check.h"
#include "server/form.h"
#include "server/plain_draft.h"

struct filled {
    struct forms *forms;
    struct form *form;
};

#define AUTO_FILLED __attribute__((cleanup(filled_close))) struct filled

static inline void filled_open(struct filled *filled)
{
    check_ok(forms_open(&filled->forms));
    check_ok(form_begin(filled->forms, 0, 0, &filled->form));
}

static inline void filled_close(struct filled *filled)
{
    form_close(filled->form);
    forms_close(filled->forms);
}

static inline struct result filled_give(struct filled *filled, const char *name, struct bytes value)
{
    return form_take(
        filled->form,
        &(struct form_piece){.name = bytes_of_string(name), .begins = true, .data = value});
}

static inline void filled_put(struct filled *filled, const char *name, const char *value)
{
    check_ok(filled_give(filled, name, bytes_of_string(value)));
}

static inline void filled_attach(struct filled *filled, const char *name, const char *file,
                                 struct bytes bytes)
{
    check_ok(form_take(filled->form, &(struct form_piece){.name = bytes_of_string(name),
                                                          .is_file = true,
                                                          .file = bytes_of_string(file),
                                                          .begins = true,
                                                          .data = bytes}));
}
