/*
 * The table of types as documentation and for other implementations (types.h). Labels and words
 * hold no quotes, bars or backslashes: nothing needs escaping.
 */
#include "record/types.h"

/* What stands in a `line`; for people, the grammar sees only words. */
struct line_form {
    const char *type;
    const char *label;
    const char *form;
};

static const struct line_form FORMS[] = {
    {"log.genesis", "工作人员", "<person id> <sign key> <box key> <hidden name>"},
    {"trustee.ceremony", "受托人", "<index> <person id> <SHA-256 of the enrol text>"},
    {"election.open", "受托人", "<index> <person id> <X>"},
    {"", "法定人数", "<numerator>/<denominator>"},
    {"", "候选", "<id> <full name>"},
    {"", "等次", "<grade> <weight> <name>"},
    {"", "限额", "<max> <grade>…"},
    {"", "席位", "<grade> <places>"},
    {"", "通过", "<grade>… <num>/<den> <应到或实到> <不少于或超过>"},
    {"", "利益关系", "<organisation id> <无或有>"},
    {"", "须签", "<person id> <组长或评审员或受评组织>"},
    {"", "名单", "<grade> <organisation id>"},
    {"", "部分", "<kind> <base64 SHA-256> <size>"},
    {"", "名册", "<person id> <P> <hidden name>"},
    {"", "回避", "<person id> <candidate id>"},
    {"", "得票", "<candidate id> <votes of grade 1> <votes of grade 2> …"},
    {"", "入选", "<grade> <candidate id>"},
    {"", "并列", "<grade> <candidate id>"},
};

static const char *form_of(const struct type *type, const struct field_type *field)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        const bool any = FORMS[i].type[0] == '\0';

        if ((any || bytes_is(bytes_of_string(FORMS[i].type), type->row->name)) &&
            bytes_is(bytes_of_string(FORMS[i].label), field->label)) {
            return FORMS[i].form;
        }
    }
    return "";
}

const char *signer_name(enum signatory signer)
{
    static const char *const names[] = {
        [SIGNER_NONE] = "",
        [SIGNER_OFFICER] = "officer",
        [SIGNER_CHAIR] = "chair",
        [SIGNER_NAMED_CHAIR] = "the chair it names",
        [SIGNER_MEETING_CHAIR] = "meeting's chair",
        [SIGNER_FIRST_SCRUTINEER] = "first scrutineer",
        [SIGNER_SECOND_SCRUTINEER] = "second scrutineer",
        [SIGNER_MEMBER] = "the member",
        [SIGNER_TRUSTEE] = "trustee of that index",
        [SIGNER_TEAM_LEADER] = "team's leader",
        [SIGNER_SIGNATORY] = "the signatory",
        [SIGNER_PERSON] = "the person",
        [SIGNER_ENROLLING] = "the person, with the key it names",
        [SIGNER_FOUNDERS] = "every officer named, in that order",
        [SIGNER_OBJECTOR] = "the objector",
        [SIGNER_RESPONDENT] = "the respondent",
        [SIGNER_KEEPER] = "keeper",
        [SIGNER_SERVICE] = "`service`",
        [SIGNER_RING] = "`ring`",
    };

    return names[signer];
}

static struct result put(struct buffer *out, const char *const texts[])
{
    for (size_t i = 0; texts[i]; i++) {
        TRY(buffer_append_text(out, texts[i]));
    }
    return OK;
}
#define PUT(out, ...) TRY(put((out), (const char *const[]){__VA_ARGS__, 0}))

/* --- Markdown --- */

/* "×", "?", "× (2)", "× (3 or more)" */
static struct result print_count(const struct field_type *field, struct buffer *out)
{
    if (field->max == 1) {
        PUT(out, field->min == 0 ? "?" : "");
        return OK;
    }
    PUT(out, "×");
    if (field->min > 0) {
        PUT(out, " (");
        TRY(buffer_append_decimal(out, field->min));
        PUT(out, field->min == field->max ? ")" : " or more)");
    }
    return OK;
}

static struct result print_field(const struct type *type, const struct field_type *field,
                                 struct buffer *out)
{
    const char *form = form_of(type, field);

