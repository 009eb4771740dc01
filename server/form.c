#include "server/form.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "server/app.h"
#include "server/clock.h"

#define PATIENCE 60000 /* milliseconds until a form that hardly moves may be displaced */
#define SLOWEST  2     /* bytes a millisecond: two kilobytes a second */

struct field {
    char name[FORM_NAME_SIZE];
    bool is_file;
    struct buffer file; /* its name */
    struct buffer value;
    uint64_t size;
};

struct form {
    struct forms *home; /* NULL if it is refused */
    struct result refusal;
    uint64_t booked;
    uint64_t taken; /* bytes, of text and of files */
    uint64_t files;
    uint64_t text;
    uint64_t begun;
    bool displaced;
    size_t count;
    struct field fields[FORM_FIELDS_MAX];
};

struct forms {
    pthread_mutex_t lock;
    uint64_t booked;
    struct form *held[FORMS_MAX];
};

/* --- how many --- */

struct result forms_open(struct forms **out)
{
    struct forms *const forms = calloc(1, sizeof *forms);

    REQUIRE(forms, OUT_OF_MEMORY, "service.memory");
    pthread_mutex_init(&forms->lock, 0);
    *out = forms;
    return OK;
}

void forms_close(struct forms *forms)
{
    if (forms) {
        pthread_mutex_destroy(&forms->lock);
        free(forms);
    }
}

static void leave(struct forms *forms, struct form *form)
{
    for (size_t i = 0; i < FORMS_MAX; i++) {
        if (forms->held[i] == form) {
            forms->held[i] = 0;
            forms->booked -= form->booked;
        }
    }
}

static bool hardly_moves(const struct form *form, uint64_t ticks)
{
    const uint64_t age = ticks - form->begun;

    return age > PATIENCE && form->taken < age * SLOWEST;
}

static void displace_the_slow(struct forms *forms, uint64_t ticks)
{
    for (size_t i = 0; i < FORMS_MAX; i++) {
        struct form *const form = forms->held[i];

        if (form && hardly_moves(form, ticks)) {
            form->displaced = true;
            leave(forms, form);
        }
    }
}

static bool enter(struct forms *forms, struct form *form)
{
    for (size_t i = 0; i < FORMS_MAX; i++) {
        if (!forms->held[i] && forms->booked + form->booked <= FORMS_TOGETHER) {
            forms->held[i] = form;
            forms->booked += form->booked;
            return true;
        }
    }
    return false;
}

struct result form_begin(struct forms *forms, uint64_t announced, uint64_t ticks, struct form **out)
{
    struct form *form;
    bool entered;

    REQUIRE(announced <= FORM_MAX, MALFORMED, "form.size");
    form = calloc(1, sizeof *form);
    REQUIRE(form, OUT_OF_MEMORY, "service.memory");
    form->home = forms;
    form->booked = announced == 0 ? FORM_MAX : announced;
    form->begun = ticks;
    pthread_mutex_lock(&forms->lock);
    entered = enter(forms, form);
    if (!entered) {
        displace_the_slow(forms, ticks);
        entered = enter(forms, form);
    }
    pthread_mutex_unlock(&forms->lock);
    if (!entered) {
        free(form);
        return fail(BUSY, "form.busy");
    }
    *out = form;
    return OK;
}

static void wipe_fields(struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        buffer_wipe(&form->fields[i].file);
        buffer_wipe(&form->fields[i].value);
    }
}

struct result form_begin_refused(struct result refusal, struct form **out)
{
    struct form *const form = calloc(1, sizeof *form);

    REQUIRE(form, OUT_OF_MEMORY, "service.memory");
    form->refusal = refusal;
    *out = form;
    return OK;
}

struct result form_refusal(const struct form *form)
{
    return form->refusal;
}

void form_close(struct form *form)
{
    if (form) {
        if (form->home) {
            pthread_mutex_lock(&form->home->lock);
            leave(form->home, form);
            pthread_mutex_unlock(&form->home->lock);
        }
        wipe_fields(form);
        free(form);
    }
}

