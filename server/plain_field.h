/*
 * plain_field.h - the fields of a form without scripts: label, hint, what was typed, what is wrong.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "server/html.h"

struct form;
struct plain_draft;

struct plain_fields {
    struct html *html;
    const struct form *form;         /* or NULL */
    const struct plain_draft *draft; /* or NULL */
};

enum plain_shape {
    PLAIN_LINE,
    PLAIN_TEXT, /* several lines */
    PLAIN_CODE,
};
struct plain_field {
    const char *name;
    const char *label; /* keys of words; `hint` may be NULL */
    const char *hint;
    enum plain_shape shape;
    uint64_t most;          /* characters; 0: no limit is told */
    const char *attributes; /* markup, or "" */
};

void plain_field_write(const struct plain_fields *fields, const struct plain_field *field);
/* One of a few: values, each with the words of `before` + value, or of `keys` if given. */
struct plain_choice {
    const char *name;
    const char *label;
    const char *before;
    const char *const *keys;
    const char *const *values;
    size_t count;
};
void plain_choice_write(const struct plain_fields *fields, const struct plain_choice *choice);
void plain_select_write(const struct plain_fields *fields, const struct plain_choice *choice);

/* One radio button or box with its label, which the caller writes between. */
void plain_option_begin(const struct plain_fields *fields, const char *type, const char *name,
                        struct bytes value);
void plain_option_end(struct html *html);
/* A set of them: what is wrong stands at its end. */
void plain_set_begin(struct html *html, const char *name, const char *label);
void plain_set_end(const struct plain_fields *fields, const char *name);
/* What is wrong with a field: a paragraph, empty if nothing is. */
void plain_said_write(const struct plain_fields *fields, const char *name);
