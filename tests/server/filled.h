/*
 * filled.h - a form that somebody has filled in, without a browser.
 */
#pragma once

#include <string.h>

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

/* A good form but for one field; `file` is attached to `field` if given. */
struct mistake {
    const char *field;
    const char *value;
    const char *key; /* of the words; NULL: nothing is wrong */
};

static inline void fill_good(struct filled *filled, const struct mistake *mistake)
{
    static const char *const GOOD[][2] = {
        {"subject", "org-b"},     {"ground", "其他"},
        {"request", "请核实。"},  {"facts", "事实。"},
        {"kind", "个人"},         {"name", "示例市民"},
        {"type", "居民身份证"},   {"number", "11010519491231002X"},
        {"phone", "13800000000"}, {"disclosure", "不同意"},
        {"promise", "1"},
    };

    filled_open(filled);
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        const bool wrong = strcmp(GOOD[i][0], mistake->field) == 0;

        filled_put(filled, GOOD[i][0], wrong ? mistake->value : GOOD[i][1]);
    }
}

static inline void check_faultless(const struct plain_draft *draft)
{
    if (draft->fault_count > 0) {
        fail_msg("%s: %s", draft->faults[0].field, draft->faults[0].key);
    }
}
