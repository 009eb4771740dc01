#include "server/plain_field.h"

#include <stdio.h>

#include "server/form.h"
#include "server/plain_draft.h"

#define KIB ((uint64_t)1 << 10)
#define MIB ((uint64_t)1 << 20)

static struct bytes value_of(const struct plain_fields *fields, const char *name)
{
    return fields->form ? form_value(fields->form, name) : EMPTY_BYTES;
}

static const struct plain_fault *fault_of(const struct plain_fields *fields, const char *name)
{
    return fields->draft ? plain_draft_fault_of(fields->draft, name) : 0;
}

/* As web/ui/upload.js sizeText. */
static void print_size(uint64_t size, char out[static 32])
{
    if (size < KIB) {
        snprintf(out, 32, "%llu B", (unsigned long long)size);
    } else if (size < MIB) {
        snprintf(out, 32, "%.0f KB", (double)size / (double)KIB);
    } else {
        snprintf(out, 32, "%.1f MB", (double)size / (double)MIB);
    }
}

static void write_fault(struct html *html, const struct plain_fault *fault)
{
    char number[24];
    char size[32];

    snprintf(number, sizeof number, "%llu", (unsigned long long)fault->number);
    print_size(fault->size, size);
    HTML_FILL(html, fault->key, {"n", bytes_of_string(number)}, {"name", fault->name},
              {"size", bytes_of_string(size)});
}

void plain_said_write(const struct plain_fields *fields, const char *name)
{
    struct html *const html = fields->html;
    const size_t count = fields->draft ? fields->draft->fault_count : 0;

    html_raw(html, "<p class=\"said\" id=\"said-");
    html_raw(html, name);
    html_raw(html, "\">");
    for (size_t i = 0, told = 0; i < count; i++) {
        const struct plain_fault *const fault = &fields->draft->faults[i];

        if (bytes_is(bytes_of_string(fault->field), name)) {
            html_raw(html, told++ > 0 ? "<br>⚠ " : "⚠ ");
            write_fault(html, fault);
        }
    }
    html_raw(html, "</p>");
}

static void write_label(struct html *html, const char *name, const char *label, const char *hint)
{
    html_raw(html, "<div class=\"field\"><label for=\"f-");
    html_raw(html, name);
    html_raw(html, "\">");
    html_word(html, label);
    html_raw(html, "</label>");
    if (hint) {
        html_raw(html, "<p class=\"caption\" id=\"hint-");
        html_raw(html, name);
        html_raw(html, "\">");
        html_word(html, hint);
        html_raw(html, "</p>");
    }
}

/* Ties the control to its label, its hint and what is wrong with it. */
static void write_ties(const struct plain_fields *fields, const char *name, bool hint)
{
    struct html *const html = fields->html;

    html_raw(html, " id=\"f-");
    html_raw(html, name);
    html_raw(html, "\" name=\"");
    html_raw(html, name);
    html_raw(html, "\" aria-describedby=\"");
    if (hint) {
        html_raw(html, "hint-");
        html_raw(html, name);
        html_raw(html, " ");
    }
    html_raw(html, "said-");
    html_raw(html, name);
    html_raw(html, fault_of(fields, name) ? "\" aria-invalid=\"true\"" : "\"");
}

static void write_most(struct html *html, uint64_t most)
{
    if (most > 0) {
        html_raw(html, " maxlength=\"");
        html_number(html, most);
        html_raw(html, "\"");
    }
}

void plain_field_write(const struct plain_fields *fields, const struct plain_field *field)
{
    struct html *const html = fields->html;
    const bool text = field->shape == PLAIN_TEXT;

    write_label(html, field->name, field->label, field->hint);
    html_raw(html, text                         ? "<textarea class=\"input\" rows=\"6\""
                   : field->shape == PLAIN_CODE ? "<input type=\"text\" class=\"input code long\""
                                                : "<input type=\"text\" class=\"input\"");
    write_ties(fields, field->name, field->hint);
    write_most(html, field->most);
    html_raw(html, field->attributes);
    if (text) {
        /* A browser drops the first line feed. */
        html_raw(html, ">\n");
        html_text(html, value_of(fields, field->name));
        html_raw(html, "</textarea>");
    } else {
        html_raw(html, " value=\"");
        html_text(html, value_of(fields, field->name));
        html_raw(html, "\">");
    }
    plain_said_write(fields, field->name);
    html_raw(html, "</div>\n");
}

/* --- one of few --- */

void plain_set_begin(struct html *html, const char *name, const char *label)
{
    html_raw(html, "<fieldset class=\"stack field\" id=\"f-");
    html_raw(html, name);
    html_raw(html, "\" aria-describedby=\"said-");
    html_raw(html, name);
    html_raw(html, "\"><legend class=\"label\">");
    html_word(html, label);
    html_raw(html, "</legend>");
}

void plain_set_end(const struct plain_fields *fields, const char *name)
{
    plain_said_write(fields, name);
    html_raw(fields->html, "</fieldset>\n");
}

void plain_option_begin(const struct plain_fields *fields, const char *type, const char *name,
                        struct bytes value)
{
    struct html *const html = fields->html;

    html_raw(html, "<label class=\"choice\"><input type=\"");
    html_raw(html, type);
    html_raw(html, "\" name=\"");
    html_raw(html, name);
    html_raw(html, "\" value=\"");
    html_text(html, value);
    html_raw(html, bytes_equal(value_of(fields, name), value) ? "\" checked><span>" : "\"><span>");
}

void plain_option_end(struct html *html)
{
    html_raw(html, "</span></label>");
}

static void write_words(struct html *html, const struct plain_choice *choice, size_t index)
{
    if (choice->keys) {
        html_word(html, choice->keys[index]);
    } else {
        html_word_of(html, choice->before, bytes_of_string(choice->values[index]), "");
    }
}

void plain_choice_write(const struct plain_fields *fields, const struct plain_choice *choice)
{
    plain_set_begin(fields->html, choice->name, choice->label);
    for (size_t i = 0; i < choice->count; i++) {
        plain_option_begin(fields, "radio", choice->name, bytes_of_string(choice->values[i]));
        write_words(fields->html, choice, i);
        plain_option_end(fields->html);
    }
    plain_set_end(fields, choice->name);
}

void plain_select_write(const struct plain_fields *fields, const struct plain_choice *choice)
{
    struct html *const html = fields->html;
    const struct bytes chosen = value_of(fields, choice->name);

    write_label(html, choice->name, choice->label, 0);
    html_raw(html, "<select class=\"input\"");
    write_ties(fields, choice->name, false);
    html_raw(html, ">");
    for (size_t i = 0; i < choice->count; i++) {
        const struct bytes value = bytes_of_string(choice->values[i]);

        html_raw(html, "<option value=\"");
        html_text(html, value);
        html_raw(html, bytes_equal(value, chosen) ? "\" selected>" : "\">");
        write_words(html, choice, i);
        html_raw(html, "</option>");
    }
    html_raw(html, "</select>");
    plain_said_write(fields, choice->name);
    html_raw(html, "</div>\n");
}