    PUT(out, field->label);
    TRY(print_count(field, out));
    PUT(out, " ", kind_name(field->kind));
    if (field->kind == KIND_LINE) {
        PUT(out, " `", form, "`");
    }
    if (field->size > 0) {
        PUT(out, " (");
        TRY(buffer_append_decimal(out, field->size));
        PUT(out, " bytes)");
    }
    return OK;
}

static struct result print_signers(const struct type *type, struct buffer *out)
{
    for (size_t way = 0; way < 2 && type->signers[way].lines[0] != SIGNER_NONE; way++) {
        PUT(out, way > 0 ? "; or " : "");
        for (size_t i = 0; i < SIGNERS_IN_ROW; i++) {
            const enum signatory signer = type->signers[way].lines[i];

            PUT(out, i > 0 && signer != SIGNER_NONE ? ", " : "", signer_name(signer));
        }
    }
    return OK;
}

static struct result print_row(const struct type *type, struct buffer *out)
{
    PUT(out, "| `", type->row->name, "` | ");
    for (size_t i = 0; i < type->row->count; i++) {
        PUT(out, i > 0 ? " · " : "");
        TRY(print_field(type, &type->row->fields[i], out));
    }
    PUT(out, " | ");
    TRY(print_signers(type, out));
    PUT(out, " | ", type->remark, " |\n");
    return OK;
}

struct result types_print_markdown(struct buffer *out)
{
    for (size_t list = 0; list < type_list_count(); list++) {
        const struct type_list *types = type_list_at(list);

        PUT(out, list > 0 ? "\n" : "", "## ", types->title, " (`", types->file, "`)\n\n",
            "| type | fields | signers | rule |\n|---|---|---|---|\n");
        for (size_t i = 0; i < types->count; i++) {
            TRY(print_row(&types->rows[i], out));
        }
    }
    return OK;
}

/* --- JSON --- */

static struct result print_words(const struct field_type *field, struct buffer *out)
{
    PUT(out, ",\"words\":[");
    for (size_t i = 0; field->words[i]; i++) {
        PUT(out, i > 0 ? "," : "", "\"", field->words[i], "\"");
    }
    PUT(out, "]");
    return OK;
}

static struct result print_field_json(const struct field_type *field, struct buffer *out)
{
    PUT(out, "{\"label\":\"", field->label, "\",\"kind\":\"", kind_name(field->kind),
        "\",\"min\":");
    TRY(buffer_append_decimal(out, field->min));
    PUT(out, ",\"max\":");
    if (field->max == FIELD_MANY) {
        PUT(out, "null");
    } else {
        TRY(buffer_append_decimal(out, field->max));
    }
    if (field->size > 0) {
        PUT(out, ",\"size\":");
        TRY(buffer_append_decimal(out, field->size));
    }
    if (field->words) {
        TRY(print_words(field, out));
    }
    PUT(out, "}");
    return OK;
}

static struct result print_ways_json(const struct type *type, struct buffer *out)
{
    for (size_t way = 0; way < 2 && type->signers[way].lines[0] != SIGNER_NONE; way++) {
        PUT(out, way > 0 ? ",[" : "[");
        for (size_t i = 0; i < SIGNERS_IN_ROW; i++) {
            const enum signatory signer = type->signers[way].lines[i];

            if (signer != SIGNER_NONE) {
                PUT(out, i > 0 ? "," : "", "\"", signer_name(signer), "\"");
            }
        }
        PUT(out, "]");
    }
    return OK;
}

static struct result print_row_json(const struct type *type, struct buffer *out)
{
    PUT(out, "{\"type\":\"", type->row->name, "\",\"fields\":[");
    for (size_t i = 0; i < type->row->count; i++) {
        PUT(out, i > 0 ? "," : "");
        TRY(print_field_json(&type->row->fields[i], out));
    }
    PUT(out, "],\"signers\":[");
    TRY(print_ways_json(type, out));
    PUT(out, "],\"logged\":", type->never_logged ? "false" : "true", ",\"article\":\"",
        type->article, "\"}");
    return OK;
}

struct result types_print_json(struct buffer *out)
{
    PUT(out, "[");
    for (size_t list = 0; list < type_list_count(); list++) {
        const struct type_list *types = type_list_at(list);

        for (size_t i = 0; i < types->count; i++) {
            PUT(out, list + i > 0 ? ",\n" : "\n");
            TRY(print_row_json(&types->rows[i], out));
        }
    }
    PUT(out, "\n]\n");
    return OK;
}
