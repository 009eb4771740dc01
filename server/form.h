/*
 * form.h - a form that a browser without scripts posts: its fields, kept in memory and wiped.
 *
 * So many bytes of forms are held at once and no more: each form books what it announces before
 * any of it is taken. Whoever hardly moves gives way to whoever comes. A file that is too large is
 * counted and not kept, so that the form can be shown again with all that was typed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/result.h"
#include "server/exchange.h"

enum {
    FORM_FIELDS_MAX = 64,
    FORM_NAME_SIZE = 24,
    FORM_TEXT_MAX = 128 * 1024, /* bytes of all that is typed */
};
#define FORM_FILE_MAX  ((uint64_t)20 << 20)
#define FORM_FILES_MAX ((uint64_t)50 << 20)                    /* all files together */
#define FORM_MAX       (FORM_FILES_MAX + ((uint64_t)10 << 20)) /* more is not begun with */
#define FORM_HEARD_MAX (2 * FORM_MAX)                          /* more is cut off */
#define FORMS_MAX      16                                      /* at once */
#define FORMS_TOGETHER ((uint64_t)3 * FORM_MAX)

struct forms;
struct form;

MUST_CHECK struct result forms_open(struct forms **out);
/* Every form has been closed. NULL is allowed. */
void forms_close(struct forms *forms);

/*
 * `announced` bytes, 0 if that is not known; `ticks` of clock_ticks(). MALFORMED "form.size", BUSY
 * "form.busy".
 */
MUST_CHECK struct result form_begin(struct forms *forms, uint64_t announced, uint64_t ticks,
                                    struct form **out);
/* MALFORMED "form.form" (names, number of fields), "form.size"; BUSY "form.busy" once displaced. */
MUST_CHECK struct result form_take(struct form *form, const struct form_piece *piece);
/*
 * A form that is read and thrown away, so that the browser, which hears nothing before it has sent
 * all, is told why.
 */
MUST_CHECK struct result form_begin_refused(struct result refusal, struct form **out);
/* Why nothing of it was kept; OK for every other form. */
struct result form_refusal(const struct form *form);
/* Wipes it. */
void form_close(struct form *form);

/* What was typed; empty if there is no such field. */
struct bytes form_value(const struct form *form, const char *name);

/* A file as it came: views that live as long as the form. */
struct form_file {
    struct bytes name;
    struct bytes bytes; /* empty if it is too large to be kept */
    uint64_t size;
};
/* The file number `index` from 0 of a field; false if there is none. Inputs that nothing was chosen
 * for are no files. */
bool form_file(const struct form *form, const char *name, size_t index, struct form_file *out);

/* The form of a request that posts one: see exchange.h. */
stream_opener open_form;
const struct form *form_of(const struct request *request);