/* --- its fields --- */

static bool is_same(const struct field *field, const struct form_piece *piece)
{
    return bytes_is(piece->name, field->name) && field->is_file == piece->is_file &&
           bytes_equal(piece->file, buffer_view(&field->file));
}

static struct result add_field(struct form *form, const struct form_piece *piece)
{
    struct field *const field = &form->fields[form->count];

    REQUIRE(form->count < FORM_FIELDS_MAX && piece->name.size < FORM_NAME_SIZE, MALFORMED,
            "form.form");
    form->text += piece->file.size;
    REQUIRE(form->text <= FORM_TEXT_MAX, MALFORMED, "form.size");
    memset(field, 0, sizeof *field);
    if (piece->name.size > 0) {
        memcpy(field->name, piece->name.data, piece->name.size);
    }
    field->is_file = piece->is_file;
    form->count++;
    return buffer_append(&field->file, piece->file);
}

/* What is too large is counted only, and what there is of it let go. */
static struct result keep_file(struct form *form, struct field *field, struct bytes data)
{
    field->size += data.size;
    form->files += data.size;
    if (field->size > FORM_FILE_MAX || form->files > FORM_FILES_MAX) {
        buffer_wipe(&field->value);
        return OK;
    }
    return buffer_append(&field->value, data);
}

static struct result keep_text(struct form *form, struct field *field, struct bytes data)
{
    form->text += data.size;
    REQUIRE(form->text <= FORM_TEXT_MAX, MALFORMED, "form.size");
    field->size += data.size;
    return buffer_append(&field->value, data);
}

static struct result count_piece(struct form *form, size_t size)
{
    bool displaced;

    pthread_mutex_lock(&form->home->lock);
    form->taken += size;
    displaced = form->displaced;
    pthread_mutex_unlock(&form->home->lock);
    REQUIRE(!displaced, BUSY, "form.busy");
    REQUIRE(form->taken <= FORM_MAX, MALFORMED, "form.size");
    return OK;
}

struct result form_take(struct form *form, const struct form_piece *piece)
{
    struct field *field;
    bool goes_on;

    if (!is_ok(form->refusal)) {
        return OK;
    }
    TRY(count_piece(form, piece->data.size));
    goes_on = form->count > 0 && is_same(&form->fields[form->count - 1], piece) &&
              (!piece->begins || form->fields[form->count - 1].size == 0);
    if (!goes_on) {
        TRY(add_field(form, piece));
    }
    field = &form->fields[form->count - 1];
    return field->is_file ? keep_file(form, field, piece->data)
                          : keep_text(form, field, piece->data);
}

struct bytes form_value(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct field *const field = &form->fields[i];

        if (!field->is_file && strcmp(field->name, name) == 0) {
            return buffer_view(&field->value);
        }
    }
    return EMPTY_BYTES;
}

bool form_file(const struct form *form, const char *name, size_t index, struct form_file *out)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct field *const field = &form->fields[i];

        if (!field->is_file || strcmp(field->name, name) != 0 ||
            (field->file.size == 0 && field->size == 0)) {
            continue;
        }
        if (index == 0) {
            *out = (struct form_file){buffer_view(&field->file), buffer_view(&field->value),
                                      field->size};
            return true;
        }
        index--;
    }
    return false;
}

/* --- as a stream --- */

static struct result take_field(void *context, const struct form_piece *piece)
{
    return form_take(context, piece);
}

static void close_form(void *context)
{
    form_close(context);
}

struct result open_form(struct app *app, const struct request *request, struct stream *out)
{
    struct form *form;
    const struct result begun = form_begin(app->forms, request->announced, clock_ticks(), &form);

    if (!is_ok(begun)) {
        REQUIRE(request->announced <= FORM_HEARD_MAX, begun.failure, begun.rule);
        TRY(form_begin_refused(begun, &form));
    }
    *out = (struct stream){.field = take_field, .close = close_form, .context = form};
    return OK;
}

const struct form *form_of(const struct request *request)
{
    return request->stream->context;
}
